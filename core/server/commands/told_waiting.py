"""What waits and why, in words, and what somebody can do about it."""

from collections.abc import Iterable

from core.domain.text import Text
from core.server.commands.say import say
from core.server.desks import WaitsFor
from core.server.outstanding import NOBODY, Outstanding

_PLACES_SHOWN = 5
_CHANGE = "stayline-server user change"
_WITHOUT_ADVICE: dict[WaitsFor, Text] = {
    WaitsFor.ROOM: Text(
        "能接的人今天都排满了，有人空出来就派出。",
        "whoever may take them has a full day; they go out as desks get free.",
    ),
    WaitsFor.LATER: Text("约好的回访时间还没到。", "their promised callback is not due yet."),
    WaitsFor.REST: Text(
        "客户现在还不能外呼：拨打次数已满、投诉免扰或客户自己的免扰时段。",
        "their customers may not be called yet: a cap is used up, a complaint, or hours of their own.",
    ),
    WaitsFor.LIST_HELD: Text(
        "名单里错号错人太多，暂缓派出：用 lists list 查看，lists confirm 确认后继续。",
        "agents found too much wrong in their list: see `lists list`, and `lists confirm` lets them go out.",
    ),
    WaitsFor.OPTED_OUT: Text("客户不愿再接电话，不派出。", "the customer wants no calls; they are not given out."),
}


def tell_waiting(found: Iterable[Outstanding]) -> None:
    """A line a reason and, where an agent is lacking, scenario."""
    groups: dict[tuple[WaitsFor, str], list[Outstanding]] = {}
    for one in found:
        scenario = one.scenario if one.why in NOBODY else ""
        groups.setdefault((one.why, scenario), []).append(one)
    for (why, scenario), ones in groups.items():
        number = sum(one.tasks for one in ones)
        words = _WITHOUT_ADVICE.get(why) or _lacking(why, scenario, ones)
        say(f"  {number} 个：{words.zh} / {number}: {words.en}")


def _lacking(why: WaitsFor, scenario: str, ones: list[Outstanding]) -> Text:
    if why is WaitsFor.SKILL:
        return Text(
            f"没有人有“{scenario}”技能。加上：{_CHANGE} 工号 --skill {scenario}（原有技能一并写上）。",
            f"nobody is certified for {scenario}. {_CHANGE} STAFF --skill {scenario} (name the present skills too).",
        )
    zh, en = _places(ones)
    if why is WaitsFor.AREA:
        return Text(
            f"会“{scenario}”的人都不负责这些区域、网格或支局：{zh}。"
            f"加上：{_CHANGE} 工号 --area {_first(ones)}（原有的一并写上），或 --no-areas 负责全中心。",
            f"nobody certified for {scenario} has these areas, grids or branches: {en}."
            f" {_CHANGE} STAFF --area {_first(ones)} (name the present ones too), or --no-areas for the whole centre.",
        )
    return Text(
        f"VIP 客户，没有会“{scenario}”的 VIP 专席可接：{zh or '不限区域'}。"
        f"加上：{_CHANGE} 工号 --level vip --skill {scenario}（原有技能一并写上）。",
        f"VIP customers, and no VIP specialist certified for {scenario} serves them: {en or 'any area'}."
        f" {_CHANGE} STAFF --level vip --skill {scenario} (name the present skills too).",
    )


def _places(ones: list[Outstanding]) -> tuple[str, str]:
    """The places with the most tasks first, how many each; the rest as a number."""
    named = [one for one in ones if one.places]
    shown = [(" · ".join(one.places), one.tasks) for one in named[:_PLACES_SHOWN]]
    zh = "、".join(f"{place} {tasks} 个" for place, tasks in shown)
    en = ", ".join(f"{place} {tasks}" for place, tasks in shown)
    if rest := len(named) - len(shown):
        return f"{zh} 等，另有 {rest} 处", f"{en} and {rest} more"
    return zh, en


def _first(ones: list[Outstanding]) -> str:
    """The widest place of those with the most tasks."""
    return next((one.places[0] for one in ones if one.places), "…")

"""A campaign's effect as a workbook."""

from collections.abc import Iterable

from core.domain import effect_words as words
from core.domain.clock import CHINA
from core.domain.text import Lang, Text
from core.review.taking.book import TakenBy
from core.review.taking.sheet import Cell, Chart, Column, Form, Sheet
from core.wire.campaign_effect import ArmShare, CampaignEffect, Group, Interval, Looked

_DAYS = Text("天数", "Days")
_DUE, _MET = Text("到期", "due"), Text("其中", "of these")
_YOUNG = Text("未到期", "Not yet due")
_ITEM, _WHAT = Text("项目", "Item"), Text("内容", "What")
_LOW, _HIGH = Text("区间下限", "Low end"), Text("区间上限", "High end")
_NAME = Text("名称", "Name")
_CONTROL_ON_NET = Text("对照在网", "Control on net")


def effect_book(found: CampaignEffect, *, by: TakenBy, lang: Lang) -> list[Sheet]:
    """The sheets, what may be concluded first. Effects are in percentage points."""
    sheets = [_about(found, by, lang), _became(found, lang)]
    if found.forecast:
        sheets.append(_forecast(found, lang))
    if found.before_after:
        sheets.append(_before_after(found, lang))
    sheets += [_groups(dimension, groups, lang) for dimension, groups in found.groups.items()]
    return [*sheets, _problems(found, lang)] if found.problems else sheets


def _about(found: CampaignEffect, by: TakenBy, lang: Lang) -> Sheet:
    rows: list[tuple[Text, Cell]] = [
        (words.TITLE, found.name.of(lang)),
        (Text("结论", "Verdict"), found.words.of(lang)),
        *((Text("注意", "Mind"), one.of(lang)) for one in found.cautions),
        (Text("活动编号", "Campaign"), found.campaign_id),
        (Text("离网数据截至", "Departures known until"), str(found.known_until or "—")),
        (words.TREATED, found.treated),
        (words.CONTROL, found.control),
        (Text("已派", "Dispatched"), found.dispatched),
        *(
            [(words.SENT, found.sent), (words.DELIVERED, found.delivered), (words.ANSWERED, found.answered)]
            if found.sent
            else []
        ),
        *(_of_calls(found) if found.by_call else ()),
        (Text("导出人", "Taken by"), by.name),
        (Text("导出时间", "Taken at"), f"{by.at.astimezone(CHINA):%Y-%m-%d %H:%M}"),
    ]
    columns = [Column(title=_ITEM, width=22), Column(title=_WHAT, width=90)]
    return Sheet(name=Text("说明", "About"), columns=columns, rows=[[name.of(lang), value] for name, value in rows])


def _of_calls(found: CampaignEffect) -> list[tuple[Text, Cell]]:
    return [
        (Text("拨打过", "Dialled"), found.called),
        (Text("接通本人", "Owners reached"), found.reached),
        (Text("同意", "Agreed"), found.agreed),
        (Text("办理", "Ordered"), found.ordered),
    ]


def _became(found: CampaignEffect, lang: Lang) -> Sheet:
    columns = [
        Column(title=_WHAT, width=12), Column(title=_DAYS, form=Form.COUNT),
        *_arm(words.TREATED), *_arm(words.CONTROL), *_effect(words.EFFECT), *_effect(words.PER_REACHED_SHORT),
        Column(title=_YOUNG, form=Form.COUNT),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [words.named(words.LOOKED, one.looked).of(lang), one.days, *_share(one.treated), *_share(one.control),
         *_points(one.effect), *_points(one.per_reached), one.not_yet_due]
        for one in found.compared
    ]  # fmt: skip
    name, shown = Text("后来怎样", "What became"), _drawn(found)
    return Sheet(name=name, columns=columns, rows=rows, totalled=False, chart=shown)


def _drawn(found: CampaignEffect) -> Chart | None:
    """By day, how many points more are on net, with the interval."""
    told = [(at, one.effect) for at, one in enumerate(found.compared, 1) if one.looked is Looked.ON_NET and one.effect]
    rows = [at for at, _effect in told]
    if not rows or rows != list(range(rows[0], rows[-1] + 1)):
        return None
    return Chart(
        title=Text("在网：应触达比对照多几个百分点", "On net: points by which those to be reached are ahead"),
        labels=1, values=2 + 2 * len(_arm(words.TREATED)), rows=(rows[0], rows[-1]),
        below=[100 * (one.value - one.low) for _at, one in told],
        above=[100 * (one.high - one.value) for _at, one in told],
    )  # fmt: skip


def _groups(dimension: str, groups: Iterable[Group], lang: Lang) -> Sheet:
    title = words.named(words.DIMENSIONS, dimension)
    heads = (
        Text("抽中", "Drawn"), Text("已派", "Dispatched"), Text("接通本人", "Reached"), Text("同意", "Agreed"),
        Text("办理", "Ordered"),
    )  # fmt: skip
    columns = [
        Column(title=title, width=20), Column(title=Text(f"{title.zh}代码", f"{title.en} code"), width=20),
        *(Column(title=one, form=Form.COUNT) for one in heads), *_arm(words.LOOKED["on_net"]), *_arm(_CONTROL_ON_NET),
        *_effect(words.EFFECT),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [one.name.of(lang), one.code, one.drawn, one.dispatched, one.reached, one.agreed, one.ordered,
         *_share(one.on_net), *(_share(one.control_on_net) if one.control_on_net else [None] * 3),
         *_points(one.effect)]
        for one in groups
    ]  # fmt: skip
    return Sheet(name=Text(f"按{title.zh}", f"By {title.en.lower()}"), columns=columns, rows=rows, totalled=False)


def _forecast(found: CampaignEffect, lang: Lang) -> Sheet:
    heads = (Text("预测", "Expected"), Text("实际", "Achieved"), _LOW, _HIGH)
    columns = [Column(title=_WHAT, width=30), *(Column(title=one, form=Form.NUMBER) for one in heads)]
    rows: list[list[Cell]] = [
        [words.named(words.FORECASTS, one.what).of(lang), one.expected, one.achieved, one.low, one.high]
        for one in found.forecast
    ]
    return Sheet(name=Text("预测与实际", "Forecast"), columns=columns, rows=rows, totalled=False)


def _before_after(found: CampaignEffect, lang: Lang) -> Sheet:
    columns = [
        Column(title=words.DIMENSIONS["area"], width=24), *_arm(Text("抽组前离网", "Left before")),
        *_arm(Text("抽组后离网", "Left after")),
        Column(title=Text("变化（百分点）", "Change (points)"), form=Form.NUMBER),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [one.name.of(lang), *_share(one.before), *_share(one.after), one.points] for one in found.before_after
    ]
    if found.cannot_show is not None:
        rows.append([found.cannot_show.of(lang), *[None] * 7])
    return Sheet(name=Text("前后对比", "Before and after"), columns=columns, rows=rows, totalled=False)


def _problems(found: CampaignEffect, lang: Lang) -> Sheet:
    columns = [
        Column(title=_NAME, width=24), Column(title=Text("记录里的原话", "In the notes' own words"), width=40),
        Column(title=Text("通话", "Calls"), form=Form.COUNT),
    ]  # fmt: skip
    rows: list[list[Cell]] = [[one.name.of(lang), " ".join(one.words), one.calls] for one in found.problems]
    return Sheet(name=Text("遇到的问题", "Problems met"), columns=columns, rows=rows, totalled=False)


def _arm(name: Text) -> list[Column]:
    return [
        Column(title=Text(f"{name.zh}·{_DUE.zh}", f"{name.en}, {_DUE.en}"), form=Form.COUNT),
        Column(title=Text(f"{name.zh}·{_MET.zh}", f"{name.en}, {_MET.en}"), form=Form.COUNT),
        Column(title=Text(f"{name.zh}·占比", f"{name.en}, share"), form=Form.SHARE),
    ]


def _share(one: ArmShare) -> list[Cell]:
    return [one.due, one.met, one.met / one.due if one.due else None]


def _effect(name: Text) -> list[Column]:
    return [Column(title=title, form=Form.NUMBER) for title in (name, _LOW, _HIGH)]


def _points(found: Interval | None) -> list[Cell]:
    return [None, None, None] if found is None else [one * 100 for one in (found.value, found.low, found.high)]

"""How the parts of a campaign's effect are called, on the desk, in the report and in the workbook alike."""

from collections.abc import Mapping

from core.domain.text import Text

TITLE = Text("活动效果", "A campaign's effect")
TREATED, CONTROL = Text("应触达组", "Drawn to be reached"), Text("对照组", "Held out")
EFFECT = Text("效果（百分点）", "Effect (points)")
INTERVAL = Text("95% 区间", "95 % interval")
SENT = Text("已发出（短信、语音、走访）", "Sent (texts, automated calls, visits)")
DELIVERED, ANSWERED = Text("已送达", "Delivered"), Text("客户有回应", "Answered")
LOOKED: Mapping[str, Text] = {
    "on_net": Text("在网", "On net"),
    "agreed": Text("同意", "Agreed"),
    "ordered": Text("办理", "Ordered"),
}
"""by wire.campaign_effect.Looked"""
VERDICTS_SHORT: Mapping[str, Text] = {
    "helped": Text("有效", "helped"),
    "harmed": Text("适得其反", "did harm"),
    "none_shown": Text("看不出效果", "no effect shown"),
    "not_due": Text("未到期", "not yet due"),
    "too_few": Text("人数太少", "too few"),
    "no_control": Text("没有对照组", "no control group"),
    "broken": Text("对照组不可用", "control group broken"),
}
"""by wire.campaign_effect.Verdict, for a narrow column"""
DIMENSIONS: Mapping[str, Text] = {
    "stratum": Text("分层", "Stratum"),
    "value": Text("客户价值", "Value"),
    "area": Text("区域", "Area"),
    "tier": Text("等级", "Tier"),
    "grid": Text("网格", "Grid"),
    "branch": Text("支局", "Branch"),
    "rule": Text("规则", "Rule"),
    "model": Text("模型", "Model"),
    "offer": Text("优惠", "Offer"),
    "agent": Text("工号", "Agent"),
}
"""by the groups' dimension; others stand for themselves"""
VALUES: Mapping[str, Text] = {
    "high": Text("高价值", "High value"),
    "mid": Text("中价值", "Middle value"),
    "low": Text("低价值", "Low value"),
}
NOTHING = Text("（空）", "(none)")
DESCRIBED = frozenset({"offer", "agent"})
"""dimensions that nobody drew: what was, without an effect"""
FORECASTS: Mapping[str, Text] = {
    "reached": Text("接通本人或送达（占已派，%）", "Reached, or delivered to (% of those dispatched)"),
    "agreed": Text("同意（占接通本人，%）", "Agreed (% of those reached)"),
    "effect": Text("在网率提高（百分点）", "More on net (points)"),
}
"""by wire.campaign_effect.Forecasted.what"""
ELSEWHERE = Text("活动以外的区域", "Areas that the campaign does not reach")
PER_REACHED_SHORT = Text("每位接通本人（百分点）", "For each reached (points)")
PER_REACHED = Text(
    "折算到每位接通本人的客户；前提是没接通的人不因被抽中而改变。仅供参考，不作结论。",
    "For each owner who was spoken to, taking for granted that being drawn changes nothing for the others. An extra,"
    " not the verdict.",
)
ONLY_DESCRIBED = Text(
    "谁给谁打、推荐什么，都不是抽签定的：这里只描述，不说效果。",
    "Who called whom, and what was offered, was nobody's chance: this describes, and says nothing of an effect.",
)


def named(words: Mapping[str, Text], code: str) -> Text:
    """A code that nobody knows any more stands for itself."""
    return words.get(code) or Text(code, code)


def signed_figure(words: str) -> str:
    """A figure with the minus sign of the reports."""
    return words.replace("-", "−")


def points(share: float, *, signed: bool = True) -> str:
    """A share as percentage points with one decimal: +2.1."""
    told = f"{share * 100:+.1f}" if signed else f"{share * 100:.1f}"
    return signed_figure(told)

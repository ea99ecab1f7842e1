"""Why a customer is to be called: the campaign, the kind of task and the reason in words that agree with the data."""

from core.demo.calls import PastDial
from core.demo.campaigns import campaign_cases
from core.demo.care import Contacts
from core.demo.case import Case
from core.demo.cast import Trouble
from core.demo.life import Life, above_fee_fen, saving_fen
from core.demo.people import DISCONNECT, UPGRADE, VIP
from core.demo.warn import Sign, risk, signs
from core.domain.money import yuan
from core.domain.task import TaskType, Tier
from core.domain.text import Text

_HOME_CODES = frozenset(trouble.value for trouble in Trouble if trouble)
_HOME_TYPES = {Trouble.DISSATISFIED.value: TaskType.COMPLAINT_REVISIT}
_WORTH_FEN = 500
"""of the campaign's own rough estimate: below five yuan a month it is no reason to call"""


def cases(life: Life, seen: Contacts) -> list[Case]:
    """Every campaign that has a reason to call this customer, the weightiest first."""
    found = signs(life, dissatisfied=seen.dissatisfied)
    likelihood = risk(life, found, open_complaints=seen.open_complaints)
    made = (_vip(life, seen, found, likelihood), _home(life, found, likelihood), _upgrade(life, found))
    return [*(case for case in made if case is not None), *campaign_cases(life, seen, found)]


def _risk_figure(likelihood: float) -> Text:
    return Text(f"风险 {likelihood:.2f}", f"Risk {likelihood:.2f}")


def _vip(life: Life, seen: Contacts, found: list[Sign], likelihood: float) -> Case | None:
    """VIP-04, VIP-08: what is broken first, then what is at risk, then care."""
    if life.tier is Tier.NONE or _settled(life, VIP):
        return None
    if seen.cases:
        case = seen.cases[0]
        return Case(
            scenario=VIP,
            type=TaskType.COMPLAINT_REVISIT,
            reason=Text(f"{case.title.zh}，投诉未结", f"{case.title.en}, complaint open"),
            figure=Text("一对一修复", "One-to-one repair"),
            priority=0 if life.tier is Tier.DIAMOND else 1,
        )
    by_code = {sign.code: sign for sign in found}
    if sign := by_code.get("declining_use"):
        return Case(
            scenario=VIP,
            type=TaskType.CHURN_INCLINED_VISIT,
            reason=sign.label,
            figure=_risk_figure(likelihood),
            priority=1,
        )
    if sign := by_code.get("contract_ending"):
        figure = Text("协议到期", "Contract ends")
        return Case(scenario=VIP, type=TaskType.KEY_CUSTOMER_CALL, reason=sign.label, figure=figure, priority=2)
    if sign := by_code.get("points_expiring"):
        figure = Text(f"积分 {life.points.expiring:,}", f"{life.points.expiring:,} points")
        return Case(scenario=VIP, type=TaskType.KEY_CUSTOMER_CALL, reason=sign.label, figure=figure, priority=3)
    years = life.tenure_months // 12
    if life.profile.index % 3 == 0:
        reason = Text(f"在网 {years} 年，年度满意度回访", f"{years} years on net, yearly satisfaction call")
        figure = Text("满意度", "Satisfaction")
        return Case(scenario=VIP, type=TaskType.SATISFACTION_SURVEY, reason=reason, figure=figure, priority=4)
    reason = Text(f"在网 {years} 年，季度关怀", f"{years} years on net, quarterly care call")
    return Case(scenario=VIP, type=TaskType.KEY_CUSTOMER_CALL, reason=reason, figure=Text("关怀", "Care"), priority=3)


def _home(life: Life, found: list[Sign], likelihood: float) -> Case | None:
    """BB-01, BB-02; and a line that nobody uses any more."""
    home = life.ties.services.broadband
    if home is None or _settled(life, DISCONNECT):
        return None
    sign = next((one for one in found if one.code in _HOME_CODES), None)
    if sign is not None:
        kind = _HOME_TYPES.get(sign.code, TaskType.CHURN_INCLINED_VISIT)
        priority = 2 if likelihood >= 0.5 else 4
        return Case(
            scenario=DISCONNECT, type=kind, reason=sign.label, figure=_risk_figure(likelihood), priority=priority
        )
    if any(one.code == "zero_usage" for one in found):
        reason = Text("手机上月零使用，宽带可能闲置", "Phone unused last month, the line may lie idle")
        return Case(
            scenario=DISCONNECT,
            type=TaskType.ZERO_USAGE_VISIT,
            reason=reason,
            figure=_risk_figure(likelihood),
            priority=4,
        )
    if home.faults_90d:
        faults = "a fault" if home.faults_90d == 1 else f"{home.faults_90d} faults"
        reason = Text(f"近 90 天报障 {home.faults_90d} 次，修后回访", f"{faults} in 90 days, call after repair")
        return Case(
            scenario=DISCONNECT,
            type=TaskType.SATISFACTION_SURVEY,
            reason=reason,
            figure=_risk_figure(likelihood),
            priority=5,
        )
    return None


_UPGRADE_SIGNS = ("data_over_allowance", "voice_over_allowance", "zero_usage", "new_joiner", "handset_ahead_of_plan")
_UPGRADE_TYPES = {"zero_usage": TaskType.ZERO_USAGE_VISIT, "new_joiner": TaskType.NEW_JOINER_VISIT}


def _upgrade(life: Life, found: list[Sign]) -> Case | None:
    """4G-07, 4G-09: who is on an older plan and outgrows it."""
    if life.plan.generation > 3 or not life.uses or _settled(life, UPGRADE):
        return None
    by_code = {sign.code: sign for sign in found}
    sign = next((by_code[code] for code in _UPGRADE_SIGNS if code in by_code), None)
    if sign is None:
        return None
    kind = _UPGRADE_TYPES.get(sign.code, TaskType.NEW_SERVICE_PROMOTION)
    estimate = saving_fen(life)
    figure, priority = _above_fee(life), 4 if estimate >= 2_000 else 5
    if life.ties.subsidy is not None and life.ties.subsidy.locked:
        figure, priority = Text("协议期内", "Under contract"), 6
    elif estimate >= _WORTH_FEN:
        pass
    elif sign.code == "handset_ahead_of_plan" and life.profile.index % 4 == 0:
        kind, figure, priority = TaskType.MARKET_SURVEY, Text("需求调研", "Survey"), 7
    elif life.profile.part.scenario or life.profile.index % 3 == 0:
        priority = 7
    else:
        return None
    return Case(scenario=UPGRADE, type=kind, reason=sign.label, figure=figure, priority=priority)


def _above_fee(life: Life) -> Text:
    """What the last six bills are above the fee, a month: what a change would save only the bill calculator may say."""
    above = above_fee_fen(life)
    if not above:
        return Text("套餐体检", "Plan check")
    return Text(f"月超 ¥{yuan(above)}", f"¥{yuan(above)}/mo over fee")


def _settled(life: Life, scenario: str) -> bool:
    """Whether a call of that campaign has succeeded of late."""
    return any(call.success and call.scenario == scenario for call in life.calls)


def open_promise(life: Life, scenario: str) -> PastDial | None:
    """The callback of that campaign that is still to be made."""
    return next((c for c in reversed(life.calls) if c.callback_open and c.scenario == scenario), None)

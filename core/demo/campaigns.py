"""Campaigns that have just begun: whom each calls, as what kind of task, for what reason."""

from collections.abc import Callable

from core.demo.care import Contacts
from core.demo.case import Case
from core.demo.life import Life
from core.demo.people import (
    AT_RISK,
    LOW_BALANCE,
    MARKET,
    NEW_HIGH_END,
    NEW_SERVICE,
    RENEWAL,
    REVISIT,
    ROAMING,
    SATISFACTION,
    WELCOME,
    WIN_BACK,
    ZERO_USAGE,
)  # fmt: skip
from core.demo.results import DISCONNECTED
from core.demo.warn import Sign
from core.domain.clock import local_day
from core.domain.customer import LifeStage, Value
from core.domain.money import yuan_short
from core.domain.task_types import usual_type
from core.domain.text import Text

_SETTLED_DAYS = 120
"""a complaint that was closed so lately is asked after"""
_SLOW_MBPS = 100
_HIGH_FEN = 12_000
_CARE = Text("关怀", "Care")


def campaign_cases(life: Life, seen: Contacts, found: list[Sign]) -> list[Case]:
    """Every such campaign that has a reason to call this customer, the weightiest first (TASK-01)."""
    by_code = {sign.code: sign for sign in found}
    made = [make(life, seen, by_code) for make in _MAKERS]
    return [case for case in made if case is not None]


Maker = Callable[[Life, Contacts, dict[str, Sign]], Case | None]


def _case(scenario: str, reason: Text, figure: Text, priority: int) -> Case:
    return Case(scenario=scenario, type=usual_type(scenario), reason=reason, figure=figure, priority=priority)


def _revisit(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    del signs
    closed = next((t for t in seen.tickets if t.complaint and t.closed_at is not None), None)
    if closed is None or closed.closed_at is None or seen.open_complaints:
        return None
    days = (life.today.day - local_day(closed.closed_at)).days
    if days > _SETTLED_DAYS:
        return None
    reason = Text(f"投诉“{closed.topic.zh}”已结 {days} 天", f"Complaint closed {days} days ago: {closed.topic.en}")
    figure = Text("一般", "Fair") if closed.satisfied else Text("不满意", "Dissatisfied")
    return _case(REVISIT, reason, figure, 3)


def _win_back(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    del seen, signs
    left = next((call for call in reversed(life.calls) if call.ending is DISCONNECTED), None)
    if left is None:
        return None
    days = (life.today.day - local_day(left.at)).days
    reason = Text(f"拆机 {days} 天，赢回关怀", f"Disconnected {days} days ago")
    return _case(WIN_BACK, reason, Text("赢回", "Win-back"), 6)


def _at_risk(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    del seen
    sign = signs.get("declining_use")
    if sign is None or life.mean_half_year_fen < _HIGH_FEN:
        return None
    amount = yuan_short(life.mean_half_year_fen // 100 * 100)
    return _case(AT_RISK, sign.label, Text(f"月均 ¥{amount}", f"¥{amount} a month"), 2)


def _low_balance(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    del seen
    sign = signs.get("low_balance") or signs.get("arrears")
    if sign is None:
        return None
    held = life.account.balance_fen
    amount = yuan_short(abs(held))
    figure = Text(f"欠费 ¥{amount}", f"Owes ¥{amount}") if held < 0 else Text(f"余额 ¥{amount}", f"Balance ¥{amount}")
    return _case(LOW_BALANCE, sign.label, figure, 4)


def _new_high_end(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    del seen, signs
    if life.value is not Value.HIGH or life.tenure_months > 12:
        return None
    months = life.tenure_months
    reason = Text(f"高价值新客户，入网 {months} 个月", f"High-value customer, {months} months on net")
    return _case(NEW_HIGH_END, reason, _CARE, 3)


def _welcome(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    del seen, signs
    if life.stage is not LifeStage.ENTRY:
        return None
    months = life.tenure_months
    reason = Text(f"入网 {months} 个月，欢迎回访", f"{months} months on net, welcome call")
    return _case(WELCOME, reason, Text("欢迎", "Welcome"), 4)


def _zero_usage(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    del life, seen
    sign = signs.get("zero_usage")
    figure = Text("零次户", "Zero usage")
    return _case(ZERO_USAGE, sign.label, figure, 5) if sign else None


def _renewal(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    """CONTRACT-01, 03: in the last six months of a contract that can be renewed."""
    del seen, signs
    deal, today = life.ties.subsidy, life.today.day
    if deal is None or deal.ends_on is None or deal.renewal_from is None or deal.renewal_from > today:
        return None
    days = (deal.ends_on - today).days
    reason = Text(f"{deal.kind.zh} {days} 天后到期，可续约", f"{deal.kind.en} ends in {days} days, renewal open")
    return _case(RENEWAL, reason, Text("二次续约", "Renewal"), 4)


def _roaming(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    del seen, signs
    if not life.profile.traveller or life.profile.repair:
        return None
    reason = Text("常出行，假期前漫游贴士", "Often travels, tips before the holidays")
    return _case(ROAMING, reason, Text("漫游", "Roaming"), 5)


def _new_service(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    """SCRIPT-08, BB-13: a line that could be faster, or data that run over on a plan of these days."""
    del seen
    line = life.ties.services.broadband
    if line is not None and line.speed_mbps is not None and line.speed_mbps <= _SLOW_MBPS:
        reason = Text(f"宽带 {line.speed_mbps}M，可提速", f"Broadband {line.speed_mbps}M could be faster")
        return _case(NEW_SERVICE, reason, Text("提速", "Speed-up"), 6)
    sign = signs.get("data_over_allowance")
    if sign is None or life.plan.generation <= 3:
        return None
    return _case(NEW_SERVICE, sign.label, Text("流量包", "Data pack"), 6)


def _satisfaction(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    del seen, signs
    if life.profile.index % 9 != 4:
        return None
    reason = Text("年度满意度抽样", "Yearly satisfaction sample")
    return _case(SATISFACTION, reason, Text("问卷 8 题", "8 questions"), 7)


def _market(life: Life, seen: Contacts, signs: dict[str, Sign]) -> Case | None:
    del seen, signs
    if life.profile.index % 9 != 7:
        return None
    reason = Text("用网习惯抽样", "Sample of how people use the net")
    return _case(MARKET, reason, Text("问卷 7 题", "7 questions"), 8)


_MAKERS: tuple[Maker, ...] = (
    _revisit, _win_back, _at_risk, _low_balance, _new_high_end, _welcome, _zero_usage, _renewal, _roaming, _new_service,
    _satisfaction, _market,
)  # fmt: skip

"""Warnings: which facts of a customer's life the operator takes as a sign, and how it says so."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

from core.demo.cast import Repair, Trouble
from core.demo.english import english_of
from core.demo.life import Life
from core.demo.rng import Purpose, stream
from core.demo.standing import change, risk_of
from core.demo.today import moment
from core.domain.customer import LifeStage, Warning_
from core.domain.money import yuan_short
from core.domain.text import Text


class Sign(Struct, frozen=True, kw_only=True):
    """A fact that counts as a warning."""

    code: str
    label: Text
    days_ago: int


LOW_PREPAID_FEN = 20_000
LOW_BALANCE_FEN = 1_000
ENDING_DAYS = 61


def warnings(life: Life, *, dissatisfied: bool, open_complaints: int) -> list[Warning_]:
    """Newest first; the first carries the risk."""
    found = signs(life, dissatisfied=dissatisfied)
    rng = stream(life.seed, life.profile.index, Purpose.WARNING)
    likelihood = risk(life, found, open_complaints=open_complaints)
    listed = [
        Warning_(code=sign.code, label=sign.label, at=_night(life, sign.days_ago + rng.randrange(3)), risk=likelihood)
        for sign in found
    ]
    listed.sort(key=lambda one: one.at, reverse=True)
    return listed


def risk(life: Life, found: list[Sign], *, open_complaints: int) -> float:
    """0 … 1, of a customer with these signs."""
    ends = [c.ends_on for c in life.ties.services.contracts if c.ends_on]
    codes = {sign.code for sign in found}
    return risk_of(
        decline=-change([use.voice_min or 0 for use in life.uses]),
        complaints=open_complaints + (Trouble.DISSATISFIED in codes),
        home_trouble=bool(codes & {trouble.value for trouble in Trouble}),
        contract_days=min(((end - life.today.day).days for end in ends), default=None),
        late_bills=int(life.account.balance_fen < 0),
        tenure_months=life.tenure_months,
    )


def signs(life: Life, *, dissatisfied: bool) -> list[Sign]:
    """All that hold for this customer, the weightiest first."""
    return [*_home_signs(life, dissatisfied=dissatisfied), *_mobile_signs(life)]


def _home_signs(life: Life, *, dissatisfied: bool) -> list[Sign]:
    """BB-01."""
    home = life.ties.services.broadband
    if home is None:
        return []
    day, trouble, found = life.today.day, life.profile.trouble, []
    left = (home.ends_on - day).days if home.ends_on else None
    if left is not None and left < 0:
        found.append(
            _sign(
                Trouble.HOLIDAY_ENDED, f"假日宽带已到期 {-left} 天", f"Holiday broadband ended {-left} days ago", -left
            )
        )
    if dissatisfied:
        found.append(_sign(Trouble.DISSATISFIED, "投诉处理后仍不满意", "Still dissatisfied after a complaint", 5))
    if home.demolition:
        found.append(_sign(Trouble.DEMOLITION, "所在小区即将拆迁", "Building to be demolished", 11))
    if home.moving:
        found.append(_sign(Trouble.MOVE_UNSERVED, "搬家，新址暂不能装", "Moving; new address not serviceable", 3))
    if left is not None and 0 <= left <= ENDING_DAYS:
        found.append(_sign(Trouble.ENDING, f"宽带 {left} 天后到期", f"Broadband ends in {left} days", 2))
    if trouble is Trouble.NEW_RIVAL:
        (rival_en,) = english_of(home.rivals[:1]).values()
        found.append(_sign(Trouble.NEW_RIVAL, f"楼内新进 {home.rivals[0]}", f"{rival_en} newly in the building", 6))
    elif home.rivals:
        found.append(
            _sign(
                Trouble.RIVAL,
                f"楼内有他网（{len(home.rivals)} 家）",
                f"Other operators in the building ({len(home.rivals)})",
                30,
            )
        )
    if home.balance_fen is not None and 0 < home.balance_fen < LOW_PREPAID_FEN:
        amount = yuan_short(home.balance_fen)
        found.append(_sign(Trouble.LOW_PREPAID, f"宽带预存余额 ¥{amount}", f"Broadband prepaid balance ¥{amount}", 4))
    return found


def _mobile_signs(life: Life) -> list[Sign]:
    found = []
    if (months := life.months_over_data) >= 2:
        zh, en = _over("流量", "Data", months)
        found.append(_sign("data_over_allowance", zh, en, 4))
    if (months := life.months_over_voice) >= 2:
        zh, en = _over("语音", "Minutes", months)
        found.append(_sign("voice_over_allowance", zh, en, 8))
    found += [_sign(code, zh, en, days_ago) for holds, code, zh, en, days_ago in _RULES if holds(life)]
    subsidy = life.ties.subsidy
    if subsidy and subsidy.ends_on and (left := (subsidy.ends_on - life.today.day).days) <= ENDING_DAYS:
        found.append(_sign("contract_ending", f"协议 {left} 天后到期", f"Contract ends in {left} days", 3))
    expiring = life.points.expiring
    if expiring >= 1_500:
        found.append(
            _sign("points_expiring", f"年底将清零 {expiring:,} 积分", f"{expiring:,} points expire at year's end", 9)
        )
    return found


def _over(zh: str, en: str, months: int) -> tuple[str, str]:
    if months == 6:
        return f"{zh}连续 6 个月超套", f"{en} over the allowance 6 months running"
    return f"近 6 个月有 {months} 个月{zh}超套", f"{en} over the allowance in {months} of 6 months"


def _fell(life: Life) -> bool:
    return change([use.voice_min or 0 for use in life.uses]) < -0.25 and not _silent(life)


def _silent(life: Life) -> bool:
    return bool(life.uses) and not life.uses[-1].data_mb and not life.uses[-1].voice_min


def _old_plan(life: Life) -> bool:
    handset = life.holdings.handset
    return life.plan.generation <= 3 and handset is not None and bool(handset.supports_4g)


def _low_balance(life: Life) -> bool:
    return life.profile.prepaid and 0 <= life.account.balance_fen < LOW_BALANCE_FEN


_RULES: tuple[tuple[Callable[[Life], bool], str, str, str, int], ...] = (
    (_silent, "zero_usage", "上月零通话零流量", "No calls and no data last month", 6),
    (_fell, "declining_use", "主叫时长三个月明显下降", "Minutes clearly down in three months", 5),
    (
        lambda life: life.profile.repair is Repair.ROAMING,
        "roaming_silent",
        "漫游期间 7 天未用流量",
        "No data used in 7 days of roaming",
        1,
    ),
    (lambda life: life.stage is LifeStage.ENTRY, "new_joiner", "入网半年内", "On net for less than half a year", 20),
    (_old_plan, "handset_ahead_of_plan", "终端支持 4G，仍用老套餐", "4G handset on an older plan", 14),
    (_low_balance, "low_balance", "话费余额不足 10 元", "Balance under 10 yuan", 2),
    (lambda life: life.account.balance_fen < 0, "arrears", "话费欠费", "In arrears", 3),
)


def _sign(code: str, zh: str, en: str, days_ago: int) -> Sign:
    return Sign(code=code, label=Text(zh, en), days_ago=days_ago)


def _night(life: Life, days_ago: int) -> datetime:
    """Screening runs in the night."""
    return moment(life.today.day - timedelta(days=days_ago), 3 * 60 + 20)

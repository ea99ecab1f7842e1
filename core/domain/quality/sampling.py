"""Which calls are looked at: some by chance, some because something about them asks for it. Pure rules.

The thresholds are content (`resources/rules/sampling.yaml`). A risk is a reason to look, never a verdict.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.outcome import CONNECTED, CaseResult, Outcome
from core.domain.text import Text

SAVES = frozenset({CaseResult.RETAINED, CaseResult.MOVED, CaseResult.TRANSFERRED})
"""with success: the agent says that a customer who would have left stays"""
_SHOWN_TOGETHER = timedelta(milliseconds=50)
"""a step and what it ticks are written down at once"""


class Risk(StrEnum):
    """Why a call is looked at."""

    CHANCE = "chance"
    SHORT_SUCCESS = "short_success"
    UNKNOWN_OFFER = "unknown_offer"
    HURRIED = "hurried"
    """what must be said was ticked quicker than it can be said"""
    NO_CALL = "no_call"
    """a number was shown and not called"""
    COPIED_NOTE = "copied_note"
    CHURNED = "churned"
    """a save whose customer left after all"""
    DENIED = "denied"
    """a save that the customer, asked again, knows nothing of"""


RISK_NAMES: dict[Risk, Text] = {
    Risk.CHANCE: Text("随机抽中", "Drawn by chance"),
    Risk.SHORT_SUCCESS: Text("成功通话太短", "Success in a very short call"),
    Risk.UNKNOWN_OFFER: Text("办了目录里没有的套餐或优惠", "A plan or offer that is in no table"),
    Risk.HURRIED: Text("必说项一秒内就打了勾", "A must-say ticked within a second"),
    Risk.NO_CALL: Text("看了号码没有拨打", "A number shown without a call"),
    Risk.COPIED_NOTE: Text("备注照抄别的客户", "A note copied from another customer"),
    Risk.CHURNED: Text("挽留后仍然离网", "A save that left after all"),
    Risk.DENIED: Text("回访时客户否认", "The customer denies the save"),
}


class Why(Struct, frozen=True, kw_only=True):
    risk: Risk
    detail: Text = Text("", "")
    """what was found, in figures"""


class SamplingRules(Struct, frozen=True, kw_only=True):
    """Thresholds of one site."""

    version: int
    chance_percent: int
    """of an agent's connected calls"""
    least_per_week: int
    """so many of each agent's calls in seven days, if they had as many"""
    short_call_s: int
    ticked_within_s: float
    hurried_items: int
    """so many must-says ticked too quickly make a risk"""
    reveal_hours: int
    """a number that was shown is to be called within so many hours, before or after"""
    note_days: int
    """notes of the agent's other customers that far back are compared"""
    note_least: int
    """characters from which on two notes are alike by no accident"""
    churn_days: int
    """a save that leaves within so many days did not save"""
    claim_hours: int
    """a claimed call that is not scored by then returns to the queue"""
    verify_percent: int
    """of the claimed saves, how many a callback asks after"""
    verify_after_days: int
    verify_within_days: int
    """a save that is older is asked after no more"""


class Around(Struct, frozen=True, kw_only=True):
    """What must be known beside an outcome."""

    plans: frozenset[str]
    """codes and names in the plan table; empty: it is not known, and nothing is held against anybody"""
    offers: frozenset[str]
    notes: tuple[tuple[str, str], ...] = ()
    """customer and note of the same agent's other calls"""
    left_at: datetime | None = None
    """when the customer left after this call"""
    denied: bool = False
    """asked again, the customer knew nothing of it"""
    claimed: bool = False
    """its result is a success, though the talk was too short to count as one"""


def is_save(outcome: Outcome) -> bool:
    """Whether the agent claims that a customer who would have left stays (FOLLOW-02, BB-12)."""
    return outcome.success and outcome.case_result in SAVES


def risks_of(outcome: Outcome, around: Around, rules: SamplingRules) -> tuple[Why, ...]:
    """Every reason to look at the call, the weightiest first."""
    found = (
        _denied(around),
        _left(outcome, around, rules),
        _short(outcome, around, rules),
        _unknown(outcome, around),
        _hurried(outcome, rules),
        _copied(outcome, around, rules),
    )
    return tuple(why for why in found if why is not None)


def _denied(around: Around) -> Why | None:
    return Why(risk=Risk.DENIED) if around.denied else None


def _left(outcome: Outcome, around: Around, rules: SamplingRules) -> Why | None:
    if around.left_at is None or not is_save(outcome):
        return None
    days = (around.left_at - outcome.recorded_at).days
    if not 0 <= days <= rules.churn_days:
        return None
    return Why(risk=Risk.CHURNED, detail=Text(f"{days} 天后", f"after {days} days"))


def _short(outcome: Outcome, around: Around, rules: SamplingRules) -> Why | None:
    talk_s = outcome.call.talk_time_s
    if not (outcome.success or around.claimed) or outcome.contact not in CONNECTED or talk_s > rules.short_call_s:
        return None
    return Why(risk=Risk.SHORT_SUCCESS, detail=Text(f"{talk_s} 秒", f"{talk_s} s"))


def _unknown(outcome: Outcome, around: Around) -> Why | None:
    made = [one.offer for one in outcome.offers] if around.offers else []
    unknown = [name for name in made if name not in around.offers]
    # A suspension is a service: no plan goes by its name.
    sold = outcome.order if outcome.case_result is not CaseResult.SUSPENDED else None
    if sold is not None and around.plans and sold.product not in around.plans:
        unknown.append(sold.product)
    if not unknown:
        return None
    names = "、".join(unknown)
    return Why(risk=Risk.UNKNOWN_OFFER, detail=Text(names, ", ".join(unknown)))


def hurried_items(outcome: Outcome, within_s: float) -> tuple[str, ...]:
    """Must-says that were ticked sooner after what went before than anybody can say them."""
    begun = outcome.call.answered_at or outcome.call.dialled_at
    moments = [step.at for step in outcome.path] + [tick.at for tick in outcome.ticked] + ([begun] if begun else [])
    limit = timedelta(seconds=within_s)
    hurried = []
    for tick in outcome.ticked:
        before = [at for at in moments if at < tick.at - _SHOWN_TOGETHER]
        if before and tick.at - max(before) < limit:
            hurried.append(tick.item)
    return tuple(hurried)


def _hurried(outcome: Outcome, rules: SamplingRules) -> Why | None:
    count = len(hurried_items(outcome, rules.ticked_within_s))
    if count < max(rules.hurried_items, 1):
        return None
    return Why(risk=Risk.HURRIED, detail=Text(f"{count} 项", f"{count} items" if count > 1 else "1 item"))


def plain_note(note: str) -> str:
    """A note without blanks, marks and digits: what remains alike was copied."""
    normal = unicodedata.normalize("NFKC", note).casefold()
    return "".join(char for char in normal if char.isalpha())


def _copied(outcome: Outcome, around: Around, rules: SamplingRules) -> Why | None:
    own = plain_note(outcome.note)
    if not outcome.note_edited or len(own) < rules.note_least:
        return None
    others = {customer for customer, note in around.notes if plain_note(note) == own}
    others.discard(outcome.customer_id)
    if not others:
        return None
    count = len(others)
    return Why(risk=Risk.COPIED_NOTE, detail=Text(f"{count} 位客户", f"{count} customer" + ("s" if count > 1 else "")))


def called_about(at: datetime, dials: Iterable[datetime], hours: int) -> bool:
    """Whether a number that was shown then was called, or had been, within so many hours."""
    return any(abs(at - dialled) <= timedelta(hours=hours) for dialled in dials)


def is_drawn(call: UUID, salt: str, percent: int) -> bool:
    """By chance, the same answer each time it is asked. `salt` is the server's own: no desk can tell who is drawn."""
    return _lot(call, salt) < percent / 100


def _lot(call: UUID, salt: str) -> float:
    # A desk knows the risks from its start on, and draws nothing.
    import hashlib

    digest = hashlib.sha256(f"{salt}/{call}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def fill_up(calls: Sequence[UUID], sampled: Collection[UUID], salt: str, least: int) -> list[UUID]:
    """Further calls of one agent's week, so that at least so many are looked at, if there are as many."""
    wanted = min(least, len(calls)) - sum(call in sampled for call in calls)
    rest = sorted((call for call in calls if call not in sampled), key=lambda call: _lot(call, salt))
    return rest[: max(wanted, 0)]

"""The rows of the follow-ups that are no callbacks: orders, what departments were asked, commitments, texts."""

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import IntEnum
from typing import NamedTuple

from core.desk.agenda import store_words
from core.desk.errands import Standing
from core.desk.promises import Promised
from core.desk.trials import days_left, key_of
from core.domain.clock import CHINA, day_start, local_day
from core.domain.commitment import CommitmentTold, rhythm_words
from core.domain.errand import STAGES, ErrandKind, chain, errand_words
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.later_event import BoundEvent, later_words
from core.domain.money import yuan
from core.domain.order_state import ENDED_IN_NOTHING, OPEN_ORDERS, ORDER_SHORT, SECOND_CONFIRMATION, OrderTold
from core.domain.promise import STATE_NAMES, Promise
from core.domain.store import StoreTime
from core.domain.text import Text, filled
from core.domain.trial_told import TrialTold
from desktop.followups import words

NO_TIME = "—"
_SENDER = re.compile(r"^(【[^】]*】|\[[^\]]*\])\s*")
Say = Callable[[Text], str]


class Rank(IntEnum):
    """Which rows stand above which; those of one rank stand by time."""

    LATE = 0
    """a time has passed and nobody has done it"""
    AHEAD = 1
    OPEN = 2
    """under way without a time of its own"""
    OVER = 3
    """done, ended or withdrawn: the newest first"""


class Row(NamedTuple):
    cells: tuple[str, ...]
    key: str
    rank: Rank
    at: datetime | None
    """what it is ordered by"""


def other_rows(shown: Promised, say: Say, now: datetime) -> list[Row]:
    """What is late first, then by time what lies ahead, what is under way without a time, and what is over."""
    made = (
        *(_errand_row(one, name, say) for one, name in shown.errands),
        *(_promise_row(one, name, say, now) for one, name in shown.promises),
        *(_trial_row(one, name, say, local_day(now)) for one, name in shown.trials),
        *(_store_row(one, name, say, now) for one, name in shown.store_times),
        *(_order_row(one, name, say, now) for one, name in shown.orders),
        *(_commitment_row(one, name, say) for one, name in shown.commitments),
        *(_follow_up_row(one, name, shown, say) for one, name in shown.others),
        *(_later_row(one, name, say) for one, name in shown.later),
    )
    return sorted(made, key=_place)


def _place(row: Row) -> tuple[Rank, float]:
    at = row.at.timestamp() if row.at is not None else 0.0
    return row.rank, -at if row.rank is Rank.OVER else at


def course_of(shown: Promised, key: str, today: date, say: Say) -> str:
    """FOLLOW-05: how far the work order of that row has come, stage by stage, and how it stands in full; of an errand
    of another kind its state; empty where the row is none."""
    told = next((one.told for one, _ in shown.errands if str(one.told.errand.id) == key), None)
    if told is None:
        return ""
    stages = [f"{say(STAGES[stage])} ✓" if reached else say(STAGES[stage]) for stage, reached in chain(told, today)]
    number = f" · {told.reference}" if told.reference else ""
    course = f" · {' → '.join(stages)}" if stages else ""
    return f"{told.errand.text} · {say(errand_words(told))}{number}{course}"


def customer_of(shown: Promised, key: str) -> tuple[str, str, str]:
    """Id, name and scenario of the customer of that row; all empty where it has none."""
    for standing, name in shown.errands:
        if str(standing.told.errand.id) == key:
            return standing.told.errand.customer_id, name, standing.told.errand.scenario
    for kept, name in shown.commitments:
        if str(kept.commitment.id) == key:
            return kept.commitment.customer_id, name, kept.commitment.scenario
    for order, name in shown.orders:
        if str(order.id) == key:
            return order.customer_id, name, ""
    for promise, name in shown.promises:
        if str(promise.id) == key:
            return promise.made.customer_id, name, ""
    for trial, name in shown.trials:
        if key_of(trial) == key:
            return trial.customer_id, name, trial.scenario
    for booked, name in shown.store_times:
        if str(booked.id) == key:
            return booked.customer_id, name, booked.scenario
    for bound, name in shown.later:
        if bound.event.id == key:
            return bound.event.customer_id, name, bound.scenario
    return next(((one.customer_id, name, "") for one, name in shown.others if str(one.id) == key), ("", "", ""))


def _order_row(one: OrderTold, name: str, say: Say, now: datetime) -> Row:
    """One that was accepted lies ahead until the day that it takes effect."""
    starts = one.effective_from if one.state not in ENDED_IN_NOTHING else None
    at, told = (day_start(starts), starts.isoformat()) if starts is not None else (one.at, NO_TIME)
    rank = Rank.AHEAD if starts is not None and at >= now else Rank.OPEN if one.state in OPEN_ORDERS else Rank.OVER
    shown = _hour(one.at) if rank is Rank.OVER and starts is None else told
    cells = (shown, name, say(words.ORDER), _ordered(one, say), say(ORDER_SHORT[one.state]))
    return Row(cells, str(one.id), rank, at)


def _ordered(one: OrderTold, say: Say) -> str:
    """What and for how much; of one that failed, why; of one taken over, who sold it."""
    what = say(one.what)
    if one.reason is not None:
        what = say(filled(words.NOT_DONE, product=what, why=say(one.reason)))
    elif one.price_fen:
        what = say(filled(words.ORDERED, product=what, price=yuan(one.price_fen)))
    return say(filled(words.SOLD_BY, ordered=what, seller=one.sold_by)) if one.sold_by else what


def _errand_row(one: Standing, name: str, say: Say) -> Row:
    told, asked = one.told, one.told.errand
    visit = asked.kind is ErrandKind.HOME_VISIT
    due = asked.due_at if visit and asked.due_at else told.answer_by
    state = say(errand_words(told))
    if one.unsent:
        state = say(filled(words.UNSENT, state=state))
    # By when it was owed is of no use once it is over: then it says since when.
    at = due if told.is_open else told.at
    cells = (_hour(at), name, say(words.KINDS[asked.kind.value]), asked.text, state)
    rank = Rank.OVER if not told.is_open else Rank.LATE if told.overdue else Rank.AHEAD
    return Row(cells, str(asked.id), rank, at)


def _commitment_row(one: CommitmentTold, name: str, say: Say) -> Row:
    made = one.commitment
    cells = (NO_TIME, name, say(words.COMMITMENT), made.text, say(rhythm_words(made)))
    return Row(cells, str(made.id), Rank.OPEN, None)


def _promise_row(one: Promise, name: str, say: Say, now: datetime) -> Row:
    # What the server has not marked yet is late all the same.
    late = one.is_open and one.is_late(now)
    state = words.PROMISE_LATE if late else STATE_NAMES[one.state]
    cells = (_hour(one.due_at), name, say(words.PROMISE), one.made.words, say(state))
    return Row(cells, str(one.id), Rank.AHEAD if one.is_open and not late else Rank.LATE, one.due_at)


def _trial_row(one: TrialTold, name: str, say: Say, today: date) -> Row:
    days = days_left(one, today)
    state = words.TRIAL_OVER if days < 0 else words.TRIAL_TODAY if days == 0 else words.TRIAL_DAYS
    cells = (one.until.isoformat(), name, say(words.TRIAL), say(one.name), say(filled(state, days=str(days))))
    # On its last day it is looked at before any hour of that day.
    return Row(cells, key_of(one), Rank.OVER if days < 0 else Rank.AHEAD, day_start(one.until))


def _store_row(one: StoreTime, name: str, say: Say, now: datetime) -> Row:
    over = one.slot.begins_at < now
    told = say(filled(words.STORE_OVER if over else words.STORE_BOOKED, number=one.reference)).rstrip("， ,")
    cells = (_hour(one.slot.begins_at), name, say(words.STORE_TIME), say(store_words(one)), told)
    return Row(cells, str(one.id), Rank.OVER if over else Rank.AHEAD, one.slot.begins_at)


def _later_row(one: BoundEvent, name: str, say: Say) -> Row:
    cells = (_hour(one.event.at), name, say(words.LATER), say(later_words(one)), NO_TIME)
    return Row(cells, one.event.id, Rank.OVER, one.event.at)


def _follow_up_row(one: FollowUp, name: str, shown: Promised, say: Say) -> Row:
    state = _state(one, shown)
    cells = (_hour(one.due_at), name, say(words.KINDS[one.kind.value]), _content(one), say(state))
    waits = state in (words.NOT_SENT, words.STATES["waiting"])
    rank = Rank.OVER if not waits else Rank.AHEAD if one.due_at is not None else Rank.OPEN
    return Row(cells, str(one.id), rank, one.due_at)


def _content(follow_up: FollowUp) -> str:
    """A text without the sender's name before it: every one begins so, and what tells them apart would be cut off."""
    return _SENDER.sub("", follow_up.text) if follow_up.kind is FollowUpKind.SMS else follow_up.text


def _state(follow_up: FollowUp, shown: Promised) -> Text:
    """A text is called sent only where the server has told that it went out; what an offer was to bring is cancelled
    with its order."""
    if follow_up.state is not FollowUpState.WAITING:
        return words.STATES[follow_up.state.value]
    record, text = (follow_up.outcome_id, follow_up.offer), follow_up.kind is FollowUpKind.SMS
    asks = text and (follow_up.template == SECOND_CONFIRMATION or bool(follow_up.offer))
    if asks and record in shown.asked:
        return words.STATES["sent"]
    if record in shown.fallen:
        return words.STATES["cancelled"] if text else words.CALLED_BACK
    return words.NOT_SENT if text else words.STATES["waiting"]


def _hour(moment: datetime | None) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if moment else NO_TIME

"""Errands of what desks push: a call's follow-ups, what is asked without one, changes, and what leads say."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from core.domain.department import USUAL_HOURS
from core.domain.errand import (
    OF_FOLLOW_UPS,
    OPEN_ERRANDS,
    OWN_DESK,
    Errand,
    ErrandKind,
    ErrandState,
    ErrandStep,
    PlacedErrand,
)
from core.domain.follow_up import FollowUp
from core.domain.outcome import Outcome
from core.server.db import audit, errands
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.departments.moving import withdraw
from core.server.departments.telling import department, tell


def take_errands(unit: Unit, outcome: Outcome, follow_ups: Sequence[FollowUp], *, team_id: str) -> None:
    """Called once for each outcome that is taken, in its transaction, after its follow-ups.

    A correction says anew what is to be done: what it repeats goes on under the errand that stands, what it leaves
    out is withdrawn.
    """
    wanted = [one for one in follow_ups if one.kind in OF_FOLLOW_UPS and one.department != OWN_DESK]
    if outcome.corrects is not None:
        wanted = _follow(unit, outcome, wanted)
    for one in wanted:
        _place(unit, errand_of(one, outcome), team_id)


def ask(unit: Unit, value: Errand, *, team_id: str) -> None:
    """What no call brought; the same id again changes nothing."""
    _place(unit, value, team_id)
    audit.write(
        unit, writer=value.agent, action=Action.ERRAND_ASKED, object_=str(value.id),
        department=value.department, kind=value.kind.value, customer=value.customer_id,
    )  # fmt: skip


def _place(unit: Unit, value: Errand, team_id: str) -> None:
    placed = placed_of(unit, value)
    outside = placed.state is ErrandState.WAITING
    errands.add(unit, [placed], team_id=team_id, due_at=unit.now if outside else None)
    tell(unit, placed)


def errand_of(follow_up: FollowUp, outcome: Outcome) -> Errand:
    """The errand of a call's follow-up, under the follow-up's id."""
    return Errand(
        id=follow_up.id,
        kind=OF_FOLLOW_UPS[follow_up.kind],
        department=follow_up.department,
        text=follow_up.text,
        agent=follow_up.agent,
        at=outcome.recorded_at,
        customer_id=follow_up.customer_id,
        scenario=outcome.scenario,
        outcome_id=outcome.id,
        number=follow_up.number,
        consent=follow_up.consent,
        due_at=follow_up.due_at,
        offer=follow_up.offer,
    )


def placed_of(unit: Unit, value: Errand) -> PlacedErrand:
    """As it begins: what stays inside the centre is its lead's from the first, the rest waits to be handed over."""
    at_work = department(unit, value.department)
    state = ErrandState.SUBMITTED if at_work is not None and at_work.inside else ErrandState.WAITING
    return PlacedErrand(
        errand=value,
        state=state,
        answer_by=answer_by(unit, value),
        steps=(ErrandStep(state=state, at=unit.now, by=value.agent),),
    )


def answer_by(unit: Unit, value: Errand) -> datetime:
    """A visit: the hours that the department needs after the agreed time; else after the asking, or when it is wanted
    where that is later."""
    found = department(unit, value.department)
    hours = found.hours(value.kind) if found else None
    span = timedelta(hours=USUAL_HOURS if hours is None else hours)
    begins = unit.now
    if value.kind is ErrandKind.HOME_VISIT and value.due_at is not None:
        begins = max(unit.now, value.due_at)
        return begins + span
    return max(begins + span, value.due_at or begins)


def _follow(unit: Unit, outcome: Outcome, wanted: list[FollowUp]) -> list[FollowUp]:
    """What of the correction is new; errands of the record before go over to it, or are withdrawn."""
    fresh = list(wanted)
    for placed in errands.of_outcome(unit, str(outcome.corrects)):
        if placed.state not in OPEN_ERRANDS:
            again = next((one for one in fresh if _same(placed.errand, one)), None)
            if again is not None and placed.state is not ErrandState.WITHDRAWN:
                fresh.remove(again)
            continue
        again = next((one for one in fresh if _same(placed.errand, one)), None)
        if again is None:
            withdraw(unit, placed, by=outcome.agent)
            continue
        fresh.remove(again)
        stays = msgspec.structs.replace(placed.errand, outcome_id=outcome.id)
        errands.edit(unit, msgspec.structs.replace(placed, errand=stays))
    return fresh


def _same(asked: Errand, follow_up: FollowUp) -> bool:
    """The correction brings the same request under a new id."""
    kind = OF_FOLLOW_UPS[follow_up.kind]
    return (asked.kind, asked.department, asked.text, asked.due_at, asked.offer) == (
        kind, follow_up.department, follow_up.text, follow_up.due_at, follow_up.offer,
    )  # fmt: skip

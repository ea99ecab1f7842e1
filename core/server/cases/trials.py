"""What calls gave for a time (FOLLOW-07): kept with its last day, so that its end is seen also after a handover."""

from datetime import timedelta
from uuid import UUID, uuid5

from msgspec.structs import replace

from core.domain.clock import local_day
from core.domain.masking import mask_name
from core.domain.outcome import Outcome
from core.domain.trial_told import TrialTold, endings
from core.server.db import agreed_dates, chains, customers, records
from core.server.db.engine import Database, Unit

TOLD_AFTER = timedelta(days=14)
"""so long after its end a desk is still told of one"""
_AT_ONCE = 200


def note_trials(unit: Unit, outcome: Outcome) -> None:
    """Those of the call as it stands now. Called with the customer held."""
    corrects = outcome.corrects is not None
    ends = bool(endings(outcome))
    if not ends and not corrects:
        return
    root = chains.root_of(unit, str(outcome.id)) if corrects else str(outcome.id)
    known = {one.id: one for one in agreed_dates.trials_of(unit, root)}
    found = {one.id: one for one in _trials(unit, outcome, root)} if ends else {}
    for gone in known.keys() - found.keys():
        agreed_dates.forget(unit, known[gone])
    for key, one in found.items():
        # Whoever looks after it by now goes on to.
        agreed_dates.put(unit, replace(one, agent=known[key].agent) if key in known else one)


def _trials(unit: Unit, outcome: Outcome, root: str) -> list[TrialTold]:
    head, first = customers.head(unit, outcome.customer_id), records.get_outcome(unit, root)
    return [
        TrialTold(
            id=uuid5(UUID(root), made.offer),
            outcome=UUID(root),
            offer=made.offer,
            name=made.name,
            customer_id=outcome.customer_id,
            customer=mask_name(head.name) if head is not None else "",
            agent=first.agent if first is not None else outcome.agent,
            scenario=outcome.scenario,
            until=made.until,
        )
        for made in endings(outcome)
        if made.until >= local_day(unit.now)
    ]


def forget_past(database: Database) -> int:
    """Trials and times at stores that were over long ago: desks are told of them no longer. Returns how many."""
    with database.read() as unit:
        if not agreed_dates.past(unit, unit.now - TOLD_AFTER, 1):
            return 0
    with database.write() as unit:
        gone = agreed_dates.past(unit, unit.now - TOLD_AFTER, _AT_ONCE)
        for one in gone:
            agreed_dates.forget(unit, one)
        return len(gone)

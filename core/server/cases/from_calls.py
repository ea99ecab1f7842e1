"""What a call says of the customer's repair cases: that somebody spoke with them, and what a lead granted."""

from uuid import uuid5

from core.domain.case import Allowed, CaseEvent, Contacted, What
from core.domain.case_fold import SPOKE, fold
from core.domain.outcome import Outcome
from core.domain.text import Text
from core.server.cases.keeping import add_to_case
from core.server.cases.trials import note_trials
from core.server.db import cases, people
from core.server.db.engine import Unit

_GRANTED = Text("班长批准", "granted by the lead")


def note_call(unit: Unit, outcome: Outcome) -> None:
    """Called with the customer held, once for each outcome; of a correction its trials alone."""
    note_trials(unit, outcome)
    if outcome.corrects is not None:
        return
    happened: list[tuple[str, What]] = []
    if outcome.contact in SPOKE:
        happened.append(("contacted", Contacted(outcome=outcome.id)))
    for grant in outcome.grants:
        allowed = Allowed(what=_GRANTED, fen=grant.fen, by=grant.by, by_name=grant.by_name)
        happened.append((f"granted {grant.request}", allowed))
    if not happened:
        return
    account = people.get(unit, outcome.agent)
    name = account.agent.name if account else ""
    for case_id in cases.open_cases(unit, customer_id=outcome.customer_id):
        case = fold(cases.case_events(unit, case_id))
        if case is None or outcome.recorded_at < case.opened_at:
            # A desk that was offline brings calls from before the case.
            continue
        # A case that was opened in the call began with it.
        at = max(min(outcome.call.answered_at or outcome.recorded_at, unit.now), case.opened_at)
        events = [
            CaseEvent(
                id=uuid5(case_id, f"{what} {outcome.id}"), case=case_id, by=outcome.agent, by_name=name, at=at,
                what=said,
            )
            for what, said in happened
        ]  # fmt: skip
        add_to_case(unit, case_id, events)

"""A record and its corrections: the first of them, and the last."""

from sqlalchemy import select

from core.domain.outcome import Outcome
from core.server.db import records
from core.server.db.engine import Unit
from core.server.db.schema import outcome


def root_of(unit: Unit, outcome_id: str) -> str:
    """Id of the first record of the call; the id itself where nothing was corrected, or it is not here."""
    return _followed(unit, outcome_id, "corrects")


def newest_of(unit: Unit, outcome_id: str) -> Outcome | None:
    """The record as it was last corrected; None where there is none such."""
    return records.get_outcome(unit, _followed(unit, outcome_id, "corrected_by"))


def _followed(unit: Unit, outcome_id: str, column: str) -> str:
    seen = {outcome_id}
    while True:
        statement = select(outcome.c[column]).where(outcome.c.tenant_id == unit.tenant, outcome.c.id == outcome_id)
        following = unit.conn.execute(statement).scalar_one_or_none()
        if not following or following in seen:
            return outcome_id
        seen.add(following)
        outcome_id = following

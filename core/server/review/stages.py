"""Which stages of its task a call was the first to reach: dialled, the owner, a talk worth the name, a success."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.domain.outcome import Contact
from core.review.frame import EFFECTIVE_S, Stage
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import outcome, review_call
from core.server.review.reading import Read


class _Call(msgspec.Struct):
    talk_time_s: int = 0


class _Talk(msgspec.Struct):
    call: _Call


_talk = decoding.decoder(_Talk).decode


def stages_of(unit: Unit, reads: Sequence[Read]) -> dict[str, int]:
    """By outcome the bits of Stage; calls without a task have none, as nothing was dispatched."""
    reached: dict[str, dict[int, tuple[datetime, str]]] = defaultdict(dict)
    for chunk in chunks(one.outcome.task_id for one in reads if one.outcome.task_id):
        statement = (
            select(
                outcome.c.id, outcome.c.task_id, outcome.c.contact, outcome.c.success, outcome.c.body,
                review_call.c.at, review_call.c.dialled,
            )
            .join(
                review_call,
                (review_call.c.tenant_id == outcome.c.tenant_id) & (review_call.c.outcome_id == outcome.c.id),
            )
            .where(outcome.c.tenant_id == unit.tenant, outcome.c.task_id.in_(chunk), outcome.c.corrected_by == "")
        )  # fmt: skip
        for row in unit.conn.execute(statement):
            owner = row.contact == Contact.OWNER.value and row.dialled
            bits = Stage.DIALLED * row.dialled | Stage.OWNER * owner | Stage.SUCCESS * (row.success and owner)
            if owner and _talk(row.body).call.talk_time_s >= EFFECTIVE_S:
                bits |= Stage.EFFECTIVE
            for stage in (Stage.DIALLED, Stage.OWNER, Stage.EFFECTIVE, Stage.SUCCESS):
                if bits & stage:
                    first = reached[row.task_id].get(stage)
                    this = (row.at, row.id)
                    reached[row.task_id][stage] = min(first, this) if first else this
    found: dict[str, int] = defaultdict(int)
    for stages in reached.values():
        for stage, (_, outcome_id) in stages.items():
            found[outcome_id] |= stage
    return found

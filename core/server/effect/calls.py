"""Calls of a campaign's tasks: of corrected records the last, with what was offered and which problem was met."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from core.domain.disposition import Dispositions
from core.domain.masking import mask_text
from core.domain.outcome import Contact, Outcome
from core.domain.text import Text
from core.screening.effect.told import Call
from core.server.db.engine import Unit
from core.server.db.schema import outcome, review_call, task
from core.server.effect.columns import day_number
from core.server.review.reading import decode_outcome

_MOST_NOTES = 4_000
"""read for the problems met, the latest: a report is waited for"""


@dataclass(frozen=True, slots=True)
class Noted:
    """What one call says of its problem."""

    reason: Text | None
    note: str


@dataclass(frozen=True, slots=True)
class CampaignCalls:
    calls: list[Call]
    noted: list[Noted]
    offers: dict[str, Text]
    """names of the offers that were made, by id"""


def campaign_calls(
    unit: Unit, campaign_id: str, place_of: Mapping[str, int], reasons: Mapping[str, Text]
) -> CampaignCalls:
    """Of the members, oldest first; `reasons` are the scenario's, by code."""
    statement = (
        select(
            outcome.c.body, outcome.c.customer_id, outcome.c.superseded, review_call.c.at, review_call.c.dialled,
            review_call.c.staff_number,
        )
        .select_from(task)
        .join(outcome, (outcome.c.tenant_id == task.c.tenant_id) & (outcome.c.task_id == task.c.id))
        .join(
            review_call,
            (review_call.c.tenant_id == outcome.c.tenant_id) & (review_call.c.outcome_id == outcome.c.id),
        )
        .where(task.c.tenant_id == unit.tenant, task.c.list_id == campaign_id, outcome.c.corrected_by == "")
        .order_by(review_call.c.at, outcome.c.id)
    )  # fmt: skip
    found = CampaignCalls([], [], {})
    for row in unit.conn.execute(statement):
        if (place := place_of.get(row.customer_id)) is None:
            continue
        value = decode_outcome(row.body)
        found.offers.update({made.offer: made.name for made in value.offers})
        found.calls.append(
            Call(
                member=place, day=day_number(row.at), agent=row.staff_number, dialled=row.dialled,
                reached=value.contact is Contact.OWNER, agreed=value.success and not row.superseded,
                ordered=value.order is not None, offers=tuple(made.offer for made in value.offers),
            )
        )  # fmt: skip
        if (noted := _noted(value, reasons)) is not None:
            found.noted.append(noted)
    del found.noted[:-_MOST_NOTES]
    return found


def _noted(value: Outcome, reasons: Mapping[str, Text]) -> Noted | None:
    reason = reasons.get(value.reason)
    # What the program wrote by itself says nothing of the customer's own.
    note = mask_text(value.note) if value.note_edited else ""
    return Noted(reason, note) if reason or note else None


def reasons_of(offered: Dispositions | None) -> dict[str, Text]:
    """By code the reasons that agents choose from."""
    return {} if offered is None else {one.code: one.label for one in offered.reasons}

"""Rows of the database by what becomes of them once a customer is let go.

Each table of the schema that names customers stands in one of these sets, or in `STAYS` with the reason.
"""

from typing import Final

from msgspec import Struct
from sqlalchemy import Table

from core.domain.authority import AuthorityRequest
from core.domain.case import CaseEvent
from core.domain.commitment import CommitmentTold
from core.domain.errand import PlacedErrand
from core.domain.follow_up import FollowUp
from core.domain.later_event import LaterEvent
from core.domain.outcome import Outcome
from core.domain.outreach import OutgoingContact
from core.domain.promise import PromiseEvent
from core.domain.task import Task
from core.server.db import schema
from core.wire.casework import HotlineTicket
from core.wire.incoming import IncomingEvent

GOES: Final[tuple[Table, ...]] = (
    schema.customer_section,
    schema.contact_number,
    schema.access_grant,
    schema.skip,
    schema.agreed_date,
    schema.repair_revisit,
    schema.case_hold,
    schema.campaign_reason,
    schema.campaign_list_entry,
)
"""nothing of them is needed for a figure"""
NUMBERED: Final[tuple[Table, ...]] = (schema.dial, schema.reveal)
"""which number was dialled or shown when: kept for the time that the law wants, whoever asks"""
WORDED: Final[dict[Table, type[Struct]]] = {
    schema.outcome: Outcome,
    schema.follow_up: FollowUp,
    schema.task: Task,
    schema.errand: PlacedErrand,
    schema.commitment: CommitmentTold,
    schema.later_event: LaterEvent,
    schema.hotline_ticket: HotlineTicket,
    schema.incoming_event: IncomingEvent,
    schema.outgoing_contact: OutgoingContact,
    schema.authority_request: AuthorityRequest,
}
"""records that agents' pay and the review's figures rest on: they stay without their words"""
LOGGED: Final[tuple[tuple[Table, Table, str, type[Struct]], ...]] = (
    (schema.repair_case, schema.case_event, "case_id", CaseEvent),
    (schema.promise, schema.promise_event, "promise_id", PromiseEvent),
)
"""what is told by its events: table, that of the events, their column that names it, and what they are"""
STAYS: Final[dict[Table, str]] = {
    schema.repair_case: "times and states alone; its events are stripped",
    schema.promise: "times and states alone; its events are stripped",
    schema.placed_order: "what was traded is kept for as long as the law wants, then stripped",
    schema.opt_out: "a refusal is final: by the customer's id, and by a hash of each number",
    schema.past_customer: "says that the customer was let go",
    schema.lease: "who had which task when",
    schema.review_call: "where a call counts",
    schema.save_check: "states and times alone",
    schema.reinstall_card: "numbers of cards, none of customers",
    schema.departure: "the day somebody left the net",
    schema.package_snapshot: "whom a team answered for, by id",
    schema.quality_call: "its reasons are stripped, and its scores",
    schema.campaign_member: "which arm somebody was drawn into, by id: an effect is counted from them",
}

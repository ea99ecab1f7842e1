"""Reaching a customer of a campaign otherwise than by an agent's call (CHANNEL-01): a text, an automated call, a visit.

WAITING → SENT → DELIVERED → ANSWERED
          └────→ FAILED      WAITING → WITHDRAWN
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from msgspec import Struct

from core.domain.campaign import CALLS, Route
from core.domain.text import Text

OUTREACH: Final = "outreach"
"""the kind of content; a piece each, named by its scenario"""
SENT_ROUTES = frozenset(Route) - CALLS


class ContactState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    """the other side has it"""
    DELIVERED = "delivered"
    """it reached the customer: a text arrived, a call was answered, a visit was made"""
    ANSWERED = "answered"
    """the customer replied"""
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    """called off before it left"""


CONTACT_WORDS: Mapping[ContactState, Text] = {
    ContactState.WAITING: Text("待发送", "waiting"),
    ContactState.SENT: Text("已交出", "handed over"),
    ContactState.DELIVERED: Text("已送达", "delivered"),
    ContactState.ANSWERED: Text("客户有回应", "answered"),
    ContactState.FAILED: Text("未送达", "failed"),
    ContactState.WITHDRAWN: Text("已撤回", "withdrawn"),
}
CONTACT_MOVES: Mapping[ContactState, frozenset[ContactState]] = {
    ContactState.WAITING: frozenset(ContactState) - {ContactState.WAITING},
    ContactState.SENT: frozenset({ContactState.DELIVERED, ContactState.ANSWERED, ContactState.FAILED}),
    ContactState.DELIVERED: frozenset({ContactState.ANSWERED}),
    ContactState.ANSWERED: frozenset(),
    # A gateway that gave up may hear of the handset later.
    ContactState.FAILED: frozenset({ContactState.DELIVERED, ContactState.ANSWERED}),
    ContactState.WITHDRAWN: frozenset(),
}
STOP_WORDS = frozenset({"stop", "stopall", "t", "td", "退订", "退定", "拒收", "unsubscribe"})
"""what customers answer who want nothing more, as `plain_reply` spells it; a text may go out with any of them"""
REACHED = frozenset({ContactState.DELIVERED, ContactState.ANSWERED})
MAY_HAVE_REACHED = REACHED | {ContactState.SENT}
"""not every gateway says whether a text arrived"""


class Outreach(Struct, frozen=True, kw_only=True):
    """What is said by each way for one scenario: a file each under `resources/outreach/`."""

    scenario: str
    version: int
    words: dict[Route, Text]
    """`{centre}` and `{hotline}` stand for the site's; nothing of the customer goes out"""
    call_replies: tuple[str, ...] = ()
    """what a customer answers who would like to be called, as these words ask for it: `1`"""
    report_within_hours: int = 72
    """from then on nothing more is asked about it"""


class OutgoingContact(Struct, frozen=True, kw_only=True):
    id: UUID
    """also the idempotency key at the other side"""
    campaign_id: str
    customer_id: str
    route: Route
    state: ContactState = ContactState.WAITING
    made_at: datetime
    sent_at: datetime | None = None
    reported_at: datetime | None = None
    reply: str = ""
    """what the customer answered: a code as the other side names it (yes, no, 1 … 9), or words of their own"""
    why: str = ""
    """of a failure, as the other side says it"""
    report_until: datetime | None = None


def plain_reply(reply: str) -> str:
    """As it is compared: in half width, without case, spaces and what stands around the words."""
    return unicodedata.normalize("NFKC", reply).casefold().strip(" \t\r\n\"'“”‘’.。!！,，#*")


def is_stop(reply: str) -> bool:
    """Whether the customer wants nothing more, in the gateway's code or in words of their own (OUTCOME-11)."""
    return plain_reply(reply) in STOP_WORDS

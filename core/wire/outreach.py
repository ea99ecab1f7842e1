"""Contacts that leave otherwise than by an agent's call: the server hands them over, the other side tells what came.

    PUT  {there}/contacts/{id}            ContactOut → ContactReport; the same id again sends nothing more
    GET  {there}/contacts/{id}            ContactReport, 404 where it has never had it
    POST /v1/outreach/{id}/report         ContactReport, from a gateway that tells by itself

A PUT that is answered 400, 409, 410, 413, 415 or 422 is not taken, and tried again more and more rarely; any other
answer but 2xx says that the gateway is away.

A site that exchanges files finds `out/{id}.json` and writes `in/{id}.json`.
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from core.domain.campaign import Route
from core.domain.outreach import ContactState
from core.domain.text import Text

CALL_ME = "call"
"""reply: the customer would like to be called"""
STOP = "stop"
"""reply: the customer wants nothing more of this kind, calls neither"""


class ContactOut(Struct, frozen=True, kw_only=True):
    id: UUID
    campaign_id: str
    customer_id: str
    route: Route
    number: str = ""
    """of a text or an automated call"""
    area: str = ""
    """of a visit: where the customer lives"""
    words: Text
    hotline: str = ""
    caller: str = ""
    """of an automated call: the official number that the customer is to see (INTEG-06)"""


class ContactReport(Struct, frozen=True, kw_only=True):
    state: ContactState
    """sent, delivered, answered or failed"""
    at: datetime | None = None
    reply: str = ""
    """`call`, `stop`, or what the customer wrote: T, TD and 退订 are heard as `stop`, what content names as `call`"""
    why: str = ""
    """of a failure"""

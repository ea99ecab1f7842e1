"""What a review pulls: GET /v1/review/packs lists the packs one may see, GET /v1/review/parts/{digest} gives bytes.

A pack holds the calls of one team in one period, in parts that are Arrow IPC files. A part is named by the SHA-256 of
its bytes and never changes; a pack whose calls were corrected gets new parts under the next version. A part that has
been replaced is not found any more: the list then names another.
"""

from datetime import date, datetime

from msgspec import Struct

LONGEST_PIECE = 1_048_576
"""bytes that one answer carries at most"""
CALLS, OFFERS, CALLBACKS, DISPATCHED, DETAILS = "calls", "offers", "callbacks", "dispatched", "details"
PROMISES, CONTACTS, CLOSINGS = "promises", "contacts", "closings"
"""promises by the day they are due; cases by that of their first contact, and by that of their closing"""
SCORES, LATER, ELSEWHERE = "scores", "later", "elsewhere"
"""of the calls: scores, and what they brought days later; orders that no call is known to have brought"""
FIGURES = (CALLS, OFFERS, CALLBACKS, DISPATCHED, PROMISES, CONTACTS, CLOSINGS, SCORES, LATER, ELSEWHERE)
"""names of the parts that figures are made of; `details` is read for the calls that are opened"""


class PackPart(Struct, frozen=True, kw_only=True):
    name: str
    """one of the above, or one that a later program knows"""
    digest: str
    """SHA-256 of the part's bytes, hexadecimal"""
    size: int
    """bytes"""


class Pack(Struct, frozen=True, kw_only=True):
    team: str
    period: str
    """a day, `2026-11-22`, or a month, `2026-08`, in China"""
    version: int
    calls: int
    made_at: datetime
    parts: tuple[PackPart, ...]


class PackList(Struct, frozen=True, kw_only=True):
    """All packs that the caller may see now: what is not among them is to be forgotten."""

    packs: tuple[Pack, ...]
    names: dict[str, str]
    """staff number or `team:` + id → name"""
    server_time: datetime
    roles: dict[str, str] = {}
    """staff number → domain.people.Role, or one that a later program knows"""
    on_net_day: date | None = None
    """the last day of which it is known which customers have left"""
    waiting: int = 0
    """packs still to be made or remade: ask again soon"""

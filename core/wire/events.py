"""News as it happens: GET /v1/events, a stream of server-sent events (text/event-stream).

An event says that there is something to pull, never what: no customer, task or word of anybody travels here. Its id is
the place in the feed that a pull reaches then; sent back as `Last-Event-ID`, it lets the next stream begin there. The
cursor of the last pull does as well. Lines that begin with a colon keep the connection alive and say nothing.
"""

from enum import StrEnum

from msgspec import Struct

PING_S = 20
"""between two signs of life: below what proxies take for a dead connection; who listens waits longer than this"""
LONGEST_OPEN_S = 900
"""after which the server ends a stream, so that who listens shows a fresh token"""


class What(StrEnum):
    """The event's name; one that is not known says nothing."""

    READY = "ready"
    """the stream stands, and what is between the two lets events through"""
    PULL = "pull"
    """there is something to pull"""
    SITE = "site"
    """how the centre may call was changed: the next pull tells it"""


class Ready(Struct, frozen=True, kw_only=True):
    """Data of the first event."""

    ping_s: int


class Moved(Struct, frozen=True, kw_only=True):
    """Data of PULL."""

    shared: bool = False
    """everyone has it: whoever pulls lets the others go first, by chance"""

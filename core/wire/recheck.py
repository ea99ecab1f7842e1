"""ID-11 on the wire. A desk asks `POST /v1/tasks/{task_id}/recheck`; the server asks billing
`POST /standing/{customer_id}` with a StandingAsk, whose answer is a domain.recheck.Standing: numbers stand in no URL,
which proxies and servers write down."""

from datetime import datetime

from msgspec import Struct

from core.domain.recheck import Standing
from core.domain.text import Text

DEADLINE_S = 1.0
"""a desk waits no longer for the answer"""


class RecheckAsk(Struct, frozen=True, kw_only=True):
    number: str = ""
    """the one that is to be dialled; empty: the task's first"""


class StandingAsk(Struct, frozen=True, kw_only=True):
    number: str = ""
    """the one that would be called; empty: none is known"""


class RecheckTold(Struct, frozen=True, kw_only=True):
    """What is true of the customer now, as far as the other systems said it in time."""

    at: datetime
    """by the server's clock"""
    standing: Standing | None = None
    """None: they did not answer, or do not know the customer; money and payments only for who may see billing"""
    settled: bool = False
    """the reason for the call is gone: the task is closed, and this desk has it no more"""
    code: str = ""
    """of what settled it"""
    words: Text | None = None
    """the same, as the agent reads it"""

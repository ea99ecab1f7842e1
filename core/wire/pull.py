"""What flows to the desk: GET /v1/pull?cursor=…&limit=…

A page is a list of changes since the cursor, each the newest state of one object that the caller may see, or its
tombstone. `body` is the object as encoded JSON: the server hands out the bytes that it keeps, the client keeps them.
"""

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec import Struct

from core.wire.session import Site

BAD_CURSOR = "bad_cursor"
"""code of the refusal of a cursor that the server cannot have given"""


class Kind(StrEnum):
    TASK = "task"
    """body: domain.task.Task"""
    CUSTOMER = "customer"
    """body: domain.customer.Document"""
    CONTENT = "content"
    """body: ContentDocument"""
    INDICATORS = "indicators"
    """body: list of domain.indicator.Indicator; key: source of the catalogue"""


class Change(Struct, kw_only=True):
    kind: Kind
    key: str
    """id of the object"""
    deleted: bool = False
    body: msgspec.Raw = msgspec.Raw(b"null")
    why: str = ""
    """of a task's tombstone: a domain.task.Gone; of a customer's: data_periods.LET_GO, or nothing; or what a later
    server says; empty where an older one did not say"""


class PullPage(Struct, kw_only=True):
    changes: list[Change]
    cursor: str
    """opaque; send it back to go on from here"""
    more: bool
    server_time: datetime
    site: Site | None = None
    """with the last page: how the centre may call now (TASK-16)"""
    anew: bool = False
    """the cursor is of another past, as after a restore: what this database has of the desk may be older than what it
    had taken"""


class ContentDocument(Struct, frozen=True, kw_only=True):
    """A published piece of content: script, dispositions, template, article, plans, rules, an agent's tip."""

    kind: str
    """one of `domain.content_kinds`, or of what comes of agents' work: tip, tip_answer, order_state, branch_request"""
    name: str
    version: int
    body: msgspec.Raw
    """the Struct of its kind as JSON"""

"""What a team lead may grant beyond an agent's own authority.

GET /v1/authority?after=…&wait_s=… answers as soon as something changed after the cursor, else when the wait is over.
POST /v1/authority/{id}/answer settles a request. Asking and withdrawing go with the push, as everything that is saved.
"""

from datetime import datetime

from msgspec import Struct

from core.domain.authority import AuthorityCase, RequestState

LONGEST_WAIT_S = 25
"""below what proxies between the two take for a dead connection"""
ANSWERED_BEFORE = "answered_before"
"""code of the refusal of a second answer; its words name who gave the first"""


class AuthorityNews(Struct, frozen=True, kw_only=True):
    """One's own requests, and those of the teams whose requests one answers; the longest unchanged first."""

    cases: tuple[AuthorityCase, ...]
    cursor: int
    """send it back as `after`"""
    server_time: datetime


class AuthorityAnswer(Struct, frozen=True, kw_only=True):
    state: RequestState
    """granted, granted_less or refused"""
    granted_fen: int = 0
    """of granted_less: above 0 and below what was asked"""
    words: str = ""
    """to the agent; a refusal needs some"""

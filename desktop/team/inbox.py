"""What waits for a lead, from every place where something can: what, since when, and where it is decided.

One more source is one more entry at the end of `SOURCES`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from core.desk.errands import standing
from core.desk.inspecting import disputes_waiting, inspection
from core.desk.leading import known_board
from core.domain.authority import AuthorityCase
from core.domain.errand import ErrandTold
from core.domain.quality.inspection import ScoreCase
from core.domain.text import Text, filled
from core.wire.team import RefusedRecord
from core.wire.tips import JudgedTip
from desktop.team import words

if TYPE_CHECKING:
    from desktop.shell.page import PageContext, ShellPage


class Waiting(Struct, frozen=True, kw_only=True):
    """One thing that waits."""

    source: int
    """place of its source in `SOURCES`"""
    what: str
    who: str
    since: datetime
    agent: str = ""
    """staff number, where it is the agent's desk that the lead looks at; empty: the source's page"""


class Found(Struct, frozen=True, kw_only=True):
    """The same, before it is known of which source."""

    what: str
    who: str
    since: datetime
    agent: str = ""


class Source(Struct, frozen=True, kw_only=True):
    name: Text
    ask: "Callable[[PageContext], Callable[[], Sequence[Found]]]"
    """called on the window's thread; what it gives is asked beside it, and may raise ServerUnreachable"""
    page: "Callable[[], ShellPage[Any]]"
    """where it is decided"""


def _requests(context: "PageContext") -> Callable[[], Sequence[Found]]:
    cases = context.requests.cases
    return lambda: [_request(case) for case in cases]


def _request(case: AuthorityCase) -> Found:
    return Found(what=case.request.reason, who=case.agent_name or case.request.agent, since=case.received_at)


def _tips(context: "PageContext") -> Callable[[], Sequence[Found]]:
    return lambda: [_tip(one) for one in context.entered.ask.waiting_tips()]


def _tip(one: JudgedTip) -> Found:
    return Found(what=one.tip.title, who=one.author or one.tip.agent, since=one.received_at)


def _disputes(context: "PageContext") -> Callable[[], Sequence[Found]]:
    desk = context.entered.desk
    return lambda: [_dispute(one) for one in disputes_waiting(desk)]


def _dispute(one: ScoreCase) -> Found:
    said = one.dispute
    return Found(what=said.reason if said else "", who=one.agent_name, since=said.at if said else one.received_at)


def _coaching(context: "PageContext") -> Callable[[], Sequence[Found]]:
    """What a lead agreed on with an agent, and whose day to look again has come (QA-04)."""
    desk = context.entered.desk
    return lambda: [
        Found(what=one.note.words, who=one.agent_name, since=one.look_again_at) for one in inspection(desk).due_notes
    ]


def _passed_on(context: "PageContext") -> Callable[[], Sequence[Found]]:
    """What agents passed on, and somebody inside the centre is to answer."""
    desk = context.entered.desk
    return lambda: [_errand(one.told) for one in standing(desk) if _is_theirs(one.told, desk.agent.staff_number)]


def _is_theirs(told: ErrandTold, me: str) -> bool:
    """A lead's desk is told of its own errands, and of those that stay inside the centre for it to answer."""
    return told.is_open and told.errand.agent != me


def _errand(told: ErrandTold) -> Found:
    return Found(what=told.errand.text, who=told.agent_name or told.errand.agent, since=told.errand.at)


def _refused(context: "PageContext") -> Callable[[], Sequence[Found]]:
    """Records that the server could not take, as the board was told of them last."""
    desk, say = context.entered.desk, context.tongue

    def told() -> list[Found]:
        board = known_board(desk)
        return [_record(one, say) for one in board.refused] if board is not None else []

    return told


def _record(one: RefusedRecord, say: Callable[[Text], str]) -> Found:
    # Whom it is about cannot be told of a record that cannot be read.
    what = filled(words.REFUSED_OF, customer=one.customer, why=say(one.why)) if one.customer else one.why
    return Found(what=say(what), who=one.name, since=one.since, agent=one.staff_number)


def _requests_page() -> "ShellPage[Any]":
    from desktop.shell.pages import REQUESTS

    return REQUESTS


def _tips_page() -> "ShellPage[Any]":
    from desktop.shell.pages import TIPS

    return TIPS


def _quality_page() -> "ShellPage[Any]":
    from desktop.shell.pages import QUALITY

    return QUALITY


def _follow_ups_page() -> "ShellPage[Any]":
    from desktop.shell.pages import FOLLOW_UPS

    return FOLLOW_UPS


def _team_page() -> "ShellPage[Any]":
    from desktop.shell.pages import TEAM

    return TEAM


REFUSED: Final = Source(name=words.REFUSED, ask=_refused, page=_team_page)
SOURCES: tuple[Source, ...] = (
    Source(name=words.REQUEST, ask=_requests, page=_requests_page),
    Source(name=words.TIP, ask=_tips, page=_tips_page),
    Source(name=words.DISPUTE, ask=_disputes, page=_quality_page),
    Source(name=words.FEEDBACK, ask=_passed_on, page=_follow_ups_page),
    Source(name=words.LOOK_AGAIN, ask=_coaching, page=_quality_page),
    REFUSED,
)

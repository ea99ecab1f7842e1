"""Live boards of running contests, and each agent's own account of points, told to the desks of who takes part.

The figures are those of the review, over the same packs: making them takes a while, and is done a little each round.
"""

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.contest_board import CONTEST_BOARD, OWN_POINTS, BoardPlace, ContestBoard, OwnPoints
from core.domain.incentive import CONTEST, INCENTIVE, Contest, FaultFound, Incentive, Side
from core.domain.people import Agent, Right
from core.server.db import people, published
from core.server.db.engine import Database, Unit
from core.server.packages.faults import faults_now
from core.server.packages.telling import Told, tell_news

if TYPE_CHECKING:
    from core.review.frame import Frame

EVERY = timedelta(minutes=10)
FIRST_AFTER = timedelta(minutes=2)
"""a server that starts has desks to answer first"""
BUDGET_S = 2.0
"""that a round spends on packs which are behind"""


class Boards:
    """Of one server; `keep` is called each round of the housekeeping."""

    def __init__(self) -> None:
        self._next = monotonic() + FIRST_AFTER.total_seconds()

    def keep(self, database: Database) -> int:
        """How many boards and accounts changed; 0 where it is not time yet."""
        if monotonic() < self._next or not _anything(database):
            return 0
        # Arrow and numpy are of no use to a centre without contests.
        from core.server.review.making import refresh

        if refresh(database, budget_s=BUDGET_S):
            return 0
        self._next = monotonic() + EVERY.total_seconds()
        return tell_boards(database)


def tell_boards(database: Database) -> int:
    """Tell the standings as the packs have them now; what stands as before is not sent again. How many changed."""
    from core.server.reporting import review_frame

    frame = review_frame(database, teams=None)
    return tell_news(database, lambda unit: _standing(unit, frame))


def _standing(unit: Unit, frame: "Frame") -> list[Told]:
    agents = [one.agent for one in people.everyone(unit) if not one.disabled and Right.CALL in one.agent.rights]
    faults = faults_now(unit)
    boards = [_board(unit, frame, one, agents) for one in _running(unit)]
    of_points = [_points(unit, frame, one, faults, agents) for one in _of_kind(unit, INCENTIVE, Incentive)]
    return [*boards, *(one for some in of_points for one in some)]


def _anything(database: Database) -> bool:
    with database.read() as unit:
        return bool(_running(unit) or _of_kind(unit, INCENTIVE, Incentive))


def _running(unit: Unit) -> list[Contest]:
    today = local_day(unit.now)
    return [one for one in _of_kind(unit, CONTEST, Contest) if one.begins <= today <= one.ends]


def _of_kind(unit: Unit, kind: str, type_: type[Any]) -> list[Any]:
    return [decoding.decode(body, type_) for body in published.bodies(unit, kind)]


def _board(unit: Unit, frame: "Frame", contest: Contest, agents: list[Agent]) -> Told:
    from core.review.pay.contests import board

    found = board(frame, contest, as_of=local_day(unit.now))
    teams = contest.between is Side.TEAM
    made = ContestBoard(
        contest=contest.id,
        day=found.day,
        days=found.days,
        as_of=unit.now,
        places=tuple(
            BoardPlace(
                side=one.side,
                name=frame.team_name(one.side) if teams else frame.names.get(one.side, one.side),
                rank=one.rank,
                value=one.value,
                on_pace=found.on_pace(one),
            )
            for one in found.places
        ),
    )
    competing = frozenset(one.staff_number for one in agents if not contest.teams or one.team in contest.teams)
    return Told(CONTEST_BOARD, contest.id, made, competing)


def _points(
    unit: Unit, frame: "Frame", incentive: Incentive, faults: list[FaultFound], agents: list[Agent]
) -> list[Told]:
    """Of the month so far, to each agent who has called in its scenarios."""
    from core.review.pay.points import points

    last, working = local_day(unit.now), {one.staff_number for one in agents}
    first = last.replace(day=1)
    return [
        Told(
            OWN_POINTS,
            f"{incentive.id}/{one.agent}",
            OwnPoints(
                incentive=incentive.id, agent=one.agent, first=first, last=last, saves=one.saves, orders=one.orders,
                faked=one.faked, stonewalled=one.stonewalled, points=one.points, open_points=one.open_points,
                as_of=unit.now,
            ),
            frozenset({one.agent}),
        )
        for one in points(frame, incentive, first, last, faults=faults)
        if one.agent in working
    ]  # fmt: skip

"""What an agent who competes is told: the boards of running contests, and the own account of points."""

from dataclasses import dataclass

from core.desk.desk import Desk
from core.domain import decoding
from core.domain.clock import local_day
from core.domain.contest_board import CONTEST_BOARD, OWN_POINTS, BoardPlace, ContestBoard, OwnPoints
from core.domain.incentive import CONTEST, INCENTIVE, Contest, Incentive, Side

_board = decoding.decoder(ContestBoard).decode
_points = decoding.decoder(OwnPoints).decode
_contest = decoding.decoder(Contest).decode
_incentive = decoding.decoder(Incentive).decode


@dataclass(frozen=True, slots=True)
class Standing:
    """One contest as it stands, seen from this desk."""

    contest: Contest
    board: ContestBoard
    own: BoardPlace | None
    """this agent's place, or the team's; None before the first call in it"""

    @property
    def shown(self) -> tuple[BoardPlace, ...]:
        """Who leads, and the own place; where these are one, who comes next."""
        first = self.board.places[:2]
        if self.own is None or self.own in first:
            return first
        return (*first[:1], self.own)


@dataclass(frozen=True, slots=True)
class Account:
    incentive: Incentive
    points: OwnPoints


@dataclass(frozen=True, slots=True)
class Competing:
    standings: tuple[Standing, ...] = ()
    accounts: tuple[Account, ...] = ()


def competing(desk: Desk) -> Competing:
    """Empty where nothing runs, or nothing was told yet. Reads the store: for a worker."""
    store, today = desk.store, local_day(desk.moment().wall)
    standings = []
    for board in map(_board, store.contents(CONTEST_BOARD)):
        content = store.content(CONTEST, board.contest)
        if content is None:
            continue
        contest = _contest(content)
        if contest.begins <= today <= contest.ends and board.places:
            me = desk.agent.staff_number if contest.between is Side.AGENT else desk.agent.team
            own = next((one for one in board.places if one.side == me), None)
            standings.append(Standing(contest, board, own))
    accounts = []
    for points in map(_points, store.contents(OWN_POINTS)):
        rule = store.content(INCENTIVE, points.incentive)
        # Of a month that is over nothing is told as if it were this one's.
        if rule is not None and points.last.replace(day=1) == today.replace(day=1):
            accounts.append(Account(_incentive(rule), points))
    return Competing(tuple(standings), tuple(accounts))

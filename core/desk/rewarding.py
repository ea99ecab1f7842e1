"""Packages, points and contests at the desk: content and standings from the store, reckoned over the review's frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.desk.desk import Desk
from core.domain import decoding
from core.domain.clock import local_day
from core.domain.incentive import CONTEST, INCENTIVE, POINT_FAULTS, Contest, FaultFound, Incentive, TeamFaults
from core.domain.package import PACKAGE, PACKAGE_STANDING, Package, PackageStanding
from core.review.choice import Choice, rows_of
from core.review.frame import Frame
from core.review.pay.contests import Board, board
from core.review.pay.package_pay import PayLine, pay
from core.review.pay.packages import PackageFigures, figures
from core.review.pay.points import AgentPoints, points

_package = decoding.decoder(Package).decode
_standing = decoding.decoder(PackageStanding).decode
_incentive = decoding.decoder(Incentive).decode
_contest = decoding.decoder(Contest).decode
_faults = decoding.decoder(TeamFaults).decode


@dataclass(frozen=True, slots=True)
class PackageView:
    """One team's package, and what it pays."""

    figures: PackageFigures
    today: tuple[PayLine, ...]
    ahead: tuple[PayLine, ...]
    """with the forecast's points"""

    @property
    def fen(self) -> int:
        return sum(line.fen for line in self.today)

    @property
    def fen_ahead(self) -> int:
        return sum(line.fen for line in self.ahead)


@dataclass(frozen=True, slots=True)
class PointsView:
    incentive: Incentive
    first: date
    last: date
    accounts: tuple[AgentPoints, ...]
    faults: tuple[FaultFound, ...] = ()
    """that they were reckoned with"""


@dataclass(frozen=True, slots=True)
class Rewards:
    """All that the part shows."""

    packages: tuple[PackageView, ...]
    points: tuple[PointsView, ...]
    boards: tuple[Board, ...]


def rewards(desk: Desk, frame: Frame, choice: Choice) -> Rewards:
    """As far as this desk knows. Points are of the days chosen; packages and contests have their own."""
    today = local_day(desk.moment().wall)
    return Rewards(
        packages=tuple(_packages(desk, frame)),
        points=tuple(_points(desk, frame, choice, faults_found(desk))),
        boards=tuple(board(frame, one, as_of=today) for one in _contests(desk) if one.begins <= today),
    )


def _packages(desk: Desk, frame: Frame) -> list[PackageView]:
    found: list[PackageView] = []
    for standing in map(_standing, desk.store.contents(PACKAGE_STANDING)):
        content = desk.store.content(PACKAGE, standing.package)
        if content is not None:
            found.append(_view(_package(content), standing, frame))
    return sorted(found, key=lambda one: (one.figures.package.ends, one.figures.standing.team))


def _view(package: Package, standing: PackageStanding, frame: Frame) -> PackageView:
    made = figures(package, standing)
    done = successes(frame, package, standing.team)
    return PackageView(
        made,
        pay(made, done, total=made.total),
        pay(made, {name: _ahead(count, made.passed) for name, count in done.items()}, total=made.total_forecast),
    )


def _ahead(count: int, passed: Fraction) -> int:
    """At the end of the period, if the days to come bring as many as those that are over."""
    return int(count / passed) if passed else count


def successes(frame: Frame, package: Package, team: str) -> dict[str, int]:
    """The team's successes in the package's period, by scenario, and under the empty word all."""
    calls = frame.calls
    rows = rows_of(calls, Choice(package.begins, package.ends, team=(team,)))
    won = calls["success"] if rows is None else calls["success"][rows]
    codes = calls["scenario"] if rows is None else calls["scenario"][rows]
    counted = {word: int((codes[won] == at).sum()) for at, word in enumerate(calls.words["scenario"]) if word}
    return {**counted, "": int(won.sum())}


def faults_found(desk: Desk) -> list[FaultFound]:
    """Faked saves that this desk was told of."""
    return [fault for body in desk.store.contents(POINT_FAULTS) for fault in _faults(body).faults]


def _points(desk: Desk, frame: Frame, choice: Choice, faults: Sequence[FaultFound]) -> list[PointsView]:
    return [
        PointsView(
            one,
            choice.first,
            choice.last,
            tuple(points(frame, one, choice.first, choice.last, faults=faults)),
            tuple(faults),
        )
        for one in map(_incentive, desk.store.contents(INCENTIVE))
    ]


def _contests(desk: Desk) -> list[Contest]:
    return [_contest(body) for body in desk.store.contents(CONTEST)]

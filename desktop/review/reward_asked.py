"""What stands behind a cell of packages, pay, points and contests. No widgets."""

from core.desk.reviewing import Asked
from core.desk.rewarding import PackageView, PointsView
from core.domain.package import OwnerStanding
from core.review.behind import Question
from core.review.choice import Choice
from core.review.pay.asked import PlaceAsked, PointsAsked, PointsOf, of_indicator, of_owner, of_pay
from core.review.pay.contests import Board

_POINTS = (
    PointsOf.ALL, PointsOf.SAVES, PointsOf.OPEN, PointsOf.ORDERS, PointsOf.FAULTS, PointsOf.SAVES, PointsOf.OPEN,
)  # fmt: skip
"""by column of the table of points"""
_ON_NET = (2, 3)
"""columns of the table of owners: how many, and which share"""


def indicator_asked(view: PackageView, row: int) -> Asked:
    measure = view.figures.indicators[row].indicator.measure
    return of_indicator(view.figures.package, view.figures.standing, measure)


def pay_asked(view: PackageView, row: int) -> Asked:
    """Of the sum, and of what is paid whatever comes, all calls of the period."""
    package, team = view.figures.package, view.figures.standing.team
    found = of_pay(package, team, view.today[row].rule) if row < len(view.today) else None
    return found or Question(Choice(package.begins, package.ends, team=(team,)), "success")


def owners_shown(view: PackageView) -> list[OwnerStanding]:
    """In the order of the table: most customers first."""
    return sorted(view.figures.standing.owners, key=lambda one: (-one.customers, one.staff_number))


def owner_asked(view: PackageView, row: int, column: int) -> Asked:
    """Of how many are still on net, the calls with those who are not; of all else the calls with the owner's."""
    owner = owners_shown(view)[row].staff_number
    return of_owner(view.figures.package, view.figures.standing, owner, lost=is_on_net(column))


def is_on_net(column: int) -> bool:
    """Of the table of owners."""
    return column in _ON_NET


def points_asked(view: PointsView, row: int, column: int) -> Asked:
    agent = view.accounts[row].agent
    return PointsAsked(view.incentive, view.first, view.last, view.faults, agent, _POINTS[column])


def place_asked(board: Board, row: int) -> Asked:
    return PlaceAsked(board.contest, board.places[row].side)

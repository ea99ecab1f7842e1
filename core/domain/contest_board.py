"""What those who compete see of it (4G-10, BB-11): the standings of a contest, and one's own account of points.

Reckoned by the server from the calls of all sides, which no agent's desk has; told to the desks that take part.
"""

from datetime import date, datetime
from typing import Final

from msgspec import Struct

CONTEST_BOARD: Final = "contest_board"
"""kind of what the server tells who takes part: a ContestBoard, named by the contest"""
OWN_POINTS: Final = "own_points"
"""kind of what the server tells one agent: an OwnPoints, named by incentive and agent"""


class BoardPlace(Struct, frozen=True, kw_only=True):
    """One side."""

    side: str
    """staff number or team"""
    name: str
    rank: int | None
    """None: too few contacts to be ranked"""
    value: int
    """a number, or of a rate permyriads"""
    on_pace: bool
    """comes to the benchmark by going on so"""


class ContestBoard(Struct, frozen=True, kw_only=True):
    contest: str
    day: int
    """of the contest, from 1"""
    days: int
    as_of: datetime
    places: tuple[BoardPlace, ...]
    """those ranked by rank, then the others"""


class OwnPoints(Struct, frozen=True, kw_only=True):
    """One's own account of the days from `first` to `last`."""

    incentive: str
    agent: str
    first: date
    last: date
    saves: int
    orders: int
    faked: int
    stonewalled: int
    points: int
    open_points: int
    """of saves whose days are not over yet"""
    as_of: datetime

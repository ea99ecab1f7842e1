"""Contests and points as rows: who leads, where one stands oneself, and what the month has brought. No widgets."""

from core.desk.competing import Account, Competing, Standing
from core.domain.contest_board import BoardPlace
from core.domain.incentive import ContestMeasure, Side
from core.domain.text import filled
from desktop.today import words
from desktop.tongue import Tongue
from desktop.widgets.values import Cell, TableRow, Tone


def contest_table(found: Competing, say: Tongue) -> tuple[list[str], list[TableRow]]:
    """Heads and rows; no rows where nothing runs."""
    heads = [say(text) for text in words.CONTEST_COLUMNS]
    return heads, [row for one in found.standings for row in _rows(one, say)]


def points_lines(found: Competing, say: Tongue) -> list[tuple[str, Tone]]:
    """A line for each account; one that something was taken from says so, and why."""
    return [line for one in found.accounts for line in _account(one, say)]


def _rows(one: Standing, say: Tongue) -> list[TableRow]:
    left = one.board.days - one.board.day
    return [
        TableRow(
            (
                Cell(say(one.contest.title) if at == 0 else ""),
                Cell(str(place.rank) if place.rank is not None else "—", Tone.NEUTRAL),
                Cell(_name(place, one, say), Tone.BRAND if place == one.own else Tone.NEUTRAL),
                Cell(_value(place.value, one), Tone.OK if place.on_pace else Tone.NEUTRAL),
                Cell(_value(one.contest.benchmark, one), Tone.MUTED),
                Cell(say(filled(words.DAYS_LEFT, n=str(left))) if at == 0 else "", Tone.MUTED),
            ),
            best=place == one.own,
        )
        for at, place in enumerate(one.shown)
    ]


def _name(place: BoardPlace, one: Standing, say: Tongue) -> str:
    own = words.OWN_TEAM if one.contest.between is Side.TEAM else words.OWN_SIDE
    return say(filled(own, name=place.name)) if place == one.own else place.name


def _value(value: int, one: Standing) -> str:
    return f"{value / 100:.1f}%" if one.contest.measure is ContestMeasure.SUCCESS_RATE else f"{value:,}"


def _account(one: Account, say: Tongue) -> list[tuple[str, Tone]]:
    points = one.points
    told = filled(
        words.POINTS, title=say(one.incentive.title), points=str(points.points), saves=str(points.saves),
        orders=str(points.orders), open=str(points.open_points),
    )  # fmt: skip
    lines = [(say(told), Tone.NEUTRAL)]
    if points.faked or points.stonewalled:
        taken = -one.incentive.deduction * (points.faked + points.stonewalled)
        why = filled(words.TAKEN_BACK, n=str(taken), faked=str(points.faked), stonewalled=str(points.stonewalled))
        lines.append((say(why), Tone.BAD))
    return lines

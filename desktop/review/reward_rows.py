"""Packages, points and contests as rows of tables. No widgets."""

from collections.abc import Callable
from fractions import Fraction

from core.desk.rewarding import PackageView, PointsView
from core.domain.incentive import ContestMeasure
from core.domain.money import yuan, yuan_short
from core.domain.package import LEVEL_NAMES, WHOLE, Level, PackageMeasure, Principle
from core.domain.text import Text, filled
from core.review.pay.contests import Board, Place
from core.review.pay.package_pay import PayLine
from core.review.pay.packages import IndicatorStanding, Standing
from desktop.review import reward_words as words
from desktop.review.reward_asked import owners_shown
from desktop.review.shown import DASH
from desktop.tongue import Tongue
from desktop.widgets.values import Cell, TableRow, Tone

Name = Callable[[str], str]
_LEVEL_TONES = {Level.BELOW: Tone.BAD, Level.R0: Tone.WARN, Level.R1: Tone.OK, Level.R2: Tone.OK}


def percent(share: Fraction | None, digits: int = 2) -> str:
    return DASH if share is None else f"{float(share) * 100:.{digits}f}%"


def score(points: Fraction | None) -> str:
    return DASH if points is None else f"{float(points):.1f}"


def indicator_rows(view: PackageView, say: Tongue) -> list[TableRow]:
    return [_indicator(one, say) for one in view.figures.indicators]


def _indicator(one: IndicatorStanding, say: Tongue) -> TableRow:
    today, ahead = one.today, one.forecast
    return TableRow(
        (
            Cell(say(one.indicator.label)),
            Cell(f"{one.indicator.weight}%", Tone.MUTED),
            Cell(percent(today.share if today else None)),
            _level(today, say),
            Cell(score(today.points if today else None)),
            Cell(percent(ahead.share if ahead else None), Tone.MUTED),
            _level(ahead, say),
            Cell(_lacking(one, say), Tone.MUTED),
        )
    )


def _level(standing: Standing | None, say: Tongue) -> Cell:
    if standing is None:
        return Cell(DASH, Tone.MUTED)
    return Cell(say(LEVEL_NAMES[standing.level]), _LEVEL_TONES[standing.level])


def _lacking(one: IndicatorStanding, say: Tongue) -> str:
    if one.today is None:
        return DASH
    if not one.missing:
        return say(words.TOP)
    if one.indicator.measure is PackageMeasure.RETENTION:
        return say(filled(words.LACKS_CUSTOMERS, n=f"{one.missing:,}"))
    return say(filled(words.LACKS_MONEY, yuan=yuan_short(one.missing)))


def pay_rows(view: PackageView, say: Tongue) -> list[TableRow]:
    rows = [
        TableRow((Cell(say(now.rule.label)), Cell(f"¥{yuan(now.fen)}"), Cell(f"¥{yuan(ahead.fen)}", Tone.MUTED),
                  Cell(_how(now, say), Tone.MUTED)))
        for now, ahead in zip(view.today, view.ahead, strict=True)
    ]  # fmt: skip
    total = (Cell(say(words.PAY_TOTAL)), Cell(f"¥{yuan(view.fen)}"), Cell(f"¥{yuan(view.fen_ahead)}"), Cell(""))
    return [*rows, TableRow(total, best=True)] if rows else []


def _how(line: PayLine, say: Tongue) -> str:
    rule = line.rule
    if rule.principle is Principle.GUARANTEED:
        return say(words.GUARANTEED)
    if rule.principle is Principle.SUBSCRIBED:
        told = filled(words.SUBSCRIBED, level=say(LEVEL_NAMES[rule.level]))
    elif rule.principle is Principle.PIECE:
        told = filled(words.PIECE, n=f"{line.counted:,}", beyond=str(rule.beyond), each=yuan_short(rule.fen))
    else:
        told = filled(words.INCREMENT, yuan=yuan_short(line.counted), share=f"{rule.share * 100 / WHOLE:g}%")
    return say(filled(words.CAPPED, how=say(told)) if line.capped else told)


def owner_rows(view: PackageView, name: Name, say: Tongue) -> list[TableRow]:
    """KPI-06: of each owner the customers, who is still there, what they pay, which plans they moved to."""
    known = view.figures.standing.left_known
    rows = []
    for one in owners_shown(view):
        arpu = yuan(one.fen // one.on_net) if one.on_net else DASH
        kept = Fraction(one.on_net, one.customers) if known and one.customers else None
        rows.append(
            TableRow((
                Cell(name(one.staff_number) if one.staff_number else say(words.NOBODYS)), Cell(f"{one.customers:,}"),
                Cell(f"{one.on_net:,}" if known else DASH), Cell(percent(kept, 1)), Cell(f"¥{arpu}"),
                Cell(f"¥{yuan(one.high_fen)}", Tone.MUTED), Cell(f"{one.migrations:,}"),
            ))
        )  # fmt: skip
    return rows


def point_rows(view: PointsView, name: Name) -> list[TableRow]:
    return [
        TableRow((
            Cell(name(one.agent)), Cell(str(one.saves)), Cell(str(one.saves_open), Tone.MUTED), Cell(str(one.orders)),
            Cell(str(one.faked + one.stonewalled), Tone.BAD if one.faked + one.stonewalled else Tone.MUTED),
            Cell(f"{one.points:,}".replace("-", "−"), Tone.BAD if one.points < 0 else Tone.NEUTRAL),
            Cell(f"+{one.open_points}" if one.open_points else "0", Tone.MUTED),
        ))
        for one in view.accounts
    ]  # fmt: skip


def points_rule(view: PointsView, say: Tongue) -> str:
    rule = view.incentive
    return say(
        filled(
            words.POINTS_RULE, save=str(rule.save), days=str(rule.on_net_days), order=str(rule.order),
            deduction=f"−{abs(rule.deduction)}",
        )
    )  # fmt: skip


def contest_rows(board: Board, name: Name, say: Tongue) -> list[TableRow]:
    return [_place(board, one, name, say) for one in board.places]


def _place(board: Board, one: Place, name: Name, say: Tongue) -> TableRow:
    pace, tone = _pace(board, one)
    shown = DASH if one.rank is None else str(one.rank)
    return TableRow(
        (
            Cell(name(one.side)), Cell(shown, Tone.MUTED if one.rank is None else Tone.NEUTRAL),
            Cell(result_of(board, one)), Cell(f"{one.reached:.0%}", Tone.MUTED), Cell(f"+{one.lately}", Tone.MUTED),
            Cell(say(pace), tone),
        ),
        best=one.rank == 1,
    )  # fmt: skip


def _pace(board: Board, one: Place) -> tuple[Text, Tone]:
    if one.rank is None:
        return words.FEW_CONTACTS, Tone.MUTED
    if one.value >= board.contest.benchmark:
        return words.REACHED, Tone.OK
    return (words.ON_PACE, Tone.OK) if board.on_pace(one) else (words.BEHIND_PACE, Tone.WARN)


def result_of(board: Board, one: Place) -> str:
    if board.contest.measure is ContestMeasure.SUCCESS_RATE:
        return f"{one.value / 100:.1f}% ({one.counted}/{one.of})"
    return f"{one.value:,}"


def goal_of(board: Board) -> str:
    rate = board.contest.measure is ContestMeasure.SUCCESS_RATE
    return f"{board.contest.benchmark / 100:g}%" if rate else f"{board.contest.benchmark:,}"

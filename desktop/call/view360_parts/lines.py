"""Broadband plans in words: the price of each, what a year of this line would have cost, its months by their hours."""

from collections.abc import Iterator

from core.domain.charge import charge_said
from core.domain.plan import BroadbandKind
from core.offers.line_choice import LineChoice, LineMonth
from core.offers.ordering import price_of
from desktop.call.view360_parts import plan_words as words
from desktop.call.view360_parts.plan_lines import NOTHING, MonthLine, PartLine, PlanLine, tone_of
from desktop.call.view360_parts.refusals import refused
from desktop.call.view360_parts.writing import Writing
from desktop.widgets.values import Cell, ChipValue, Tone

MONTHS_A_YEAR = 12


def line_row(choice: LineChoice, w: Writing) -> PlanLine:
    """In the columns of plans: the price, and of a year of this line the mean month, the dearest and what is saved."""
    fen, _ = price_of(choice.plan)
    mean = None if choice.year_fen is None else round(choice.year_fen / MONTHS_A_YEAR)
    dearest = max((month.fen for month in choice.months), default=None)
    less = None if choice.less_fen is None else choice.less_fen // MONTHS_A_YEAR
    cells = (
        Cell(w(choice.plan.name)),
        Cell(w.fee(fen) or ""),
        Cell(w.money(mean) or NOTHING),
        Cell(w.money(dearest) or NOTHING),
        Cell(w.money(less) or NOTHING, tone_of(less)),
    )
    marks = tuple(_marks(choice, w))
    heads = [w(head) for head in words.LINE_COLUMNS]
    figures = [f"{head} {cell.text}" for head, cell in zip(heads, cells[1:], strict=True)]
    spoken = " · ".join([cells[0].text, *figures, *(mark.text for mark in marks)])
    return PlanLine(choice.plan.code, cells, marks, spoken)


def line_months(choice: LineChoice, w: Writing) -> list[MonthLine]:
    """Newest first, below their sum; nothing without twelve months of hours."""
    if not choice.months:
        return []
    total = w.money(sum(month.fen for month in choice.months)) or ""
    cells = (Cell(w(words.YEAR_SUM)), Cell(total), Cell(NOTHING), Cell(NOTHING))
    head = MonthLine(cells, "", (), f"{cells[0].text} · {total}")
    return [head, *(_month(choice, month, w) for month in reversed(choice.months))]


def line_details(choice: LineChoice, w: Writing) -> list[str]:
    """What there is to say of the plan itself."""
    plan = choice.plan
    told = [w(words.FOR_WHOM, words=w(plan.audience)), w(words.ADVANTAGE, words=w(plan.advantage))]
    if not choice.months:
        told.append(w(words.NO_HOURS))
    return told


def _month(choice: LineChoice, month: LineMonth, w: Writing) -> MonthLine:
    paid = w.money(month.fen) or ""
    label = w(words.HOURS, n=month.hours)
    part = PartLine(label, paid, NOTHING, _why(choice, month, w))
    cells = (Cell(month.month), Cell(paid), Cell(NOTHING), Cell(NOTHING))
    spoken = " · ".join(told for told in (month.month, paid, label, part.detail) if told)
    return MonthLine(cells, "", (part,), spoken)


def _why(choice: LineChoice, month: LineMonth, w: Writing) -> str:
    """What is paid for in that month."""
    plan = choice.plan
    if plan.kind in (BroadbandKind.YEARLY, BroadbandKind.HOLIDAY):
        if month.fen:
            return w(words.TERM_BEGINS, days=plan.term_days)
        return w(words.TERM_PAID if month.hours or plan.kind is BroadbandKind.YEARLY else words.NO_USE)
    if plan.kind is BroadbandKind.BUNDLE:
        return w(words.IN_THE_BUNDLE)
    over = 0 if plan.included_hours is None else max(month.hours - plan.included_hours, 0)
    if not over:
        return w(words.FEE_ALONE)
    said = words.HOURS_CAPPED if month.fen == plan.month_cap_fen else words.HOURS_BEYOND
    return w(said, held=plan.included_hours, over=over, price=w.fee(plan.beyond_fen), cap=w.fee(plan.month_cap_fen))


def _marks(choice: LineChoice, w: Writing) -> Iterator[ChipValue]:
    plan = choice.plan
    fen, charge = price_of(plan)
    yield ChipValue(w(words.BROADBAND, speed=plan.speed_mbps, price=w(charge_said(fen, charge))), Tone.MUTED)
    if choice.current:
        yield ChipValue(w(words.PRESENT_LINE), Tone.BRAND)
    elif choice.slower:
        yield ChipValue(w(words.SLOWER), Tone.WARN)
    if plan.included_hours is not None:
        said = words.INCLUDED_CAPPED if plan.month_cap_fen is not None else words.INCLUDED
        hours, beyond, cap = plan.included_hours, w.fee(plan.beyond_fen), w.fee(plan.month_cap_fen)
        yield ChipValue(w(said, n=hours, price=beyond, cap=cap), Tone.MUTED)
    if choice.year_fen is not None:
        yield ChipValue(w(words.A_YEAR, amount=w.money(choice.year_fen)), Tone.MUTED)
    for refusal in () if choice.current else choice.refusals:
        yield ChipValue(refused(refusal, w), Tone.BAD)
    if choice.bundle is not None:
        name, fee = w(choice.bundle.name), w.fee(choice.bundle.fee_fen)
        yield ChipValue(w(words.BUNDLE_INSTEAD, plan=name, fee=fee), Tone.MUTED)

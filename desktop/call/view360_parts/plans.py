"""Plans compared, in words: what each comes to a month, why one is not allowed, and its months beside the bills."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from core.desk.plan_found import Found
from core.desk.plans import PlanChoice, PlanComparison
from core.domain.customer import Bill, Document
from core.domain.text import Text
from core.offers.advice import Advice
from core.offers.eligibility import Way
from core.offers.line_choice import LineChoice
from desktop.call.view360_parts import plan_words, words
from desktop.call.view360_parts.lines import line_details, line_months, line_row
from desktop.call.view360_parts.money import bills_of
from desktop.call.view360_parts.plan_details import binding, plan_details
from desktop.call.view360_parts.plan_lines import NOTHING, MonthLine, PartLine, PlanLine, tone_of
from desktop.call.view360_parts.refusals import refused
from desktop.call.view360_parts.writing import Writing
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.widgets.values import Cell, ChipValue, Tone

if TYPE_CHECKING:
    from core.offers.advice import Row
    from core.offers.explain import PaidMonth


class PlansState(StrEnum):
    """Stands in the place of a comparison that is not there."""

    COMPUTING = "computing"
    FAILED = "failed"


Plans = PlanComparison | PlansState


Shown = PlanChoice | LineChoice


def shown(plans: Plans, found: Found | None) -> tuple[Shown, ...]:
    """What the list holds: what was looked up, else what was compared; of broadband what may be had today."""
    if found is not None:
        return (*found.plans, *found.lines)
    if isinstance(plans, PlansState):
        return ()
    free = [one for one in plans.lines if one.current or not one.refusals]
    free.sort(key=lambda one: (not one.current, -(one.less_fen or 0)))
    return (*free, *plans.choices) if plans.lines_first else (*plans.choices, *free)


def absent(plans: Plans, w: Writing) -> str:
    """What stands in the place of the list; empty where there is one."""
    if plans is PlansState.COMPUTING:
        return w(words.COMPUTING)
    if isinstance(plans, PlansState):
        return w(words.NOT_COMPUTED)
    return "" if shown(plans, None) else w.missing


def advice(plans: Plans, w: Writing) -> tuple[str, Tone]:
    if isinstance(plans, PlansState) or not plans.choices:
        return absent(plans, w), Tone.MUTED
    tones = {Advice.KEEP: Tone.OK, Advice.CHANGE: Tone.BRAND, Advice.TIER_UP: Tone.BRAND, Advice.LATER: Tone.WARN}
    return w(plans.said), tones.get(plans.advice, Tone.MUTED)


def compared(plans: Plans, w: Writing) -> str:
    """How many months the figures come from."""
    if isinstance(plans, PlansState) or not plans.choices:
        return ""
    return w(words.COMPARED, n=len(plans.compared))


def left_out(plans: Plans, w: Writing) -> list[str]:
    """Months that are not counted, with the reason."""
    if isinstance(plans, PlansState) or not plans.choices:
        return []
    told = ((words.CORRECTED, plans.corrected), (words.UNKNOWN_MONTHS, plans.unknown))
    return [w(text, months=w.listed(months)) for text, months in told if months]


def interest(plans: Plans, w: Writing) -> str:
    """What the ranking weighs of the operator's interest, and how far at most (4G-07)."""
    rule = None if isinstance(plans, PlansState) else plans.weighing
    if rule is None or isinstance(plans, PlansState) or not plans.choices:
        return ""
    if not rule.most_fen:
        return w(words.INTEREST_NONE)
    return w(words.INTEREST, percent=rule.weight, ease=w.fee(rule.ease_fen), most=w.fee(rule.most_fen))


def contract(plans: Plans, w: Writing) -> list[str]:
    """CONTRACT-02, CONTRACT-03: why no other plan may be taken and until when, what may be; when it may be extended."""
    standing = None if isinstance(plans, PlansState) else plans.contract
    if standing is None or isinstance(plans, PlansState):
        return []
    told = []
    if standing.lock is not None:
        told.append(refused(standing.lock, w))
        instead = words.NO_TIER_UP if plans.tier_up is None else words.TIER_UP_IS
        name = w(plans.tier_up.name) if plans.tier_up else ""
        fee = w.fee(plans.tier_up.fee_fen) if plans.tier_up else ""
        told.append(w(instead, plan=name, fee=fee))
    if standing.renewal:
        told += [w(words.NO_RENEWAL, why=refused(one, w)) for one in standing.renewal]
    elif standing.ends_on is not None:
        told.append(w(words.RENEWAL_IS_OPEN, day=standing.ends_on.isoformat()))
    return told


def note(choices: Sequence[Shown], found: Found | None, w: Writing) -> str:
    """How many were found, and the key that takes one."""
    take = w(plan_words.TAKE, key=cap(BOUND[Act.TAKE_PLAN][0])) if choices else ""
    return take if found is None else " · ".join(one for one in (w(plan_words.FOUND, n=len(choices)), take) if one)


def lines(choices: Sequence[Shown], w: Writing) -> list[PlanLine]:
    return [line_row(one, w) if isinstance(one, LineChoice) else _line(one, w) for one in choices]


def details(choice: Shown, w: Writing) -> list[str]:
    """What there is to say of the plan itself (4G-04)."""
    return line_details(choice, w) if isinstance(choice, LineChoice) else plan_details(choice, w)


def months(plans: Plans, choice: Shown, document: Document, w: Writing) -> list[MonthLine]:
    """The months of that plan, newest first."""
    if isinstance(choice, LineChoice):
        return line_months(choice, w)
    if isinstance(plans, PlansState):
        return []
    bills = {bill.month: bill for bill in bills_of(document)}
    opened = [_month(month, bills.get(month.month), choice.row.plan.name, w) for month in reversed(choice.months)]
    return [*_sum(plans, choice, w), *opened]


def _sum(plans: PlanComparison, choice: PlanChoice, w: Writing) -> list[MonthLine]:
    """The months that are compared, together: what medians, worst months and savings are made of."""
    counted = [month for month in choice.months if month.month in plans.compared]
    if not counted:
        return []
    here, billed = sum(month.fen for month in counted), sum(month.billed_fen or 0 for month in counted)
    cells = (
        Cell(w(words.SUM, n=len(counted))),
        Cell(w.money(here) or ""),
        Cell(w.money(billed) or ""),
        Cell(w.money(billed - here) or NOTHING, tone_of(billed - here)),
    )
    heads = [w(head) for head in words.MONTH_COLUMNS]
    figures = [f"{head} {cell.text}" for head, cell in zip(heads[1:], cells[1:], strict=True)]
    return [MonthLine(cells, "", (), " · ".join([cells[0].text, *figures]))]


def _line(choice: PlanChoice, w: Writing) -> PlanLine:
    row, saving = choice.row, choice.saving_fen
    told = None if saving is None else saving + row.broadband_fen
    # Without months nothing was billed: no figure stands there, and no nought.
    median, worst = (row.median_fen, row.worst_fen) if choice.months else (None, None)
    cells = (
        Cell(w(row.plan.name)),
        Cell(w.fee(row.plan.fee_fen) or ""),
        Cell(w.money(median) or NOTHING),
        Cell(w.money(worst) or NOTHING),
        Cell(w.money(saving) or NOTHING, tone_of(told)),
    )
    marks = tuple(_marks(choice, w))
    heads = [w(head) for head in words.PLAN_COLUMNS]
    figures = [f"{head} {cell.text}" for head, cell in zip(heads[1:], cells[1:], strict=True)]
    spoken = " · ".join([cells[0].text, *figures, *(mark.text for mark in marks)])
    return PlanLine(row.plan.code, cells, marks, spoken)


def _marks(choice: PlanChoice, w: Writing) -> Iterator[ChipValue]:
    row = choice.row
    if choice.current:
        yield ChipValue(
            w(words.MARK_KEEP if choice.best else words.MARK_CURRENT), Tone.OK if choice.best else Tone.BRAND
        )
    elif choice.best:
        yield ChipValue(w(words.MARK_BEST), Tone.OK)
    if row.way is Way.TIER_UP:
        yield ChipValue(w(words.MARK_TIER_UP), Tone.VIP)
    if row.gain is not None and row.gain.mean_fen > 0 and row.gain.months_better < row.gain.months:
        yield ChipValue(w(words.MARK_MONTHS, n=row.gain.months_better, of=row.gain.months), Tone.WARN)
    if row.broadband_fen:
        text = words.MARK_BROADBAND_SAVED if row.broadband_fen > 0 else words.MARK_BROADBAND_LOST
        tone = Tone.OK if row.broadband_fen > 0 else Tone.WARN
        yield ChipValue(w(text, amount=w.fee(abs(row.broadband_fen))), tone)
    if row.pack is not None and not choice.refusals:
        less, pack = w.fee(row.pack.mean_fen), row.pack.pack
        said = w(words.MARK_PACK, pack=w(pack.name), fee=w.fee(pack.fee_fen), amount=less)
        # Of another plan it can be had once that is.
        key = cap(BOUND[Act.OFFERS][0])
        yield ChipValue(w(words.MARK_PACK_OFFER, said=said, key=key) if choice.current else said, Tone.OK)
    if row.gain is not None and not choice.current and not choice.refusals:
        # Apart from what the customer gains, and never part of it.
        yield ChipValue(_ranked(row, w), Tone.MUTED)
    if (binds := binding(choice, w)) is not None:
        yield ChipValue(binds, Tone.WARN)
    if choice.branch is not None:
        yield ChipValue(w(choice.branch), Tone.VIP)
    elif choice.closed:
        yield ChipValue(w(words.ASK_BRANCH, key=cap(BOUND[Act.ASK_BRANCH][0])), Tone.BRAND)
    for refusal in choice.refusals:
        yield ChipValue(refused(refusal, w), Tone.BAD)
        if refusal.instead is not None:
            yield ChipValue(w(words.INSTEAD, words=w(refusal.instead)), Tone.MUTED)
    for question in row.questions:
        yield ChipValue(w(words.ASK_FIRST, question=w(question.text)), Tone.WARN)


def _ranked(row: "Row", w: Writing) -> str:
    """The figure that the list is ordered by, and what it is made of."""
    return w(
        words.MARK_OPERATOR,
        rank=w.money(row.rank_fen),
        helps=w.money(row.helps_fen),
        sign="−" if row.tipped_fen < 0 else "+",
        tipped=w.money(abs(row.tipped_fen)),
        assured=w.money(row.assured_fen),
    )


def _month(month: "PaidMonth", bill: Bill | None, plan: Text, w: Writing) -> MonthLine:
    billed = month.billed_fen
    less = None if billed is None or not month.made else billed - month.fen
    cells = (
        Cell(month.month),
        Cell(w.money(month.fen) or ""),
        Cell(w.money(billed) or w.missing),
        Cell(w.money(less) or NOTHING, tone_of(less)),
    )
    mark = "" if month.made else w(words.NO_BILL if billed is None else words.NOT_CLAIMED)
    parts = tuple(_parts(month, bill, plan, w))
    heads = [w(head) for head in words.MONTH_COLUMNS]
    figures = [f"{head} {cell.text}" for head, cell in zip(heads[1:], cells[1:], strict=True)]
    paid = [" ".join(part for part in (one.label, one.here, one.detail) if part) for one in parts]
    return MonthLine(cells, mark, parts, " · ".join([month.month, *figures, *([mark] if mark else []), *paid]))


def _parts(month: "PaidMonth", bill: Bill | None, plan: Text, w: Writing) -> Iterator[PartLine]:
    """What is paid for under the plan, then what stands on the bill alone."""
    items: dict[str, int] = {}
    for item in bill.items if bill else ():
        items[item.code] = items.get(item.code, 0) + item.fen
    for line in month.lines:
        billed = items.pop(line.line.value, None)
        # The plan's name stands above the months.
        detail = "" if line.detail == plan else w(line.detail)
        yield PartLine(w(line.label), w.money(line.fen) or "", w.money(billed) or NOTHING, detail)
    labels = {item.code: item.label for item in (bill.items if bill else ())}
    for code, fen in items.items():
        yield PartLine(w(labels[code]), NOTHING, w.money(fen) or "", "")

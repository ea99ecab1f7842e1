"""Where each figure that a script says comes from: the plan whose months make it, and the sum in words, to the fen."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from core.domain.customer import Document
from core.domain.money import yuan
from core.domain.spending import WINDOW
from core.domain.text import Text
from core.guidance.facts_money import DATA_OVER
from core.offers.advice import Later, Recommendation, Row
from core.offers.refusal_words import refusal_words
from core.offers.standing import ContractStanding


class FigureSource(Struct, frozen=True, kw_only=True):
    """`plan_code` is the plan of the comparison whose months hold the parts of the sum."""

    plan_code: str
    how: Text


def figure_sources(
    document: Document, found: Recommendation, standing: ContractStanding | None
) -> dict[str, FigureSource]:
    """By the fact's name (`core.guidance.fact_names`); what no month of a plan makes has none."""
    sources: dict[str, FigureSource] = {}
    if found.current is not None:
        sources |= _of(found.current, _billed(document))
        sources |= _of(found.current, _contract(standing)) if standing else {}
    if found.proposed is not None:
        sources |= _of(found.proposed, _proposed(found, found.proposed))
    if found.tier_up is not None:
        sources |= _of(found.tier_up, _tier_up(found, found.tier_up))
    if found.waiting is not None:
        sources |= _of(found.waiting.row, _later(found.waiting))
    return sources


Told = Iterator[tuple[str, Text]]


def _of(row: Row, told: Told) -> dict[str, FigureSource]:
    return {fact: FigureSource(plan_code=row.plan.code, how=how) for fact, how in told}


def _billed(document: Document) -> Told:
    """As `core.guidance.facts_money` makes them of the last six bills and months of use."""
    bills = document.billing.bills[-WINDOW:] if document.billing else []
    fee = document.identity.plan_fee_fen if document.identity else None
    if fee is not None:
        yield from ((fact, _fee(fee)) for fact in ("plan", "plan_fee_fen"))
    if len(bills) == WINDOW:
        total = sum(bill.total_fen for bill in bills)
        mean = round(total / WINDOW)
        yield "avg_bill_6m_fen", _mean(Text("账单", "Bills"), total, WINDOW, mean)
        over = sum(item.fen for bill in bills for item in bill.items if item.code == DATA_OVER)
        yield (
            "avg_over_data_fee_fen",
            _mean(Text("账单里的套外流量", "Extra data on the bills"), over, WINDOW, round(over / WINDOW)),
        )
        if fee is not None and mean >= fee:
            yield "above_fee_fen", _less(Text("月均账单", "mean bill"), mean, Text("月费", "fee"), fee)
    yield from _used(document)


def _used(document: Document) -> Told:
    usage = document.usage
    months = usage.months[-WINDOW:] if usage else []
    used = [month.data_mb for month in months if month.data_mb is not None]
    if usage is None or len(used) < WINDOW:
        return
    yield (
        "avg_data_mb_6m",
        Text(f"{WINDOW} 个月流量合计 {sum(used):,} MB ÷ {WINDOW}", f"{sum(used):,} MB in {WINDOW} months ÷ {WINDOW}"),
    )
    held = usage.allowance_data_mb
    if held is None:
        return
    over = [month.month for month in months if (month.data_mb or 0) > held]
    if usage.months_over_data in (None, len(over)):
        yield (
            "over_data_months",
            Text(
                f"流量超过套内 {held:,} MB 的月份：{'、'.join(over) or '没有'}",
                f"months above the {held:,} MB of the plan: {', '.join(over) or 'none'}",
            ),
        )


def _proposed(found: Recommendation, row: Row) -> Told:
    yield from ((fact, _fee(row.plan.fee_fen)) for fact in ("proposed_plan", "proposed_fee_fen"))
    gain, current = row.gain, found.current
    if gain is None or current is None or not found.whole:
        return
    yield (
        "saving_fen",
        Text(
            f"{gain.months} 个月账单合计 {_yuan(current.total_fen)} − 这一档合计 {_yuan(row.total_fen)}"
            f" = {_yuan(current.total_fen - row.total_fen)}，÷ {gain.months} = {_yuan(gain.mean_fen)}（不足一分舍去）",
            f"bills of {gain.months} months {_yuan(current.total_fen)} − this plan {_yuan(row.total_fen)}"
            f" = {_yuan(current.total_fen - row.total_fen)}, ÷ {gain.months} = {_yuan(gain.mean_fen)} (rounded down)",
        ),
    )
    paid = round(current.total_fen / gain.months)
    yield "proposed_bill_fen", _less(Text("月均账单", "mean bill"), paid, Text("月均省", "saving"), gain.mean_fen)


def _tier_up(found: Recommendation, row: Row) -> Told:
    yield from ((fact, _fee(row.plan.fee_fen)) for fact in ("tier_up_plan", "tier_up_fee_fen"))
    if row.gain is not None:
        months = len(found.compared)
        yield "tier_up_bill_fen", _mean(Text("这一档", "This plan"), row.total_fen, months, row.mean_fen)


def _later(waiting: Later) -> Told:
    """The plan waits for every reason; its day is set by those that last longest."""
    refusals = waiting.verdict.refusals
    last = waiting.verdict.last_day
    yield "later_plan", _together([refusal_words(one) for one in refusals])
    if last is not None:
        yield "later_from", _together([refusal_words(one) for one in refusals if one.until == last])


def _contract(standing: ContractStanding) -> Told:
    if standing.ends_on is not None and standing.lock is not None:
        day, why = standing.ends_on.isoformat(), standing.lock.text
        yield "contract_ends_on", Text(f"协议至 {day}：{why.zh}", f"contract until {day}: {why.en}")


def _together(told: Sequence[Text]) -> Text:
    return Text("".join(one.zh for one in told), " ".join(one.en for one in told))


def _fee(fen: int) -> Text:
    return Text(f"套餐月费 {_yuan(fen)}，每月账单第一行", f"the plan's fee, {_yuan(fen)}: first line of each month")


def _mean(what: Text, total_fen: int, months: int, mean_fen: int) -> Text:
    return Text(
        f"{what.zh} {months} 个月合计 {_yuan(total_fen)} ÷ {months} = {_yuan(mean_fen)}",
        f"{what.en}, {months} months: {_yuan(total_fen)} ÷ {months} = {_yuan(mean_fen)}",
    )


def _less(what: Text, whole_fen: int, part: Text, part_fen: int) -> Text:
    rest = max(whole_fen - part_fen, 0)
    return Text(
        f"{what.zh} {_yuan(whole_fen)} − {part.zh} {_yuan(part_fen)} = {_yuan(rest)}",
        f"{what.en} {_yuan(whole_fen)} − {part.en} {_yuan(part_fen)} = {_yuan(rest)}",
    )


def _yuan(fen: int) -> str:
    return f"−¥{yuan(-fen)}" if fen < 0 else f"¥{yuan(fen)}"

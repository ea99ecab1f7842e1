"""A plan's bills for one customer, opened: month by month, what would have been paid for what."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from msgspec import Struct

from core.domain.plan import Beyond, Pack, Plan
from core.domain.text import Text
from core.offers import words
from core.offers.bill import UNKNOWN_FEN, Line, opened
from core.offers.compiled import CompiledPlans, compiled
from core.offers.held import packs_of, with_packs
from core.offers.months import POOLED
from core.offers.record import Records, reproduced


class PaidLine(Struct, frozen=True, kw_only=True):
    line: Line
    label: Text
    fen: int
    detail: Text
    """what was used, what the plan holds, what lies beyond and its price"""


class PaidMonth(Struct, frozen=True, kw_only=True):
    month: str
    lines: tuple[PaidLine, ...]
    """those that are not zero, in the order of a bill; together `fen`. Packs and further SIMs that the month held have
    a line also where nothing is paid for them: free of charge, or not taken by this plan"""
    fen: int
    billed_fen: int | None
    """the bill on record, whatever plan it was under"""
    made: bool
    """the calculator reproduces the bill on record; from a month that it does not, no saving is claimed"""


def explain(plan: Plan, records: Records, catalogue: CompiledPlans, *, taken: bool = False) -> tuple[PaidMonth, ...]:
    """The months of the first customer in `records` under `plan`, oldest first; months without data are left out.

    `catalogue` are the plans whose places `records` holds; `taken`: with the bonus of the contract that it begins."""
    found = opened(compiled([plan], catalogue.packs, taken=taken), records.months).lines
    made = reproduced(records, catalogue)[0]
    months = []
    for at, name in enumerate(records.names):
        if not records.months.known[0, at]:
            continue
        amounts = {line: int(values[0, at, 0]) for line, values in found.items()}
        paid = tuple(_paid(plan, catalogue.packs, _used(plan, records, at), amounts))
        billed = int(records.billed_fen[0, at])
        months.append(
            PaidMonth(
                month=name,
                lines=paid,
                fen=sum(one.fen for one in paid),
                billed_fen=None if billed == UNKNOWN_FEN else billed,
                made=bool(made[at]),
            )
        )
    return tuple(months)


Used = dict[str, int]


def _used(plan: Plan, records: Records, at: int) -> Used:
    """The month's quantities, with what the further SIMs used where the plan takes them."""
    months = records.months
    used = {name: int(np.asarray(getattr(months, name))[0, at]) for name in months.__struct_fields__}
    if plan.takes_members(used["members"]):
        used |= {name: used[name] + used[f"member_{name}"] for name in POOLED}
    return used


def _paid(plan: Plan, known: tuple[Pack, ...], used: Used, amounts: dict[Line, int]) -> Iterator[PaidLine]:
    held = packs_of(used["packs"], known)
    grown = with_packs(plan, {pack.code for pack in held})
    notes = {Line.PACK: _pack_note(plan, held), Line.MEMBERS: _member_note(plan, used["members"])}
    for line in Line:
        fen, note = amounts.get(line, 0), notes.get(line)
        if fen or note is not None:
            detail = note if note is not None else _DETAILS[line](grown, used)
            yield PaidLine(line=line, label=words.LABELS[line], fen=fen, detail=detail)


def _pack_note(plan: Plan, held: tuple[Pack, ...]) -> Text | None:
    """Which packs the month held and the plan takes, and which it does not; None: there were none."""
    codes = {pack.code for pack in plan.packs}
    taken, dropped = [one for one in held if one.code in codes], [one for one in held if one.code not in codes]
    parts = [words.packs_text(taken)] if taken else []
    parts += [words.dropped_text(dropped)] if dropped else []
    return words.joined(parts) if parts else None


def _member_note(plan: Plan, members: int) -> Text | None:
    if not members:
        return None
    if plan.shared is None or not plan.takes_members(members):
        return words.alone_text(members)
    return words.members_text(members, plan.shared.member_fee_fen)


def _fee(plan: Plan, _: Used) -> Text:
    return plan.name


def _data(plan: Plan, used: Used) -> Text:
    held = plan.allowances
    apart = min(used["directed_mb"], held.directed_mb) + min(used["off_peak_mb"], held.off_peak_mb)
    general = used["data_mb"] - apart
    return _over(general, held.data_mb, plan.tariff.data, words.data_text, words.data_price)


def _voice(plan: Plan, used: Used) -> Text:
    """Other networks first, as they use the general minutes first; one sentence where both cost the same."""
    held, tariff = plan.allowances, plan.tariff
    on_net, off_net = used["on_net_min"], used["off_net_min"]
    if not held.on_net_min and tariff.on_net == tariff.off_net:
        return _over(on_net + off_net, held.voice_min, tariff.off_net, words.minutes_text, words.minutes_price)
    left = max(held.voice_min - off_net, 0)
    parts = []
    if off_net > held.voice_min:
        other = _over(off_net, held.voice_min, tariff.off_net, words.minutes_text, words.minutes_price)
        parts.append(Text(f"网外：{other.zh}", f"other networks: {other.en}"))
    if on_net > held.on_net_min + left:
        own = _over(on_net, held.on_net_min + left, tariff.on_net, words.minutes_text, words.minutes_price)
        parts.append(Text(f"网内：{own.zh}", f"our network: {own.en}"))
    return words.joined(parts)


def _sms(plan: Plan, used: Used) -> Text:
    return _over(used["sms"], plan.allowances.sms, plan.tariff.sms, words.texts_text, words.texts_price)


def _roaming(plan: Plan, used: Used) -> Text:
    return _over(used["roaming_mb"], plan.allowances.roaming_mb, plan.tariff.roaming, words.data_text, words.data_price)


def _minimum(plan: Plan, used: Used) -> Text:
    of_plan = plan.minimum_spend_fen >= used["minimum_fen"]
    return words.least_text(max(plan.minimum_spend_fen, used["minimum_fen"]), of_plan=of_plan)


def _over(used: int, held: int, beyond: Beyond, amount: Callable[[int], Text], price: Callable[[Beyond], Text]) -> Text:
    over = max(used - held, 0)
    return words.over_text(amount(used), amount(held), amount(over), price(beyond)) if over else words.NOTHING


_DETAILS: dict[Line, Callable[[Plan, Used], Text]] = {
    Line.PLAN_FEE: _fee,
    Line.DATA_OVER: _data,
    Line.VOICE_OVER: _voice,
    Line.SMS_OVER: _sms,
    Line.ROAMING: _roaming,
    Line.ROAMING_PACK: lambda _, __: words.AS_BOUGHT,
    Line.VALUE_ADDED: lambda _, __: words.AS_BEFORE,
    Line.BROADBAND: lambda _, __: words.AS_BEFORE,
    Line.DISCOUNT: lambda _, __: words.BY_CONTRACT,
    Line.MINIMUM: _minimum,
}

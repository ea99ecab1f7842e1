"""A plan's bills for one customer, opened: month by month, what would have been paid for what."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct

from core.domain.plan import Beyond, Plan
from core.domain.text import Text
from core.offers import words
from core.offers.bill import UNKNOWN_FEN, Line, opened
from core.offers.compiled import CompiledPlans, compiled
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
    """those that are not zero, in the order of a bill; together `fen`"""
    fen: int
    billed_fen: int | None
    """the bill on record, whatever plan it was under"""
    made: bool
    """the calculator reproduces the bill on record; from a month that it does not, no saving is claimed"""


def explain(plan: Plan, records: Records, catalogue: CompiledPlans) -> tuple[PaidMonth, ...]:
    """The months of the first customer in `records` under `plan`, oldest first; months without data are left out.

    `catalogue` are the plans whose places `records` holds."""
    found = opened(compiled([plan]), records.months).lines
    made = reproduced(records, catalogue)[0]
    months = []
    for at, name in enumerate(records.names):
        if not records.months.known[0, at]:
            continue
        paid = _paid(plan, records, at, {line: int(values[0, at, 0]) for line, values in found.items()})
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


def _paid(plan: Plan, records: Records, at: int, amounts: dict[Line, int]) -> tuple[PaidLine, ...]:
    used = {name: int(np.asarray(getattr(records.months, name))[0, at]) for name in records.months.__struct_fields__}
    return tuple(
        PaidLine(line=line, label=words.LABELS[line], fen=fen, detail=_DETAILS[line](plan, used))
        for line, fen in amounts.items()
        if fen
    )


Used = dict[str, int]


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

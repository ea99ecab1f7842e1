"""The bill: plans and months in, fen out, exact, for one customer or a million.

A month's bill, in integer fen, is what the operator's price list says:

1. the plan's fee, in full;
2. data beyond the allowances (`core.offers.beyond`); data of partner applications and at night use their own allowance
   first, the rest of them and all other data the general one;
3. minutes beyond the allowances: calls to other networks use the general minutes first, calls within the network their
   own, then what is left of the general ones;
4. messages beyond the allowance;
5. roaming beyond the allowance, or the price of the pack that was bought for the month;
6. value-added services, and the monthly fee of a broadband line that no bundle holds;
7. less the bonus credit of a contract, but never below nothing;
8. at least the minimum spend of the contract or of the plan, whichever is more.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from core.offers.beyond import Ints
from core.offers.compiled import CompiledPlans, DataGroup, PoolGroup, VoiceGroup
from core.offers.months import Months

UNKNOWN_FEN = int(np.iinfo(np.int64).min)
"""stands where a month is not known: no amount can be mistaken for it"""


class Line(StrEnum):
    """The lines of a bill, in their order; the same codes as on the bills on record."""

    PLAN_FEE = "plan_fee"
    DATA_OVER = "data_over"
    VOICE_OVER = "voice_over"
    SMS_OVER = "sms_over"
    ROAMING = "roaming"
    ROAMING_PACK = "roaming_pack"
    VALUE_ADDED = "value_added"
    BROADBAND = "broadband"
    DISCOUNT = "discount"
    MINIMUM = "minimum"


class Bills(Struct, frozen=True, eq=False):
    """Bills of customers × months × plans."""

    fen: Ints
    """shape (customers, months, plans); UNKNOWN_FEN where the month is not known"""
    known: NDArray[np.bool_]
    """shape (customers, months)"""


def bill(plans: CompiledPlans, months: Months) -> Bills:
    """What each of these months would have cost under each plan.

    The result takes 8 bytes a cell: callers with many customers ask part by part (`core.offers.best`)."""
    settled = totals(plans, months)
    fen = settled.reshape(len(plans.plans), months.count, months.customers).transpose(2, 1, 0)
    fen[~months.known] = UNKNOWN_FEN
    return Bills(fen, months.known)


def totals(plans: CompiledPlans, months: Months) -> Ints:
    """The same as an array of plans × (months × customers), month by month; what is not known is billed as no use."""
    total = np.repeat(plans.fee, months.known.size, axis=1)
    room = np.empty_like(total)
    for _, charge, index in _charged(plans, _Cells(months)):
        if index is None:
            total += charge
        else:
            total += np.take(charge, index, axis=0, out=room, mode="clip")
    cells = _Cells(months)
    bonus, minimum = cells.row("bonus_fen"), cells.row("minimum_fen")
    if bonus.any():
        total -= np.minimum(bonus, total, out=room)
    if minimum.any() or plans.minimum.any():
        np.maximum(total, np.maximum(minimum, plans.minimum), out=total)
    return total


def lines(plans: CompiledPlans, months: Months) -> dict[Line, Ints]:
    """Every line of every bill, in order, as arrays of customers × months × plans; what is not known is zero."""
    cells = _Cells(months)
    shape = (len(plans.plans), months.known.size)
    found: dict[Line, Ints] = {Line.PLAN_FEE: np.broadcast_to(plans.fee, shape)}
    for line, charge, index in _charged(plans, cells):
        found[line] = np.broadcast_to(charge, shape) if index is None else charge[index]
    before = sum(found.values(), np.zeros(shape, dtype=np.int64))
    discount = -np.minimum(cells.row("bonus_fen"), before)
    least = np.maximum(cells.row("minimum_fen"), plans.minimum)
    found[Line.DISCOUNT] = discount
    found[Line.MINIMUM] = np.maximum(least - before - discount, 0)
    return {line: _by_customer(values, months) for line, values in found.items()}


def _by_customer(values: Ints, months: Months) -> Ints:
    shaped = values.reshape(-1, months.count, months.customers).transpose(2, 1, 0)
    return np.where(months.known[:, :, None], shaped, 0)


class _Cells:
    """The months of all customers as one row, month by month."""

    def __init__(self, months: Months) -> None:
        self._months = months

    def row(self, name: str) -> Ints:
        values: Ints = getattr(self._months, name)
        return values.T.reshape(1, -1)


def _charged(plans: CompiledPlans, use: _Cells) -> Iterator[tuple[Line, Ints, NDArray[np.intp] | None]]:
    """Every charge beside the fee: distinct rows with the index from plan to row, or one row or array for all plans."""
    data, directed, off_peak = use.row("data_mb"), use.row("directed_mb"), use.row("off_peak_mb")
    yield Line.DATA_OVER, _joined([_data(one, data, directed, off_peak) for one in plans.data]), plans.data_index
    on_net, off_net = use.row("on_net_min"), use.row("off_net_min")
    yield Line.VOICE_OVER, _joined([_voice(one, on_net, off_net) for one in plans.voice]), plans.voice_index
    yield Line.SMS_OVER, _joined([_pool(one, use.row("sms")) for one in plans.sms]), plans.sms_index
    pack = use.row("roaming_pack_fen")
    abroad = np.where(pack > 0, 0, use.row("roaming_mb"))
    if abroad.any():
        yield Line.ROAMING, _joined([_pool(one, abroad) for one in plans.roaming]), plans.roaming_index
    for line, name in ((Line.ROAMING_PACK, "roaming_pack_fen"), (Line.VALUE_ADDED, "value_added_fen")):
        yield line, use.row(name), None
    broadband = use.row("broadband_fen")
    if broadband.any():
        yield Line.BROADBAND, broadband * plans.own_broadband, None


def _joined(parts: list[Ints]) -> Ints:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _data(group: DataGroup, data: Ints, directed: Ints, off_peak: Ints) -> Ints:
    if not group.by_kind:
        return group.charges.fen(np.maximum(data - group.data_mb, 0))
    general = data - np.minimum(directed, group.directed_mb)
    general -= np.minimum(off_peak, group.off_peak_mb)
    general -= group.data_mb
    return group.charges.fen(np.maximum(general, 0, out=general))


def _voice(group: VoiceGroup, on_net: Ints, off_net: Ints) -> Ints:
    if group.one_network:
        return group.off_net.fen(np.maximum(on_net + off_net - group.voice_min, 0))
    off_left = off_net - group.voice_min
    on_left = np.maximum(on_net - group.on_net_min, 0)
    on_left += np.minimum(off_left, 0)
    fen = group.on_net.fen(np.maximum(on_left, 0))
    fen += group.off_net.fen(np.maximum(off_left, 0))
    return fen


def _pool(group: PoolGroup, used: Ints) -> Ints:
    return group.charges.fen(np.maximum(used - group.allowance, 0))

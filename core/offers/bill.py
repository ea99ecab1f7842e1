"""The bill: plans and months in, fen out, exact, for one customer or a million.

A month's bill, in integer fen, is what the operator's price list says:

1. the plan's fee, and those of packs and further SIMs that are held beside it (`core.offers.held`), in full;
2. data beyond the allowances (`core.offers.beyond`); data of partner applications and at night use their own allowance
   first, the rest of them and all other data the general one;
3. minutes beyond the allowances: calls to other networks use the general minutes first, calls within the network their
   own, then what is left of the general ones;
4. messages beyond the allowance;
5. roaming beyond the allowance, or the price of the pack that was bought for the month;
6. value-added services, and the monthly fee of a broadband line that no bundle holds;
7. less the bonus credit of a contract, that of the one which taking a plan begins too, but never below nothing;
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
from core.offers.held import cells_of, held_cells, pooled, with_held
from core.offers.months import Months

UNKNOWN_FEN = int(np.iinfo(np.int64).min)
"""stands where a month is not known: no amount can be mistaken for it"""
NARROW_FEN = 1 << 31


class Line(StrEnum):
    """The lines of a bill, in their order; the same codes as on the bills on record."""

    PLAN_FEE = "plan_fee"
    PACK = "pack"
    MEMBERS = "further_sims"
    DATA_OVER = "data_over"
    VOICE_OVER = "voice_over"
    SMS_OVER = "sms_over"
    ROAMING = "roaming"
    ROAMING_PACK = "roaming_pack"
    VALUE_ADDED = "value_added"
    BROADBAND = "broadband"
    DISCOUNT = "discount"
    MINIMUM = "minimum"


Lines = dict[Line, Ints]


class Bills(Struct, frozen=True, eq=False):
    """Bills of customers × months × plans."""

    fen: Ints
    """shape (customers, months, plans); UNKNOWN_FEN where the month is not known"""
    known: NDArray[np.bool_]
    """shape (customers, months)"""


class OpenBills(Struct, frozen=True, eq=False, kw_only=True):
    """Bills of customers × months × plans with their lines; a line that stands on none of them is left out."""

    lines: dict[Line, Ints]
    """in the order of a bill; zero where the month is not known"""
    fen: Ints
    """their sum; UNKNOWN_FEN where the month is not known"""
    known: NDArray[np.bool_]


def bill(plans: CompiledPlans, months: Months) -> Bills:
    """What each of these months would have cost under each plan.

    The result takes 8 bytes a cell: callers with many customers ask part by part (`core.offers.best`)."""
    return Bills(_by_customer(totals(plans, months).astype(np.int64), months, UNKNOWN_FEN), months.known)


def totals(plans: CompiledPlans, months: Months) -> Ints:
    """The same as an array of plans × (months × customers), month by month; what is not known is billed as no use.

    Of 32 bits where all of a customer's months together are sure to fit, else of 64: exact either way."""
    total = _of_plans(plans, months)
    for held, at in held_cells(months):
        cells, beside = cells_of(months, at), with_held(plans, held)
        part = _of_plans(beside.plans, cells)
        if held.members:
            part = np.where(beside.takes_members, _of_plans(beside.plans, pooled(cells)), part)
        total = total.astype(np.int64, copy=False)
        total[:, at] = part
    return total


def _of_plans(plans: CompiledPlans, months: Months) -> Ints:
    """Plan and use alone."""
    fits = plans.narrow is not None and _most_fen(plans, months) * max(months.count, 1) < NARROW_FEN
    chosen = plans.narrow if fits and plans.narrow else plans
    cells = _Cells(months, chosen.fee.dtype)
    total = np.repeat(chosen.fee, months.known.size, axis=1)
    room = np.empty_like(total)
    for _, charge, index in _charged(chosen, cells):
        if index is None:
            total += charge
        else:
            total += np.take(charge, index, axis=0, out=room, mode="clip")
    bonus, minimum = _bonus(chosen, cells), cells.row("minimum_fen")
    if bonus.any():
        total -= np.minimum(bonus, total, out=room)
    if minimum.any() or chosen.minimum.any():
        np.maximum(total, np.maximum(minimum, chosen.minimum), out=total)
    return total


def _most_fen(plans: CompiledPlans, months: Months) -> int:
    """More than any of these bills can come to: every kind of use at its dearest price, without any allowance."""
    if not months.known.size:
        return 0
    charged = 0
    for name, used in _PRICED:
        most = int(getattr(months, used).max())
        charged += plans.most_steps * max((most // unit + 1) * fen for unit, fen in plans.prices[name])
    others = sum(int(getattr(months, name).max()) for name in _AMOUNTS)
    return charged + others + int(plans.fee.max()) + int(plans.minimum.max())


_PRICED = (
    ("data", "data_mb"), ("on_net", "on_net_min"), ("on_net", "off_net_min"), ("off_net", "off_net_min"),
    ("off_net", "on_net_min"), ("sms", "sms"), ("roaming", "roaming_mb"),
)  # fmt: skip
"""either price for all calls: where both are the same they are worked out together"""
_AMOUNTS = ("value_added_fen", "broadband_fen", "roaming_pack_fen", "bonus_fen", "minimum_fen")


def opened(plans: CompiledPlans, months: Months) -> OpenBills:
    """The same bills with every line of each."""
    found = _lines(plans, months, {Line.PLAN_FEE: plans.fee})
    for held, at in held_cells(months):
        cells, beside = cells_of(months, at), with_held(plans, held)
        fees = {Line.PLAN_FEE: plans.fee, Line.PACK: beside.pack_fen, Line.MEMBERS: beside.member_fen}
        part = _lines(beside.plans, cells, fees)
        if held.members:
            part = _chosen(beside.takes_members, _lines(beside.plans, pooled(cells), fees), part)
        found = _with_cells(found, at, part)
    total: Ints = np.sum(list(found.values()), axis=0)
    by_line = {line: _by_customer(found[line], months, 0) for line in Line if line in found}
    return OpenBills(lines=by_line, fen=_by_customer(total, months, UNKNOWN_FEN), known=months.known)


def _chosen(where: NDArray[np.bool_], these: Lines, those: Lines) -> Lines:
    """Line by line the one or the other, by plan."""
    nothing = np.zeros(1, dtype=np.int64)
    return {line: np.where(where, these.get(line, nothing), those.get(line, nothing)) for line in these | those}


def _with_cells(lines: Lines, at: NDArray[np.intp], part: Lines) -> Lines:
    """The lines with those of some cells in their places."""
    shape = lines[Line.PLAN_FEE].shape
    found: Lines = {}
    for line in lines | part:
        found[line] = np.array(lines[line]) if line in lines else np.zeros(shape, dtype=np.int64)
        found[line][:, at] = part.get(line, 0)
    return found


def _lines(plans: CompiledPlans, months: Months, fees: Lines) -> Lines:
    """The lines of plan and use alone, plans × (months × customers); `fees` together are the fee of `plans`."""
    cells = _Cells(months, plans.fee.dtype)
    shape = (len(plans.plans), months.known.size)
    found: Lines = {line: np.broadcast_to(fee, shape) for line, fee in fees.items()}
    total = np.repeat(plans.fee, months.known.size, axis=1)
    for line, charge, index in _charged(plans, cells):
        found[line] = np.broadcast_to(charge, shape) if index is None else charge[index]
        total += found[line]
    bonus, minimum = _bonus(plans, cells), np.maximum(cells.row("minimum_fen"), plans.minimum)
    if bonus.any():
        found[Line.DISCOUNT] = -np.minimum(bonus, total)
        total += found[Line.DISCOUNT]
    if minimum.any():
        found[Line.MINIMUM] = np.maximum(minimum - total, 0)
    return found


def _by_customer(values: Ints, months: Months, unknown: int) -> Ints:
    """Plans × cells as customers × months × plans, with `unknown` where the month is not known."""
    shaped = values.reshape(-1, months.count, months.customers).transpose(2, 1, 0)
    return shaped if months.all_known else np.where(months.known[:, :, None], shaped, unknown)


class _Cells:
    """The months of all customers as one row, month by month."""

    def __init__(self, months: Months, dtype: np.dtype[np.int64]) -> None:
        self._months, self._dtype = months, dtype

    def row(self, name: str) -> Ints:
        values: Ints = getattr(self._months, name)
        return values.T.reshape(1, -1).astype(self._dtype, copy=False)


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


def _bonus(plans: CompiledPlans, use: _Cells) -> Ints:
    """One row for all plans, as long as none begins a contract of its own."""
    held = use.row("bonus_fen")
    return held + plans.bonus if plans.bonus.any() else held


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

"""Months of use and what else stood on their bills, as arrays of customers × months.

A month whose data, minutes, messages or roaming are not supplied is not known: it is masked, and never counted as zero.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from core.domain.plan import MOST_PACKS
from core.offers.beyond import Ints

MOST_USE = 1_000_000_000
"""of any kind in a month; more is no use but a mistake, and could not be billed exactly"""


class Months(Struct, frozen=True, eq=False, kw_only=True):
    """All arrays int64 of shape (customers, months), oldest month first, and zero where `known` is false."""

    known: NDArray[np.bool_]
    data_mb: Ints
    directed_mb: Ints
    """of `data_mb`, what partner applications used; 0 where it is not supplied, so that no allowance is credited"""
    off_peak_mb: Ints
    """of the rest of `data_mb`, what was used at night; 0 where it is not supplied"""
    on_net_min: Ints
    off_net_min: Ints
    """all minutes where the share within the network is not supplied"""
    sms: Ints
    roaming_mb: Ints
    value_added_fen: Ints
    broadband_fen: Ints
    """monthly fee of a line of its own; falls away with a home bundle"""
    roaming_pack_fen: Ints
    """a pack that was bought for the month: its price stands instead of the charge for roaming"""
    bonus_fen: Ints
    """monthly bonus credit of a contract"""
    minimum_fen: Ints
    """minimum spend of a contract"""
    packs: Ints
    """packs held, a bit each in the order of `CompiledPlans.packs`"""
    members: Ints
    """further SIMs of a shared plan; what they used, all together, follows"""
    member_data_mb: Ints
    member_directed_mb: Ints
    member_off_peak_mb: Ints
    member_on_net_min: Ints
    member_off_net_min: Ints
    member_sms: Ints
    member_roaming_mb: Ints

    @property
    def customers(self) -> int:
        return int(self.known.shape[0])

    @property
    def count(self) -> int:
        return int(self.known.shape[1])

    @property
    def all_known(self) -> bool:
        return bool(self.known.all())

    def part(self, begin: int, end: int) -> Months:
        """Customers `begin` up to, without, `end`."""
        return Months(**{name: getattr(self, name)[begin:end] for name in self.__struct_fields__})

    def last(self, months: int) -> Months:
        """The latest months alone."""
        return Months(**{name: getattr(self, name)[:, -months:] for name in self.__struct_fields__})


POOLED = tuple(name for name in Months.__struct_fields__ if f"member_{name}" in Months.__struct_fields__)
"""what the further SIMs use as well"""
_MOST_BITS = (1 << MOST_PACKS) - 1
QUANTITIES = tuple(name for name in Months.__struct_fields__ if name != "known")


def months_of(known: NDArray[np.bool_], **quantities: Ints) -> Months:
    """Months from arrays of one shape; what is left out is zero. Raises ValueError on what cannot be billed exactly."""
    unknown = set(quantities) - set(QUANTITIES)
    if unknown:
        raise ValueError(f"no such quantities: {', '.join(sorted(unknown))}")
    for name, values in quantities.items():
        if values.shape != known.shape:
            raise ValueError(f"{name} has shape {values.shape}, not {known.shape}")
        if values.dtype != np.int64:
            raise ValueError(f"{name} is {values.dtype}, not int64")
        most = _MOST_BITS if name == "packs" else MOST_USE
        if values.size and (int(values.min()) < 0 or int(values.max()) > most):
            raise ValueError(f"{name} goes from {int(values.min())} to {int(values.max())}")
    zero = np.zeros(known.shape, dtype=np.int64)
    for whose in ("", "member_"):
        kinds = quantities.get(f"{whose}directed_mb", zero) + quantities.get(f"{whose}off_peak_mb", zero)
        if (kinds > quantities.get(f"{whose}data_mb", zero)).any():
            raise ValueError("directed_mb and off_peak_mb are parts of data_mb, and together more than it")
    filled = {name: np.where(known, quantities[name], 0) if name in quantities else zero for name in QUANTITIES}
    return Months(known=known, **filled)


def stacked(customers: Sequence[Months]) -> Months:
    """Several customers with equally many months as one."""
    names = Months.__struct_fields__
    return Months(**{name: np.concatenate([getattr(one, name) for one in customers]) for name in names})

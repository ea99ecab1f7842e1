"""Plans as integer arrays: the distinct charges of each kind, worked out once, and which of them each plan has."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from core.domain.plan import Beyond, Pack, Plan, Tariff
from core.offers.beyond import Charges, Form, Ints, charges, column, form_of

K = TypeVar("K", bound=Hashable)


class DataKey(NamedTuple):
    data_mb: int
    directed_mb: int
    off_peak_mb: int
    beyond: Beyond

    @property
    def by_kind(self) -> bool:
        return bool(self.directed_mb or self.off_peak_mb)


class VoiceKey(NamedTuple):
    voice_min: int
    on_net_min: int
    on_net: Beyond
    off_net: Beyond

    @property
    def one_network(self) -> bool:
        """Whether it does not matter which network was called: one price, and no minutes for ours alone."""
        return not self.on_net_min and self.on_net == self.off_net and form_of(self.on_net) == PLAIN


class PoolKey(NamedTuple):
    allowance: int
    beyond: Beyond


PLAIN = Form(steps=1, by_unit=False, by_block=False, month_capped=False)


class DataGroup(NamedTuple):
    by_kind: bool
    data_mb: Ints
    directed_mb: Ints
    off_peak_mb: Ints
    charges: Charges


class VoiceGroup(NamedTuple):
    one_network: bool
    voice_min: Ints
    on_net_min: Ints
    on_net: Charges
    off_net: Charges


class PoolGroup(NamedTuple):
    """Messages or roaming: one allowance, one charge."""

    allowance: Ints
    charges: Charges


class CompiledPlans(Struct, frozen=True, eq=False, kw_only=True):
    """Plans in the order in which they were given; `index` arrays point from plan to distinct charge."""

    plans: tuple[Plan, ...]
    fee: Ints
    minimum: Ints
    bonus: Ints
    """monthly credit of the contract that taking the plan begins; 0 where plans are billed as they are held"""
    own_broadband: Ints
    """1 where a line's own monthly fee stays, 0 in a home bundle"""
    data: tuple[DataGroup, ...]
    data_index: NDArray[np.intp]
    voice: tuple[VoiceGroup, ...]
    voice_index: NDArray[np.intp]
    sms: tuple[PoolGroup, ...]
    sms_index: NDArray[np.intp]
    roaming: tuple[PoolGroup, ...]
    roaming_index: NDArray[np.intp]
    prices: dict[str, tuple[tuple[int, int], ...]]
    """kind of use → the (unit, fen) that any step of any plan charges for it: how much a bill can come to at most"""
    most_steps: int
    packs: tuple[Pack, ...] = ()
    """those that any plan takes; months name them by their place here"""
    narrow: CompiledPlans | None = None
    """the same in 32 bits, for use that is known to fit: twice as quick"""
    derived: dict[Hashable, Any] = {}
    """the same plans with packs and further SIMs (`core.offers.held`, `core.offers.pack_added`), made when first asked
    for"""

    def place(self, code: str) -> int | None:
        """Where the plan of that code stands; None where it is not among these."""
        return next((at for at, plan in enumerate(self.plans) if plan.code == code), None)


def compiled(plans: Iterable[Plan], packs: Sequence[Pack] = (), *, taken: bool = False) -> CompiledPlans:
    """The plans, ready to bill. Raises ValueError where there are none.

    `packs` are those of the whole catalogue where these are but some of its plans. `taken`: billed as to whoever takes
    the plan now, with the bonus of its contract; a contract that runs already stands among the months."""
    kept = tuple(plans)
    if not kept:
        raise ValueError("no plans to bill")
    data, data_index = _grouped([_data_key(plan) for plan in kept], lambda key: (key.by_kind, form_of(key.beyond)))
    voice, voice_index = _grouped(
        [_voice_key(plan) for plan in kept],
        lambda key: (key.one_network, form_of(key.on_net), form_of(key.off_net)),
    )
    sms, sms_index = _grouped([PoolKey(p.allowances.sms, p.tariff.sms) for p in kept], _pool_form)
    roaming, roaming_index = _grouped([PoolKey(p.allowances.roaming_mb, p.tariff.roaming) for p in kept], _pool_form)
    wide = CompiledPlans(
        plans=kept,
        fee=column([plan.fee_fen for plan in kept]),
        minimum=column([plan.minimum_spend_fen for plan in kept]),
        bonus=column([plan.contract.monthly_bonus_fen if taken else 0 for plan in kept]),
        own_broadband=column([0 if plan.with_broadband else 1 for plan in kept]),
        data=tuple(_data_group(keys) for keys in data),
        data_index=data_index,
        voice=tuple(_voice_group(keys) for keys in voice),
        voice_index=voice_index,
        sms=tuple(_pool_group(keys) for keys in sms),
        sms_index=sms_index,
        roaming=tuple(_pool_group(keys) for keys in roaming),
        roaming_index=roaming_index,
        prices={name: _prices(kept, name) for name in ("data", "on_net", "off_net", "sms", "roaming")},
        most_steps=max(len(getattr(plan.tariff, name).steps) for plan in kept for name in Tariff.__struct_fields__),
        packs=tuple(packs) or tuple({pack.code: pack for plan in kept for pack in plan.packs}.values()),
        derived={},
    )
    return replace(wide, narrow=replace(wide, **{name: _narrowed(getattr(wide, name)) for name in _NUMBERS}))


_NUMBERS = ("fee", "minimum", "bonus", "own_broadband", "data", "voice", "sms", "roaming")


def _narrowed(value: Any) -> Any:
    """The same arrays in 32 bits, through all tuples."""
    if isinstance(value, np.ndarray):
        return value.astype(np.int32)
    if isinstance(value, Form) or not isinstance(value, tuple):
        return value
    inner = [_narrowed(one) for one in value]
    return type(value)(*inner) if hasattr(value, "_fields") else tuple(inner)


def _prices(plans: Sequence[Plan], name: str) -> tuple[tuple[int, int], ...]:
    steps = (step for plan in plans for step in getattr(plan.tariff, name).steps)
    return tuple(sorted({(step.unit, step.fen) for step in steps}))


def _grouped(keys: Sequence[K], form: Callable[[K], object]) -> tuple[list[list[K]], NDArray[np.intp]]:
    """The distinct keys by form, and for each given key its place among them all."""
    groups: dict[object, list[K]] = {}
    for key in dict.fromkeys(keys):
        groups.setdefault(form(key), []).append(key)
    found = list(groups.values())
    places = {key: at for at, key in enumerate(key for group in found for key in group)}
    return found, np.array([places[key] for key in keys], dtype=np.intp)


def _pool_form(key: PoolKey) -> object:
    return form_of(key.beyond)


def _data_key(plan: Plan) -> DataKey:
    held = plan.allowances
    return DataKey(held.data_mb, held.directed_mb, held.off_peak_mb, plan.tariff.data)


def _voice_key(plan: Plan) -> VoiceKey:
    held = plan.allowances
    return VoiceKey(held.voice_min, held.on_net_min, plan.tariff.on_net, plan.tariff.off_net)


def _data_group(keys: Sequence[DataKey]) -> DataGroup:
    return DataGroup(
        by_kind=keys[0].by_kind,
        data_mb=column([key.data_mb for key in keys]),
        directed_mb=column([key.directed_mb for key in keys]),
        off_peak_mb=column([key.off_peak_mb for key in keys]),
        charges=charges([key.beyond for key in keys]),
    )


def _voice_group(keys: Sequence[VoiceKey]) -> VoiceGroup:
    return VoiceGroup(
        one_network=keys[0].one_network,
        voice_min=column([key.voice_min for key in keys]),
        on_net_min=column([key.on_net_min for key in keys]),
        on_net=charges([key.on_net for key in keys]),
        off_net=charges([key.off_net for key in keys]),
    )


def _pool_group(keys: Sequence[PoolKey]) -> PoolGroup:
    return PoolGroup(column([key.allowance for key in keys]), charges([key.beyond for key in keys]))

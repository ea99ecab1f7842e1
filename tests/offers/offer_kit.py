"""Plans and months made for one question, and a bill worked out month by month in plain numbers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import numpy as np

from core.domain.plan import Allowances, Beyond, Channel, Pack, Payment, Plan, Step, Suitability, Tariff
from core.domain.text import Text
from core.offers.bill import bill
from core.offers.compiled import compiled
from core.offers.months import QUANTITIES, Months, months_of

Figures = dict[str, int]


def price(fen: int, *, unit: int = 1, **more: Any) -> Beyond:
    return Beyond(steps=(Step(above=0, unit=unit, fen=fen),), **more)


def stepped(*steps: tuple[int, int], **more: Any) -> Beyond:
    """Of (above, fen) pairs."""
    return Beyond(steps=tuple(Step(above=above, fen=fen) for above, fen in steps), **more)


def plan(code: str = "p-1", **more: Any) -> Plan:
    """A plan of 50 yuan with 1 GB and 100 minutes, unless `more` says otherwise; its `tariff` may be given in part."""
    tariff = Tariff(
        data=price(10, block=1_024, block_cap_fen=1_500),
        on_net=price(20),
        off_net=price(20),
        sms=price(10),
        roaming=price(600, unit=50, month_cap_fen=30_000),
    )
    words = Text("字", "words")
    made = Plan(
        code=code,
        family="f",
        name=Text(f"套餐 {code}", f"Plan {code}"),
        brand=words,
        generation=4,
        payment=Payment.EITHER,
        fee_fen=5_000,
        allowances=Allowances(data_mb=1_024, voice_min=100),
        tariff=msgspec.structs.replace(tariff, **more.pop("tariff", {})),
        audience=words,
        advantage=words,
        channels=dict.fromkeys(Channel, Suitability.WELL),
        ease=3,
        on_sale_from=date(2015, 1, 1),
    )
    return msgspec.structs.replace(made, **more)


def months(rows: Sequence[Figures | None]) -> Months:
    """One customer's months; None is a month without data."""
    known = np.array([[row is not None for row in rows]])
    arrays = {name: np.array([[(row or {}).get(name, 0) for row in rows]], dtype=np.int64) for name in QUANTITIES}
    return months_of(known, **arrays)


def fen(one: Plan, **use: int) -> int:
    """What one month of that use costs under the plan."""
    return int(bill(compiled([one]), months([use])).fen[0, 0, 0])


def slow_fen(one: Plan, use: Figures) -> int:
    """The same by the price list, unit by unit, sharing no line with the product."""
    packs = [pack for at, pack in enumerate(one.packs) if use.get("packs", 0) >> at & 1]
    held = slow_allowances(one, packs)
    tariff, sims, sim_fen = one.tariff, use.get("members", 0), 0
    if sims and one.shared and one.shared.members >= sims:
        use = {name: amount + use.get(f"member_{name}", 0) for name, amount in use.items()}
        sim_fen = sims * one.shared.member_fee_fen
    directed = min(use["directed_mb"], held.directed_mb)
    night = min(use["off_peak_mb"], held.off_peak_mb)
    total = one.fee_fen + sum(pack.fee_fen for pack in packs) + sim_fen
    total += slow_beyond(tariff.data, use["data_mb"] - directed - night - held.data_mb)
    general = held.voice_min
    off_free = min(use["off_net_min"], general)
    own_free = min(use["on_net_min"], held.on_net_min)
    on_free = min(use["on_net_min"] - own_free, general - off_free)
    total += slow_beyond(tariff.off_net, use["off_net_min"] - off_free)
    total += slow_beyond(tariff.on_net, use["on_net_min"] - own_free - on_free)
    total += slow_beyond(tariff.sms, use["sms"] - held.sms)
    if not use["roaming_pack_fen"]:
        total += slow_beyond(tariff.roaming, use["roaming_mb"] - held.roaming_mb)
    total += use["roaming_pack_fen"] + use["value_added_fen"]
    total += 0 if one.with_broadband else use["broadband_fen"]
    total -= min(use["bonus_fen"], total)
    return max(total, use["minimum_fen"], one.minimum_spend_fen)


def slow_allowances(one: Plan, packs: Sequence[Pack]) -> Allowances:
    """What plan and packs hold together."""
    together = dict.fromkeys(Allowances.__struct_fields__, 0)
    for held in (one.allowances, *(pack.holds for pack in packs)):
        for name in together:
            together[name] += getattr(held, name)
    return Allowances(**together)


def slow_beyond(beyond: Beyond, over: int) -> int:
    """Block by block and step by step."""
    full, rest = divmod(max(over, 0), beyond.block or 1 << 60)
    total = slow_block(beyond, rest) + (full * slow_block(beyond, beyond.block) if beyond.block else 0)
    return total if beyond.month_cap_fen is None else min(total, beyond.month_cap_fen)


def slow_block(beyond: Beyond, block: int) -> int:
    fen = 0
    for at, step in enumerate(beyond.steps):
        end = beyond.steps[at + 1].above if at + 1 < len(beyond.steps) else block
        amount = min(block, end) - step.above
        if amount > 0:
            fen += (amount + step.unit - 1) // step.unit * step.fen
    return fen if beyond.block_cap_fen is None else min(fen, beyond.block_cap_fen)


def pack(code: str, fee_fen: int = 1_000, **holds: int) -> Pack:
    """A pack with 1 GB unless `holds` says otherwise."""
    return Pack(code=code, name=Text(f"包 {code}", f"Pack {code}"), fee_fen=fee_fen, holds=Allowances(**holds or GB))


GB = {"data_mb": 1_024}

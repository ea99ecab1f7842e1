"""The plans that the invented city holds, 2G to 5G, as the demo's own billing needs them.

Two dozen have one price of each kind; some of every other make are billed by their price list."""

from msgspec import Struct

from core.content.plans import catalogue
from core.domain import plan as catalogued
from core.domain.text import Text


class Plan(Struct, frozen=True, kw_only=True):
    code: str
    name: Text
    generation: int
    """2 … 5"""
    since: int
    """year in which it came on sale"""
    on_sale: bool
    fee_fen: int
    data_mb: int
    voice_min: int
    sms: int = 0
    data_fen_per_mb: int
    data_block_mb: int
    """beyond the allowance data are charged in blocks of this size …"""
    data_block_cap_fen: int
    """… and no block costs more than this"""
    voice_fen_per_min: int
    sms_fen: int = 10
    with_broadband: bool = False
    """a home bundle (e家): broadband free of charge"""
    packs: tuple[catalogued.Pack, ...] = ()
    """what may be added by the month"""
    sims: int = 0
    """further SIMs that it has room for"""
    sim_fen: int = 0
    """of each, a month"""
    listed: catalogued.Plan | None = None
    """billed line by line by its price list (`core.demo.price_list`), and not by the figures above; takes no packs"""


_HELD = (
    "lt-8", "xq-18", "xy-28", "sl-88", "ct-38", "ct-58", "cy-66", "ct-88", "cl-128", "zx-188", "yl-19",
    "fx-58", "fx-77", "fx-97", "jt-137", "sw-158", "zx-238", "cx-99", "cx-129", "rh-169", "zx-239", "zx-399",
)  # fmt: skip


SHARED_FROM = {"cx-99": "cx-149", "cx-129": "cx-149", "rh-169": "rh-239"}
"""plan → what a household changes to that uses it with further SIMs"""


def _plan(one: catalogued.Plan) -> Plan:
    """The plan with the one price, block and cap that the demo bills by; raises ValueError where it has more."""
    held, data, voice, sms = one.allowances, one.tariff.data, one.tariff.off_net, one.tariff.sms
    prices = [step for beyond in (data, voice, sms) for step in beyond.steps]
    special = held.directed_mb or held.off_peak_mb or held.on_net_min or held.roaming_mb or one.minimum_spend_fen
    plain = len(prices) == 3 and all(step.unit == 1 for step in prices) and voice == one.tariff.on_net and not special
    if not plain or data.block is None or data.block_cap_fen is None:
        raise ValueError(f"the invented city cannot bill {one.code}")
    return Plan(
        code=one.code,
        name=one.name,
        generation=one.generation,
        since=one.on_sale_from.year,
        on_sale=one.on_sale_until is None,
        fee_fen=one.fee_fen,
        data_mb=held.data_mb,
        voice_min=held.voice_min,
        sms=held.sms,
        data_fen_per_mb=data.steps[0].fen,
        data_block_mb=data.block,
        data_block_cap_fen=data.block_cap_fen,
        voice_fen_per_min=voice.steps[0].fen,
        sms_fen=sms.steps[0].fen,
        with_broadband=one.with_broadband,
        packs=one.packs,
        sims=one.shared.members if one.shared else 0,
        sim_fen=one.shared.member_fee_fen if one.shared else 0,
    )


_MANIFOLD = (
    "lt-10", "lt-15", "xq-5", "xq-28", "xq-48", "xy-38", "lt-9", "lt-30", "lt-65", "fx-z0", "yl-39", "cy-42", "cy-44",
    "cy-s32", "xq-33", "yl-9x", "zx-288", "xy-p79", "cx-d59", "cx-z0", "cx-199",
)  # fmt: skip
"""steps, units, caps of a month, minutes within the network, data by kind, roaming held, a minimum spend"""


def _listed(one: catalogued.Plan) -> Plan:
    """A plan that is billed by its price list; the first prices stand for what is not billed by them."""
    data, voice, sms = one.tariff.data.steps[0], one.tariff.off_net.steps[0], one.tariff.sms.steps[0]
    return Plan(
        code=one.code,
        name=one.name,
        generation=one.generation,
        since=one.on_sale_from.year,
        on_sale=one.on_sale_until is None,
        fee_fen=one.fee_fen,
        data_mb=one.allowances.data_mb,
        voice_min=one.allowances.voice_min,
        sms=one.allowances.sms,
        data_fen_per_mb=data.fen,
        data_block_mb=1,
        data_block_cap_fen=data.fen,
        voice_fen_per_min=voice.fen,
        sms_fen=sms.fen,
        listed=one,
    )


_CATALOGUED = {one.code: one for one in catalogue().plans}
PLANS: tuple[Plan, ...] = tuple(_plan(_CATALOGUED[code]) for code in _HELD)
SHARED: tuple[Plan, ...] = tuple(_plan(_CATALOGUED[code]) for code in sorted(set(SHARED_FROM.values())))
"""beside those: they come to a customer by a change alone"""
MANIFOLD: tuple[Plan, ...] = tuple(_listed(_CATALOGUED[code]) for code in _MANIFOLD)
"""held by few: by customers whom no campaign may call"""
BY_CODE = {plan.code: plan for plan in (*PLANS, *SHARED, *MANIFOLD)}
UPGRADES = tuple(BY_CODE[code] for code in ("fx-58", "fx-77", "fx-97", "jt-137", "sw-158", "zx-238"))
"""what the 4G campaign offers"""

"""The plans that the invented city holds: 24 of the catalogue, 2G to 5G, as the demo's own billing needs them."""

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


_CATALOGUED = {one.code: one for one in catalogue().plans}
PLANS: tuple[Plan, ...] = tuple(_plan(_CATALOGUED[code]) for code in _HELD)
SHARED: tuple[Plan, ...] = tuple(_plan(_CATALOGUED[code]) for code in sorted(set(SHARED_FROM.values())))
"""beside those: they come to a customer by a change alone"""
BY_CODE = {plan.code: plan for plan in (*PLANS, *SHARED)}
UPGRADES = tuple(BY_CODE[code] for code in ("fx-58", "fx-77", "fx-97", "jt-137", "sw-158", "zx-238"))
"""what the 4G campaign offers"""

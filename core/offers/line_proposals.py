"""Which broadband plan answers a customer who means to leave: cheaper, for the holidays, by the hour, or in a bundle.

What the script names and the order form is filled with is the same plan (BB-04, BB-06, BB-10).
"""

from collections.abc import Sequence

from msgspec import Struct

from core.domain.charge import charge_said
from core.domain.plan import BroadbandKind, BroadbandPlan, Plan
from core.domain.script import LineProposal
from core.domain.text import Text
from core.offers.line_choice import LineChoice
from core.offers.ordering import price_of


class LineProposals(Struct, frozen=True, kw_only=True):
    """None of each where the catalogue has nothing that this customer may have today."""

    economy: LineChoice | None = None
    """the cheapest year that is paid ahead, and cheaper than the present line"""
    holiday: LineChoice | None = None
    """for a term, as fast as the present line where there is one"""
    metered: LineChoice | None = None
    """with hours included"""
    bundle: Plan | None = None
    """the plan whose bundle holds a line as fast as the present one"""

    def plan(self, said: LineProposal) -> Plan | BroadbandPlan | None:
        """What the customer takes."""
        if said is LineProposal.BUNDLE:
            return self.bundle
        choice: LineChoice | None = getattr(self, said.value)
        return None if choice is None else choice.plan


def line_proposals(lines: Sequence[LineChoice], bundles: Sequence[Plan], *, speed_mbps: int) -> LineProposals:
    """From `lines_for`; `bundles` may be taken today, the best first."""
    free = [one for one in lines if not one.refusals]
    cheaper = [one for one in free if one.plan.kind is BroadbandKind.YEARLY and (one.less_fen or 0) > 0]
    holiday = [one for one in free if one.plan.kind is BroadbandKind.HOLIDAY]
    metered = [one for one in free if one.plan.kind is BroadbandKind.METERED and one.plan.included_hours is not None]
    has_bundle = any(one.current and one.plan.kind is BroadbandKind.BUNDLE for one in lines)
    return LineProposals(
        economy=min(cheaper, key=lambda one: (one.year_fen or 0, -one.plan.speed_mbps), default=None),
        holiday=min(holiday, key=lambda one: (one.slower, one.plan.term_fen), default=None),
        metered=min(metered, key=lambda one: (one.plan.monthly_fen, -one.plan.speed_mbps), default=None),
        bundle=None if has_bundle else next((one for one in bundles if one.broadband_mbps >= speed_mbps), None),
    )


def line_facts(found: LineProposals) -> dict[str, object]:
    """What the script may say (`core.guidance.fact_names`); absent where there is nothing to name."""
    facts: dict[str, object] = {}
    for name, choice in (("economy", found.economy), ("holiday", found.holiday), ("metered", found.metered)):
        if choice is not None:
            facts |= _named(name, choice)
    if found.bundle is not None:
        facts |= {"bundle_plan": found.bundle.name, "bundle_fee_fen": found.bundle.fee_fen}
        facts["bundle_speed_mbps"] = found.bundle.broadband_mbps
    return facts


def _named(name: str, choice: LineChoice) -> dict[str, object]:
    plan = choice.plan
    facts: dict[str, object] = {f"{name}_line": plan.name, f"{name}_line_price": _price(plan)}
    if name == "holiday":
        facts["holiday_line_days"] = plan.term_days
    if name == "metered":
        facts["metered_line_hours"] = plan.included_hours
        if plan.beyond_fen:
            facts["metered_line_beyond_fen"] = plan.beyond_fen
        if choice.less_fen is not None:
            facts["metered_line_dearer"] = choice.less_fen < 0
    if choice.months and choice.year_fen is not None:
        facts[f"{name}_line_year_fen"] = choice.year_fen
    return facts


def _price(plan: BroadbandPlan) -> Text:
    fen, charge = price_of(plan)
    return charge_said(fen, charge)

"""What each plan would have cost the customer on the desk: the best ones beside the present one, with their months.

For a worker alone: numpy is imported by the first comparison, which no window may wait for. The values that come of it
are plain ones, and this module may be imported anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from core.content.decode_offers import (
    decode_catalogue,
    decode_eligibility,
    decode_recommendation,
)
from core.desk.branches import opened_by_branch, standing_of
from core.desk.figure_sources import FigureSource, figure_sources
from core.desk.plans_opened import opened
from core.domain.clock import local_day
from core.domain.eligibility import EligibilityRules
from core.domain.offer_content import ELIGIBILITY, PLANS, RECOMMENDATION
from core.domain.plan import Catalogue, Plan
from core.domain.recommendation import OperatorInterest
from core.domain.text import Text
from core.offers.advice import Advice, Recommendation, Row
from core.offers.eligibility import Refusal
from core.offers.featured import Featured, featured
from core.offers.line_choice import LineChoice
from core.offers.line_proposals import LineProposals, line_facts
from core.offers.standing import ContractStanding, contract_standing

if TYPE_CHECKING:
    from datetime import date

    from core.desk.desk import Desk
    from core.domain.customer import Document
    from core.domain.recommendation import RecommendationRule
    from core.offers.explain import PaidMonth
    from core.offers.recommend import PlanContent
    from core.offers.record import Records

MOST = 5
"""plans that are shown beside the present one and those that must wait"""


class PlanChoice(Struct, frozen=True, kw_only=True):
    """A plan with its figures."""

    row: Row
    months: tuple[PaidMonth, ...] = ()
    """under this plan, oldest first; months without data are left out"""
    current: bool = False
    best: bool = False
    """the one to advise: at most one is"""
    refusals: tuple[Refusal, ...] = ()
    """why it may not be taken today; empty: it may"""
    closed: bool = False
    """refused only as it is not open to calls: the branch may be asked to open it (4G-05)"""
    branch: Text | None = None
    """how the request to the customer's branch stands; None: nobody has asked"""

    @property
    def saving_fen(self) -> int | None:
        """A month, the mean of those compared; negative: dearer. None where nothing may be claimed."""
        return None if self.row.gain is None or self.current else self.row.gain.mean_fen


class PlanComparison(Struct, frozen=True, kw_only=True):
    """Plans compared for one customer on one day."""

    advice: Advice
    said: Text
    """the advice in a sentence"""
    compared: tuple[str, ...] = ()
    """the months that medians, worst months and savings come from, `2026-10`, oldest first"""
    corrected: tuple[str, ...] = ()
    """months of the window whose bill cannot be made from plan and use: nothing is claimed of them"""
    unknown: tuple[str, ...] = ()
    """months of the window without data"""
    choices: tuple[PlanChoice, ...] = ()
    """the best first, the present one at its place; empty where no month is known"""
    facts: dict[str, object] = {}
    """what the script may say of it (`core.guidance.fact_names.ADDED`)"""
    sources: dict[str, FigureSource] = {}
    """fact → where it comes from, among `choices`"""
    proposed: Plan | None = None
    """what is proposed; None: nothing is"""
    tier_up: Plan | None = None
    """under a contract lock: what may be moved up to"""
    contract: ContractStanding | None = None
    closed: Plan | None = None
    """not open to calls, and would help more than what is: the branch may be asked for it"""
    featured: Featured | None = None
    """of today's shelf, to be named where it fits"""
    weighing: OperatorInterest | None = None
    """how far the operator's interest may order plans; None where nothing was ranked"""
    catalogue: Catalogue | None = None
    """all plans as the customer's branch sells them today, and the rules for who may have them: what is ordered is held
    against both"""
    rules: EligibilityRules | None = None
    lines: tuple[LineChoice, ...] = ()
    """every broadband plan for the customer's line; none where there is no line"""
    line_proposals: LineProposals = LineProposals()
    """those that the script names"""
    lines_first: bool = False
    """the call is about the line: it stands above the plans"""


def same_for_plans(one: Document, other: Document) -> bool:
    """Whether a comparison for one holds for the other: a dial or a visit that came to a document changes no bill."""
    asked = ("id", "identity", "holdings", "billing", "usage", "services")
    return all(getattr(one, name) == getattr(other, name) for name in asked)


class PlanDesk:
    """Plans and rules are made ready once, and again when a pull has brought others."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._bodies: tuple[bytes | None, ...] | None = None
        self._content: PlanContent | None = None

    def warm(self) -> None:
        """Makes all ready that does not depend on the customer, for a moment in which nobody waits."""
        self.content()

    def compare(self, document: Document, *, ordered: str = "") -> PlanComparison:
        """Every plan that this customer could have, as of today. `ordered` is the code of what stands in the order form
        already, of an earlier day say: looked up once, its figures lead to their source still. Raises ContentError
        where content is damaged."""
        from core.desk.lines_compared import compared_lines
        from core.desk.shelf_look import published_shelves
        from core.offers.recommend import recommend
        from core.offers.record import record
        from core.offers.spoken import UNKNOWN, advice_text, script_facts

        content = opened(self.content(), opened_by_branch(self._desk, document))
        records, today = record(document, content.plans), local_day(self._desk.moment().wall)
        catalogue = structs.replace(content.catalogue, plans=content.plans.plans)
        found = recommend(document, content, today)
        lines, line_choices = compared_lines(document, catalogue, content.eligibility, found, today)
        unknown = PlanComparison(
            advice=Advice.UNKNOWN,
            said=UNKNOWN,
            facts=line_facts(line_choices),
            catalogue=catalogue,
            rules=content.eligibility,
            lines=lines,
            line_proposals=line_choices,
        )
        if not records.months.known.any():
            return unknown
        contract = contract_standing(document, found, content.eligibility, today)
        known = {name for name, yes in zip(records.names, records.months.known[0], strict=True) if yes}
        chosen = self._explained(document, _chosen(found, line_choices.bundle), records, content)
        return structs.replace(
            unknown,
            advice=found.advice,
            said=advice_text(found),
            compared=found.compared,
            corrected=tuple(name for name in found.left_out if name in known),
            unknown=tuple(name for name in found.left_out if name not in known),
            choices=(*chosen, *self._looked_up(document, ordered, chosen)),
            facts=script_facts(found) | _way_back(found, today) | unknown.facts,
            sources=figure_sources(document, found, contract),
            proposed=found.proposed.plan if found.proposed else None,
            tier_up=found.tier_up.plan if found.tier_up else None,
            contract=contract,
            closed=found.closed.row.plan if found.closed else None,
            featured=featured(published_shelves(self._desk), document, found, content.eligibility, today),
            weighing=content.recommendation.operator,
        )

    def _explained(
        self, document: Document, choices: list[PlanChoice], records: Records, content: PlanContent
    ) -> tuple[PlanChoice, ...]:
        """With the months of each, and how the request to the branch stands."""
        from core.offers.explain import explain

        asked = standing_of(self._desk, document)
        return tuple(
            structs.replace(
                one,
                months=explain(one.row.plan, records, content.plans, taken=bool(one.row.bonus_fen)),
                branch=asked.get(one.row.plan.code),
            )
            for one in choices
        )

    def _looked_up(self, document: Document, code: str, beside: tuple[PlanChoice, ...]) -> tuple[PlanChoice, ...]:
        from core.desk.plan_lookup import PlanLookup

        if not code or any(one.row.plan.code == code for one in beside):
            return ()
        return PlanLookup(self._desk, self).choices(document, [code])

    def content(self) -> PlanContent:
        """Plans and rules as they are published now."""
        from core.offers.recommend import plan_content

        store = self._desk.store
        bodies = tuple(store.content(kind, kind) for kind in (PLANS, ELIGIBILITY, RECOMMENDATION))
        if self._content is None or bodies != self._bodies:
            self._content, self._bodies = plan_content(*_decoded(*bodies)), bodies
        return self._content


def _way_back(found: Recommendation, today: date) -> dict[str, object]:
    """Whether whoever tries another plan can go back to the present one (SCRIPT-14)."""
    return {} if found.current is None else {"current_is_on_sale": found.current.plan.is_on_sale(today)}


def _decoded(
    plans: bytes | None, eligibility: bytes | None, recommendation: bytes | None
) -> tuple[Catalogue, EligibilityRules, RecommendationRule]:
    """What has not been published comes as it was shipped."""
    # A server that publishes none reads them from files here: YAML, which no start may wait for.
    from core.content.offer_rules import eligibility_rules, recommendation_rule
    from core.content.plans import catalogue

    return (
        catalogue() if plans is None else decode_catalogue(plans),
        eligibility_rules() if eligibility is None else decode_eligibility(eligibility),
        recommendation_rule() if recommendation is None else decode_recommendation(recommendation),
    )


def _chosen(found: Recommendation, bundle: Plan | None) -> list[PlanChoice]:
    """The best plans that may be taken, the best that must wait, the best that is not open to calls, the tier-up under
    a lock, the present one."""
    rows = list(found.rows[:MOST])
    rows += [row for row in (found.proposed, found.tier_up) if row is not None and row not in rows]
    # What the script names with its price leads to the months that it would have cost.
    rows += [row for row in found.rows if bundle is not None and row.plan is bundle and row not in rows]
    choices = [PlanChoice(row=row, best=row is found.proposed) for row in rows]
    if (waiting := found.waiting) is not None:
        choices.append(PlanChoice(row=waiting.row, refusals=waiting.verdict.refusals))
    if (closed := found.closed) is not None:
        choices.append(PlanChoice(row=closed.row, refusals=closed.verdict.refusals, closed=True))
    if found.current is not None:
        choices.append(PlanChoice(row=found.current, current=True, best=found.advice is Advice.KEEP))
    stays = found.proposed is None
    return sorted(choices, key=lambda one: _order(one, stays=stays))


def _order(one: PlanChoice, *, stays: bool) -> tuple[int, int, int]:
    """What is advised, then what helps, the present plan, what does not help; where nothing is to be changed the
    present plan comes first."""
    if one.best or (one.current and stays):
        return 0, 0, 0
    group = 2 if one.current else 1 if one.row.helps_fen > 0 else 3
    return group, -one.row.rank_fen, one.row.mean_fen

"""What to recommend to one customer: plans ranked by what the customer gains and how sure that is.

Compared are the latest months whose bills on record the calculator makes to the fen. A gain is what the month would
have cost under the present plan, less what it would have cost under the other. The operator's interest is shown apart;
a rule that is content says how far it may order plans that are nearly even, and it never lifts one that costs more.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from core.domain.customer import Document
from core.domain.eligibility import EligibilityRules
from core.domain.plan import Catalogue, Channel, Plan
from core.domain.recommendation import RecommendationRule
from core.domain.renewal import running
from core.offers.advice import Advice, Later, Recommendation, Refused, Row, Sureness
from core.offers.broadband import Line
from core.offers.comparison import Comparison, comparisons
from core.offers.compiled import CompiledPlans, compiled
from core.offers.eligibility import Verdict, Way, left_to_ask, may_take
from core.offers.facts import customer_facts
from core.offers.record import record

CHANNEL_CLOSED = "channel_closed"
"""id of the eligibility rule that refuses what is not open to calls"""


class PlanContent(Struct, frozen=True, eq=False, kw_only=True):
    """All content by which plans are recommended, made ready once."""

    catalogue: Catalogue
    plans: CompiledPlans
    """every plan of the catalogue, in its order"""
    eligibility: EligibilityRules
    recommendation: RecommendationRule


def plan_content(
    catalogue: Catalogue, eligibility: EligibilityRules, recommendation: RecommendationRule
) -> PlanContent:
    """The content made ready. Raises ValueError on an empty catalogue."""
    plans = compiled(catalogue.plans)
    return PlanContent(catalogue=catalogue, plans=plans, eligibility=eligibility, recommendation=recommendation)


def recommend(
    document: Document, content: PlanContent, today: date, *, channel: Channel = Channel.CALL, city: str = ""
) -> Recommendation:
    """Every plan weighed for this customer, today, through that channel."""
    return recommend_each([document], content, today, channel=channel, city=city)[0]


def recommend_each(
    documents: Sequence[Document], content: PlanContent, today: date, *, channel: Channel = Channel.CALL, city: str = ""
) -> list[Recommendation]:
    """The same for many: what each plan would have cost all of them is worked out at once."""
    records = [record(document, content.plans) for document in documents]
    compared = comparisons(records, content.plans, content.recommendation)
    return [
        _recommended(document, content, one, today, channel, city)
        for document, one in zip(documents, compared, strict=True)
    ]


def _recommended(
    document: Document, content: PlanContent, compared: Comparison, today: date, channel: Channel, city: str
) -> Recommendation:
    here = content.plans.place(document.identity.plan_code) if document.identity else None
    weighing = _Weighing(document, content, compared, here, today)
    facts = customer_facts(document, weighing.present, content.eligibility, today)
    asked = left_to_ask(facts, content.eligibility)
    rows: list[Row] = []
    waiting: list[Later] = []
    closed: list[Later] = []
    refused: list[Refused] = []
    for at, plan in enumerate(content.plans.plans):
        if at == here:
            continue
        verdict = may_take(plan, facts, asked, today, channel=channel, city=city)
        if verdict.allowed:
            rows.append(weighing.row(at, verdict))
            continue
        refused.append(Refused(plan=plan, verdict=verdict))
        for refused_so, those in ((verdict.later, waiting), (_is_closed_alone(verdict), closed)):
            if refused_so:
                those.append(Later(row=weighing.row(at, verdict), verdict=verdict))
    rows.sort(key=_rank)
    # What time alone will open comes before what asks for something of the customer, a new handset say.
    waiting.sort(key=lambda one: (one.verdict.last_day is None, _rank(one.row)))
    proposed = next((row for row in rows if weighing.is_worth(row)), None)
    later = None if proposed else next((one for one in waiting if weighing.is_worth(one.row)), None)
    locked = facts.get("contract_locked") is True
    return Recommendation(
        advice=weighing.advice(proposed, later),
        compared=weighing.comparison.names,
        left_out=weighing.comparison.left_out,
        whole=weighing.comparison.whole(here),
        current=None if here is None else weighing.bare_row(here, Verdict()),
        rows=tuple(rows),
        proposed=proposed,
        later=later,
        waiting=later or _saves_more(waiting, proposed),
        closed=_saves_more(closed, proposed),
        tier_up=next((row for row in rows if row.way is Way.TIER_UP), None) if locked else None,
        refused=tuple(refused),
        locked=locked,
    )


def weighed(
    document: Document, content: PlanContent, codes: Sequence[str], today: date, *, channel: Channel = Channel.CALL
) -> list[Later]:
    """Those plans alone, each with its bills and what it would have saved, may it be taken or not: for a customer who
    asks for one by name. Codes that the catalogue does not have are passed over."""
    (compared,) = comparisons([record(document, content.plans)], content.plans, content.recommendation)
    here = content.plans.place(document.identity.plan_code) if document.identity else None
    weighing = _Weighing(document, content, compared, here, today)
    facts = customer_facts(document, weighing.present, content.eligibility, today)
    asked = left_to_ask(facts, content.eligibility)
    found = []
    for code in codes:
        at = content.plans.place(code)
        if at is not None:
            verdict = may_take(content.plans.plans[at], facts, asked, today, channel=channel)
            row = weighing.bare_row(at, verdict) if at == here else weighing.row(at, verdict)
            found.append(Later(row=row, verdict=verdict))
    return found


def _is_closed_alone(verdict: Verdict) -> bool:
    """4G-05: nothing stands in the way but that the branch has not opened the plan to calls."""
    return bool(verdict.refusals) and all(refusal.rule == CHANNEL_CLOSED for refusal in verdict.refusals)


def _saves_more(refused: Sequence[Later], proposed: Row | None) -> Later | None:
    """The one that would save the customer most, where that is more than what may be taken now; one that a day opens
    before any other."""
    least = proposed.helps_fen if proposed else 0
    better = (one for one in refused if one.row.helps_fen > least)
    return max(better, key=lambda one: (one.verdict.last_day is not None, one.row.helps_fen), default=None)


def _rank(row: Row) -> tuple[bool, int, int]:
    """Plans that help first, then by rank; of equals the smaller bill."""
    return row.helps_fen <= 0, -row.rank_fen, row.mean_fen


class _Weighing:
    """One customer's rows."""

    def __init__(
        self, document: Document, content: PlanContent, compared: Comparison, here: int | None, today: date
    ) -> None:
        self._content, self._rule, self._here = content, content.recommendation, here
        self.present: Plan | None = None if here is None else content.plans.plans[here]
        self.comparison = compared
        contracts = running(document.services.contracts, today) if document.services else []
        self._bonus_runs = any(one.monthly_bonus_fen for one in contracts)
        line = document.services.broadband if document.services else None
        self._line = Line(line, self.present, content.catalogue.broadband, today)

    def row(self, at: int, verdict: Verdict) -> Row:
        bare = self.bare_row(at, verdict)
        if self._here is None or self.present is None or not self.comparison.sound:
            return bare
        assured = _assured_fen(bare.plan) - _assured_fen(self.present)
        return Row(
            plan=bare.plan,
            way=bare.way,
            total_fen=bare.total_fen,
            mean_fen=bare.mean_fen,
            median_fen=bare.median_fen,
            worst_fen=bare.worst_fen,
            gain=self.comparison.gain(self._here, self._cell(at, verdict)),
            broadband_fen=self._line.change_fen(bare.plan, self._rule),
            assured_fen=assured,
            tipped_fen=self._tipped_fen(assured, bare.plan.ease),
            bonus_fen=bare.bonus_fen,
            questions=bare.questions,
            pack=bare.pack,
        )

    def _cell(self, at: int, verdict: Verdict) -> int:
        """The bonus counts for who takes the plan with its contract: not for the present one, nor beside another bonus,
        nor in a tier-up, which begins none (CONTRACT-02)."""
        own = at == self._here or self._bonus_runs or verdict.way is Way.TIER_UP
        return at if own else self.comparison.taken(at)

    def bare_row(self, at: int, verdict: Verdict) -> Row:
        """Bills alone: nothing is claimed of a change."""
        compared, plan, cell = self.comparison, self._content.plans.plans[at], self._cell(at, verdict)
        return Row(
            plan=plan,
            way=verdict.way,
            total_fen=int(compared.total_fen[cell]),
            mean_fen=int(compared.mean_fen[cell]),
            median_fen=int(compared.median_fen[cell]),
            worst_fen=int(compared.worst_fen[cell]),
            bonus_fen=0 if cell == at else plan.contract.monthly_bonus_fen,
            questions=verdict.questions,
            pack=compared.pack_for(at),
        )

    def _tipped_fen(self, assured_fen: int, ease: int) -> int:
        operator = self._rule.operator
        tipped = assured_fen * operator.weight // 100 + (ease - 3) * operator.ease_fen
        return max(min(tipped, operator.most_fen), -operator.most_fen)

    def is_worth(self, row: Row) -> bool:
        """Whether the change is to be proposed: worth the trouble, and sure enough."""
        sure = row.gain is not None and row.gain.sureness is not Sureness.SELDOM
        return row.helps_fen >= self._rule.worth_fen and (sure or row.broadband_fen >= self._rule.worth_fen)

    def advice(self, proposed: Row | None, later: Later | None) -> Advice:
        if self._here is None or not self.comparison.sound:
            return Advice.UNKNOWN
        if proposed is None:
            return Advice.LATER if later else Advice.KEEP
        return Advice.TIER_UP if proposed.way is Way.TIER_UP else Advice.CHANGE


def _assured_fen(plan: Plan) -> int:
    """What a month brings in at the least."""
    return max(plan.fee_fen, plan.minimum_spend_fen)

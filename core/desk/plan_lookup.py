"""A plan that the customer asks for by name: may they have it, why not, and what would they pay.

For a worker alone: numpy is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.desk.branches import opened_by_branch, standing_of
from core.desk.lines_compared import compared_lines
from core.desk.plan_found import Found
from core.desk.plans import PlanChoice
from core.desk.plans_opened import opened
from core.domain.clock import local_day
from core.domain.plan import BroadbandKind
from core.domain.text import Text
from core.offers.explain import explain
from core.offers.line_choice import LineChoice
from core.offers.plan_names import Named, looked_up, names_of
from core.offers.recommend import CHANNEL_CLOSED, recommend, weighed
from core.offers.record import record

if TYPE_CHECKING:
    from core.desk.desk import Desk
    from core.desk.plans import PlanDesk
    from core.domain.customer import Document
    from core.domain.plan import Catalogue

MOST = 20
"""that are shown: who means one writes a little more"""
BROADBAND = Text("宽带", "broadband")
_KINDS = {
    BroadbandKind.YEARLY: Text("包年", "yearly"),
    BroadbandKind.HOLIDAY: Text("假日", "holiday"),
    BroadbandKind.METERED: Text("计时 按量", "metered"),
    BroadbandKind.BUNDLE: Text("e家 融合", "bundle"),
}


class PlanLookup:
    """Names are made ready with the first look-up, and again when a pull has brought other plans."""

    def __init__(self, desk: Desk, plans: PlanDesk) -> None:
        self._desk, self._plans = desk, plans
        self._catalogue: Catalogue | None = None
        self._names: tuple[Named, ...] = ()

    def find(self, document: Document, typed: str) -> Found:
        """Plans and broadband plans that go by what was typed. Raises ContentError where content is damaged."""
        content = self._plans.content()
        codes = looked_up(self._names_of(content.catalogue), typed, MOST)
        return Found(typed=typed, plans=self.choices(document, codes), lines=self._lines(document, codes))

    def choices(self, document: Document, codes: list[str]) -> tuple[PlanChoice, ...]:
        """Those plans, with their months."""
        content = opened(self._plans.content(), opened_by_branch(self._desk, document))
        records, asked = record(document, content.plans), standing_of(self._desk, document)
        here = document.identity.plan_code if document.identity else ""
        return tuple(
            PlanChoice(
                row=one.row,
                months=explain(one.row.plan, records, content.plans, taken=bool(one.row.bonus_fen)),
                current=one.row.plan.code == here,
                refusals=() if one.row.plan.code == here else one.verdict.refusals,
                closed=[refusal.rule for refusal in one.verdict.refusals] == [CHANNEL_CLOSED],
                branch=asked.get(one.row.plan.code),
            )
            for one in weighed(document, content, codes, local_day(self._desk.moment().wall))
        )

    def _lines(self, document: Document, codes: list[str]) -> tuple[LineChoice, ...]:
        content, today = self._plans.content(), local_day(self._desk.moment().wall)
        if not any(one.code in codes for one in content.catalogue.broadband):
            return ()
        found = recommend(document, content, today)
        lines, _ = compared_lines(document, content.catalogue, content.eligibility, found, today)
        return tuple(one for one in lines if one.plan.code in codes)

    def _names_of(self, catalogue: Catalogue) -> tuple[Named, ...]:
        if self._catalogue is not catalogue:
            families = {family.id: family.name for family in catalogue.families}
            plans = [(plan.code, plan.name, families[plan.family]) for plan in catalogue.plans]
            kinds = [(line.code, line.name, _line_words(line.kind)) for line in catalogue.broadband]
            self._names, self._catalogue = names_of([*plans, *kinds]), catalogue
        return self._names


def _line_words(kind: BroadbandKind) -> Text:
    words = _KINDS[kind]
    return Text(f"{BROADBAND.zh}{words.zh}", f"{BROADBAND.en} {words.en}")

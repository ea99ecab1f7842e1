"""What today's shelf features is named only to whom it fits: one who may have it and would not pay more."""

from datetime import date

import msgspec
import pytest

from core.content.offer_rules import eligibility_rules, recommendation_rule
from core.content.plans import catalogue
from core.content.shelf import shelves
from core.domain.condition import Condition
from core.domain.customer import Document
from core.domain.shelf import Shelf, Window
from core.domain.text import Text
from core.offers.advice import Advice
from core.offers.featured import featured
from core.offers.recommend import PlanContent, plan_content, recommend

WORDS = Text("一", "one")


def shelf_of(*codes: str, prepaid: bool = False) -> Shelf:
    return Shelf(
        id="all",
        version=1,
        audience=Condition(field="prepaid", eq=prepaid),
        windows=(Window(from_day=1, until_day=31, behaviour=WORDS, enquiry=WORDS, plans=codes),),
    )


@pytest.fixture(scope="module")
def stock() -> PlanContent:
    return plan_content(catalogue(), eligibility_rules(), recommendation_rule())


def test_a_featured_plan_may_be_had_and_is_no_dearer_for_this_customer(
    documents: list[Document], stock: PlanContent, today: date
) -> None:
    # 4G-03
    named = 0
    for document in documents[:200]:
        found = recommend(document, stock, today)
        shown = featured(shelves(), document, found, eligibility_rules(), today)
        if shown is None:
            continue
        named += 1
        assert shown.row in found.rows
        assert shown.row.helps_fen >= max(found.proposed.helps_fen if found.proposed else 0, 0)
        assert shown.row.plan.code in shown.window.plans
        assert found.advice is not Advice.KEEP
    assert named


def test_nothing_is_featured_to_whom_the_plan_is_refused_dearer_or_best_as_it_is(
    documents: list[Document], stock: PlanContent, today: date
) -> None:
    # 4G-03
    for document in documents[:60]:
        found = recommend(document, stock, today)
        refused = tuple(one.plan.code for one in found.refused)
        dearer = tuple(row.plan.code for row in found.rows if row.gain is None or row.helps_fen < 0)
        better = tuple(row.plan.code for row in found.rows if row.gain is not None and row.helps_fen >= 0)
        prepaid = bool(document.identity and document.identity.prepaid)
        for codes in (refused, dearer):
            assert featured([shelf_of(*codes, prepaid=prepaid)], document, found, eligibility_rules(), today) is None
        other = shelf_of(*better, prepaid=not prepaid)
        assert featured([other], document, found, eligibility_rules(), today) is None
        kept = msgspec.structs.replace(found, advice=Advice.KEEP)
        fits = shelf_of(*better, prepaid=prepaid)
        assert featured([fits], document, kept, eligibility_rules(), today) is None

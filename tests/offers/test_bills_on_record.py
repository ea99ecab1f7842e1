"""The calculator makes the bills on record to the fen, and says which it cannot make."""

import msgspec
import numpy as np

from core.demo.plans import MANIFOLD
from core.domain import decoding
from core.domain.customer import Document
from core.offers.compiled import CompiledPlans
from core.offers.record import month_names, record, reproduced, together


def test_every_bill_is_made_to_the_fen_but_those_that_a_hand_corrected(
    documents: list[Document], plans: CompiledPlans
) -> None:
    made = corrected = 0
    for document in documents:
        assert document.billing is not None
        found = record(document, plans)
        hand = {bill.month for bill in document.billing.bills if any(i.code == "adjustment" for i in bill.items)}
        same = dict(zip(found.names, reproduced(found, plans)[0].tolist(), strict=True))
        assert {bill.month for bill in document.billing.bills if not same[bill.month]} == hand, document.id
        made += len(document.billing.bills)
        corrected += len(hand)
    assert made > 10_000
    assert 0.02 < corrected / made < 0.04


def test_bills_of_plans_with_more_than_one_price_are_on_record_and_made_too(
    documents: list[Document], plans: CompiledPlans
) -> None:
    held = {bill.plan_code for document in documents if document.billing for bill in document.billing.bills}
    manifold = {plan.code: plan.listed for plan in MANIFOLD if plan.code in held and plan.listed is not None}
    assert len(manifold) >= 8, "of each of them a bill is made to the fen, by the test above"
    assert any(plan.allowances.on_net_min for plan in manifold.values())
    assert any(plan.allowances.directed_mb or plan.allowances.off_peak_mb for plan in manifold.values())
    assert any(plan.minimum_spend_fen for plan in manifold.values())


def test_many_customers_at_once_give_what_each_gives_alone(documents: list[Document], plans: CompiledPlans) -> None:
    names = month_names("2026-10", 12)
    each = [record(document, plans, names) for document in documents[:40]]
    at_once = reproduced(together(each), plans)
    assert at_once.shape == (40, 12)
    assert np.array_equal(at_once, np.concatenate([reproduced(one, plans) for one in each]))


def test_a_month_of_which_nothing_is_known_is_not_made(documents: list[Document], plans: CompiledPlans) -> None:
    document = decoding.decode(msgspec.json.encode(documents[60]), Document)
    assert document.usage is not None
    whole = record(document, plans)
    document.usage.months[-2].voice_min = None
    document.usage.months.pop(-5)
    found = record(document, plans)
    assert found.names == whole.names
    assert np.flatnonzero(whole.months.known & ~found.months.known).tolist() == [
        len(found.names) - 5,
        len(found.names) - 2,
    ]
    assert not reproduced(found, plans)[0, -2]
    assert not reproduced(found, plans)[0, -5]


def test_a_plan_that_the_catalogue_does_not_have_is_not_made(documents: list[Document], plans: CompiledPlans) -> None:
    document = decoding.decode(msgspec.json.encode(documents[60]), Document)
    assert document.billing is not None
    document.billing.bills[-1].plan_code = "of-another-system"
    assert not reproduced(record(document, plans), plans)[0, -1]


def test_who_has_no_history_has_an_empty_record(plans: CompiledPlans) -> None:
    found = record(Document(id="JC1"), plans)
    assert found.names == ()
    assert reproduced(found, plans).shape == (1, 0)

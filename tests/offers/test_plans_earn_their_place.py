"""No plan is there for nothing: it is somebody's cheapest, or says why it exists; no two on sale bill alike."""

from datetime import date

import numpy as np
import pytest

from core.content.offer_rules import eligibility_rules
from core.content.plans import catalogue
from core.domain.customer import Document
from core.domain.plan import Channel, Plan
from core.offers.bill import totals
from core.offers.compiled import compiled
from core.offers.facts import Facts, customer_facts, target_facts
from core.offers.record import Records, month_names, record, together

AUDIENCE = ("target_takes", "target_sold_here", "target_payment_fits")


@pytest.fixture(scope="module")
def on_sale(today: date) -> list[Plan]:
    return [plan for plan in catalogue().plans if plan.is_on_sale(today)]


@pytest.fixture(scope="module")
def records(documents: list[Document]) -> Records:
    plans = compiled(catalogue().plans)
    return together([record(document, plans, month_names("2026-10", 6)) for document in documents])


def test_no_two_plans_on_sale_bill_all_customers_alike(on_sale: list[Plan], records: Records) -> None:
    # 4G-02
    billed = totals(compiled(on_sale), records.months)
    alike = {row.tobytes() for row in billed}
    assert len(alike) == len(on_sale)


def test_every_plan_is_the_cheapest_for_someone_or_says_why_it_exists(
    on_sale: list[Plan], documents: list[Document], records: Records, today: date
) -> None:
    # 4G-02, 4G-07
    billed = totals(compiled(on_sale), records.months).reshape(len(on_sale), 6, -1).sum(axis=1)
    cheapest = set()
    for customer, document in enumerate(documents):
        if not records.months.known[customer].all():
            continue
        facts = customer_facts(document, _current(document), eligibility_rules(), today)
        open_to = [at for at, plan in enumerate(on_sale) if _suits(plan, facts, today)]
        cheapest.add(on_sale[min(open_to, key=lambda at: (int(billed[at, customer]), at))].code)
    unexplained = {plan.code for plan in on_sale if plan.why is None}
    assert unexplained <= cheapest
    assert len(cheapest) >= 50
    assert np.all(billed >= 0)


def test_withdrawn_plans_say_what_follows_them(today: date) -> None:
    # OFFER-13
    for plan in catalogue().plans:
        if not plan.is_on_sale(today):
            assert plan.why is not None
            assert "停售" in plan.why.zh


def _current(document: Document) -> Plan | None:
    return catalogue().plan(document.identity.plan_code) if document.identity else None


def _suits(plan: Plan, customer: Facts, today: date) -> bool:
    """Whom the plan is for, where and with which handset: without contract, channel and arrears."""
    target = target_facts(plan, customer, Channel.STORE, today)
    handset = customer.get("handset_5g" if plan.generation >= 5 else "handset_4g")
    knows = plan.generation < 4 or handset is not False
    return knows and all(target.get(name) is True for name in AUDIENCE)

"""What a document says of a customer agrees with the rest of it."""

from datetime import timedelta

import pytest
from demo_day import AS_OF

from core.demo.cast import Trouble
from core.demo.plans import BY_CODE
from core.domain.clock import local_day
from core.domain.customer import Document, Value
from core.domain.task import Tier

TODAY = local_day(AS_OF)


def test_the_plan_is_the_one_last_billed_unless_it_changed_this_month(documents: list[Document]) -> None:
    for document in documents:
        identity, billing = document.identity, document.billing
        assert identity is not None
        assert billing is not None
        assert identity.plan_fee_fen == BY_CODE[identity.plan_code].fee_fen
        if billing.bills and billing.bills[-1].plan_code != identity.plan_code:
            assert document.care is not None
            changes = [order for order in document.care.orders if order.label.zh.startswith("套餐变更")]
            assert local_day(changes[0].at) == TODAY.replace(day=1)


def test_tenure_and_months_of_use_agree(documents: list[Document]) -> None:
    # VIEW-12
    for document in documents:
        identity, usage = document.identity, document.usage
        assert identity is not None
        assert usage is not None
        assert identity.on_net_since is not None
        assert identity.tenure_months is not None
        assert len(usage.months) in (min(24, identity.tenure_months), min(24, identity.tenure_months + 1))
        assert identity.on_net_since + timedelta(days=30 * identity.tenure_months) <= TODAY


def test_months_over_the_allowance_are_those_whose_bills_charge_for_it(documents: list[Document]) -> None:
    # VIEW-11
    for document in documents:
        assert document.usage is not None
        assert document.billing is not None
        months = list(zip(document.usage.months, document.billing.bills, strict=True))[-6:]
        charged = [any(item.code == "data_over" for item in made.items) for _, made in months]
        assert document.usage.months_over_data == sum(charged)
        beside = {"pack", "further_sims"}
        for (use, made), yes in zip(months, charged, strict=True):
            if not beside & {item.code for item in made.items}:
                assert yes is ((use.data_mb or 0) > BY_CODE[made.plan_code].data_mb)


def test_the_days_of_a_complete_month_add_up_to_it(documents: list[Document]) -> None:
    # VIEW-03
    for document in documents:
        assert document.usage is not None
        october = [day for day in document.usage.days if day.day.month == 10]
        assert document.usage.days[-1].day == TODAY - timedelta(days=1)
        if len(october) == 31:
            month = document.usage.months[-1]
            assert sum(day.data_mb for day in october) == month.data_mb
            assert sum(day.voice_min for day in october) == month.voice_min


def test_tiers_follow_spend_and_tenure(documents: list[Document]) -> None:
    # VIP-01, ID-17
    ranks: dict[Tier, list[int]] = {tier: [] for tier in Tier}
    for document in documents:
        assert document.identity is not None
        assert document.billing is not None
        if bills := document.billing.bills[-12:]:
            ranks[document.identity.tier].append(sum(made.total_fen for made in bills) // len(bills))
        if document.identity.tier is not Tier.NONE:
            assert (document.identity.tenure_months or 0) >= 24
            assert document.identity.manager_staff_number
        if document.identity.value is Value.LOW:
            assert document.identity.tier is Tier.NONE
    assert min(ranks[Tier.DIAMOND]) >= 30_000
    assert min(ranks[Tier.GOLD]) >= 20_000
    assert min(ranks[Tier.SILVER]) >= 14_500


def test_the_call_that_opens_the_demonstration(documents: list[Document]) -> None:
    # VIP-08, VIP-10, VIEW-15, VIEW-17
    document = documents[0]
    assert document.identity is not None
    assert document.contact is not None
    assert document.care is not None
    assert document.usage is not None
    assert document.identity.tier is Tier.DIAMOND
    assert [need.code for need in document.contact.special_needs] == ["hard_of_hearing"]
    assert document.care.tickets[0].complaint
    assert document.care.tickets[0].closed_at is None
    assert document.care.cases[0].title.en == "International roaming fault"
    assert len(document.care.cases[0].checks) == 3
    assert document.care.roaming
    assert all(day.data_mb == 0 for day in document.usage.days[-7:])
    assert document.usage.days[-9].data_mb > 0


def test_half_of_the_customers_have_broadband_and_ends_are_spread(documents: list[Document]) -> None:
    # VIEW-14
    lines = [d.services.broadband for d in documents if d.services and d.services.broadband]
    assert 0.45 < len(lines) / len(documents) < 0.68
    ends = {line.ends_on for line in lines if line.ends_on}
    assert len(ends) > 40
    assert {"moving", "demolition", "rivals"} <= {
        name for line in lines for name in ("moving", "demolition", "rivals") if getattr(line, name)
    }


def test_contracts_lock_while_they_run_and_renew_in_the_last_half_year(documents: list[Document]) -> None:
    # VIEW-10, CONTRACT-03
    locked = [c for d in documents if d.services for c in d.services.contracts if c.locked]
    assert len(locked) > 20
    for contract in locked:
        assert contract.ends_on is not None
        assert contract.starts_on is not None
        assert contract.renewal_from is not None
        assert contract.starts_on < TODAY < contract.ends_on
        assert 180 <= (contract.ends_on - contract.renewal_from).days <= 184


def test_sections_are_rich_enough_to_show_every_row(documents: list[Document]) -> None:
    # VIEW-05, VIEW-06, VIEW-07, VIEW-08, VIEW-09, VIEW-13, VIEW-16, VIEW-18
    cares = [d.care for d in documents if d.care]
    assert sum(bool(care.tickets) for care in cares) > 100
    assert sum(bool(care.calls) for care in cares) > 100
    assert sum(bool(care.warnings) for care in cares) > 100
    assert {t.kind.en for care in cares for t in care.tickets} == {"Complaint", "Enquiry", "Wish"}
    assert sum(bool(d.holdings and d.holdings.subscriptions) for d in documents) > 100
    assert sum(bool(d.services and d.services.ties) for d in documents) > 100
    contacts = [d.contact for d in documents if d.contact]
    assert {contact.true_owner for contact in contacts} == {True, False, None}
    assert {field for contact in contacts for field in contact.missing} == {
        "address",
        "birthday",
        "occupation",
        "second_number",
    }
    assert sum(bool(contact.acquiring_dealer) for contact in contacts) > 50
    assert len({need.code for contact in contacts for need in contact.special_needs}) >= 4


def test_lists_are_newest_first_and_histories_oldest_first(documents: list[Document]) -> None:
    for document in documents:
        assert document.care is not None
        assert document.billing is not None
        calls = [call.at for call in document.care.calls]
        assert calls == sorted(calls, reverse=True)
        assert document.care.dials == [at for at in calls if at > AS_OF - timedelta(days=30)]
        paid = [payment.at for payment in document.billing.payments]
        assert paid == sorted(paid)


def test_an_owner_whom_a_call_did_not_find_is_marked(documents: list[Document]) -> None:
    # VIEW-16, OUTCOME-03
    met = [d for d in documents if d.care and any(call.result.en == "Not the owner" for call in d.care.calls)]
    assert met
    assert all(d.contact is not None and d.contact.true_owner is False for d in met)


@pytest.mark.parametrize("trouble", [one for one in Trouble if one])
def test_each_of_the_eight_broadband_warnings_is_met_and_says_in_both_languages_what_it_saw(
    documents: list[Document], trouble: Trouble
) -> None:
    # BB-01
    told = [one for found in documents if found.care for one in found.care.warnings if one.code == trouble.value]
    assert told
    assert all(one.label.zh and not any("一" <= letter <= "鿿" for letter in one.label.en) for one in told)
    assert all(one.risk is not None and 0 < one.risk <= 1 for one in told)


def test_a_warning_holds_of_the_line_that_it_is_about(documents: list[Document]) -> None:
    # BB-01
    for document in documents:
        line = document.services.broadband if document.services else None
        codes = {one.code for one in document.care.warnings} if document.care else set()
        if line is None:
            assert not codes & {one.value for one in Trouble if one and one is not Trouble.DISSATISFIED}
            continue
        left = (line.ends_on - TODAY).days if line.ends_on else None
        assert (Trouble.HOLIDAY_ENDED in codes) is (left is not None and left < 0)
        assert (Trouble.ENDING in codes) is (left is not None and 0 <= left <= 61), "a contract that ends in two months"
        prepaid = line.balance_fen is not None and 0 < line.balance_fen < 20_000
        assert (Trouble.LOW_PREPAID in codes) is prepaid, "under 200 yuan"
        assert (Trouble.DEMOLITION in codes) is bool(line.demolition)
        assert bool({Trouble.RIVAL, Trouble.NEW_RIVAL} & codes) is bool(line.rivals)

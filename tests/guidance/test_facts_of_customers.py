"""What is known of a customer: named, in both languages, and absent where it is not known."""

from datetime import date, timedelta

import pytest
from guidance_kit import (
    AGENT,
    CUSTOMERS,
    NOW,
    PROPOSAL,
    SITE,
    billing,
    complaint,
    contract,
    document,
    facts,
    identity,
    script,
    task,
    usage,
)

from core.content import scripts
from core.domain.customer import Bill, Billing, Broadband, Contract, Document, Gender, Identity, Services, Usage
from core.domain.text import Lang, Text
from core.guidance import fact_display, fact_label, facts_of, figures_of
from core.guidance.fact_names import ADDED, ALWAYS, FACTS
from core.guidance.surnames import form_of_address

DAY = NOW.date()


@pytest.mark.parametrize(
    ("name", "gender", "zh", "en"),
    [
        ("李建国", Gender.MALE, "李先生", "Mr Li"),
        ("吴文静", Gender.FEMALE, "吴女士", "Ms Wu"),
        ("欧阳文静", Gender.FEMALE, "欧阳女士", "Ms Ouyang"),
        ("区欣怡", Gender.FEMALE, "区女士", "Ms Ou"),
        ("单明", Gender.MALE, "单先生", "Mr Shan"),
        ("仇英", Gender.FEMALE, "仇女士", "Ms Qiu"),
        ("吴文静", None, "吴文静", "吴文静"),
        ("John Smith", Gender.MALE, "Smith 先生", "Mr Smith"),
        ("亓官", Gender.MALE, "亓先生", "Mr 亓"),
        ("  李  四 ", Gender.MALE, "李先生", "Mr Li"),
    ],
)
def test_forms_of_address(name: str, gender: Gender | None, zh: str, en: str) -> None:
    assert form_of_address(name, gender) == Text(zh, en)


def test_without_a_name_there_is_no_form_of_address_but_the_sentence_still_begins() -> None:
    assert form_of_address(" ", Gender.MALE) is None
    known = facts(document(who=Identity(gender=Gender.FEMALE)))
    assert "call_name" not in known
    assert known["vocative"] == Text("", "")


def test_facts_that_every_call_has_are_there_without_a_customer() -> None:
    assert facts(None).keys() >= ALWAYS


def test_no_fact_is_none_or_empty_and_each_has_a_name() -> None:
    for known in CUSTOMERS.values():
        assert known.keys() <= FACTS.keys()
        assert None not in known.values()
        assert "" not in known.values()


def test_every_fact_is_worked_out_for_some_customer() -> None:
    seen = set().union(*(known.keys() for known in CUSTOMERS.values()))
    spare = {"manager", "points", "arrears_fen", "minimum_spend_fen", "demolition", "broadband_plan"}
    spare.add("broadband_expired_on")
    # What care alone asks for sets it off in tests/desk/test_caring.py.
    spare |= {"paid_days_ago", "pack_days_ago", "ring_back_days", "paper_bill", "cutover_planned"}
    spare |= {"festival", "festival_in_days"}
    # Those of a care call come of its class, in tests/guidance/test_care_reaches_people.py.
    spare |= {"care_label", "care_words"}
    # Those of an accepted offer are shown with its texts, in tests/desk/test_offers_as_orders.py.
    spare |= {name for name in FACTS if name.startswith(("offer_", "card_"))}
    assert FACTS.keys() - seen <= spare


def test_means_are_of_six_months_or_not_stated() -> None:
    whole = facts(document())
    assert whole["avg_bill_6m_fen"] == 9900
    assert whole["above_fee_fen"] == 4100
    assert whole["avg_over_data_fee_fen"] == 4100
    assert whole["avg_data_mb_6m"] == 3481
    short = facts(
        Document(id="c-1", billing=Billing(bills=billing().bills[-5:]), usage=Usage(months=usage().months[-5:]))
    )
    assert not {"avg_bill_6m_fen", "above_fee_fen", "avg_data_mb_6m", "avg_over_data_fee_fen"} & short.keys()
    assert short["last_bill_fen"] == 9900


def test_the_mean_looks_at_the_last_six_bills_alone() -> None:
    bills = [Bill(month=f"2026-{month:02d}", total_fen=1000 * month) for month in range(1, 11)]
    known = facts(Document(id="c-1", billing=Billing(bills=bills)))
    assert known["avg_bill_6m_fen"] == 7500
    assert "avg_over_data_fee_fen" not in known


def test_old_bills_are_not_called_recent() -> None:
    bills = [Bill(month=f"2025-{month:02d}", total_fen=9900) for month in range(1, 11)]
    old = facts(Document(id="c-1", billing=Billing(bills=bills)))
    assert not {"avg_bill_6m_fen", "last_bill_fen"} & old.keys()
    odd = facts(Document(id="c-1", billing=Billing(bills=[Bill(month="?", total_fen=1)])))
    assert "last_bill_fen" not in odd


def test_months_over_the_data_are_counted_where_they_were_not_supplied() -> None:
    counted = facts(Document(id="c-1", usage=Usage(months=usage().months, allowance_data_mb=1024)))
    assert counted["over_data_months"] == 6
    assert "over_data_months" not in facts(Document(id="c-1", usage=Usage(months=usage().months)))


def test_the_contract_that_binds_is_the_locked_one_that_still_runs() -> None:
    # CONTRACT-02
    ended = Contract(kind=Text("旧", "Old"), ends_on=date(2026, 1, 1), locked=True)
    known = facts(document(contracts=(ended, contract(locked=False), contract(locked=True))))
    assert known["contract_locked"] is True
    assert known["contract_days_left"] == 49
    assert known["renewal_open"] is True
    free = facts(document(contracts=(ended,)))
    assert (free["has_contract"], free["contract_locked"]) == (False, False)
    assert "contract_ends_on" not in free


def test_a_contract_may_be_extended_within_its_last_six_months_also_where_it_does_not_say_so() -> None:
    # CONTRACT-03
    def ending(day: date) -> dict[str, object]:
        held = Contract(kind=Text("机补", "Subsidy"), ends_on=day, locked=True)
        return dict(facts(document(contracts=(held,))))

    early, open_now = ending(date(2027, 5, 21)), ending(date(2027, 5, 20))
    assert (early["renewal_open"], early["renewal_from"]) == (False, date(2026, 11, 21))
    assert (open_now["renewal_open"], open_now["renewal_from"]) == (True, date(2026, 11, 20))


def test_tenure_counts_whole_years_from_the_date_or_the_list() -> None:
    assert facts(document())["tenure_years"] == 3
    listed = facts(Document(id="c-1", identity=Identity(tenure_months=11)))
    assert listed["tenure_months"] == 11
    assert "tenure_years" not in listed


def test_the_newest_open_complaint_is_the_one_spoken_of() -> None:
    # SCRIPT-09
    known = facts(document(tickets=(complaint(9, "perception"), complaint(2))))
    assert known["complaint_days"] == 2
    assert known["key_service_damaged"] is True
    closed = complaint()
    closed.closed_at = NOW
    assert facts(document(tickets=(closed,)))["complaint_open"] is False
    assert "complaint_open" not in facts(Document(id="c-1"))


def test_the_greeting_follows_the_clock_in_china() -> None:
    hours = {(NOW + timedelta(hours=h)).hour: h for h in (-5, 0, 5)}
    greetings = [
        facts_of(None, agent=AGENT, site=SITE, task=None, now=NOW + timedelta(hours=h))["greeting"]
        for h in hours.values()
    ]
    assert [one.zh for one in greetings if isinstance(one, Text)] == ["上午好", "下午好", "晚上好"]


def test_a_calculator_may_add_figures_but_no_unheard_of_ones() -> None:
    assert facts(document(), **PROPOSAL)["saving_fen"] == 2160
    assert PROPOSAL.keys() <= ADDED
    with pytest.raises(KeyError, match="savings"):
        facts(document(), savings=1)


def test_the_name_on_the_task_serves_where_the_document_is_not_there() -> None:
    assert facts(None, call=task())["call_name"] == Text("吴文静", "吴文静")


def test_figures_that_matter_come_in_the_scenarios_order_and_say_what_is_not_supplied() -> None:
    shown = figures_of(script("4g-upgrade"), facts(document(who=identity())), Lang.ZH)
    assert [label.zh for label, _ in shown[:3]] == ["近 6 月均消费", "月费", "月均超出月费"]
    assert [value for _, value in shown[:4]] == ["¥99.00", "¥58.00", "¥41.00", "5 个月"]
    assert all(value is None for _, value in figures_of(script("4g-upgrade"), facts(None), Lang.ZH))
    for one in scripts().values():
        for name in one.figures:
            assert fact_label(name).zh
            assert fact_label(name).en


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("avg_bill_6m_fen", 123450, "¥1,234.50", "¥1,234.50"),
        ("avg_data_mb_6m", 3481, "3.4 GB", "3.4 GB"),
        ("avg_data_mb_6m", 2048, "2 GB", "2 GB"),
        ("avg_data_mb_6m", 800, "800 MB", "800 MB"),
        ("contract_days_left", 1, "1 天", "1 day"),
        ("contract_days_left", 47, "47 天", "47 days"),
        ("tenure_years", 11, "11 年", "11 years"),
        ("avg_voice_min_6m", 112, "112 分钟", "112 min"),
        ("broadband_speed_mbps", 200, "200 Mbps", "200 Mbps"),
        ("contract_locked", True, "是", "Yes"),
        ("handset_4g", False, "否", "No"),
        ("contract_ends_on", date(2027, 1, 8), "2027-01-08", "2027-01-08"),
        ("plan", Text("畅听 58", "Talk 58"), "畅听 58", "Talk 58"),
        ("points", 6100, "6,100", "6,100"),
    ],
)
def test_figures_are_written_for_people(name: str, value: object, zh: str, en: str) -> None:
    assert fact_display(name, value, Lang.ZH) == zh
    assert fact_display(name, value, Lang.EN) == en


def test_broadband_that_has_run_out_says_since_when() -> None:
    # BB-02: a rest of no days is nothing that was not supplied
    ended = Document(id="c-1", services=Services(broadband=Broadband(ends_on=DAY - timedelta(days=12))))
    shown = {label.en: value for label, value in figures_of(script("broadband-disconnect"), facts(ended), Lang.EN)}
    assert shown["Broadband expired"] == (DAY - timedelta(days=12)).isoformat()
    assert "Broadband left" not in shown
    assert "Broadband ends" not in shown, "one day under two names"
    running = Document(id="c-1", services=Services(broadband=Broadband(ends_on=DAY + timedelta(days=12))))
    shown = {label.en: value for label, value in figures_of(script("broadband-disconnect"), facts(running), Lang.EN)}
    assert shown["Broadband left"] == "12 days"

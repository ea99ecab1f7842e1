"""What planners see of the whole: the base without a person in it, and what surveys brought, question by question."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
from msgspec import structs
from server_kit import NOON, add_agent, agent, given, saved, send, stored, verdicts

from core.demo.world import World
from core.domain.customer import Care, Document
from core.domain.offered import PastOffer, Reply
from core.domain.outcome import Answered
from core.domain.people import Role
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db.engine import Database
from core.server.loading import load
from core.server.nameless import BIRTH_YEAR, nameless
from core.server.planning import base_page, survey_results

SURVEY = "satisfaction-survey"


def city() -> list[Document]:
    return list(World(seed=7, customers=40, as_of=datetime(2026, 11, 20, 2, tzinfo=UTC), tasks=20).documents())


# 4G-06; no personal data beyond one's rights
def test_nothing_in_the_base_says_who_somebody_is() -> None:
    for number, document in enumerate(city(), start=1):
        found = msgspec.json.encode(nameless(document, number)).decode()
        assert document.identity is not None
        assert document.contact is not None
        own = [document.id, document.identity.name, document.identity.manager, document.contact.address]
        own += [one.number for one in document.contact.numbers]
        line = document.services.broadband if document.services else None
        own += [line.account, line.address] if line else []
        own += [call.note for call in document.care.calls] if document.care else []
        told = [word for word in own if word and (f'"{word}"' in found or (len(word) > 4 and word in found))]
        assert told == []
        assert not re.search(r"(?<!\d)100\d{8}(?!\d)", found)
        bare = msgspec.json.decode(found, type=Document)
        assert bare.identity is not None
        if document.identity.birthday is not None:
            assert bare.identity.birthday == document.identity.birthday.replace(year=BIRTH_YEAR)


# 4G-06
def test_neither_card_nor_record_of_an_offer_leads_back_to_its_customer() -> None:
    made = PastOffer(
        at=NOON, offer="reinstall-card", name=Text("回装卡", "Reinstall card"), kind="reinstall_card",
        reply=Reply.ACCEPTED, card="7K4M-2Q9X-5C", outcome_id="0d3c", redeemed_on=date(2026, 11, 2),
    )  # fmt: skip
    bare = nameless(Document(id="C1", care=Care(offers=[made])), 1)
    assert bare.care is not None
    assert bare.care.offers == [structs.replace(made, card="", outcome_id="")]


def test_what_plans_are_weighed_by_stays_in_the_base() -> None:
    for document in city():
        bare = nameless(document, 1)
        assert bare.identity is not None
        assert document.identity is not None
        assert bare.identity.plan_code == document.identity.plan_code
        assert bare.usage is not None
        assert document.usage is not None
        assert bare.usage.months == document.usage.months
        assert bare.billing is not None
        assert document.billing is not None
        assert bare.billing.bills == document.billing.bills


def test_the_base_comes_in_pages_that_leave_nobody_out(database: Database) -> None:
    load(database, [(document, None) for document in city()])
    seen: list[str] = []
    while True:
        with database.read() as unit:
            page = base_page(unit, len(seen), 15)
        seen += [one.id for one in page.customers]
        if not page.customers:
            break
    assert seen == [str(number) for number in range(1, page.total + 1)]
    assert page.total == len(city())


def answered(
    database: Database, caller: Caller, index: int, *pairs: tuple[str, str], corrects: UUID | None = None
) -> UUID:
    task = given(database, index, to=caller.staff_number, scenario=SURVEY)
    item = saved(
        task,
        caller.staff_number,
        scenario=SURVEY,
        answered=tuple(Answered(question=q, answer=a) for q, a in pairs),
        corrects=corrects,
    )
    assert verdicts(send(database, caller, item)) == ["accepted"]
    return item.outcome.id


# SCRIPT-18
def test_answers_are_counted_question_by_question_and_a_correction_takes_the_place_of_what_it_corrects(
    database: Database,
) -> None:
    one, other = add_agent(database, agent("1")), add_agent(database, agent("2", team="B"))
    first = answered(database, one, 1, ("overall", "5"), ("wants", "data"), ("wants", "voice"), ("wants", "data"))
    answered(database, other, 2, ("overall", "1"))
    answered(database, one, 3)
    planner, lead = Caller(agent("9", role=Role.PLANNER, team="Z"), "s"), Caller(agent("8", role=Role.TEAM_LEAD), "s")
    with database.read() as unit:
        whole = survey_results(unit, SURVEY, caller=planner)
        own = survey_results(unit, SURVEY, caller=lead)
    assert (whole.calls, whole.outcomes, whole.first_at, whole.last_at) == (3, 2, NOON, NOON)
    assert {(c.question, c.answer): c.count for c in whole.counts} == {
        ("overall", "1"): 1,
        ("overall", "5"): 1,
        ("wants", "data"): 1,
        ("wants", "voice"): 1,
    }
    assert {(c.question, c.answer) for c in own.counts} == {("overall", "5"), ("wants", "data"), ("wants", "voice")}
    correction = saved(
        stored(database, "T1"), "1", scenario=SURVEY, corrects=first,
        answered=(Answered(question="overall", answer="2"),),
    )  # fmt: skip
    assert verdicts(send(database, one, correction)) == ["accepted"]
    with database.read() as unit:
        corrected = survey_results(unit, SURVEY, caller=lead)
    assert {(c.question, c.answer): c.count for c in corrected.counts} == {("overall", "2"): 1}

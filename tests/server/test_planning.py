"""What planners see of the whole: the base without a person in it, and what surveys brought, question by question."""

import re
from base64 import urlsafe_b64decode
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from msgspec import structs
from server_kit import NOON, StillClock, add_agent, agent, given, saved, send, stored, verdicts

from core.content import folder
from core.content.care_classes import CARE, load_care_classes
from core.content.offer_rules import eligibility_rules, recommendation_rule
from core.content.plans import catalogue
from core.demo.world import World
from core.domain import decoding
from core.domain.birthday import age_on, days_to_birthday
from core.domain.customer import Billing, Care, Document, Identity, PastCall
from core.domain.offered import PastOffer, Reply
from core.domain.outcome import Answered
from core.domain.people import Role
from core.domain.text import Text
from core.offers.base import placed
from core.offers.recommend import plan_content
from core.server.access.bookmark import BadBookmark, Bookmarks
from core.server.access.caller import Caller
from core.server.coarse_age import coarse_birthday, first_ages
from core.server.db.engine import Database
from core.server.loading import load
from core.server.nameless import nameless
from core.server.planning import base_page, survey_results
from core.server.publishing import publish_shipped
from core.wire.base import BasePage

SURVEY = "satisfaction-survey"


TODAY = date(2026, 11, 20)
AGES = (20, 22, 23, 26, 28, 31, 60)


def bare_of(document: Document, number: int) -> Document:
    return nameless(document, number, ages=AGES, today=TODAY)


def city() -> list[Document]:
    return list(World(seed=7, customers=40, as_of=datetime(2026, 11, 20, 2, tzinfo=UTC), tasks=20).documents())


# 4G-06; no personal data beyond one's rights
def test_nothing_in_the_base_says_who_somebody_is() -> None:
    for number, document in enumerate(city(), start=1):
        found = msgspec.json.encode(bare_of(document, number)).decode()
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
        bare = decoding.decode(found, Document)
        assert bare.identity is not None
        if bare.identity.birthday is not None:
            assert age_on(bare.identity.birthday, TODAY) in (0, *AGES)


# 4G-06
def test_of_a_birth_month_that_a_list_gave_nothing_is_in_the_base() -> None:
    bare = bare_of(Document(id="C1", identity=Identity(born_in="1985-03", area="江北区")), 1)
    assert bare.identity == Identity(area="江北区")


@pytest.mark.parametrize("born", [date(1961, 2, 28), date(1984, 2, 29), date(2004, 11, 20), date(2004, 11, 21)])
def test_the_day_of_a_birthday_stays_and_the_age_is_the_least_that_no_rule_tells_from_it(born: date) -> None:
    bare = coarse_birthday(born, AGES, TODAY)
    least = max((age for age in AGES if age <= age_on(born, TODAY)), default=0)
    assert age_on(bare, TODAY) == least
    assert days_to_birthday(bare, TODAY) == days_to_birthday(born, TODAY)


# 4G-06, 4G-07
def test_the_base_without_persons_comes_to_the_same_plans_as_the_base_with_them(database: Database) -> None:
    publish_shipped(database)
    with database.read() as unit:
        ages = first_ages(unit)
    assert ages == (20, 22, 23, 26, 28, 31, 60)
    people = [aged(document, years) for years, document in enumerate(city(), start=17)]
    bare = [nameless(one, at, ages=ages, today=TODAY) for at, one in enumerate(people)]
    content = plan_content(catalogue(), eligibility_rules(), recommendation_rule())
    assert placed(bare, content, TODAY) == placed(people, content, TODAY)


def aged(document: Document, years: int) -> Document:
    assert document.identity is not None
    return structs.replace(
        document, identity=structs.replace(document.identity, birthday=date(TODAY.year - years, 3, 14))
    )


# 4G-06
def test_neither_card_nor_record_of_an_offer_leads_back_to_its_customer() -> None:
    made = PastOffer(
        at=NOON, offer="reinstall-card", name=Text("回装卡", "Reinstall card"), kind="reinstall_card",
        reply=Reply.ACCEPTED, card="7K4M-2Q9X-5C", outcome_id="0d3c", redeemed_on=date(2026, 11, 2),
    )  # fmt: skip
    bare = bare_of(Document(id="C1", care=Care(offers=[made])), 1)
    assert bare.care is not None
    assert bare.care.offers == [structs.replace(made, card="", outcome_id="")]


def test_what_plans_are_weighed_by_stays_in_the_base() -> None:
    for document in city():
        bare = bare_of(document, 1)
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
    with database.write() as unit:
        bookmarks = Bookmarks.of(unit)
    by_bookmark = [first_page(database, bookmarks, 15)]
    while by_bookmark[-1].next:
        with database.read() as unit:
            done = sum(len(one.customers) for one in by_bookmark)
            by_bookmark.append(base_page(unit, done, 15, bookmarks, after=by_bookmark[-1].next))
    assert [one.id for page in by_bookmark for one in page.customers] == [str(at + 1) for at in range(len(city()))]
    assert [page.total for page in by_bookmark] == [len(city()), 0, 0]
    with database.read() as unit:
        by_number = base_page(unit, 15, 15, bookmarks)
    assert by_number.customers == by_bookmark[1].customers


def first_page(database: Database, bookmarks: Bookmarks, limit: int) -> BasePage:
    with database.read() as unit:
        return base_page(unit, 0, limit, bookmarks)


def test_who_joins_or_leaves_before_a_bookmark_moves_nobody_over_it(database: Database) -> None:
    documents = city()
    load(database, [(document, None) for document in documents])
    with database.write() as unit:
        bookmarks = Bookmarks.of(unit)
    first = first_page(database, bookmarks, 15)
    late = structs.replace(documents[0], id="A-joined-later", identity=documents[0].identity)
    load(database, [(late, None)])
    with database.read() as unit:
        second = base_page(unit, 15, 15, bookmarks, after=first.next)
    months = [one.usage.months for one in documents[15:30] if one.usage]
    assert [one.usage.months for one in second.customers if one.usage] == months


def test_a_bookmark_says_nothing_of_who_stands_there_and_no_other_is_taken(database: Database) -> None:
    load(database, [(document, None) for document in city()])
    with database.write() as unit:
        bookmarks = Bookmarks.of(unit)
    given = first_page(database, bookmarks, 15).next
    readable = b"".join(urlsafe_b64decode(part + "==") for part in given.split("."))
    assert city()[14].id.encode() not in readable
    with database.write() as unit:
        assert Bookmarks.of(unit).open(given) == city()[14].id, "another server of the database opens it"
    for other in (given[:-4] + "AAAA", city()[14].id, "a.b.c.d.e", "…"):
        with pytest.raises(BadBookmark):
            bookmarks.open(other)


# CARE-26
def test_the_base_says_which_care_rests_by_the_rule_that_the_desks_greet_by(database: Database) -> None:
    publish_shipped(database)
    care = load_care_classes(folder() / CARE).of("balance")
    assert care is not None

    def called(days: float, *, talk_time_s: int | None = 60) -> Document:
        call = PastCall(
            at=now - timedelta(days=days), agent="1", scenario=care.scenario, scenario_label=care.label,
            result=care.label, talk_time_s=talk_time_s,
        )  # fmt: skip
        return Document(id=f"C{days}{talk_time_s}", billing=Billing(balance_fen=500), care=Care(calls=[call]))

    with database.write() as unit:
        bookmarks, now = Bookmarks.of(unit), unit.now
    load(database, [(called(1), None), (called(2, talk_time_s=None), None), (called(care.rest_days + 1), None)])
    page = first_page(database, bookmarks, 15)
    assert sorted(page.resting) == [(), (), ("balance",)]
    assert not any(one.care and one.care.calls for one in page.customers)


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


# SCRIPT-18
def test_results_are_of_the_days_asked_for(database: Database, clock: StillClock) -> None:
    one = add_agent(database, agent("1"))
    answered(database, one, 1, ("overall", "5"))
    clock.forward(days=40)
    answered(database, one, 2, ("overall", "1"))
    planner = Caller(agent("9", role=Role.PLANNER, team="Z"), "s")
    with database.read() as unit:
        usual, month = (survey_results(unit, SURVEY, caller=planner, days=days) for days in (90, 30))
    assert (usual.calls, month.calls) == (2, 1)
    assert [one.answer for one in month.counts] == ["1"]
    assert month.since == clock.now - timedelta(days=30)

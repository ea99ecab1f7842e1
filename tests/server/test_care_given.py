"""Care that was given is given once, whoever asks next: it rests on every desk, and its text leaves once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from server_kit import (
    NOON,
    StillClock,
    add_agent,
    agent,
    document,
    given,
    number_of,
    opens,
    saved,
    send,
    stored,
    verdicts,
)
from sqlalchemy import select

from core.content import folder
from core.content.care_classes import CARE, load_care_classes
from core.domain.care_class import CARE_CLASSES, CLASSES, CareChannel, CareClasses
from core.domain.care_given import CareGiven
from core.domain.customer import Billing, Care, PastCare, SpecialNeed, Ticket, decode_document
from core.domain.errors import InputError
from core.domain.text import Text
from core.guidance.care_calls import given as on_record
from core.guidance.care_calls import resting
from core.server import care_pages
from core.server.access.bookmark import Bookmarks
from core.server.care_notices import Left, living_in, start_care
from core.server.care_pages import begin_page, care_areas
from core.server.cli import main
from core.server.db import audit, customers, publications, tasks
from core.server.db.engine import Database
from core.server.db.publications import Source
from core.server.db.schema import written_file
from core.server.dispatching import dispatch_waiting
from core.server.exporting import Export, headers, rows
from core.server.loading import load
from core.server.planning import base_page
from core.server.sync.answers import Code
from core.wire.care import BeginCare, CareBegun
from core.wire.pull import ContentDocument
from core.wire.push import CareNoted

RIGHTS = agent("1").rights


@pytest.fixture(scope="module")
def classes() -> CareClasses:
    return load_care_classes(folder() / CARE)


def centre(database: Database, classes: CareClasses) -> None:
    body = msgspec.Raw(msgspec.json.encode(classes))
    with database.write() as unit:
        kept = ContentDocument(kind=CARE_CLASSES, name=CLASSES, version=classes.version, body=body)
        publications.publish(unit, [kept], source=Source.FOLDER, by="cli")


def noted(classes: CareClasses, who: str, code: str = "festival", **changes: Any) -> CareNoted:
    care = classes.of(code)
    assert care is not None
    values: dict[str, Any] = {
        "id": uuid4(), "customer_id": "C1", "agent": who, "code": code, "label": care.label,
        "channel": CareChannel.SMS, "at": NOON, "text": "中秋节将至，祝您阖家团圆！",
    }  # fmt: skip
    return CareNoted(care_given=CareGiven(**(values | changes)))


def texts(database: Database) -> list[str]:
    with database.read() as unit:
        return [str(row[headers(Export.SMS).index("内容 text")]) for row in rows(unit, Export.SMS)]


def rests(database: Database, classes: CareClasses) -> frozenset[str]:
    """What rests for C1 on a desk that pulls now."""
    with database.read() as unit:
        body = customers.documents(unit, ["C1"], RIGHTS)["C1"]
    return resting(classes, [], NOON, given=on_record(decode_document(body).care))


# CARE-24, CARE-26
def test_a_text_that_was_planned_waits_for_the_adapter_and_rests_on_every_desk(
    database: Database, classes: CareClasses
) -> None:
    centre(database, classes)
    one = add_agent(database, agent("1"))
    given(database, to="1")
    assert rests(database, classes) == frozenset()
    item = noted(classes, "1")
    assert verdicts(send(database, one, item, item)) == ["accepted", "duplicate"]
    assert texts(database) == ["中秋节将至，祝您阖家团圆！"]
    assert rests(database, classes) == {"festival"}
    with database.write() as unit:
        bookmarks = Bookmarks.of(unit)
    with database.read() as unit:
        page = base_page(unit, 0, 10, bookmarks)
    assert page.resting == (("festival",),), "nor is it counted in the base"
    assert all(found.care is None or not found.care.given for found in page.customers)


# CARE-26
def test_of_two_desks_that_were_offline_one_text_leaves_and_both_calls_stand(
    database: Database, classes: CareClasses
) -> None:
    centre(database, classes)
    one, other = add_agent(database, agent("1")), add_agent(database, agent("2"))
    given(database, to="1")
    opens(database, other)
    call = noted(classes, "1", "health", channel=CareChannel.CALL, text="")
    assert verdicts(send(database, one, noted(classes, "1"), call)) == ["accepted"] * 2
    late = noted(classes, "2", at=NOON + timedelta(hours=1))
    again = noted(classes, "2", "health", channel=CareChannel.CALL, text="", at=NOON + timedelta(hours=1))
    answers = send(database, other, late, again)
    assert verdicts(answers) == ["superseded", "accepted"]
    assert answers.answers[0].code == Code.CARED_BEFORE
    assert len(texts(database)) == 1
    assert verdicts(send(database, one, noted(classes, "1", at=NOON + timedelta(hours=20), id=uuid4()))) == [
        "superseded"
    ]


def test_a_class_whose_rest_is_over_is_given_again(database: Database, classes: CareClasses, clock: StillClock) -> None:
    # CARE-26
    centre(database, classes)
    one = add_agent(database, agent("1"))
    given(database, to="1")
    send(database, one, noted(classes, "1"))
    clock.forward(days=5)
    assert verdicts(send(database, one, noted(classes, "1", at=clock.now))) == ["accepted"]
    assert len(texts(database)) == 2


def test_nothing_leaves_for_whoever_has_refused_meanwhile(database: Database, classes: CareClasses) -> None:
    # CARE-24, OUTCOME-11
    centre(database, classes)
    one = add_agent(database, agent("1"))
    given(database, to="1")
    send(database, one, saved(stored(database, "T1"), "1", opt_out=True))
    answers = send(database, one, noted(classes, "1"))
    assert (verdicts(answers), answers.answers[0].code) == (["superseded"], Code.REFUSED_MEANWHILE)
    assert texts(database) == []


def test_what_no_desk_would_say_is_not_taken(database: Database, classes: CareClasses) -> None:
    one = add_agent(database, agent("1"))
    load(database, [(document(), None)])
    wrong: list[dict[str, Any]] = [
        {"agent": "2"}, {"customer_id": "C9"}, {"code": ""}, {"text": ""}, {"text": "长" * 601},
        {"channel": CareChannel.CALL}, {"at": NOON + timedelta(days=3)},
    ]  # fmt: skip
    for changes in wrong:
        item = CareNoted(care_given=msgspec.structs.replace(noted(classes, "1").care_given, **changes))
        assert verdicts(send(database, one, item)) == ["rejected"], changes
    assert texts(database) == []


def neighbours(database: Database) -> None:
    """Five of one area and one of another: the second refuses, the third complains, the fourth had it, the fifth is
    blind."""
    opened = Ticket(id="x", kind=Text("投诉", "C"), topic=Text("网速", "S"), complaint=True, opened_at=NOON)
    had = PastCare(at=NOON, code="major_event", label=Text("事件", "Event"), channel="sms", agent="2")
    blind = SpecialNeed(code="blind", label=Text("视障", "Blind"), service=Text("打电话", "By phone"))
    cares = [Care(), Care(opted_out=True), Care(tickets=[opened]), Care(given=[had]), Care(), Care()]
    areas = ["东岭区"] * 5 + ["南浦区"]
    found = [document(n, area=area, care=care) for n, (area, care) in enumerate(zip(areas, cares, strict=True), 1)]
    contact = found[4].contact
    assert contact is not None
    found[4].contact = msgspec.structs.replace(contact, special_needs=[blind])
    load(database, [(one, None) for one in found])


# CARE-05, CARE-24, CARE-25, CARE-26
def test_care_that_an_event_sets_off_is_begun_for_all_whom_it_concerns(
    database: Database, classes: CareClasses
) -> None:
    centre(database, classes)
    add_agent(database, agent("9001"))
    neighbours(database)
    named = living_in(database, "东岭区")
    assert named == ["C1", "C2", "C3", "C4", "C5"]
    looked = start_care(database, "major_event", named, by="9001", plan_only=True)
    assert texts(database) == []
    started = start_care(database, "major_event", named, by="9001")
    assert started == looked
    assert (started.texted, started.written, started.called) == (("C1",), (), ("C5",))
    assert dict(started.left) == {"C2": Left.OPTED_OUT, "C3": Left.COMPLAINT, "C4": Left.RESTS}
    (text,) = texts(database)
    assert "突发情况" in text
    assert rests(database, classes) == {"major_event"}
    again = start_care(database, "major_event", ["C1", "C9"], by="9001")
    assert (again.begun, dict(again.left)) == (0, {"C1": Left.RESTS, "C9": Left.UNKNOWN})
    assert dict(start_care(database, "major_event", ["C5"], by="9001").left) == {"C5": Left.BUSY}
    with database.read() as unit:
        assert audit.count(unit) == 1


# CARE-05, CARE-24
def test_a_planner_looks_first_and_begins_an_area_page_by_page(
    database: Database, classes: CareClasses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(care_pages, "AT_ONCE", 2)
    centre(database, classes)
    add_agent(database, agent("9001"))
    neighbours(database)
    assert {one.area: one.customers for one in care_areas(database).areas} == {"东岭区": 5, "南浦区": 1}
    for look in (True, False):
        pages: list[CareBegun] = []
        after = ""
        while not pages or after:
            asked = BeginCare(area="东岭区", after=after, look=look)
            pages.append(begin_page(database, "major_event", asked, by="9001"))
            after = pages[-1].next
        assert [one.texted + one.called + sum(left.customers for left in one.left) for one in pages] == [2, 2, 1]
        assert (sum(one.texted for one in pages), sum(one.called for one in pages)) == (1, 1)
        assert len(texts(database)) == (0 if look else 1)
    assert "C1" not in str(pages), "no page says who it was"


# CARE-24
def test_a_planner_begins_care_for_a_list_by_the_ways_that_are_chosen(database: Database, classes: CareClasses) -> None:
    centre(database, classes)
    add_agent(database, agent("9001"))
    neighbours(database)
    asked = BeginCare(customers=("C1", number_of(5), "C77"), ways=(CareChannel.SMS,), look=False)
    page = begin_page(database, "major_event", asked, by="9001")
    assert (page.texted, page.called) == (1, 0)
    assert {one.why: one.customers for one in page.left} == {"unknown": 1, "to_be_called": 1}
    for wrong in (BeginCare(), BeginCare(area="东岭区", customers=("C1",)), BeginCare(customers=("C1",) * 201)):
        with pytest.raises(InputError):
            begin_page(database, "major_event", wrong, by="9001")
    with pytest.raises(InputError):
        begin_page(database, "no_such_class", asked, by="9001")


# CARE-03, CARE-16, CARE-24
def test_care_that_the_data_set_off_is_begun_for_those_for_whom_it_is_due(
    database: Database, classes: CareClasses, clock: StillClock
) -> None:
    centre(database, classes)
    add_agent(database, agent("9001"))
    load(database, [(document(n, billing=Billing(balance_fen=fen)), None) for n, fen in ((1, 500), (2, 50_000))])
    asked = BeginCare(area="东岭区", look=False)
    page = begin_page(database, "balance", asked, by="9001")
    assert (page.texted, {one.why: one.customers for one in page.left}) == (1, {"not_due": 1})
    assert "5 元" in texts(database)[0]
    assert begin_page(database, "festival", asked, by="9001").texted == 0
    clock.now = datetime(2027, 2, 4, 4, tzinfo=UTC)
    assert begin_page(database, "festival", asked, by="9001").texted == 2, "two days before the Spring Festival"


# CARE-24
def test_a_list_begins_care_by_command_and_who_is_left_is_written_down(
    sqlite: Database, classes: CareClasses, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    centre(sqlite, classes)
    add_agent(sqlite, agent("9001"))
    neighbours(sqlite)
    place, file, left = ["--data", str(tmp_path)], tmp_path / "list.csv", tmp_path / "left.csv"
    file.write_text(f"客户,备注\nC1,\n{number_of(5)},\nC77,\n=1+1,\n", "gb18030")
    assert main(["care", "classes", *place]) == 0
    assert "major_event\t重大突发事件" in capsys.readouterr().out
    start = ["care", "start", "major_event", str(file), "--by", "9001", "--left", str(left), "--way", "sms", *place]
    assert main(start) == 0
    said = capsys.readouterr().out
    assert "已排短信 1 户，没有办的 3 户。 / Reached: 1 by SMS, with `export sms`; 3 left out." in said
    assert left.read_text("utf-8-sig").splitlines()[1:] == [
        'C5,只能打电话，这次没选电话,"by call alone, which was not chosen"',
        "C77,库里没有这位客户,no such customer here",
        "'=1+1,库里没有这位客户,no such customer here",
    ]
    with sqlite.read() as unit:
        noted = unit.conn.execute(select(written_file.c.kind, written_file.c.path)).all()
    assert [tuple(one) for one in noted] == [("exports", str(left))]
    assert len(texts(sqlite)) == 1
    for wrong in (["no_such_class", "--area", "东岭区"], ["major_event"], ["major_event", str(tmp_path / "none.csv")]):
        assert main(["care", "start", *wrong, "--by", "9001", *place]) == 1
    assert main(["care", "start", "major_event", "--area", "东岭区", "--by", "404", *place]) == 1


# CARE-19, CARE-24, CARE-26
def test_a_letter_leaves_as_a_file_and_who_has_no_address_is_called(database: Database, classes: CareClasses) -> None:
    centre(database, classes)
    add_agent(database, agent("9001"))
    found = [document(1), document(2)]
    assert found[0].contact is not None
    assert found[1].contact is not None
    found[0].contact = msgspec.structs.replace(found[0].contact, address="临江区望江路 1 号")
    found[1].contact = msgspec.structs.replace(found[1].contact, address="")
    load(database, [(one, None) for one in found])
    started = start_care(database, "member_card", ["C1", "C2"], by="9001")
    assert (started.written, started.called, started.left) == (("C1",), ("C2",), ())
    with database.read() as unit:
        (letter,) = rows(unit, Export.LETTERS)
    told = dict(zip(headers(Export.LETTERS), letter, strict=True))
    identity = found[0].identity
    assert identity is not None
    assert (told["收件人 name"], told["地址 address"]) == (identity.name, "临江区望江路 1 号")
    assert "会员卡" in str(told["内容 text"])
    assert texts(database) == [], "a letter is no SMS"
    assert rests(database, classes) == {"member_card"}


# CARE-11, CARE-24
def test_a_call_becomes_a_task_with_the_words_of_its_class_and_rests_once_it_was_said(
    database: Database, classes: CareClasses
) -> None:
    centre(database, classes)
    add_agent(database, agent("9001"))
    one = add_agent(database, agent("1", skills=("care-call",)))
    load(database, [(document(1), None)])
    assert start_care(database, "data_failure", ["C1"], by="9001").called == ("C1",)
    assert rests(database, classes) == frozenset(), "nothing was said yet"
    dispatch_waiting(database, actor="cli")
    with database.read() as unit:
        (task,) = tasks.open_of(unit, "C1")
    assert task.assigned_to == "1"
    assert (task.scenario, task.care, task.reason.zh) == ("care-call", "data_failure", "关怀：数据业务异常")
    assert verdicts(send(database, one, saved(task, "1"))) == ["accepted"]
    assert rests(database, classes) == {"data_failure"}


# CARE-24
def test_a_slip_of_the_area_is_said_and_not_taken_for_a_place_without_customers(
    sqlite: Database, classes: CareClasses, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    centre(sqlite, classes)
    add_agent(sqlite, agent("9001"))
    neighbours(sqlite)
    start, place = ["care", "start", "major_event", "--area"], ["--by", "9001", "--look", "--data", str(tmp_path)]
    assert main([*start, "东领区", *place]) == 1
    said = capsys.readouterr().err
    assert "没有客户在“东领区”" in said
    assert "东岭区" in said
    assert main([*start, "东岭区", *place]) == 0

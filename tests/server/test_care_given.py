"""Care that was given is given once, whoever asks next: it rests on every desk, and its text leaves once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from server_kit import NOON, StillClock, add_agent, agent, document, given, saved, send, stored, verdicts

from core.content import folder
from core.content.care_classes import CARE, load_care_classes
from core.domain.care_class import CARE_CLASSES, CLASSES, CareChannel, CareClasses
from core.domain.care_given import CareGiven
from core.domain.customer import decode_document
from core.guidance.care_calls import given as on_record
from core.guidance.care_calls import resting
from core.server.access.bookmark import Bookmarks
from core.server.db import customers, publications
from core.server.db.engine import Database
from core.server.db.publications import Source
from core.server.exporting import Export, rows
from core.server.loading import load
from core.server.planning import base_page
from core.server.sync.answers import Code
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
        return [str(row[9]) for row in rows(unit, Export.SMS)]


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

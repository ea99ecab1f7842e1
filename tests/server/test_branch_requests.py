"""A branch is asked once to open a plan to calls; its answer, and that it is open, reach every desk."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from order_kit import pulled
from server_kit import NOON, add_agent, agent, document, send, verdicts

from core.domain import decoding
from core.domain.branch_request import BRANCH_REQUEST, BranchAsk, BranchRequest, BranchState
from core.domain.customer import Identity
from core.domain.errand import ErrandState
from core.domain.errors import InputError
from core.domain.offer_content import PLANS
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.branch_requests import activate, answer
from core.server.cli import main
from core.server.db import audit, errands, publications, schema
from core.server.db.engine import Database
from core.server.db.publications import Source
from core.server.departments.moving import move
from core.server.departments.worker import errand_out
from core.server.loading import load
from core.wire.pull import ContentDocument
from core.wire.push import BranchAsked


def centre(database: Database) -> None:
    """A catalogue with the plan, and a customer of the branch."""
    body = msgspec.Raw(msgspec.json.encode({"version": 1, "plans": [{"code": "cy-x1"}]}))
    with database.write() as unit:
        catalogue = ContentDocument(kind=PLANS, name=PLANS, version=1, body=body)
        publications.publish(unit, [catalogue], source=Source.FOLDER, by="cli")
    of_branch = document()
    of_branch.identity = Identity(name="吴文静", area="东岭区", branch="东岭支局")
    load(database, [(of_branch, None)])


def asked(who: str, **changes: Any) -> BranchAsked:
    values: dict[str, Any] = {"id": uuid4(), "agent": who, "at": NOON, "plan_code": "cy-x1", "branch": "东岭支局"}
    return BranchAsked(branch_ask=BranchAsk(**(values | changes)))


def heard(database: Database, caller: Caller) -> list[BranchRequest]:
    documents = [decoding.decode(one.body, ContentDocument) for one in pulled(database, caller)]
    return [decoding.decode(one.body, BranchRequest) for one in documents if one.kind == BRANCH_REQUEST]


def test_sent_answered_active_on_every_desk(database: Database) -> None:
    # 4G-05
    centre(database)
    he, other = add_agent(database, agent()), add_agent(database, agent("2051"))
    assert verdicts(send(database, he, asked("2043"))) == ["accepted"]
    assert verdicts(send(database, other, asked("2051"))) == ["accepted"]
    (sent,) = heard(database, other)
    assert (sent.state, sent.asked_by[0], sent.agreed) == (BranchState.SENT, "2043", None)
    answer(database, "cy-x1", "东岭支局", agreed=True, words="12 月 1 日起", by="cli")
    (answered,) = heard(database, he)
    assert (answered.state, answered.agreed, answered.answer) == (BranchState.ANSWERED, True, "12 月 1 日起")
    activate(database, "cy-x1", "东岭支局", by="cli")
    (active,) = heard(database, he)
    assert (active.state, active.asked_by) == (BranchState.ACTIVE, ("2043", "2051"))
    with database.read() as unit:
        assert audit.verify(unit) == []
        actions = [row.action for row in unit.conn.execute(schema.audit.select())]
        assert errands.listed(unit) == [], "answered otherwise, nobody is to answer it again"
    assert sum(one.startswith("branch_") for one in actions) == 3


def test_a_request_leaves_by_the_department_port_and_how_it_ends_there_is_the_branchs_answer(
    database: Database,
) -> None:
    # 4G-05, INTEG-04
    centre(database)
    he = add_agent(database, agent())
    send(database, he, asked("2043"))
    with database.write() as unit:
        (carried,) = errands.listed(unit)
        out = errand_out(unit, carried)
        assert (out.department, out.customer_id) == ("branch", "")
        assert "请东岭支局开放外呼办理：cy-x1" in out.text
        move(unit, str(carried.id), ErrandState.SUBMITTED, by="port")
        move(unit, str(carried.id), ErrandState.REFUSED, by="port", reason=Text("库存不足", "Out of stock"))
    (no,) = heard(database, he)
    assert (no.state, no.agreed, no.answer) == (BranchState.ANSWERED, False, "库存不足")
    send(database, he, asked("2043"))
    with database.write() as unit:
        again = next(one for one in errands.listed(unit) if one.id != carried.id)
        for state in (ErrandState.SUBMITTED, ErrandState.ACCEPTED):
            move(unit, str(again.id), state, by="port")
    assert heard(database, he)[0].state is BranchState.SENT, "that it has come is no answer yet"
    with database.write() as unit:
        move(unit, str(again.id), ErrandState.IN_PROGRESS, by="port")
    assert (heard(database, he)[0].state, heard(database, he)[0].agreed) == (BranchState.ANSWERED, True)
    with database.write() as unit:
        move(unit, str(again.id), ErrandState.DONE, by="port")
    assert heard(database, he)[0].state is BranchState.ACTIVE


def test_what_was_declined_may_be_asked_anew_and_is_not_opened(sqlite: Database) -> None:
    centre(sqlite)
    he = add_agent(sqlite, agent())
    send(sqlite, he, asked("2043"))
    answer(sqlite, "cy-x1", "东岭支局", agreed=False, words="库存不足", by="cli")
    with pytest.raises(InputError, match="not agreed"):
        activate(sqlite, "cy-x1", "东岭支局", by="cli")
    send(sqlite, he, asked("2043"))
    (again,) = heard(sqlite, he)
    assert (again.state, again.agreed, again.answer) == (BranchState.SENT, None, "")


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"agent": "2051"}, "rejected"),
        ({"plan_code": ""}, "rejected"),
        ({"plan_code": "no-such-plan"}, "rejected"),
        ({"branch": "火星支局"}, "rejected"),
        ({"branch": ""}, "accepted"),
    ],
)
def test_only_ones_own_asking_of_a_plan_is_taken(sqlite: Database, changes: dict[str, Any], verdict: str) -> None:
    centre(sqlite)
    he = add_agent(sqlite, agent())
    assert verdicts(send(sqlite, he, asked("2043", **changes))) == [verdict]


def test_the_command_line_answers_for_the_branch(
    sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    centre(sqlite)
    he, place = add_agent(sqlite, agent()), ["--data", str(tmp_path)]
    send(sqlite, he, asked("2043"))
    assert main(["branch-request", "list", "--state", "sent", *place]) == 0
    assert "已请支局开放，待答复 / Branch asked, no answer yet" in capsys.readouterr().out
    assert main(["branch-request", "activate", "cy-x1", "东岭支局", *place]) == 1
    assert main(["branch-request", "answer", "cy-x1", "东岭支局", "--yes", "--words", "可以", *place]) == 0
    assert main(["branch-request", "activate", "cy-x1", "东岭支局", *place]) == 0
    assert "支局已开放外呼：可以" in capsys.readouterr().out
    assert main(["branch-request", "answer", "cy-x1", "西山支局", "--no", *place]) == 1

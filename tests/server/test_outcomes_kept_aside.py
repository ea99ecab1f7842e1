"""An outcome that breaks a rule of its content does not count, and is not lost: it is kept aside, told and repaired."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from order_kit import an_order, order_of
from server_kit import (
    NOON,
    SCENARIO,
    StillClock,
    add_agent,
    agent,
    given,
    number_of,
    outcome,
    saved,
    send,
    stored,
    verdicts,
)

from core.domain.call import CallRecord, Direction
from core.domain.order_state import OrderState
from core.domain.people import Role
from core.domain.task import TaskState
from core.server.access.caller import Caller
from core.server.cli import main
from core.server.db import kept_aside, publications, records, refusals
from core.server.db.engine import Database
from core.server.db.publications import Source
from core.server.team.board import team_board
from core.server.team.refused import refused_records
from core.wire.pull import ContentDocument
from core.wire.push import Saved
from core.wire.team import TeamBoard

REFUSES = {"code": "refuses", "talk_min_s": 20}
SALE = {"code": "sold", "success": True, "talk_min_s": 60}
NO_ANSWER = {"code": "unanswered", "talk_max_s": 15, "closes": False}
GROUP = {"code": "not_reached", "closes": False, "choices": [NO_ANSWER]}


def publish(
    database: Database,
    *results: dict[str, Any],
    version: int = 1,
    script: int = 1,
    reasons: tuple[str, ...] = ("price",),
) -> None:
    """The scenario's script and results, as they stand together from now on."""

    def labelled(row: dict[str, Any]) -> dict[str, Any]:
        finer = [labelled(one) for one in row.get("choices", ())]
        return row | {"label": {"zh": row["code"], "en": row["code"]}, "choices": finer}

    body = {
        "scenario": SCENARIO,
        "version": version,
        "results": [labelled(row) for row in results],
        "reasons": [{"code": code, "label": {"zh": code, "en": code}} for code in reasons],
    }
    title = {"title": {"zh": "升级", "en": "Upgrade"}}
    with database.write() as unit:
        publications.publish(
            unit,
            [
                ContentDocument(kind=kind, name=SCENARIO, version=at, body=msgspec.Raw(msgspec.json.encode(what)))
                for kind, at, what in (("script", script, title), ("dispositions", version, body))
            ],
            source=Source.FOLDER,
            by="cli",
        )


def talk(seconds: int) -> CallRecord:
    return CallRecord(direction=Direction.OUTBOUND, number=number_of(1), dialled_at=NOON, talk_time_s=seconds)


def corrected(old: Saved, **changes: Any) -> Saved:
    return Saved(outcome=msgspec.structs.replace(old.outcome, id=uuid4(), corrects=old.id, **changes))


@pytest.fixture
def me(sqlite: Database) -> Caller:
    publish(sqlite, SALE, GROUP, REFUSES)
    return add_agent(sqlite, agent("1"))


# OUTCOME-02
@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"result": "refuses", "call": talk(10)}, "talk_out_of_bounds", "通话 10 秒，此结果至少 20 秒"),
        ({"result": "unanswered", "call": talk(90)}, "talk_out_of_bounds", "通话 90 秒，此结果最多 15 秒"),
        ({"result": "refuses", "reason": "moon"}, "unknown_reason", "没有这个原因"),
        ({"result": "not_reached"}, "unknown_result", "没有这个通话结果"),
        ({"result": "sold", "call": talk(60)}, "", ""),
        ({"result": "unanswered", "call": talk(15)}, "", ""),
        ({"result": "refuses", "reason": "price"}, "", ""),
    ],
)
def test_what_the_desk_would_not_save_is_kept_aside_and_told(
    sqlite: Database, me: Caller, changes: dict[str, Any], code: str, words: str
) -> None:
    item = saved(given(sqlite, to="1"), "1", **changes)
    (answer, again) = send(sqlite, me, item, item).answers
    assert (answer.verdict, answer.code) == ("rejected" if code else "accepted", code)
    assert again.verdict == ("rejected" if code else "duplicate")
    assert words in answer.message_zh
    with sqlite.read() as unit:
        waiting = kept_aside.waiting(unit)
    assert [one.code for one in waiting] == ([code] if code else [])
    assert all(kept_aside.saved_of(one) == item for one in waiting)


def test_an_unknown_scenario_is_kept_aside_unless_the_server_itself_gave_it_out(sqlite: Database, me: Caller) -> None:
    mine, other = given(sqlite, to="1"), given(sqlite, 2, to="1", scenario="of-a-list")
    answers = send(sqlite, me, saved(mine, "1", scenario="moonshine"), saved(other, "1", scenario="of-a-list"))
    assert [answer.code for answer in answers.answers] == ["unknown_scenario", ""]


def test_an_older_desk_is_held_to_the_content_that_it_had(sqlite: Database, me: Caller) -> None:
    one, two = (given(sqlite, index, to="1") for index in (1, 2))
    publish(sqlite, SALE | {"talk_min_s": 300}, version=2, script=2, reasons=("hassle",))
    old, new = ({"result": "sold", "call": talk(90), "script_version": at, "reason": "price"} for at in (1, 2))
    answers = send(sqlite, me, saved(one, "1", success=True, **new), saved(two, "1", success=True, **old)).answers
    assert [answer.code for answer in answers] == ["talk_too_short", ""]


# OUTCOME-11
def test_a_refusal_of_further_calls_binds_whatever_else_is_odd(sqlite: Database, me: Caller) -> None:
    item = saved(given(sqlite, to="1"), "1", result="moonshine", reason="moon", opt_out=True)
    assert verdicts(send(sqlite, me, item)) == ["accepted"]
    with sqlite.read() as unit:
        assert refusals.is_opted_out(unit, "C1")


# OUTCOME-12
def test_a_sale_of_ten_seconds_is_on_record_and_counts_for_nothing(database: Database) -> None:
    publish(database, SALE | {"sells": "any"}, REFUSES)
    me, mine = add_agent(database, agent("2043")), given(database, to="2043")
    sale = saved(mine, "2043", result="sold", success=True, call=talk(10), order=an_order())
    (answer,) = send(database, me, sale).answers
    assert (answer.verdict, answer.code) == ("accepted", "talk_too_short")
    assert "通话 10 秒，此结果至少 60 秒。已收下，不算成功" in answer.message_zh
    (lost,) = send(database, me, sale).answers
    assert (lost.verdict, lost.code) == ("duplicate", "talk_too_short"), "the first reply may have been lost"
    assert not success_of(database, sale)
    assert order_of(database, sale).state is OrderState.FAILED
    again = corrected(sale, note="改个备注")
    assert verdicts(send(database, me, again)) == ["accepted"]
    assert not success_of(database, again), "no correction makes the call longer"
    refused = corrected(again, result="refuses", success=False, order=None)
    assert [one.code for one in send(database, me, refused).answers] == [""]


def success_of(database: Database, saved_: Saved) -> bool:
    with database.read() as unit:
        kept = records.get_outcome(unit, str(saved_.id))
    assert kept is not None
    return kept.success


def test_a_result_that_is_no_success_makes_none(sqlite: Database, me: Caller) -> None:
    item = saved(given(sqlite, to="1"), "1", result="refuses", success=True)
    send(sqlite, me, item)
    assert not success_of(sqlite, item)


def test_the_correction_of_a_refused_record_is_the_first_of_its_call(database: Database, clock: StillClock) -> None:
    publish(database, SALE, REFUSES)
    me, mine = add_agent(database, agent("1")), given(database, to="1")
    wrong = saved(mine, "1", result="refuses", reason="moon", call=talk(10))
    still = corrected(wrong, reason="sun", recorded_at=NOON + timedelta(minutes=1))
    right = corrected(still, reason="price", recorded_at=NOON + timedelta(minutes=2))
    assert verdicts(send(database, me, wrong, still)) == ["rejected", "rejected"]
    assert stored(database, "T1").state is TaskState.ASSIGNED
    assert verdicts(send(database, me, right, right)) == ["accepted", "duplicate"]
    assert (stored(database, "T1").state, stored(database, "T1").attempts) == (TaskState.DONE, 1)
    with database.read() as unit:
        kept = records.get_outcome(unit, str(right.id))
        left = [one.item_id for one in kept_aside.waiting(unit)]
    assert kept is not None
    assert kept.corrects is None
    assert left == []


# OUTCOME-02
@pytest.mark.parametrize(
    "poison",
    [
        {"note": "a\0b"},
        {"recorded_at": "once"},
        {"note": "x" * 300_000},
    ],
    ids=["nul", "no-time", "too-large"],
)
def test_an_outcome_that_cannot_be_read_is_kept_told_and_repaired_by_its_agent(
    sqlite: Database, me: Caller, tmp_path: Path, capsys: pytest.CaptureFixture[str], poison: dict[str, str]
) -> None:
    whole = saved(given(sqlite, to="1"), "1", result="refuses", reason="price")
    torn = msgspec.json.decode(msgspec.json.encode(whole))
    torn["outcome"] |= poison
    other = saved(given(sqlite, 2, to="1"), "1", result="refuses", reason="price")
    answers = send(sqlite, me, msgspec.json.encode(torn), other).answers
    assert [(one.verdict, one.code) for one in answers] == [("rejected", "malformed"), ("accepted", "")]
    assert main(["aside", "list", "--data", str(tmp_path)]) == 0
    assert str(whole.id) in capsys.readouterr().out
    assert main(["aside", "take", str(whole.id), "--data", str(tmp_path)]) == 1
    assert "还是不能收下" in capsys.readouterr().err
    with sqlite.read() as unit:
        assert [one.staff_number for one in refused_records(unit, {"1": "员工1"})] == ["1"], "nor does a lead miss it"
    assert verdicts(send(sqlite, me, corrected(whole, note="right"))) == ["accepted"]
    assert stored(sqlite, "T1").state is TaskState.DONE
    with sqlite.read() as unit:
        assert kept_aside.waiting(unit) == []


def test_nothing_is_kept_of_what_cannot_be_read_and_names_another(sqlite: Database, me: Caller) -> None:
    add_agent(sqlite, agent("2"))
    torn = msgspec.json.encode(saved(given(sqlite, to="2"), "2", note="a\0b"))
    assert [one.code for one in send(sqlite, me, torn, b'{"kind":"tip"}').answers] == ["malformed", "malformed"]
    with sqlite.read() as unit:
        assert kept_aside.waiting(unit) == []


def test_a_refused_record_gives_nobody_a_right_that_they_lack(sqlite: Database, me: Caller) -> None:
    other = add_agent(sqlite, agent("2", role=Role.CALLBACK_STAFF))
    mine, theirs = given(sqlite, to="1"), given(sqlite, 2, to="2")
    send(sqlite, me, saved(mine, "1", id=(first := uuid4()), result="refuses", call=talk(10)))
    wrong = saved(theirs, "2", result="refuses", call=talk(10))
    loose = Saved(outcome=outcome(None, "2", customer_id="C2", result="refuses", corrects=wrong.id))
    of_mine = saved(theirs, "2", result="refuses", corrects=first)
    answers = send(sqlite, other, wrong, loose, of_mine).answers
    assert [one.code for one in answers] == ["talk_out_of_bounds", "needs_task", "unknown_outcome"]


def test_who_runs_the_server_sees_them_takes_them_and_closes_them(
    sqlite: Database, me: Caller, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("--data", str(tmp_path))
    late = saved(given(sqlite, to="1"), "1", result="refuses", reason="moon", note=f"call {number_of(7)}")
    odd = saved(given(sqlite, 2, to="1"), "1", result="refuses", call=talk(10))
    send(sqlite, me, late, odd)
    assert main(["aside", "list", *place]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in (str(late.id), str(odd.id), "没有这个原因", "moon"))
    assert number_of(7) not in said
    assert main(["aside", "take", str(late.id), *place]) == 1
    assert "还是不能收下" in capsys.readouterr().err
    publish(sqlite, SALE, REFUSES, version=2, script=2, reasons=("moon",))
    assert main(["aside", "take", str(late.id), *place]) == 0
    assert stored(sqlite, "T1").state is TaskState.DONE
    assert main(["aside", "close", str(odd.id), *place]) == 0
    capsys.readouterr()
    assert main(["aside", "list", *place]) == 0
    assert "没有另存" in capsys.readouterr().out
    assert main(["aside", "take", str(odd.id), *place]) == 1


def test_a_lead_knows_of_a_refused_record_until_something_stands_in_its_place(sqlite: Database, me: Caller) -> None:
    # ROLE-02, TASK-18
    lead = add_agent(sqlite, agent("8", role=Role.TEAM_LEAD))
    stranger = add_agent(sqlite, agent("77", role=Role.TEAM_LEAD, team="Z"))
    held = given(sqlite, to="1")
    wrong = saved(held, "1", result="not_reached")
    send(sqlite, me, wrong)
    (told,) = board_of(sqlite, lead).refused
    assert (told.staff_number, told.customer, told.why.zh) == ("1", "吴**", "场景里没有这个通话结果")
    assert stored(sqlite, held.id).state is TaskState.ASSIGNED
    assert board_of(sqlite, stranger).refused == ()
    send(sqlite, me, corrected(wrong, result="unanswered", call=talk(0)))
    assert board_of(sqlite, lead).refused == ()


def board_of(database: Database, lead: Caller) -> TeamBoard:
    with database.read() as unit:
        return team_board(unit, lead, {})

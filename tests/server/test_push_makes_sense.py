"""What a signed-in desk says is taken where it can be true; what an honest desk keeps is never lost."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from server_kit import NOON, SCENARIO, add_agent, agent, batch, dialled, given, outcome, saved, send, stored, verdicts

from core.domain.call import CallRecord, Direction, Skip
from core.domain.task import TaskState
from core.server.db import publications, records, tasks
from core.server.db.engine import Database
from core.server.db.publications import Source
from core.server.sync.decode import decode_batch
from core.wire.pull import ContentDocument
from core.wire.push import Dialled, Skipped

_TALK: dict[str, Any] = {"direction": Direction.OUTBOUND, "number": "10000000001", "dialled_at": NOON}


def publish_results(database: Database, version: int, *codes: str, needs: tuple[str, ...] = ()) -> None:
    body = {
        "scenario": SCENARIO,
        "version": version,
        "results": [
            {"code": code, "label": {"zh": code, "en": code}, "success": True, "needs": needs} for code in codes
        ],
        "reasons": [],
    }
    piece = ContentDocument(
        kind="dispositions", name=SCENARIO, version=version, body=msgspec.Raw(msgspec.json.encode(body))
    )
    with database.write() as unit:
        publications.publish(unit, [piece], source=Source.FOLDER, by="cli")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"recorded_at": NOON + timedelta(days=2)}, "bad_time"),
        ({"recorded_at": NOON - timedelta(days=3 * 365)}, "bad_time"),
        ({"recorded_at": NOON - timedelta(days=90)}, ""),
        ({"recorded_at": NOON + timedelta(hours=20)}, ""),
        ({"call": CallRecord(**_TALK, talk_time_s=-1)}, "bad_duration"),
        ({"call": CallRecord(**_TALK, talk_time_s=86_401)}, "bad_duration"),
        ({"call": CallRecord(**_TALK, talk_time_s=86_400, wrap_up_s=200_000)}, ""),
        ({"call": CallRecord(**_TALK, answered_at=NOON + timedelta(days=40))}, "bad_time"),
    ],
)
def test_an_outcome_of_another_time_or_length_is_refused_and_an_offline_one_is_not(
    sqlite: Database, changes: dict[str, Any], code: str
) -> None:
    me, mine = add_agent(sqlite, agent("1")), given(sqlite, to="1")
    (answer,) = send(sqlite, me, saved(mine, "1", **changes)).answers
    assert (answer.verdict, answer.code) == ("rejected" if code else "accepted", code)
    assert bool(answer.message_zh and answer.message_en) is bool(code)


@pytest.mark.parametrize("number", ["", "none", "110", "１００００００００１１", "1" * 40])
def test_a_dial_of_what_is_no_number_is_not_counted(sqlite: Database, number: str) -> None:
    me, _ = add_agent(sqlite, agent("1")), given(sqlite, to="1")
    made = dialled("1")
    wrong = Dialled(dial=msgspec.structs.replace(made.dial, id=uuid4(), number=number))
    answers = send(sqlite, me, wrong, dialled("1", at=NOON + timedelta(days=3)), made)
    assert [answer.code for answer in answers.answers] == ["bad_number", "bad_time", ""]


def test_a_skip_of_a_task_that_is_another_agents_is_kept_but_does_not_count(database: Database) -> None:
    me, _ = add_agent(database, agent("1")), add_agent(database, agent("2"))
    held = given(database, to="1")
    with database.write() as unit:
        tasks.change(
            unit, held, msgspec.structs.replace(held, assigned_to="2", lease_epoch=held.lease_epoch + 1), team_id="A"
        )
    (answer,) = send(database, me, _skip("1")).answers
    assert (answer.verdict, answer.code) == ("superseded", "moved")


def test_a_skip_of_a_closed_task_is_told_so(database: Database) -> None:
    me, mine = add_agent(database, agent("1")), given(database, to="1")
    send(database, me, saved(mine, "1"))
    assert stored(database, "T1").state is TaskState.DONE
    (answer,) = send(database, me, _skip("1")).answers
    assert (answer.verdict, answer.code) == ("superseded", "closed")


def _skip(who: str) -> Skipped:
    return Skipped(skip=Skip(id=uuid4(), task_id="T1", reason="busy", at=NOON, agent=who))


def test_a_result_of_any_version_that_was_published_is_taken_and_another_is_not(database: Database) -> None:
    me, mine = add_agent(database, agent("1")), given(database, to="1")
    publish_results(database, 1, "gone")
    publish_results(database, 2, "agreed")
    answers = send(database, me, saved(mine, "1", result="invented"), saved(mine, "1", result="gone"))
    assert [answer.code for answer in answers.answers] == ["unknown_result", ""]


def test_a_sale_without_an_order_is_no_success(database: Database) -> None:
    # OUTCOME-12
    me, mine = add_agent(database, agent("1")), given(database, to="1")
    publish_results(database, 1, "sold", needs=("order",))
    claim = saved(mine, "1", result="sold", success=True)
    assert verdicts(send(database, me, claim, claim)) == ["accepted", "duplicate"]
    with database.read() as unit:
        kept = records.get_outcome(unit, str(claim.outcome.id))
    assert kept is not None
    assert not kept.success


@pytest.mark.parametrize("half", ["\\ud800", "\\udc00", "\\ud800\\ud800", "\\\\\\ud83d x"])
def test_half_a_surrogate_pair_fails_its_item_alone(sqlite: Database, half: str) -> None:
    me, mine = add_agent(sqlite, agent("1")), given(sqlite, to="1")
    good = saved(mine, "1", note="好 \\ud800 😀")
    bad = saved(mine, "1", note="HERE")
    body = batch(bad, good).replace(b"HERE", half.encode()).replace("😀".encode(), rb"\ud83d\ude00")
    entries = decode_batch(body)
    assert [entry.id for entry in entries] == [bad.outcome.id, good.outcome.id]
    answers = send(sqlite, me, body[len(b'{"items":[') : -2])
    assert verdicts(answers) == ["rejected", "accepted"]


def test_an_order_is_what_a_sale_needs_not_every_result(sqlite: Database) -> None:
    me, mine = add_agent(sqlite, agent("1")), given(sqlite, to="1")
    publish_results(sqlite, 1, "kept")
    said = outcome(mine, "1", result="kept", success=True)
    send(sqlite, me, saved(mine, "1", id=said.id, result="kept", success=True))
    with sqlite.read() as unit:
        kept = records.get_outcome(unit, str(said.id))
    assert kept is not None
    assert kept.success

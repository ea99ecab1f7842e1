"""What a desk pulls: its tasks, their customers with the sections that it may see, content, tombstones."""

import msgspec
import pytest
from server_kit import NOON, add_agent, agent, callback, document, given, read_page, saved, send, stored, task

from core.domain import decoding
from core.domain.customer import Billing, Care, Document, decode_document
from core.domain.people import RIGHTS, Right, Role
from core.domain.task import Block, Gone, Task, TaskState
from core.server.db import published, schema, settings, tasks
from core.server.db.engine import Database
from core.server.loading import load
from core.server.sync.cursor import BadCursor
from core.server.sync.pull import PAGE_BYTES, pull
from core.wire.pull import Change, ContentDocument, Kind, PullPage

ALL = RIGHTS[Role.OUTBOUND_REPRESENTATIVE]


def page(
    database: Database, who: str = "1", cursor: str = "", limit: int = 500, rights: frozenset[Right] = ALL
) -> PullPage:
    return read_page(pull(database, staff_number=who, rights=rights, cursor=cursor, limit=limit).body)


def shown(changes: list[Change]) -> list[tuple[str, str, bool]]:
    return [(change.kind.value, change.key, change.deleted) for change in changes]


def test_a_desk_gets_its_tasks_and_their_customers(database: Database) -> None:
    given(database, 1, to="1")
    given(database, 2, to="2")
    first = page(database)
    assert shown(first.changes) == [("customer", "C1", False), ("task", "T1", False)]
    assert decode_document(bytes(first.changes[0].body)).identity is not None
    assert decoding.decode(first.changes[1].body, Task) == stored(database, "T1")
    assert page(database, cursor=first.cursor).changes == []


def test_each_page_goes_on_where_the_last_one_ended(database: Database) -> None:
    load(database, [(document(n), task(n, to="1")) for n in range(25)])
    cursor, seen, pages, more = "", list[str](), 0, True
    while more:
        found = page(database, cursor=cursor, limit=7)
        assert len(found.changes) <= 7
        seen += [change.key for change in found.changes]
        cursor, more, pages = found.cursor, found.more, pages + 1
    assert sorted(seen) == sorted([f"C{n}" for n in range(25)] + [f"T{n}" for n in range(25)])
    assert pages == 8


def test_a_page_is_bounded_in_bytes(sqlite: Database) -> None:
    long = {f"indicator_{n}": "字" * 300 for n in range(60)}
    load(sqlite, [(document(n, indicators=long), task(n, to="1")) for n in range(120)])
    first = pull(sqlite, staff_number="1", rights=ALL, cursor="", limit=2000)
    assert len(first.body) < 2 * PAGE_BYTES
    assert read_page(first.body).more


def test_sections_without_the_right_are_absent(database: Database) -> None:
    # ROLE-01: callback staff see no bills
    load(database, [(document(billing=Billing(balance_fen=990)), task(to="1"))])
    seen = {
        role: decode_document(bytes(page(database, rights=RIGHTS[role]).changes[0].body))
        for role in (Role.OUTBOUND_REPRESENTATIVE, Role.CALLBACK_STAFF, Role.PLANNER)
    }
    assert seen[Role.OUTBOUND_REPRESENTATIVE].billing == Billing(balance_fen=990)
    assert seen[Role.CALLBACK_STAFF].billing is None
    assert seen[Role.CALLBACK_STAFF].identity is not None
    assert seen[Role.PLANNER] == Document(id="C1", version=1)


def test_a_task_that_goes_elsewhere_leaves_tombstones(database: Database) -> None:
    old = given(database, to="1")
    start = page(database).cursor
    with database.write() as unit:
        tasks.change(unit, old, msgspec.structs.replace(old, assigned_to="2", lease_epoch=old.lease_epoch + 1))
    assert sorted(shown(page(database, cursor=start).changes)) == [("customer", "C1", True), ("task", "T1", True)]
    assert shown(page(database, "2").changes) == [("customer", "C1", False), ("task", "T1", False)]


@pytest.mark.parametrize(
    ("state", "block", "why"),
    [
        (TaskState.WAITING, None, Gone.REASSIGNED),
        (TaskState.DONE, None, Gone.DONE),
        (TaskState.EXPIRED, None, Gone.EXPIRED),
        (TaskState.CANCELLED, None, Gone.CANCELLED),
        (TaskState.CANCELLED, Block.OPTED_OUT, Gone.OPTED_OUT),
    ],
)
def test_the_tombstone_of_a_task_says_why_it_went(
    database: Database, state: TaskState, block: Block | None, why: Gone
) -> None:
    # TASK-18, OUTCOME-11
    old = given(database, to="1")
    start = page(database).cursor
    with database.write() as unit:
        tasks.change(unit, old, msgspec.structs.replace(old, state=state, block=block))
    told = {change.kind: change.why for change in page(database, cursor=start).changes}
    assert told == {Kind.TASK: why.value, Kind.CUSTOMER: ""}


def test_a_list_that_brings_a_refusal_says_so_to_the_desk_that_has_the_task(database: Database) -> None:
    # OUTCOME-11
    given(database, to="1")
    start = page(database).cursor
    load(database, [(document(care=Care(opted_out=True)), None)])
    (told,) = [change for change in page(database, cursor=start).changes if change.kind is Kind.TASK]
    assert (told.deleted, told.why) == (True, "opted_out")


def test_a_finished_task_leaves_tombstones(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    start = page(database).cursor
    send(database, me, saved(mine, "1"))
    assert set(shown(page(database, cursor=start).changes)) == {("customer", "C1", True), ("task", "T1", True)}
    fresh = page(database)
    assert fresh.changes == [], "a fresh desk hears nothing of it"
    assert page(database, cursor=fresh.cursor).changes == [], "nor later"


def test_a_task_that_ends_between_two_pages_of_the_first_run_leaves_the_desk_again(database: Database) -> None:
    # Reliability R11: a first run that was cut off in the middle kept it for good
    me = add_agent(database, agent("1"))
    mine = [given(database, n, to="1") for n in (1, 2, 3)]
    first = page(database, limit=2)
    assert ("task", "T1", False) in shown(first.changes)
    send(database, me, saved(mine[0], "1"))
    rest, cursor = [], first.cursor
    for _ in range(9):
        found = page(database, cursor=cursor, limit=2)
        rest, cursor = [*rest, *found.changes], found.cursor
    assert ("task", "T1", True) in shown(rest)


def test_what_one_desk_records_the_holder_sees(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    start = page(database).cursor
    send(database, me, saved(mine, "1", callback(mine, "1", NOON)))
    changes = page(database, cursor=start).changes
    assert sorted(shown(changes)) == [("customer", "C1", False), ("task", "T1", False)]
    body = next(change.body for change in changes if change.kind is Kind.CUSTOMER)
    care = decode_document(bytes(body)).care
    assert care is not None
    assert len(care.calls) == 1
    assert stored(database, "T1").state is TaskState.FOLLOW_UP


def test_content_goes_to_everyone_once_per_version(database: Database) -> None:
    piece = ContentDocument(kind="script", name="s", version=1, body=msgspec.Raw(b'{"a":1}'))
    for turn in range(2):
        with database.write() as unit:
            assert published.put(unit, published.newer(unit, [piece])) == ([] if turn else ["script/s"])
    first = page(database)
    assert shown(first.changes) == [("content", "script/s", False)]
    assert decoding.decode(first.changes[0].body, ContentDocument).version == 1
    older = msgspec.structs.replace(piece, version=0)
    with database.write() as unit:
        assert published.newer(unit, [older]) == []


def test_a_task_is_not_told_to_a_desk_that_lost_it(database: Database) -> None:
    """Also where the feed should be wrong: the task's own row decides."""
    given(database, to="1")
    with database.write() as unit:
        unit.conn.execute(schema.task.update().values(assigned_to="2"))
    assert ("task", "T1", True) in shown(page(database).changes)


def test_a_first_run_of_many_pages_is_spared_tombstones(sqlite: Database) -> None:
    me = add_agent(sqlite, agent("1"))
    load(sqlite, [(document(n), task(n, to="1")) for n in range(12)])
    send(sqlite, me, *(saved(stored(sqlite, f"T{n}"), "1") for n in range(1, 12, 2)))
    cursor, seen, more = "", list[Change](), True
    while more:
        found = page(sqlite, cursor=cursor, limit=5)
        cursor, more = found.cursor, found.more
        seen += found.changes
    assert not any(change.deleted for change in seen)
    assert len(seen) == 12
    send(sqlite, me, saved(stored(sqlite, "T0"), "1"))
    assert all(change.deleted for change in page(sqlite, cursor=cursor).changes)


@pytest.mark.parametrize("cursor", ["x", "a.b.c", "a.1", "a.-1.2", "a.1.99999999999999999999", "a.¹.2"])
def test_a_cursor_that_is_none_is_refused(sqlite: Database, cursor: str) -> None:
    with pytest.raises(BadCursor):
        page(sqlite, cursor=cursor)


def test_a_cursor_of_another_database_starts_over_with_tombstones(sqlite: Database) -> None:
    me = add_agent(sqlite, agent("1"))
    mine = given(sqlite, to="1")
    send(sqlite, me, saved(mine, "1"))
    given(sqlite, 2, to="1")
    found = shown(page(sqlite, cursor="otherone.0.999").changes)
    assert ("task", "T1", True) in found
    assert ("task", "T2", False) in found


def test_the_last_page_tells_how_the_centre_may_call_now(sqlite: Database) -> None:
    # TASK-16: what an operator changes reaches the desks that are at work
    load(sqlite, [(document(n), task(n, to="1")) for n in range(5)])
    with sqlite.write() as unit:
        settings.put_site(unit, msgspec.structs.replace(settings.site(unit), call_from="10:00", cap_24h=1))
    first = page(sqlite, limit=7)
    assert (first.more, first.site) == (True, None)
    last = page(sqlite, cursor=first.cursor)
    assert last.site is not None
    assert (last.more, last.site.call_from, last.site.cap_24h) == (False, "10:00", 1)
    assert page(sqlite, cursor=last.cursor).site == last.site, "also where nothing else is new"

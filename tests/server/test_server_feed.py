"""The feed's cursor loses nothing under concurrent writers; a plain sequence does."""

import threading

import pytest
from server_kit import StillClock
from sqlalchemy import text

from core.server.db import feed
from core.server.db.engine import Database
from core.server.db.feed import EVERYONE, Entry, Position
from core.wire.pull import Kind

WRITERS, ROUNDS, ROWS = 4, 8, 5


def put(database: Database, *keys: str, audience: str = "1", deleted: bool = False) -> None:
    with database.write() as unit:
        feed.publish(unit, [Entry(audience, Kind.TASK, key, deleted) for key in keys])


def keys_after(database: Database, position: Position = Position(), limit: int = 100) -> list[str]:  # noqa: B008
    with database.read() as unit:
        return [found.key for found in feed.after(unit, "1", position, limit)]


def test_changes_come_in_order_and_once(database: Database) -> None:
    put(database, "a", "b")
    put(database, "c")
    put(database, "a")
    assert keys_after(database) == ["b", "c", "a"]


def test_everyone_and_one_are_merged_in_order(database: Database) -> None:
    put(database, "a")
    put(database, "b", audience=EVERYONE)
    put(database, "c")
    put(database, "x", audience="2")
    assert keys_after(database) == ["a", "b", "c"]
    assert keys_after(database, limit=2) == ["a", "b"]


def test_a_cursor_goes_on_where_it_was(database: Database) -> None:
    put(database, "a", "b", "c")
    with database.read() as unit:
        first = feed.after(unit, "1", Position(), 2)
    assert [found.key for found in first] == ["a", "b"]
    assert keys_after(database, first[-1].position) == ["c"]


def test_a_tombstone_takes_the_place_of_the_change(database: Database) -> None:
    put(database, "a", "b")
    put(database, "a", deleted=True)
    with database.read() as unit:
        assert [(found.key, found.deleted) for found in feed.after(unit, "1", Position(), 9)] == [
            ("b", False),
            ("a", True),
        ]


def write_slowly(database: Database, writer: int, started: threading.Barrier) -> None:
    """Each transaction takes its numbers, then lets others go first before it commits."""
    started.wait()
    for turn in range(ROUNDS):
        with database.write() as unit:
            entries = [Entry("1", Kind.TASK, f"{writer}-{turn}-{row}") for row in range(ROWS)]
            feed.publish(unit, entries)
            if unit.postgres:
                # Held open in the server, for a different time each: commits overtake one another.
                unit.conn.execute(text("SELECT pg_sleep(:s)"), {"s": 0.002 * ((writer * 7 + turn * 3) % 5)})


def follow(database: Database, writers: list[threading.Thread], *, plain: bool) -> set[str]:
    """Pull all the time while others write; `plain` trusts the sequence alone."""
    seen: set[str] = set()
    position, last_seq = Position(), 0
    running = True
    while running:
        # Looked at before the pull: what is committed by then must be found by it.
        running = any(writer.is_alive() for writer in writers)
        with database.read() as unit:
            if plain:
                rows = unit.conn.execute(
                    text("SELECT key, seq FROM feed WHERE audience = '1' AND seq > :seq ORDER BY seq"),
                    {"seq": last_seq},
                ).all()
                seen.update(row.key for row in rows)
                last_seq = max([last_seq, *(row.seq for row in rows)])
            else:
                found = feed.after(unit, "1", position, 50)
                seen.update(entry.key for entry in found)
                position = found[-1].position if found else position
                running = running or bool(found)
    return seen


def race(database: Database, *, plain: bool) -> int:
    """How many changes the follower missed."""
    started = threading.Barrier(WRITERS)
    writers = [threading.Thread(target=write_slowly, args=(database, n, started)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    seen = follow(database, writers, plain=plain)
    for writer in writers:
        writer.join()
    return WRITERS * ROUNDS * ROWS - len(seen)


def test_nothing_is_lost_under_slow_concurrent_writers(database: Database) -> None:
    assert race(database, plain=False) == 0


@pytest.mark.postgres
def test_control_a_plain_sequence_loses(opener, postgres_ready: str, clock: StillClock) -> None:  # type: ignore[no-untyped-def]
    """The harness would notice: the same race with the sequence as cursor misses changes."""
    database = opener(postgres_ready)
    first, second = database.engine.connect(), database.engine.connect()
    try:
        slow = first.begin()
        first.execute(text("INSERT INTO feed VALUES ('main','1','task','slow',false,0,nextval('feed_seq'))"))
        with second.begin():
            second.execute(text("INSERT INTO feed VALUES ('main','1','task','quick',false,0,nextval('feed_seq'))"))
        with database.read() as unit:
            passed = unit.conn.execute(text("SELECT max(seq) FROM feed")).scalar_one()
        slow.commit()
        with database.read() as unit:
            later = unit.conn.execute(text("SELECT key FROM feed WHERE seq > :seq"), {"seq": passed}).all()
        assert later == [], "the slow writer's change stays behind the cursor for ever"
    finally:
        first.close()
        second.close()
    assert race(database, plain=True) > 0


@pytest.mark.postgres
def test_a_running_transaction_holds_back_what_came_after(opener, postgres_ready: str) -> None:  # type: ignore[no-untyped-def]
    database = opener(postgres_ready)
    with database.write() as unit:
        feed.publish(unit, [Entry("1", Kind.TASK, "slow")])
        put(database, "quick")
        assert keys_after(database) == []
    assert keys_after(database) == ["slow", "quick"]

"""Desks are told that there is something to pull: those whom it concerns, with the place that a pull then reaches."""

import asyncio
import resource
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from litestar.response import ServerSentEventMessage
from server_kit import add_agent, agent, document, given, read_page
from sqlalchemy import update

from core.server.access.caller import Caller
from core.server.db import feed, people, schema
from core.server.db.engine import Database, open_engine
from core.server.db.feed import Entry, Position
from core.server.http.bell import Bell
from core.server.http.event_routes import told
from core.server.http.services import Services
from core.server.loading import load
from core.server.news import watch as watching
from core.server.news.heads import look
from core.server.news.pulse import pulse_of
from core.server.news.watch import Watch
from core.server.open_files import ENOUGH, allow_many
from core.server.sync.cursor import written
from core.server.sync.pull import pull
from core.wire.pull import Kind

SOON_S = 10


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look rests no longer where the machine is slow."""
    monkeypatch.setattr(watching, "_SHARE", 0)


def signed_in(database: Database, number: str) -> Caller:
    """With a session that stands in the database."""
    who = add_agent(database, agent(number))
    caller = Caller(who.agent, f"s{number}")
    with database.write() as unit:
        unit.conn.execute(
            schema.session.insert().values(
                tenant_id=unit.tenant, id=caller.session_id, staff_number=number, device="", started_at=unit.now
            )
        )
    return caller


def pulled_to(database: Database, number: str) -> str:
    rights = agent(number).rights
    return read_page(pull(database, staff_number=number, rights=rights, cursor="", limit=500).body).cursor


def place(database: Database, caller: Caller) -> str:
    with database.read() as unit:
        heads = look(unit, [caller.session_id])
        return written(heads.mark, heads.of(caller.session_id))


def test_the_place_that_is_told_is_the_one_that_a_pull_reaches(database: Database) -> None:
    one, two = signed_in(database, "1"), signed_in(database, "2")
    assert place(database, one) == pulled_to(database, "1"), "nothing was published yet"
    given(database, 1, to="1")
    given(database, 2, to="2")
    for caller in (one, two):
        assert place(database, caller) == pulled_to(database, caller.staff_number)
    assert place(database, one) != place(database, two)
    with database.write() as unit:
        feed.publish(unit, [Entry(feed.EVERYONE, Kind.CONTENT, "script/x")])
    assert place(database, one) == place(database, two) == pulled_to(database, "1")


def test_an_ended_session_and_a_stopped_person_have_no_place(database: Database) -> None:
    # Reliability S5
    callers = [signed_in(database, number) for number in ("1", "2", "3")]
    with database.write() as unit:
        ended = schema.session.c.id == "s2"
        unit.conn.execute(update(schema.session).where(ended).values(ended_at=unit.now))
        people.set_disabled(unit, "3", True)
    with database.read() as unit:
        assert look(unit, [one.session_id for one in callers]).own.keys() == {"s1"}


def test_the_pulse_beats_for_what_others_commit_and_is_still_otherwise(database: Database) -> None:
    pulse = pulse_of(database)
    try:
        assert pulse.beats(), "the first time nobody knows"
        assert not pulse.beats()
        with database.read() as unit:
            people.everyone(unit)
        assert not pulse.beats(), "reading changes nothing"
        add_agent(database, agent("1"))
        assert pulse.beats()
        assert not pulse.beats()
    finally:
        pulse.close()


@pytest.mark.postgres
def test_what_an_older_transaction_still_holds_back_is_told_when_it_ends(postgres_ready: str) -> None:
    database = Database(open_engine(postgres_ready))
    try:
        one = signed_in(database, "1")
        pulse = pulse_of(database)
        with database.write() as older:
            feed.publish(older, [Entry("9", Kind.TASK, "T9")])
            with database.write() as unit:
                feed.publish(unit, [Entry("1", Kind.TASK, "T1")])
            pulse.beats()
            before = place(database, one)
        assert pulse.beats()
        assert place(database, one) != before
        assert place(database, one) == pulled_to(database, "1")
    finally:
        database.close()


async def until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON_S):
        while not seen():
            await asyncio.sleep(0.005)


def alone(body: Callable[[Watch, Bell], Awaitable[None]], database: Database) -> None:
    """`body` with a watch that looks often; its thread has ended by itself at the end."""
    watch = Watch(database, look_s=0.01)

    async def main() -> None:
        await body(watch, Bell())
        await until(lambda: not any(thread.name == "news" for thread in threading.enumerate()))

    asyncio.run(main())
    assert len(watch) == 0


def test_only_those_whom_it_concerns_are_woken(sqlite: Database) -> None:
    one, two = signed_in(sqlite, "1"), signed_in(sqlite, "2")

    async def body(watch: Watch, bell: Bell) -> None:
        with (
            bell.listening(frozenset()) as first, bell.listening(frozenset()) as second,
            watch.following(one, first) as mine, watch.following(two, second) as theirs,
        ):  # fmt: skip
            assert await first.heard(SOON_S), "the first look"
            assert await second.heard(SOON_S)
            before = theirs.head, mine.head
            given(sqlite, 1, to="1")
            assert await first.heard(SOON_S)
            assert (theirs.head, mine.head) == (before[0], Position(0, 2)), "the task and its customer"
            assert not await second.heard(0.05)

    alone(body, sqlite)


def test_one_stream_for_each_session_and_none_without(sqlite: Database) -> None:
    one = signed_in(sqlite, "1")

    async def body(watch: Watch, bell: Bell) -> None:
        with (
            bell.listening(frozenset()) as first, bell.listening(frozenset()) as second,
            watch.following(one, first) as earlier, watch.following(one, second) as later,
        ):  # fmt: skip
            await until(lambda: earlier.over)
            assert len(watch) == 1
            with sqlite.write() as unit:
                people.set_disabled(unit, "1", True)
            await until(lambda: later.over)
            assert later.head is None

    alone(body, sqlite)


def test_a_look_that_fails_is_made_up_for(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    one, failed = signed_in(sqlite, "1"), list[int]()

    def fails_once(unit: object, session_ids: object) -> object:
        if not failed:
            failed.append(1)
            raise ValueError("a row that cannot be read")
        return look(unit, session_ids)  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "look", fails_once)
    monkeypatch.setattr(watching, "_TROUBLE_S", 0.01)

    async def body(watch: Watch, bell: Bell) -> None:
        with bell.listening(frozenset()) as listener, watch.following(one, listener) as mine:
            await until(lambda: mine.head is not None)
        assert failed

    alone(body, sqlite)


def events_of(services: Services, caller: Caller, after: str) -> AsyncIterator[ServerSentEventMessage]:
    return told(services, caller, after, 60)


def test_a_stream_says_what_is_new_once_and_ends_with_the_server(sqlite: Database, tmp_path: Path) -> None:
    one = signed_in(sqlite, "1")
    load(sqlite, [(document(1), None)])
    services = Services.of(sqlite, tmp_path)

    async def main() -> list[tuple[str | None, object]]:
        stream = events_of(services, one, pulled_to(sqlite, "1"))
        said = [await anext(stream)]
        given(sqlite, 2, to="1")
        async with asyncio.timeout(SOON_S):
            said.append(await anext(stream))
            services.bell.fall_silent()
            said += [message async for message in stream]
        return [(message.event, message.id) for message in said]

    assert asyncio.run(main()) == [("ready", None), ("pull", pulled_to(sqlite, "1"))]
    services.watch.close()


@pytest.mark.parametrize("after", ["", "nonsense", "deadbeef.0.0"])
def test_who_cannot_say_what_they_know_is_told_to_pull(sqlite: Database, tmp_path: Path, after: str) -> None:
    one = signed_in(sqlite, "1")
    given(sqlite, 1, to="1")
    services = Services.of(sqlite, tmp_path)

    async def main() -> list[str | None]:
        return [message.event async for message in told(services, one, after, 0)]

    assert asyncio.run(main()) == ["ready", "pull"]
    services.watch.close()


def test_a_thousand_desks_fit_where_the_system_allows_few_files_at_first() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 512), hard))
        allow_many()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == (
            ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
        )
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

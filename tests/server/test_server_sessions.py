"""Signing in, staying signed in, being shut out."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cheap_passwords import EARNEST
from server_kit import StillClock, agent

from core.domain.errors import InputError, Refused
from core.domain.people import Role
from core.server.access.passwords import hash_password, matches
from core.server.access.sessions import Sessions, Throttled, Unauthenticated
from core.server.access.throttle import FAILURES_PER_STAFF, Throttle
from core.server.access.tokens import BadToken, Claims, Signer
from core.server.db import audit, people, schema
from core.server.db.engine import Database
from core.wire.session import Session, SignIn

PASSWORD = "stayline-demo"
HASH = hash_password(PASSWORD)


@pytest.fixture
def sessions(database: Database, tmp_path: Path) -> Sessions:
    with database.write() as unit:
        people.put(unit, agent("1"), password_hash=HASH)
    return Sessions(database, Signer.of_folder(tmp_path), Throttle(database))


def sign_in(sessions: Sessions, password: str = PASSWORD, staff_number: str = "1") -> Session:
    return sessions.sign_in(SignIn(staff_number=staff_number, password=password), address="127.0.0.1")


def code_of(error: pytest.ExceptionInfo[Unauthenticated]) -> str:
    return error.value.code


def test_a_session_names_the_agent(sessions: Sessions) -> None:
    session = sign_in(sessions)
    caller = sessions.authenticate(session.access_token)
    assert caller.agent == session.agent == agent("1")


# ROLE-01
def test_who_one_is_counts_as_it_stands_at_the_request(sessions: Sessions, database: Database) -> None:
    token = sign_in(sessions).access_token
    for now in (
        agent("1", role=Role.TEAM_LEAD, team="B", team_name="二班", areas=("南浦区",)),
        agent("1", skills=("4g-upgrade", "broadband-disconnect", "vip-care")),
        agent("1", skills=()),
    ):
        with database.write() as unit:
            people.put(unit, now, password_hash=HASH)
        assert sessions.authenticate(token).agent == now


def test_a_session_lets_in_nobody_but_whose_it_is(sessions: Sessions, database: Database, tmp_path: Path) -> None:
    with database.write() as unit:
        people.put(unit, agent("2"), password_hash=HASH)
    own = sessions.authenticate(sign_in(sessions).access_token).session_id
    signer = Signer.of_folder(tmp_path)
    for claims in (Claims("2", own, "main"), Claims("1", "none", "main"), Claims("404", own, "main")):
        with pytest.raises(Unauthenticated) as error:
            sessions.authenticate(signer.issue(claims, database.clock()))
        assert code_of(error) == "signed_out"


def test_an_access_token_lasts_a_quarter_of_an_hour(sessions: Sessions, clock: StillClock) -> None:
    token = sign_in(sessions).access_token
    clock.forward(minutes=14)
    sessions.authenticate(token)
    clock.forward(minutes=2)
    with pytest.raises(Unauthenticated) as error:
        sessions.authenticate(token)
    assert code_of(error) == "signed_out"


def test_a_refresh_token_is_used_up(sessions: Sessions) -> None:
    first = sign_in(sessions)
    second = sessions.refresh(first.refresh_token)
    third = sessions.refresh(second.refresh_token)
    with pytest.raises(Unauthenticated):
        sessions.refresh(first.refresh_token)
    with pytest.raises(Unauthenticated):
        sessions.authenticate(third.access_token)


def test_a_lost_reply_does_not_sign_out(sessions: Sessions) -> None:
    first = sign_in(sessions)
    lost = sessions.refresh(first.refresh_token)
    again = sessions.refresh(first.refresh_token)
    sessions.refresh(again.refresh_token)
    with pytest.raises(Unauthenticated):
        sessions.refresh(lost.refresh_token)


def test_a_session_ends_after_two_weeks_of_silence(sessions: Sessions, clock: StillClock) -> None:
    token = sign_in(sessions).refresh_token
    clock.forward(days=15)
    with pytest.raises(Unauthenticated):
        sessions.refresh(token)


def test_a_disabled_user_is_refused_at_the_next_request(sessions: Sessions, database: Database) -> None:
    session = sign_in(sessions)
    with database.write() as unit:
        people.set_disabled(unit, "1", True)
    for attempt in (
        lambda: sessions.authenticate(session.access_token),
        lambda: sign_in(sessions),
    ):
        with pytest.raises(Unauthenticated) as error:
            attempt()
        assert code_of(error) == "disabled"
    with pytest.raises(Unauthenticated):
        sessions.refresh(session.refresh_token)


def test_a_new_password_and_a_sign_out_end_sessions(sessions: Sessions, database: Database) -> None:
    one, two = sign_in(sessions), sign_in(sessions)
    sessions.sign_out(sessions.authenticate(one.access_token))
    with pytest.raises(Unauthenticated):
        sessions.authenticate(one.access_token)
    sessions.authenticate(two.access_token)
    with database.write() as unit:
        people.set_password(unit, "1", hash_password("another-password"))
    with pytest.raises(Unauthenticated):
        sessions.refresh(two.refresh_token)


def test_guessing_is_slowed_and_recorded(sessions: Sessions, database: Database) -> None:
    for _ in range(FAILURES_PER_STAFF):
        with pytest.raises(Unauthenticated) as error:
            sign_in(sessions, "guess")
        assert code_of(error) == "wrong_password"
    with pytest.raises(Throttled) as slowed:
        sign_in(sessions)
    assert 0 < slowed.value.retry_after_s <= 300
    with database.read() as unit:
        refused = schema.audit.select().where(schema.audit.c.action == "sign_in_refused")
        assert len(unit.conn.execute(refused).all()) == FAILURES_PER_STAFF
        assert audit.verify(unit) == []


# Reliability S4: the audit is for good, and a password may be typed into the wrong field
def test_what_nobody_is_called_is_not_kept(sessions: Sessions, database: Database) -> None:
    for typed in ("Winter-2026!", "1"):
        with pytest.raises(Unauthenticated):
            sign_in(sessions, "guess", staff_number=typed)
    with database.read() as unit:
        rows = unit.conn.execute(schema.audit.select().where(schema.audit.c.action == "sign_in_refused")).all()
    assert sorted(row.object for row in rows) == ["", "1"]


# ROLE-01
def test_guesses_sent_all_at_once_are_slowed_as_those_sent_one_by_one(sessions: Sessions) -> None:
    def guess(_number: int) -> str:
        with pytest.raises(Refused) as error:
            sign_in(sessions, "guess")
        return error.value.code

    with ThreadPoolExecutor(FAILURES_PER_STAFF * 3) as pool:
        answers = list(pool.map(guess, range(FAILURES_PER_STAFF * 3)))
    while len(answers) < 100 and (answers[-1] != "throttled" or answers.count("wrong_password") < FAILURES_PER_STAFF):
        answers.append(guess(len(answers)))
    assert answers.count("wrong_password") == FAILURES_PER_STAFF
    with pytest.raises(Throttled):
        sign_in(sessions)


def test_many_may_sign_in_at_the_same_moment(sessions: Sessions) -> None:
    with ThreadPoolExecutor(FAILURES_PER_STAFF) as pool:
        assert all(pool.map(lambda _n: sign_in(sessions).access_token, range(FAILURES_PER_STAFF)))


def test_of_a_guess_no_more_is_remembered_the_longer_it_is(database: Database, clock: StillClock) -> None:
    throttle = Throttle(database)
    for _ in range(FAILURES_PER_STAFF):
        with database.write() as unit:
            throttle.failed(unit, "9" * 1_000_000, "127.0.0.1")
    assert throttle.wait_s("9" * 1_000_000, "127.0.0.2") > 0
    with database.read() as unit:
        kept = unit.conn.execute(schema.sign_in_failure.select()).all()
    assert max(len(row.key) for row in kept) == 64
    clock.forward(minutes=6)
    with database.write() as unit:
        throttle.failed(unit, "8", "127.0.0.1")
        assert len(unit.conn.execute(schema.sign_in_failure.select()).all()) == 2, "nor for longer than it counts"


# ROLE-01: a restart forgives nobody
def test_guessing_is_slowed_by_a_server_that_was_started_anew(
    sessions: Sessions, database: Database, tmp_path: Path, clock: StillClock
) -> None:
    for _ in range(FAILURES_PER_STAFF):
        with pytest.raises(Unauthenticated):
            sign_in(sessions, "guess")
    anew = Sessions(database, Signer.of_folder(tmp_path), Throttle(database))
    with pytest.raises(Throttled):
        sign_in(anew)
    clock.forward(minutes=6)
    assert sign_in(anew).access_token


def test_a_clock_that_is_set_back_shuts_nobody_out_for_longer(sessions: Sessions, clock: StillClock) -> None:
    for _ in range(FAILURES_PER_STAFF):
        with pytest.raises(Unauthenticated):
            sign_in(sessions, "guess")
    clock.forward(minutes=-4)
    with pytest.raises(Throttled) as slowed:
        sign_in(sessions)
    assert slowed.value.retry_after_s <= 300
    clock.forward(days=-3)
    assert sign_in(sessions).access_token


def test_a_password_set_by_an_administrator_lets_in_at_once(sessions: Sessions, database: Database) -> None:
    for _ in range(FAILURES_PER_STAFF):
        with pytest.raises(Unauthenticated):
            sign_in(sessions, "guess")
    with database.write() as unit:
        people.set_password(unit, "1", hash_password("another-password"))
    assert sign_in(sessions, "another-password").access_token


def test_signing_in_oneself_is_never_slowed(sessions: Sessions) -> None:
    given = [sign_in(sessions) for _ in range(FAILURES_PER_STAFF + 3)]
    assert {sessions.authenticate(session.access_token).agent for session in given} == {agent("1")}


def test_nobody_is_told_which_of_the_two_was_wrong(sessions: Sessions) -> None:
    for staff_number, password in (("1", "x"), ("404", PASSWORD)):
        with pytest.raises(Unauthenticated) as error:
            sign_in(sessions, password, staff_number)
        assert code_of(error) == "wrong_password"


def test_tokens_of_another_key_or_shape_are_none(tmp_path: Path, clock: StillClock) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    ours, theirs = Signer.of_folder(tmp_path / "a"), Signer.of_folder(tmp_path / "b")
    claims = Claims("1", "s", "main")
    assert Signer.of_folder(tmp_path / "a").read(ours.issue(claims, clock.now), clock.now) == claims
    none = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIiwic2lkIjoicyIsInRlbiI6Im1haW4iLCJleHAiOjk5OTk5OTk5OTl9."
    good = ours.issue(claims, clock.now)
    head, body, _signature = good.split(".")
    forged = ".".join((head, body, theirs.issue(claims, clock.now).split(".")[2]))
    # Also beside a good one that was read before, and again.
    for token in 2 * (theirs.issue(claims, clock.now), "", "a.b.c", "[" * 9000, none, forged):
        with pytest.raises(BadToken):
            ours.read(token, clock.now)
        assert ours.read(good, clock.now) == claims
    assert (tmp_path / "a" / "signing-key.json").stat().st_mode & 0o077 == 0


def test_passwords() -> None:
    assert matches(HASH, PASSWORD)
    assert not matches(HASH, PASSWORD + "x")
    assert not matches(None, "nobody has this password")
    assert not matches("-", PASSWORD)
    assert HASH.startswith("$argon2id$")
    assert (EARNEST.memory_cost, EARNEST.time_cost) >= (65_536, 3), "guessing at a stolen database has to be dear"
    with pytest.raises(InputError):
        hash_password("short")

"""What was given for a time, and times at stores: kept, told to who looks after them, moved, cancelled, handed over."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from case_kit import hand_over, keys_of
from server_kit import NOON, StillClock, add_agent, agent, given, saved, send, stored, verdicts

from core.demo.departments.book import Book
from core.domain.offered import OfferMade, Reply
from core.domain.people import Role
from core.domain.store import STORE_TIME
from core.domain.text import Text
from core.domain.trial_told import TRIAL, TrialTold
from core.server.access.caller import Caller
from core.server.cases.minding import mind_cases
from core.server.db import agreed_dates
from core.server.db.engine import Database
from core.server.departments.store_times import book, cancel
from core.server.outside.down import PortDown
from core.wire.departments import SlotAsk, SlotVerdict

DAY = timedelta(days=1)
UNTIL = date(2026, 12, 20)


@pytest.fixture
def me(database: Database) -> Caller:
    return add_agent(database, agent("1027", role=Role.VIP_SPECIALIST, team="vip", skills=("4g-upgrade",)))


@pytest.fixture
def other(database: Database) -> Caller:
    return add_agent(database, agent("1028", role=Role.VIP_SPECIALIST, team="vip", skills=("4g-upgrade",)))


def taken(until: date | None = UNTIL, reply: Reply = Reply.ACCEPTED) -> OfferMade:
    return OfferMade(
        offer="data-pack", version=1, kind="data", name=Text("流量体验包", "Data trial"), reply=reply, until=until
    )


def told(database: Database, who: str, kind: str) -> set[str]:
    return {key for key in keys_of(database, who) if key.startswith(f"{kind}/")}


def test_a_trial_is_told_to_who_sold_it_and_to_who_takes_over(
    database: Database, clock: StillClock, me: Caller, other: Caller
) -> None:
    # FOLLOW-07, VIP-11
    held = given(database, to="1027")
    call = saved(held, "1027", offers=(taken(), taken(None)), recorded_at=clock.now)
    assert verdicts(send(database, me, call)) == ["accepted"]
    (key,) = told(database, "1027", TRIAL)
    with database.read() as unit:
        (trial,) = agreed_dates.trials_of(unit, str(call.outcome.id))
    assert isinstance(trial, TrialTold)
    assert (trial.until, trial.name.zh, trial.customer, trial.agent) == (UNTIL, "流量体验包", "吴**", "1027")
    assert verdicts(send(database, me, hand_over(me, "1027", "1028"))) == ["accepted"]
    assert told(database, "1028", TRIAL) == {key}
    assert told(database, "1027", TRIAL) == set()
    # A correction by who sold it leaves it with who looks after it; one that takes the sale back ends it.
    again = saved(
        stored(database, held.id), "1027", offers=(taken(UNTIL + DAY),), corrects=call.outcome.id, recorded_at=clock.now
    )
    assert verdicts(send(database, me, again)) == ["accepted"]
    with database.read() as unit:
        (moved,) = agreed_dates.trials_of(unit, str(call.outcome.id))
    assert (moved.id, moved.until, moved.agent) == (trial.id, UNTIL + DAY, "1028")
    back = saved(
        stored(database, held.id), "1027", offers=(taken(reply=Reply.REFUSED),), corrects=again.outcome.id,
        recorded_at=clock.now,
    )  # fmt: skip
    assert verdicts(send(database, me, back)) == ["accepted"]
    assert told(database, "1028", TRIAL) == set()


def test_a_trial_that_ended_long_ago_is_forgotten(database: Database, clock: StillClock, me: Caller) -> None:
    # FOLLOW-07
    held = given(database, to="1027")
    send(database, me, saved(held, "1027", offers=(taken(),), recorded_at=clock.now))
    clock.forward(days=35)
    mind_cases(database)
    assert told(database, "1027", TRIAL), "its end is still looked at"
    clock.forward(days=10)
    mind_cases(database)
    assert told(database, "1027", TRIAL) == set()


def test_a_time_at_a_store_is_kept_moved_and_cancelled(
    database: Database, clock: StillClock, me: Caller, other: Caller, tmp_path: Path
) -> None:
    # CHANNEL-02
    given(database, to="1027")
    stores = Book(tmp_path / "departments.db", clock=clock, delay=DAY)
    store = next(one for one in stores.stores("").stores if any(thing.pieces for thing in one.stock))
    first, second, third = store.slots[:3]
    what = next(one for one in store.stock if one.pieces)
    asked = SlotAsk(
        store=store.code, slot=first, customer_id="C1", what=what.what, what_name=what.name, store_name=store.name
    )
    booking, moved = uuid4(), uuid4()
    answer = book(database, stores, me, booking, asked)
    assert book(database, stores, me, booking, asked) == answer
    assert told(database, "1027", STORE_TIME) == {f"{STORE_TIME}/{booking}"}
    with database.read() as unit:
        kept = agreed_dates.store_time(unit, str(booking))
    assert kept is not None
    assert (kept.name, kept.reference, kept.what_name, kept.customer) == (
        store.name, answer.reference, what.name, "吴**",
    )  # fmt: skip
    later = msgspec.structs.replace(asked, slot=second, instead_of=booking)
    assert book(database, stores, me, moved, later).verdict is SlotVerdict.BOOKED
    assert told(database, "1027", STORE_TIME) == {f"{STORE_TIME}/{moved}"}
    free = next(one for one in stores.stores("").stores if one.code == store.code).slots
    assert first in free
    assert second not in free
    # Somebody quicker has the third: the booking stays as it is.
    book(database, stores, other, uuid4(), msgspec.structs.replace(asked, slot=third, what=""))
    beaten = msgspec.structs.replace(asked, slot=third, instead_of=moved)
    assert book(database, stores, me, uuid4(), beaten).verdict is SlotVerdict.TAKEN
    assert f"{STORE_TIME}/{moved}" in told(database, "1027", STORE_TIME)
    stranger = add_agent(database, agent("2050", team="B"))
    assert not cancel(database, stores, stranger, moved)
    assert cancel(database, stores, me, moved)
    assert not cancel(database, stores, me, moved)
    assert told(database, "1027", STORE_TIME) == set()
    stores.close()


def test_where_the_earlier_time_cannot_be_cancelled_both_stand_and_it_is_said(
    sqlite: Database, clock: StillClock, tmp_path: Path
) -> None:
    # CHANNEL-02
    class Forgetful(Book):
        def cancel(self, slot_id: object) -> bool:
            raise PortDown("status 405")

    me = add_agent(sqlite, agent("1027", role=Role.VIP_SPECIALIST, team="vip"))
    given(sqlite, to="1027")
    stores = Forgetful(tmp_path / "departments.db", clock=clock, delay=DAY)
    store = stores.stores("").stores[0]
    booking = uuid4()
    asked = SlotAsk(store=store.code, slot=store.slots[0], customer_id="C1")
    book(sqlite, stores, me, booking, asked)
    answer = book(sqlite, stores, me, uuid4(), msgspec.structs.replace(asked, slot=store.slots[1], instead_of=booking))
    assert (answer.verdict, answer.still_booked) == (SlotVerdict.BOOKED, True)
    assert len(told(sqlite, "1027", STORE_TIME)) == 2
    stores.close()


def test_stores_that_have_what_is_asked_for_are_named_alone(clock: StillClock, tmp_path: Path) -> None:
    # CHANNEL-02
    clock.now = NOON
    stores = Book(tmp_path / "departments.db", clock=clock, delay=DAY)
    every = stores.stores("").stores
    having = stores.stores("", "loan-phone").stores
    assert {one.code for one in having} == {
        one.code for one in every if any(s.what == "loan-phone" and s.pieces for s in one.stock)
    }
    assert stores.stores("", "no-such-thing").stores == ()
    stores.close()

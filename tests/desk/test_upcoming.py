"""Who comes next is opened while the call is wrapped up, and opened anew where that no longer holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from presenter_kit import HandLane
from store_kit import NOW, a_document, a_page, a_task, gone, put

from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.opened import Opened
from core.desk.sayable import sayable_session
from core.domain.text import Lang
from core.store.types import QueueQuery
from core.wire.pull import Kind as PullKind
from desktop.call.upcoming import FRESH_S, Upcoming
from desktop.queue.place import Place


@dataclass
class Ahead:
    """Who comes after T0001, looked up on a lane that is run by hand."""

    desk: Desk
    lane: HandLane = field(default_factory=HandLane)
    now_s: float = 100.0

    def __post_init__(self) -> None:
        self.upcoming = Upcoming(self.desk, lane=self.lane, prepare=self._prepare, clock=lambda: self.now_s)

    def _prepare(self, opened: Opened) -> CallSession:
        return sayable_session(opened, lang=Lang.ZH, moment=self.desk.moment)

    def place(self, *following: str, due: str = "", at: timedelta = timedelta()) -> Place:
        return Place(query=QueueQuery(now=NOW + at), leaving="T0001", following=following, due=due)

    def foresee(self) -> None:
        self.upcoming.foresee(self.place("T0002", "T0003"))
        self.lane.run()

    def next(self, place: Place, customer_id: str = "C0001") -> str | None:
        session = self.upcoming.take(place, customer_id)
        return session.opened.key if session else None


@pytest.fixture
def ahead(desk: Desk) -> Ahead:
    tasks = [a_task(n) for n in (1, 2, 3)]
    customers = [a_document(n, numbers=(f"100{n:08d}",)) for n in (1, 2, 3)]
    desk.store.apply(a_page(*map(put, customers), *map(put, tasks), cursor="2"), now=NOW)
    return Ahead(desk)


def test_who_comes_next_is_there_when_the_call_is_saved(ahead: Ahead) -> None:
    ahead.foresee()
    assert ahead.next(ahead.place("T0002", "T0003", at=timedelta(seconds=9))) == "T0002"
    assert ahead.next(ahead.place("T0002", "T0003")) is None, "given once"


def test_one_who_still_stands_below_is_next_though_others_came_in_between(ahead: Ahead) -> None:
    ahead.foresee()
    assert ahead.next(ahead.place("T0009", "T0002")) == "T0002"


CHANGED: dict[str, Callable[[Ahead], Place]] = {
    "a callback has fallen due": lambda it: it.place("T0002", "T0003", due="T0003"),
    "the one found is not below any more": lambda it: it.place("T0003"),
    "another was saved": lambda it: Place(query=QueueQuery(now=NOW), leaving="T0005", following=("T0002",)),
    "another queue is worked": lambda it: Place(
        query=QueueQuery(now=NOW, scenarios=("vip-care",)), leaving="T0001", following=("T0002",)
    ),
}


@pytest.mark.parametrize("why", CHANGED)
def test_from_another_place_the_next_is_looked_up_anew(ahead: Ahead, why: str) -> None:
    ahead.foresee()
    assert ahead.next(CHANGED[why](ahead)) is None


def test_what_was_found_long_ago_is_looked_up_anew(ahead: Ahead) -> None:
    ahead.foresee()
    ahead.now_s += FRESH_S + 1
    assert ahead.next(ahead.place("T0002")) is None


def test_a_save_may_have_closed_the_next_task_of_the_same_customer(ahead: Ahead) -> None:
    ahead.foresee()
    assert ahead.next(ahead.place("T0002"), customer_id="C0002") is None


@pytest.mark.parametrize("ids", [(("T0002",), ()), ((), ("C0002",))], ids=["its task", "the customer"])
@pytest.mark.parametrize("meanwhile", [True, False], ids=["while it is looked up", "afterwards"])
def test_one_whom_the_server_changed_is_looked_up_anew(
    ahead: Ahead, ids: tuple[tuple[str, ...], tuple[str, ...]], meanwhile: bool
) -> None:
    ahead.upcoming.foresee(ahead.place("T0002"))
    if not meanwhile:
        ahead.lane.run()
    ahead.upcoming.changed(*ids)
    ahead.lane.run()
    assert ahead.next(ahead.place("T0002")) is None


def test_others_whom_the_server_changed_change_nothing(ahead: Ahead) -> None:
    ahead.upcoming.foresee(ahead.place("T0002"))
    ahead.upcoming.changed(("T0003",), ("C0003",))
    ahead.lane.run()
    ahead.upcoming.changed(("T0001",), ("C0001",))
    assert ahead.next(ahead.place("T0002")) == "T0002"


def test_new_words_are_for_the_next_customer_too(ahead: Ahead) -> None:
    ahead.foresee()
    ahead.upcoming.forget()
    assert ahead.next(ahead.place("T0002")) is None


def test_a_task_that_cannot_be_opened_ahead_is_said_only_when_it_is_wanted(ahead: Ahead, desk: Desk) -> None:
    desk.store.apply(a_page(put(a_task(4, scenario="5g-upgrade")), gone(PullKind.TASK, "T0002"), cursor="3"), now=NOW)
    place = ahead.place("T0004")
    ahead.upcoming.foresee(place)
    ahead.lane.run()
    assert ahead.next(place) is None

"""Hours in which a customer wants no calls: told in a call, kept on the desk at once, and by whoever was told last."""

from datetime import timedelta

import pytest
from store_kit import NOW, a_document, a_page, a_task, answered, put

from core.calling import Moment
from core.compliance import CallForbidden
from core.compliance.spans import brief, read, written
from core.desk import opening, quiet_hours
from core.desk.agenda import AgendaItem, ItemKind, move
from core.desk.desk import Desk
from core.desk.dialling import permit_to_dial
from core.desk.due import checked
from core.domain.calendar import Window
from core.domain.errors import InputError
from core.domain.outcome import Contact
from core.domain.text import Text
from core.wire.push import Verdict

EVENING = (Window(0, 18 * 60),)


# TASK-16
@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("-18", "00:00-18:00"),
        (" 20- ", "20:00-24:00"),
        ("12-14 20:30-", "12:00-14:00 20:30-24:00"),
        ("20:30-，12–14", "12:00-14:00 20:30-24:00"),
        ("12-14 13-15", "12:00-15:00"),
        ("至18点", "00:00-18:00"),
        ("20-8", "00:00-08:00 20:00-24:00"),
        ("20－8:30", "00:00-08:30 20:00-24:00"),
        ("20-0", "20:00-24:00"),
        ("", ""),
    ],
)
def test_a_line_says_the_stretches_of_a_day(typed: str, spelt: str) -> None:
    assert written(read(typed)) == spelt
    assert read(spelt) == read(typed)


def test_little_room_takes_few_characters() -> None:
    assert brief(read("-18 20:30-")) == "0-18 20:30-24"
    assert brief(read("10-11:05")) == "10-11:05"


@pytest.mark.parametrize(
    "typed", ["18", "evenings", "8-12-14", "12-25", "25-8", "12:60-14", "1-2 3-4 5-6 7-8 9-10", "12-12", "24-0"]
)
def test_what_is_no_stretch_of_a_day_is_told(typed: str) -> None:
    with pytest.raises(InputError):
        read(typed)


def told(desk: Desk, at: timedelta, *quiet: Window) -> None:
    """By the server: as an agent anywhere was told at that time."""
    who = a_document(1, numbers=("10000000001",))
    assert who.contact is not None
    who.contact.quiet, who.contact.quiet_at = list(quiet), NOW + at
    desk.store.apply(a_page(put(who), put(a_task(1)), cursor=str(at)), now=NOW)


# TASK-16, VIP-03
def test_what_is_told_here_binds_this_desk_before_the_server_has_heard_of_it(desk: Desk) -> None:
    told(desk, timedelta(days=-1))
    opened = opening.open_task(desk, "T0001")
    assert opened.standing.allowed
    quiet_hours.keep(desk, opened, EVENING)
    with pytest.raises(CallForbidden) as caught:
        permit_to_dial(desk, opened, "10000000001")
    assert caught.value.code == "hours"
    assert opening.open_task(desk, "T0001").quiet == EVENING
    assert [item.kind for item in desk.store.pending(9)] == ["quiet"]


# TASK-16
def test_who_was_told_last_is_right(desk: Desk) -> None:
    told(desk, timedelta(days=-1))
    quiet_hours.keep(desk, opening.open_task(desk, "T0001"), EVENING)
    told(desk, timedelta(hours=-1), Window(0, 60))
    assert opening.open_task(desk, "T0001").quiet == EVENING
    told(desk, timedelta(hours=1))
    assert opening.open_task(desk, "T0001").quiet == (), "a colleague was told that any hour is right"


def answer(desk: Desk, at: timedelta, verdict: Verdict = Verdict.ACCEPTED) -> None:
    """The server has the word, and tells its time."""
    desk.store.settle(answered(*(item.id for item in desk.store.pending(9)), verdict=verdict, at=NOW + at))


# TASK-16: the client's clock does not decide
@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.REJECTED])
def test_a_clock_that_is_ahead_does_not_keep_this_desks_word_above_a_later_one(desk: Desk, verdict: Verdict) -> None:
    told(desk, timedelta(days=-1))
    desk.moment = lambda: Moment(NOW + timedelta(days=3), 1.0)
    quiet_hours.keep(desk, opening.open_task(desk, "T0001"), EVENING)
    told(desk, timedelta(minutes=-5), Window(0, 60))
    assert opening.open_task(desk, "T0001").quiet == EVENING, "the server has not heard it yet"
    answer(desk, timedelta(0), verdict)
    assert opening.open_task(desk, "T0001").quiet == EVENING, "nor anything later"
    told(desk, timedelta(hours=1), Window(0, 60))
    assert opening.open_task(desk, "T0001").quiet == (Window(0, 60),)


# TASK-16
def test_an_answer_to_an_earlier_word_leaves_the_later_one_as_it_is(desk: Desk) -> None:
    told(desk, timedelta(days=-1))
    opened = opening.open_task(desk, "T0001")
    quiet_hours.keep(desk, opened, (Window(0, 60),))
    first = [item.id for item in desk.store.pending(9)]
    desk.moment = lambda: Moment(NOW + timedelta(hours=2), 1.0)
    quiet_hours.keep(desk, opened, EVENING)
    desk.store.settle(answered(*first, at=NOW + timedelta(minutes=1)))
    told(desk, timedelta(hours=1), Window(0, 60))
    assert opening.open_task(desk, "T0001").quiet == EVENING


def test_who_wants_no_calls_at_all_has_a_result_of_its_own(desk: Desk) -> None:
    told(desk, timedelta(days=-1))
    opened = opening.open_task(desk, "T0001")
    with pytest.raises(InputError, match="no hour"):
        quiet_hours.keep(desk, opened, (Window(8 * 60, 22 * 60),))
    assert desk.store.pending(9) == []


# TASK-16, FOLLOW-01
def test_no_callback_is_promised_for_such_an_hour() -> None:
    morning = NOW.replace(hour=2) + timedelta(days=1)
    with pytest.raises(InputError, match="no calls"):
        checked(morning, now=NOW, quiet=EVENING)
    assert checked(morning.replace(hour=10), now=NOW, quiet=EVENING)


# TASK-16, CHANNEL-02
def test_a_callback_is_moved_into_no_hour_without_calls(desk: Desk) -> None:
    told(desk, timedelta(days=-1), *EVENING)
    item = AgendaItem(
        key="T0001", kind=ItemKind.CALLBACK, at=NOW + timedelta(hours=9), name="", what=Text("", ""),
        customer_id="C0001", task_id="T0001", movable=True,
    )  # fmt: skip
    with pytest.raises(InputError, match="no calls at this hour"):
        move(desk, item, NOW + timedelta(hours=5), Contact.OWNER)
    assert move(desk, item, NOW + timedelta(hours=8, minutes=30), Contact.OWNER) == NOW + timedelta(hours=8, minutes=30)

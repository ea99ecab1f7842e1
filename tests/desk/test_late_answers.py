"""Answers that come late: by then another number, another customer or another language may be in view."""

from datetime import timedelta

import pytest
from call_bench import Bench, at_the_save, with_two_customers
from store_kit import NOW, a_document, a_page, a_task, gone, put
from store_kit import Kind as PullKind

from core.desk.desk import Desk
from core.domain.text import Lang
from desktop.call.part import Part

TWO_NUMBERS = ("10000000001", "10000000009")


@pytest.fixture
def bench(desk: Desk) -> Bench:
    return with_two_customers(desk)


@pytest.fixture
def reachable_twice(bench: Bench, desk: Desk) -> Bench:
    """The first customer has two numbers."""
    desk.store.apply(a_page(put(a_document(1, numbers=TWO_NUMBERS)), cursor="3"), now=NOW)
    return bench


def shown(bench: Bench) -> str:
    session = bench.presenter.session
    return session.opened.key if session is not None else ""


# S7: what is shown in full is on record
def test_a_number_shown_late_is_not_the_one_chosen_meanwhile(reachable_twice: Bench) -> None:
    bench = reachable_twice
    bench.open("T0001")
    bench.presenter.call.reveal()
    bench.presenter.call.choose_number(TWO_NUMBERS[1])
    bench.lane.run()
    assert (bench.presenter.call.number, bench.presenter.call.revealed) == (TWO_NUMBERS[1], False)


# S7
def test_a_number_shown_late_is_not_the_next_customers(bench: Bench) -> None:
    at_the_save(bench)
    bench.presenter.call.reveal()
    bench.presenter.save()
    bench.lane.run()
    assert shown(bench) == "T0002"
    assert not bench.presenter.call.revealed


def test_a_list_of_numbers_that_stayed_open_dials_nobody_elses(reachable_twice: Bench) -> None:
    bench = reachable_twice
    bench.open("T0002")
    bench.presenter.call.choose_number(TWO_NUMBERS[1])
    assert bench.presenter.call.number == "10000000002"


# TASK-16
def test_a_redial_whose_permit_comes_after_the_save_is_not_made(bench: Bench) -> None:
    bench.open("T0001")
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    bench.presenter.change(lambda session: session.choose("unanswered"))
    bench.presenter.call.dial_or_answered()
    bench.presenter.save()
    bench.lane.run()
    assert len(bench.phone.dialled) == 1
    assert (shown(bench), bench.presenter.saving) == ("T0002", False)


def test_who_was_being_opened_as_the_outcome_was_saved_is_not_shown_between(bench: Bench, desk: Desk) -> None:
    desk.store.apply(a_page(put(a_document(3, numbers=("10000000003",))), put(a_task(3)), cursor="3"), now=NOW)
    at_the_save(bench)
    bench.presenter.in_view.open_task("T0003")
    bench.presenter.save()
    bench.lane.run()
    assert shown(bench) == "T0002"
    assert Part.ALL not in bench.changed, "nobody else was drawn"


def test_who_comes_next_and_is_withdrawn_while_the_disk_writes_is_not_shown(bench: Bench, desk: Desk) -> None:
    # TASK-18
    at_the_save(bench)
    desk.store.apply(a_page(gone(PullKind.TASK, "T0002"), cursor="3"), now=NOW)
    bench.presenter.save()
    bench.presenter.told.pulled(("T0002",), ())
    bench.lane.run()
    assert shown(bench) == ""
    assert not bench.presenter.saving


def test_what_was_typed_while_the_next_one_was_being_opened_is_kept(bench: Bench, desk: Desk) -> None:
    bench.open("T0001")
    bench.presenter.typed(lambda session: session.edit_note("客户说"))
    bench.presenter.in_view.open_task("T0002")
    bench.presenter.typed(lambda session: session.edit_note("客户说明天"))
    bench.lane.run(1)
    bench.presenter.typed(lambda session: session.edit_note("客户说明天再谈"))
    bench.lane.run()
    assert shown(bench) == "T0002"
    bench.open("T0001")
    assert bench.presenter.session is not None
    assert bench.presenter.session.form.note == "客户说明天再谈"


def test_a_customer_opened_in_the_language_of_before_speaks_the_present_one(bench: Bench) -> None:
    bench.presenter.in_view.open_task("T0001")
    opened = bench.lane.work()
    bench.presenter.set_lang(Lang.EN)
    opened()
    bench.lane.run()
    assert bench.presenter.session is not None
    assert bench.presenter.session.lang is Lang.EN


# Newer data of a customer with whom nothing was begun


def newer(bench: Bench, desk: Desk, numbers: tuple[str, ...] = TWO_NUMBERS) -> None:
    desk.store.apply(a_page(put(a_document(1, numbers=numbers, name="吴静")), cursor="9"), now=NOW)
    bench.presenter.told.pulled((), ("C0001",))
    bench.lane.run()
    assert bench.presenter.session is not None
    assert bench.presenter.session.opened.name == "吴静"


def test_newer_data_leave_the_number_that_was_chosen(reachable_twice: Bench, desk: Desk) -> None:
    bench = reachable_twice
    bench.open("T0001")
    bench.presenter.call.choose_number(TWO_NUMBERS[1])
    bench.presenter.call.reveal()
    bench.lane.run()
    newer(bench, desk)
    assert (bench.presenter.call.number, bench.presenter.call.revealed) == (TWO_NUMBERS[1], True)
    newer(bench, desk, TWO_NUMBERS[:1])
    assert (bench.presenter.call.number, bench.presenter.call.revealed) == (TWO_NUMBERS[0], False)


def test_newer_data_are_no_other_customer(bench: Bench, desk: Desk) -> None:
    """A promise that is being written, or a request to the lead, is put away with the customer alone."""
    bench.open("T0001")
    moved = list(bench.moved)
    newer(bench, desk)
    assert bench.moved == moved


def test_a_time_chosen_for_one_customer_is_planned_for_nobody_else(bench: Bench) -> None:
    # FOLLOW-01
    bench.open("T0001")
    bench.open("T0002")
    due = NOW + timedelta(hours=3)
    bench.presenter.change_of("T0001", lambda session: session.plan_callback(due))
    session = bench.presenter.session
    assert session is not None
    assert session.form.callback() is None
    bench.presenter.change_of("T0002", lambda session: session.plan_callback(due))
    assert session.form.callback() is not None

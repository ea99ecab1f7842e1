"""The call page's presenter over a real store: what is dialled, kept and saved, whatever comes between."""

from datetime import timedelta

import pytest
from call_bench import Bench, at_the_save, with_two_customers
from presenter_kit import StillMoment, an_agent
from store_kit import NOW, a_document, a_page, a_task, asking, gone, put
from store_kit import Kind as PullKind

from core.desk.desk import Desk
from core.desk.queueing import NO_TASK, Group, page
from core.domain.call import CallState
from core.domain.errors import Refused, StoreFull
from core.domain.outcome import Verification
from core.domain.people import Role
from core.domain.text import Text
from core.store import saving
from core.store.disk import full
from core.store.types import Section
from desktop.call.part import Part


@pytest.fixture
def bench(desk: Desk) -> Bench:
    return with_two_customers(desk)


def test_looking_at_a_customer_leaves_no_draft(bench: Bench, desk: Desk) -> None:
    bench.open("T0001")
    bench.open("T0002")
    assert desk.store.drafts() == []


def test_what_was_chosen_and_taken_back_does_not_return(bench: Bench, desk: Desk) -> None:
    bench.open("T0001")
    reason = desk.dispositions("4g-upgrade").reasons[0].code
    for _ in range(2):
        bench.presenter.change(lambda session: session.choose_reason(reason))
        bench.lane.run()
    again = Bench(desk)
    again.open("T0001")
    assert again.presenter.session is not None
    assert again.presenter.session.form.reason == ""


def test_the_key_pressed_twice_dials_once_and_counts_once(bench: Bench, desk: Desk) -> None:
    # TASK-16
    bench.open("T0001")
    bench.presenter.call.dial_or_answered()
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    assert bench.phone.dialled == ["10000000001"]
    assert len(desk.store.dials("C0001", NOW - timedelta(days=1))) == 1
    assert bench.presenter.call.state is CallState.DIALLING


def test_nothing_is_dialled_while_an_outcome_is_being_saved(bench: Bench, desk: Desk) -> None:
    # TASK-16
    bench.open("T0001")
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    bench.choose("unanswered")
    bench.presenter.save()
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    assert len(desk.store.dials("C0001", NOW - timedelta(days=1))) == 1
    assert desk.store.dials("C0002", NOW - timedelta(days=1)) == []


def test_who_comes_next_is_drawn_while_the_disk_writes_and_seen_once_it_has(bench: Bench, desk: Desk) -> None:
    at_the_save(bench)
    bench.presenter.save()
    assert bench.changed == [Part.ALL | Part.HELD]
    assert desk.store.outcomes_of("C0001", NOW - timedelta(days=1)) == []
    bench.lane.run()
    assert Part.SEEN in bench.changed
    assert Part.ALL not in bench.changed, "it is not drawn twice"
    assert bench.presenter.session is not None
    assert bench.presenter.session.opened.key == "T0002"


def test_a_key_pressed_while_the_disk_writes_acts_on_nobody(bench: Bench, desk: Desk) -> None:
    # SCRIPT-22
    at_the_save(bench)
    bench.presenter.save()
    bench.presenter.script.answer(1)
    bench.presenter.script.tick(0)
    bench.presenter.script.verify(Verification.OWNER)
    bench.presenter.call.reveal()
    bench.lane.run()
    session = bench.presenter.session
    assert session is not None
    assert session.opened.key == "T0002"
    assert session.untouched
    assert not bench.presenter.call.revealed, "nobody saw whose number it was"


def test_the_customer_comes_back_whose_outcome_could_not_be_written(
    bench: Bench, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_save(bench)
    bench.presenter.typed(lambda session: session.edit_note("晚上再打"))
    bench.lane.run()

    def no_room(*_: object, **__: object) -> None:
        raise full()

    with monkeypatch.context() as broken:
        broken.setattr(type(desk.store), "save", no_room)
        bench.presenter.save()
        bench.lane.run()
    session = bench.presenter.session
    assert session is not None
    assert (session.opened.key, session.form.result, session.form.note) == ("T0001", "unanswered", "晚上再打")
    assert Part.ALL | Part.SEEN in bench.changed
    assert len(bench.errors) == 1
    bench.presenter.save()
    bench.lane.run()
    assert [outcome.note for outcome in desk.store.outcomes_of("C0001", NOW - timedelta(days=1))] == ["晚上再打"]


def test_an_outcome_is_saved_once_though_the_next_customer_cannot_be_opened(bench: Bench, desk: Desk) -> None:
    desk.store.apply(a_page(put(a_task(3, scenario="5g-upgrade", priority=0)), cursor="3"), now=NOW)
    desk.store.apply(a_page(gone(PullKind.TASK, "T0002"), cursor="4"), now=NOW)
    bench.open("T0001")
    bench.save_unanswered()
    assert [type(error) for error in bench.errors] == [Refused]
    bench.presenter.save()
    bench.lane.run()
    rows = desk.store.saved_between(NOW - timedelta(days=1), NOW + timedelta(days=1))
    assert [row.task_id for row in rows] == ["T0001"]


def test_a_saved_call_without_a_task_leaves_no_draft(bench: Bench, desk: Desk) -> None:
    bench.presenter.in_view.open_customer("C0001", "4g-upgrade", None)
    bench.lane.run()
    bench.save_unanswered()
    assert desk.store.drafts() == []


def test_leaving_keeps_the_last_word_typed(bench: Bench, desk: Desk) -> None:
    bench.open("T0001")
    bench.presenter.typed(lambda session: session.edit_note("客户说"))
    bench.presenter.typed(lambda session: session.edit_note("客户说明天再谈"))
    bench.presenter.leave()
    bench.lane.run_without_answers()
    again = Bench(desk)
    again.open("T0001")
    assert again.presenter.session is not None
    assert again.presenter.session.form.note == "客户说明天再谈"


def test_a_call_whose_task_is_withdrawn_goes_on_and_is_kept(bench: Bench, desk: Desk, moment: StillMoment) -> None:
    bench.open("T0001")
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    desk.store.apply(a_page(gone(PullKind.TASK, "T0001"), cursor="3"), now=NOW)
    bench.presenter.told.pulled(("T0001",), ())
    bench.lane.run()
    assert bench.presenter.told.withdrawn
    bench.choose("unanswered")
    bench.presenter.save()
    bench.lane.run()
    rows = desk.store.saved_between(NOW - timedelta(days=1), NOW + timedelta(days=1))
    assert [row.task_id for row in rows] == ["T0001"]
    assert desk.store.queue(asking(), offset=0, limit=9)[0].task_id == "T0002"


def test_a_withdrawn_task_that_was_only_looked_at_makes_way(bench: Bench, desk: Desk) -> None:
    bench.open("T0001")
    desk.store.apply(a_page(gone(PullKind.TASK, "T0001"), cursor="3"), now=NOW)
    bench.presenter.told.pulled(("T0001",), ())
    bench.lane.run()
    assert bench.presenter.session is None


def test_a_call_begun_is_found_again_though_its_task_was_withdrawn_and_the_program_ended(
    bench: Bench, desk: Desk
) -> None:
    bench.open("T0001")
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    bench.presenter.typed(lambda session: session.edit_note("客户要求书面"))
    bench.lane.run()
    desk.store.apply(a_page(gone(PullKind.TASK, "T0001"), cursor="3"), now=NOW)
    again = Bench(desk)
    unfinished = page(desk, asking(section=Section.UNFINISHED), offset=0, limit=9).rows
    assert [row.task_id for row in unfinished] == ["T0001"]
    again.open("T0001")
    assert again.presenter.session is not None
    assert again.presenter.session.form.note == "客户要求书面"
    again.choose("unanswered")
    again.presenter.save()
    again.lane.run()
    assert desk.store.drafts() == []
    rows = desk.store.saved_between(NOW - timedelta(days=1), NOW + timedelta(days=1))
    # The server keeps it under the task: no right to call without one is needed.
    assert [row.task_id for row in rows] == ["T0001"]


def test_a_role_that_may_not_call_without_a_task_is_told_which_may(bench: Bench, desk: Desk) -> None:
    # ROLE-01
    desk.agent = an_agent(role=Role.CALLBACK_STAFF)
    bench.presenter.in_view.open_customer("C0001", "4g-upgrade", None)
    bench.lane.run()
    assert bench.presenter.session is None
    (error,) = bench.errors
    assert isinstance(error, Refused)
    assert "外呼代表" in error.message.zh
    assert "回访员；" in error.message.zh
    bench.open("T0001")
    assert bench.presenter.session is not None


def test_a_callback_asked_for_at_another_number_goes_there(bench: Bench, desk: Desk) -> None:
    # OUTCOME-03
    bench.open("T0001")
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    bench.presenter.call.dial_or_answered()
    bench.choose("other_number")
    bench.presenter.change(lambda session: setattr(session.form, "other_number", "100-8888-7777"))
    bench.presenter.change(lambda session: session.plan_callback(NOW + timedelta(hours=3)))
    bench.presenter.save()
    bench.lane.run()
    assert [one.number for one in desk.store.follow_ups()] == ["10088887777"]


def test_a_save_that_fails_and_is_asked_again_keeps_a_number_that_was_named_once(
    bench: Bench, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # OUTCOME-03
    bench.open("T0001")
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    bench.presenter.call.dial_or_answered()
    bench.choose("other_number")
    bench.presenter.change(lambda session: setattr(session.form, "other_number", "100-8888-7777"))
    bench.presenter.change(lambda session: session.plan_callback(NOW + timedelta(hours=3)))
    with monkeypatch.context() as patched:
        patched.setattr(saving, "save", no_room)
        bench.presenter.save()
        bench.lane.run()
    assert len(bench.errors) == 1
    assert desk.store.added_numbers("C0001") == [], "nothing of it is kept"
    bench.presenter.save()
    bench.lane.run()
    assert [one.number for one in desk.store.added_numbers("C0001")] == ["10088887777"]


def no_room(*_: object) -> None:
    raise StoreFull(title=Text("磁盘满了", "Full"), message=Text("", ""), next_step=Text("", ""))


def test_a_call_answered_after_all_goes_on_without_another_dial(bench: Bench) -> None:
    # TASK-16
    bench.open("T0001")
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    bench.choose("unanswered")
    bench.presenter.call.end()
    bench.lane.run()
    assert bench.presenter.call.state is CallState.IN_CALL
    assert len(bench.phone.dialled) == 1
    bench.presenter.call.end()
    assert bench.presenter.call.state is CallState.WRAP_UP


def test_what_was_never_dialled_was_not_answered_after_all(bench: Bench) -> None:
    bench.open("T0001")
    bench.presenter.call.end()
    assert bench.presenter.call.state is CallState.PREVIEW


def test_the_server_hears_at_once_of_a_dial_and_of_a_number_shown(bench: Bench) -> None:
    # TASK-16
    bench.open("T0001")
    bench.presenter.call.reveal()
    bench.lane.run()
    assert len(bench.woken) == 1
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    assert len(bench.woken) == 2


def test_a_search_finds_customers_without_a_task_below_the_tasks_and_opens_them(bench: Bench, desk: Desk) -> None:
    desk.store.apply(a_page(put(a_document(3, name="吴文静", numbers=("10000000003",))), cursor="3"), now=NOW)
    found = page(desk, asking(text="吴文静"), offset=0, limit=9)
    assert [row.customer_id for row in found.rows] == ["C0001", "C0002", "C0003"]
    assert found.groups[-1] == Group(None, NO_TASK, 1)
    assert [row.customer_id for row in page(desk, asking(text="吴文静"), offset=2, limit=9).rows] == ["C0003"]
    assert [row.customer_id for row in page(desk, asking(text="吴文静"), offset=0, limit=1).rows] == ["C0001"]
    assert page(desk, asking(), offset=0, limit=9).groups[-1].scenario != NO_TASK
    bench.open(found.rows[-1].task_id)
    assert bench.presenter.session is not None
    assert bench.presenter.session.opened.key.startswith("call:")
    assert bench.presenter.session.opened.customer_id == "C0003"

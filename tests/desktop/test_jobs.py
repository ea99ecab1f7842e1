"""Jobs run off the UI thread; nothing fails in silence."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.effort import Effort, Stopped
from desktop.jobs import Jobs


def test_results_come_back_on_the_ui_thread_in_the_order_asked(qtbot: QtBot) -> None:
    jobs, asker, seen = Jobs(), QObject(), []
    for number in range(20):
        jobs.store(
            asker, lambda n=number: (n, threading.get_ident()), lambda got: seen.append((*got, threading.get_ident()))
        )
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert [row[0] for row in seen] == list(range(20))
    here = threading.get_ident()
    assert all(worker != here and delivered == here for _, worker, delivered in seen)
    jobs.drain()


def test_those_who_go_first_keep_their_order(qtbot: QtBot) -> None:
    jobs, asker = Jobs(), QObject()
    for _ in range(200):
        # A worker that rests and one that is busy: both ways into the line, in quick succession.
        ran: list[int] = []
        for number in range(3):
            jobs.store(asker, partial(ran.append, number), first=True)
        jobs.drain()
        assert ran == [0, 1, 2]


def test_a_long_look_that_has_begun_keeps_no_save_waiting(qtbot: QtBot) -> None:
    jobs, asker = Jobs(), QObject()
    gate, began, saved = threading.Event(), threading.Event(), threading.Event()

    def look() -> None:
        began.set()
        gate.wait()

    jobs.store(asker, look)
    assert began.wait(5)
    jobs.store(asker, saved.set, first=True)
    assert saved.wait(5)
    gate.set()
    jobs.drain()


def test_a_look_sees_the_work_that_was_asked_before_it(qtbot: QtBot) -> None:
    jobs, asker = Jobs(), QObject()
    gate, order = threading.Event(), list[str]()
    jobs.store(asker, gate.wait, first=True)
    jobs.store(asker, lambda: order.append("draft"), first=True)
    jobs.store(asker, lambda: order.append("queue"))
    jobs.store(asker, lambda: order.append("save"), first=True)
    gate.set()
    jobs.drain()
    assert order.index("draft") < order.index("queue")
    assert order.index("draft") < order.index("save")


def test_an_error_goes_to_its_asker_or_is_shown(qtbot: QtBot) -> None:
    jobs, asker, handled = Jobs(), QObject(), []
    jobs.store(asker, lambda: 1 // 0, failed=handled.append)
    qtbot.waitUntil(lambda: bool(handled))
    assert isinstance(handled[0], ZeroDivisionError)
    with qtbot.waitSignal(jobs.unhandled) as shown:
        jobs.network(asker, lambda: [][1])
    assert isinstance(shown.args[0], IndexError)
    jobs.drain()


def test_an_answer_that_cannot_be_shown_is_told_and_still_raised(qtbot: QtBot) -> None:
    jobs, asker = Jobs(), QObject()
    with qtbot.capture_exceptions() as raised, qtbot.waitSignal(jobs.unhandled) as shown:
        jobs.store(asker, lambda: 0, lambda none: 1 // none)
    assert isinstance(shown.args[0], ZeroDivisionError)
    qtbot.waitUntil(lambda: [kind for kind, *_ in raised] == [ZeroDivisionError])
    jobs.drain()


def test_a_cancelled_or_orphaned_job_delivers_nothing(qtbot: QtBot) -> None:
    jobs, asker, orphan, seen = Jobs(), QObject(), QObject(), []
    gate = threading.Event()
    jobs.store(asker, gate.wait)
    jobs.store(asker, lambda: 1, seen.append).cancel()
    jobs.store(orphan, lambda: 2, seen.append)
    with qtbot.waitSignal(orphan.destroyed):
        orphan.deleteLater()
    jobs.store(asker, lambda: 3, seen.append)
    gate.set()
    qtbot.waitUntil(lambda: 3 in seen)
    assert seen == [3]
    jobs.drain()


def test_a_server_that_hangs_keeps_nobody_from_leaving(qtbot: QtBot) -> None:
    jobs, asker, seen, kept = Jobs(), QObject(), [], []
    gate, over = threading.Event(), threading.Event()
    jobs.unhandled.connect(seen.append)

    def hang() -> None:
        gate.wait()
        over.set()
        raise OSError

    asked = jobs.network(asker, hang, seen.append, seen.append)
    jobs.store(asker, lambda: kept.append("draft"))
    jobs.drain()
    jobs.abandon()
    assert kept == ["draft"]
    assert asked.cancelled
    gate.set()
    over.wait(5)
    jobs.network(asker, lambda: "asked later", kept.append)
    qtbot.waitUntil(lambda: len(kept) == 2)
    assert seen == []


def test_what_takes_seconds_keeps_no_list_and_nobody_from_leaving(qtbot: QtBot) -> None:
    jobs, asker, seen = Jobs(), QObject(), list[str]()
    jobs.unhandled.connect(lambda error: seen.append(str(error)))
    gate, began, over = threading.Event(), threading.Event(), threading.Event()

    def write(effort: Effort) -> None:
        effort.step(1, 2)
        began.set()
        gate.wait(20)
        try:
            effort.step(2, 2)
        finally:
            over.set()

    effort = jobs.heavy(asker, write, seen.append, lambda error: seen.append("failed"))
    assert began.wait(5)
    assert (effort.done, effort.of) == (1, 2)
    jobs.store(asker, lambda: "alert", seen.append)
    qtbot.waitUntil(lambda: seen == ["alert"])
    jobs.abandon()
    jobs.drain()
    assert not jobs.put_away(0)
    gate.set()
    assert over.wait(5)
    assert jobs.put_away(5)
    assert jobs.heavy(asker, lambda _: "asked later", seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["alert", "asked later"]


def test_what_is_stopped_says_so_to_its_asker_and_what_waits_behind_it_runs(qtbot: QtBot) -> None:
    jobs, asker, told, shown = Jobs(), QObject(), list[object](), list[object]()
    jobs.unhandled.connect(shown.append)
    gate = threading.Event()

    def write(effort: Effort) -> None:
        gate.wait(20)
        effort.step(1, 1)

    first = jobs.heavy(asker, write, failed=told.append)
    jobs.heavy(asker, write).stop()
    jobs.heavy(asker, lambda _: "behind", told.append)
    first.stop()
    gate.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert isinstance(told[0], Stopped)
    assert told[1] == "behind"
    assert shown == []


def test_an_answer_that_is_being_passed_on_is_waited_for_by_whoever_abandons_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else the runner could be gone between the worker's look at it and its word to it.
    jobs, asker = Jobs(), QObject()
    looked, go_on, left = threading.Event(), threading.Event(), threading.Event()

    def is_valid(_: object) -> bool:
        looked.set()
        return go_on.wait(5)

    with monkeypatch.context() as patched:
        patched.setattr("desktop.jobs.shiboken6.isValid", is_valid)
        jobs.network(asker, lambda: None)
        assert looked.wait(5)

        def leave() -> None:
            jobs.abandon()
            left.set()

        leaving = threading.Thread(target=leave)
        leaving.start()
        assert not left.wait(0.2)
        go_on.set()
        assert left.wait(5)
        leaving.join()

"""Jobs run off the UI thread; nothing fails in silence."""

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

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


def test_an_error_goes_to_its_asker_or_is_shown(qtbot: QtBot) -> None:
    jobs, asker, handled = Jobs(), QObject(), []
    jobs.store(asker, lambda: 1 // 0, failed=handled.append)
    qtbot.waitUntil(lambda: bool(handled))
    assert isinstance(handled[0], ZeroDivisionError)
    with qtbot.waitSignal(jobs.unhandled) as shown:
        jobs.network(asker, lambda: [][1])
    assert isinstance(shown.args[0], IndexError)
    jobs.drain()


def test_a_cancelled_or_orphaned_job_delivers_nothing(qtbot: QtBot) -> None:
    jobs, asker, orphan, seen = Jobs(), QObject(), QObject(), []
    gate = threading.Event()
    jobs.store(asker, gate.wait)
    jobs.store(asker, lambda: 1, seen.append).cancel()
    jobs.store(orphan, lambda: 2, seen.append)
    orphan.deleteLater()
    jobs.store(asker, lambda: 3, seen.append)
    qtbot.waitUntil(lambda: True)
    gate.set()
    qtbot.waitUntil(lambda: 3 in seen)
    assert seen == [3]
    jobs.drain()

"""The program's own health: what starting imports, what closing leaves behind, what a hundred thousand rows cost."""

import gc
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import shiboken6
from desk_kit import NOW, Working
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from store_kit import a_task

from core.desk.queueing import Group, Page
from core.store.types import QueueRow, Section
from desktop.queue.list_view import QueueList
from desktop.queue.model import PAGE, QueueModel

ROOT = Path(__file__).parent.parent.parent
LATER = ("sqlalchemy", "requests", "pandas", "alembic", "keyring", "pyqtgraph", "sqlcipher3", "ruamel", "jinja2",
         "numpy", "desktop.keys")  # fmt: skip
FIRST_PAINT = """
import json, sys
from desktop.app import Application, SignInWindow, make
seen = []
class Painted(SignInWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        seen.append([name for name in sys.argv[2:] if name in sys.modules])
import desktop.app
desktop.app.SignInWindow = Painted
qt, program = make(["--data", sys.argv[1]])
program.start()
program.signin.grab()
print(json.dumps(seen[0]))
program.leave()
"""


# architecture.md, start path
def test_the_first_window_is_painted_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path), *LATER],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


# architecture.md, start path: plans are compared on a worker, which alone may import what that takes
def test_the_main_window_is_made_without_numpy(tmp_path: Path) -> None:
    code = "import sys, desktop.app, desktop.main_window, core.desk.entering; print('numpy' in sys.modules)"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"


# dependencies.md: PySide6 6.12.0 drops a reference to None at each void call on Python 3.10 and 3.11
def test_twenty_thousand_calls_into_qt_cost_no_reference_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(20_000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 1_000


def running_timers() -> set[int]:
    return {id(o) for o in gc.get_objects() if type(o) is QTimer and shiboken6.isValid(o) and o.isActive()}


def test_a_closed_window_leaves_no_thread_and_no_timer(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    gc.collect()
    threads, timers = set(threading.enumerate()), running_timers()
    working = Working(qtbot, qapp, tmp_path / "store")
    working.open("Q0000005")
    working.talk(5)
    window = working.window
    working.leave()
    assert not shiboken6.isValid(window)
    mine = [t for t in set(threading.enumerate()) - threads if not isinstance(t, threading._DummyThread)]
    assert mine == []
    assert running_timers() <= timers


def test_going_through_customers_makes_no_widget_after_widget(desk: Working) -> None:
    tasks = [row.task_id for row in desk.rows()[:12]]

    def round_() -> int:
        for task in tasks:
            desk.open(task)
        desk.settle()
        return len(desk.qapp.allWidgets())

    round_()
    assert round_() == round_()


class CountingModel(QueueModel):
    """Counts what the view asks of it."""

    asked = 0

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.asked += 1
        return super().data(index, role)


def a_row(number: int) -> QueueRow:
    task = a_task(number)
    return QueueRow(
        task_id=task.id, customer_id=task.customer_id, name=task.customer.name, tier=task.customer.tier,
        scenario=task.scenario, reason=task.reason, figure=None, section=Section.SCENARIO, due_at=NOW,
        callback_at=None, later_until=None, state=task.state, block=None, attempts=0, has_draft=False,
        number_count=1, number_masked="100 **** 0001", area="",
    )  # fmt: skip


# performance.md: 100,000 tasks in a store stay as fluid as 100
def test_a_hundred_thousand_tasks_cost_the_list_no_more_than_those_in_view(qtbot: QtBot) -> None:
    fetched: list[int] = []
    spoken: list[object] = []

    def speak(what: QueueRow | Group) -> str:
        spoken.append(what)
        return ""

    def show(rows: int) -> int:
        model, view = CountingModel(fetched.append, speak), QueueList()
        qtbot.addWidget(view)
        view.setModel(model)
        view.resize(240, 800)
        view.show()
        groups = [Group(Section.VIP, "", rows // 4), Group(Section.SCENARIO, "4g-upgrade", rows - rows // 4)]
        model.show(Page(groups, 0, [a_row(n) for n in range(min(rows, PAGE))]))
        view.measure(model.headings)
        qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > PAGE // 2 and model.asked > 0)
        view.grab()
        assert model.rowCount() == rows + 2
        return model.asked

    few, many = show(PAGE), show(100_000)
    assert 0 < many <= few * 2 + 50
    assert fetched == [], "rows out of sight are not asked for"


def test_scrolled_to_the_middle_only_the_pages_in_sight_are_fetched(qtbot: QtBot) -> None:
    fetched: list[int] = []
    model, view = QueueModel(fetched.append, lambda _what: ""), QueueList()
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(240, 800)
    view.show()
    model.show(Page([Group(Section.VIP, "", 100_000)], 0, [a_row(n) for n in range(PAGE)]))
    view.measure(model.headings)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 90_000)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    qtbot.waitUntil(lambda: bool(fetched))
    assert 1 <= len(fetched) <= 2
    assert all(at % PAGE == 0 for at in fetched)
    assert all(49_000 < at < 51_000 for at in fetched)

"""P3: a key that sorts or filters 100k tasks, until the list is painted, beside raw SQL and a bare model reset."""

import time
from collections.abc import Iterator
from functools import partial
from itertools import cycle

import made_tasks
import queue_store
from bare_queue import PAGE, BareModel, BareQueue, bare_view
from frame import Measure, Plan, Row, alternate, prove_equal, row
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from windows import application, until_painted

from core.domain.text import Text
from core.store import Store
from core.store.types import QueueRow
from desktop.jobs import Jobs
from desktop.queue.panel import QueuePanel
from desktop.tongue import Tongue

LANE_JOBS = 2
"""one that asks for the rest may itself still be on the way"""
_KEYS = (*(Qt.Key.Key_Down,) * 3, *(Qt.Key.Key_Up,) * 3)
"""through four entries of a box and back"""


def rows(plan: Plan) -> Iterator[Row]:
    application()
    data = queue_store.data_folder(queue_store.size(plan))
    with queue_store.opened(data) as store:
        bare = BareQueue(queue_store.desk_folder(data) / "mirror.db", queue_store.KEY)
        both = Beside(store, bare)
        for name, box in (("sort", both.sort_box), ("filter", both.filter_box)):
            pairs = alternate(both.product(box), both.reference(box), plan.times(4))
            yield row(id="P3", what=f"{name} 100k tasks: key to painted list", pairs=pairs, goal=1.5)
        both.close()
        bare.close()


class Beside:
    """The queue column, and a bare table that is asked for the same after each key."""

    def __init__(self, store: Store, bare: BareQueue) -> None:
        self._bare, self._jobs = bare, Jobs()
        desk = queue_store.desk_of(store)
        tongue = Tongue()
        self.panel = QueuePanel(
            desk, tongue, lane=partial(self._jobs.store, self._jobs),
            scenario_name=lambda name: Text(name, name),
        )  # fmt: skip
        self._view_model = BareModel()
        self._view = bare_view(self._view_model)
        self._news = 0
        self.panel.model.modelReset.connect(self._count)
        self.panel.resize(300, 900)
        self._view.resize(300, 900)
        self.panel.show()
        self._view.show()
        until_painted(self.panel.list_view.viewport(), self.panel.refresh, lambda: self.panel.model.rowCount() > 0)
        self._rest()
        self.filter_box, self.sort_box = self.panel.findChildren(QComboBox)

    def product(self, box: QComboBox) -> Measure:
        keys = cycle(_KEYS)

        def measure() -> float:
            seen, begin = self._news, time.perf_counter()
            until_painted(
                self.panel.list_view.viewport(),
                partial(QTest.keyClick, box, next(keys)),
                lambda: self._news > seen,
            )
            return time.perf_counter() - begin

        return measure

    def reference(self, box: QComboBox) -> Measure:
        """Another box takes the same keys, so that each is asked for the same things in the same turn."""
        places = [box.itemData(index) for index in range(box.count())]
        keys, at = cycle(_KEYS), 0

        def measure() -> float:
            nonlocal at
            at += 1 if next(keys) == Qt.Key.Key_Down else -1
            sort = str(places[at] if box is self.sort_box else self.sort_box.currentData())
            scenario = str(places[at] if box is self.filter_box else self.filter_box.currentData())
            begin = time.perf_counter()
            total, found = self._bare.look(sort=sort, scenario=scenario, now=_now())
            until_painted(self._view.viewport(), partial(self._view_model.show, total, found))
            seconds = time.perf_counter() - begin
            if places[at] == box.currentData():
                self._rest()
                prove_equal(self._shown(), (total, found), what=f"queue by {sort} {scenario}")
            return seconds

        return measure

    def close(self) -> None:
        self._jobs.drain()
        self.panel.deleteLater()
        self._view.deleteLater()

    def _rest(self) -> None:
        """The column reads what is in sight first: until the rest of its page, asked for here, is there too."""
        loop = QEventLoop()
        self.panel.model.at(min(PAGE, self.panel.model.rowCount()) - 1)
        for _ in range(LANE_JOBS):
            self._jobs.store(self.panel, lambda: None, lambda _: loop.quit())
            loop.exec()

    def _shown(self) -> tuple[int, list[tuple[str, str]]]:
        """What the column holds: tasks in all, and those of its first page in order."""
        model = self.panel.model
        within = (model.at(place) for place in range(PAGE + len(model.headings)))
        rows = [(one.task_id, one.name) for one in within if isinstance(one, QueueRow)]
        return model.rowCount() - len(model.headings), rows[:PAGE]

    def _count(self) -> None:
        self._news += 1


def _now() -> int:
    return int(made_tasks.NOW.timestamp()) * 1_000_000

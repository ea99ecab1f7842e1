"""Skipping a task: the reasons as a menu with digits; the next customer follows."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from core.desk import dialling
from core.desk.desk import Desk
from core.domain.template import SkipReason
from desktop.call.presenter import CallPresenter
from desktop.lane import Lane
from desktop.queue.panel import QueuePanel
from desktop.tongue import Tongue


class SkipMenu(QObject):
    def __init__(
        self,
        desk: Desk,
        presenter: CallPresenter,
        queue: QueuePanel,
        tongue: Tongue,
        *,
        lane: Lane,
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
    ) -> None:
        super().__init__(queue)
        self._desk, self._presenter, self._queue, self._tongue = desk, presenter, queue, tongue
        self._lane, self._show_error, self._logged = lane, show_error, logged

    def ask(self) -> None:
        """Reads the reasons, then shows them. A call that has begun is not skipped: it needs an outcome."""
        session = self._presenter.session
        if session is None or session.opened.task is None or session.flow.begun:
            return
        task_id = session.opened.task.id
        self._lane(self._desk.skip_reasons, partial(self._offer, task_id), self._show_error)

    def _offer(self, task_id: str, reasons: tuple[SkipReason, ...]) -> None:
        following = self._queue.below(task_id)
        menu = QMenu(self._queue.window())
        for index, reason in enumerate(reasons, start=1):
            action = menu.addAction(f"&{index}  {self._tongue(reason.label)}")
            action.setData(reason)

        def chosen(action: QAction) -> None:
            self._skip(task_id, action.data(), following)

        menu.triggered.connect(chosen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._queue.mapToGlobal(self._queue.rect().center()))

    def _skip(self, task_id: str, reason: SkipReason, following: list[str]) -> None:
        def done(_: object) -> None:
            self._logged()
            self._queue.refresh()
            # Where somebody else was opened meanwhile, they stay.
            if following and self._presenter.of_case(task_id) is not None:
                self._presenter.in_view.open_task(following[0])

        self._lane(lambda: dialling.skip(self._desk, task_id, reason), done, self._show_error)

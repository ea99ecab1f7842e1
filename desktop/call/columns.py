"""The columns of the call: how wide each is, and that queue and 360° view take turns where four have no room."""

from collections.abc import Callable
from operator import itemgetter

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop import theme
from desktop.call import words
from desktop.call.outcome_panel import OutcomePanel
from desktop.call.view360 import View360Panel
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.queue.panel import QueuePanel
from desktop.tongue import Tongue

NARROW_PX = 1200
"""below this width of the page, in logical pixels at 100 %, the four columns have no room beside each other"""
SIDE, OUTCOME_MOST = 0.34, 0.30
"""of a narrow page: what the two at the left share, and what the outcome takes at most"""
LEAST_OUTCOME_PX = 280
_PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""the keys come back by themselves"""


class Columns(QObject):
    """Narrow, the queue is in sight while nobody is open and while it is worked with; else the customer is."""

    def __init__(
        self,
        queue: QueuePanel,
        view: View360Panel,
        outcome: OutcomePanel,
        tongue: Tongue,
        *,
        is_open: Callable[[], bool],
        leave: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._queue, self._view, self._outcome, self._tongue = queue, view, outcome, tongue
        self._is_open, self._leave = is_open, leave
        self._start: QWidget | None = None
        self._narrow = self._queue_wanted = False
        self.to_queue, self.to_view = QPushButton("☰"), QPushButton()
        for button in (self.to_queue, self.to_view):
            button.setProperty("kind", "plain")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setVisible(False)
        view.add_before_tabs(self.to_queue)
        queue.add_above(self.to_view)
        self.to_queue.clicked.connect(self.over_queue(queue.focus_list))
        self.to_view.clicked.connect(leave)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def stand_in(self, start: QWidget) -> None:
        """What is in sight in place of the customer while nobody is open."""
        self._start = start
        self.follow()

    def retranslate(self) -> None:
        tasks = f"{self._tongue(words.TO_QUEUE)}  {cap(BOUND[Act.QUEUE][0])}"
        self.to_queue.setAccessibleName(tasks)
        self.to_queue.setToolTip(tasks)
        self.to_view.setText(f"{self._tongue(words.TO_VIEW)}  Esc")
        self.to_view.setAccessibleName(self._tongue(words.TO_VIEW))

    def fit(self, width: int) -> None:
        """The script takes what is left; from 1366 to 4K the columns keep order and proportions."""
        scale = theme.scale()
        narrow = width < NARROW_PX * scale
        if narrow:
            side = round(width * SIDE)
            least = min(LEAST_OUTCOME_PX * scale, width * OUTCOME_MOST)
            shares = [(self._queue, side), (self._view, side)]
            shares.append((self._outcome, max(round(least), self._outcome.minimumSizeHint().width())))
        else:
            wanted = ((self._queue, 0.155, 210), (self._view, 0.295, 350), (self._outcome, 0.205, LEAST_OUTCOME_PX))
            shares = [
                (column, max(round(width * share), round(min(px * scale, width * (share + 0.06)))))
                for column, share, px in wanted
            ]
        for column, fixed in shares:
            column.setFixedWidth(fixed)
        if narrow != self._narrow:
            self._narrow = narrow
            self._listen()
        self.follow()

    def follow(self) -> None:
        """Another customer, or nobody, is open."""
        in_turn = self._narrow and self._is_open()
        queue = not in_turn or self._queue_wanted
        nobody = self._start is not None and not self._is_open()
        columns: list[tuple[QWidget, bool]] = [
            (self._queue, queue),
            (self._view, not nobody and (not self._narrow or not queue)),
        ]
        if self._start is not None:
            columns.append((self._start, nobody))
        # The one that goes first: both beside each other would widen the window.
        for widget, seen in (*sorted(columns, key=itemgetter(1)), (self.to_queue, in_turn), (self.to_view, in_turn)):
            if widget.isHidden() is seen:
                widget.setVisible(seen)

    def over_queue(self, run: Callable[[], object]) -> Callable[[], None]:
        """`run` with the queue in sight."""
        return lambda: self._turn(run, to_queue=True)

    def over_view(self, run: Callable[[], object]) -> Callable[[], None]:
        """`run` with the 360° view in sight."""
        return lambda: self._turn(run, to_queue=False)

    def _turn(self, run: Callable[[], object], *, to_queue: bool) -> None:
        if self._narrow and to_queue is not self._queue_wanted and self._is_open():
            self._queue_wanted = to_queue
            if not to_queue:
                self._leave()
            self.follow()
        run()

    def _listen(self) -> None:
        for widget in (*self._queue.taking_keys, self.to_view):
            if self._narrow:
                widget.installEventFilter(self)
            else:
                widget.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys have left the queue: the customer comes back."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _PASSING:
            at = QApplication.focusWidget()
            if at is not None and not self._queue.isAncestorOf(at):
                self._queue_wanted = False
                self.follow()
        return False

"""A column that scrolls and cuts no row in half: what does not fit whole at the end in sight is left for scrolling."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

_PLACES = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show})
"""after these the rows stand elsewhere"""
_AT_REST_MS = 60
"""without a move, after which the rows are put in place: one who scrolls by pixels is not held back"""


class WholeRows(QScrollArea):
    """`show_top` and `show_end` say which end is to be seen; the other one may be cut by no more than a gap.

    Scrolled to anywhere else, the row that would be cut above comes whole into sight, the one below goes out of it."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inner, self._at_end, self._between = inner, False, False
        self._margins = (0, 0)
        self._found: list[tuple[int, int]] = []
        self._headings: list[tuple[int, int]] = []
        """from the top of each to the end of the row that it stands above"""
        self._found_at: QSize | None = None
        self._held = False
        """whether it stands where the end asked for is seen: more rows keep it there, a hand that scrolls lets go"""
        self._at_rest = QTimer(self, singleShot=True, interval=_AT_REST_MS)
        self._at_rest.timeout.connect(self._stand)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(inner)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._let_go_or_hold)
        bar.valueChanged.connect(lambda _: self._at_rest.start())
        bar.rangeChanged.connect(self._keep_end)

    def show_top(self) -> None:
        self._show(at_end=False)

    def show_end(self) -> None:
        self._show(at_end=True)

    def _show(self, *, at_end: bool) -> None:
        self._at_end, self._between = at_end, False
        self._fit()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if at_end else 0)
        self._let_go_or_hold(bar.value())

    def _let_go_or_hold(self, value: int) -> None:
        self._held = self._at_end and value >= self.verticalScrollBar().maximum()

    def _keep_end(self, _least: int, most: int) -> None:
        """The margin is that of the end: held anywhere else it would be empty, and rows cut at both ends."""
        if self._held:
            self.verticalScrollBar().setValue(most)

    def _stand(self) -> None:
        bar = self.verticalScrollBar()
        if bar.isSliderDown():
            self._at_rest.start()
            return
        self._between = 0 < bar.value() < bar.maximum()
        if not self._between:
            self._at_end = 0 < bar.maximum() <= bar.value()
        self._fit()
        if self._at_end and not self._between:
            bar.setValue(bar.maximum())
            self._let_go_or_hold(bar.value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        answer = super().eventFilter(watched, event)
        if watched is self._inner:
            kind = event.type()
            if kind in _PLACES:
                self._found_at = None
            if kind is QEvent.Type.LayoutRequest:
                self._fit()
                self._at_rest.start()
        return answer

    def _fit(self) -> None:
        """Leaves the row that would be cut out of sight: scrolled to the end the one above, else the one below.

        Its room stays empty below, where it looks like the end of the column; above it would look like a row missing.
        """
        inner = self._inner
        layout = inner.layout()
        if (layout is not None and layout.activate()) or self._found_at != inner.size():
            self._found_at = None
        whole = self.height() - 2 * self.frameWidth()
        if self._between:
            top = self._whole_above()
            self._leave_out(0, self._cut_below(top + whole, top))
            return
        line = inner.height() - whole if self._at_end else whole
        rows = self._rows() if 0 < line < inner.height() else []
        cut = [(top, bottom) for top, bottom in rows if top < line < bottom]
        above = max((bottom for _, bottom in cut), default=line) - line if self._at_end else 0
        below = 0 if self._at_end or not rows else self._cut_below(line)
        self._leave_out(above, below)

    def _whole_above(self) -> int:
        """Scrolls back to where the row that is cut above begins; where the rows then begin."""
        bar = self.verticalScrollBar()
        top, rows = bar.value(), self._rows()
        while cut := [above for above, bottom in rows if above < top < bottom]:
            top = min(cut)
        bar.setValue(top)
        return top

    def _cut_below(self, line: int, seen_from: int = 0) -> int:
        """How much to leave out above that line, so that no row and no heading without its row is cut by it; a row
        that is higher than all there is room for is cut."""
        cut = (top for top, bottom in self._rows() if seen_from < top < line < bottom)
        headed = (top for top, end in self._headings if seen_from < top < line < end)
        return line - min((*cut, *headed), default=line)

    def _leave_out(self, above: int, below: int) -> None:
        if (above, below) != self._margins:
            self._margins = (above, below)
            self.setViewportMargins(0, 0, 0, above + below)

    def _rows(self) -> list[tuple[int, int]]:
        """Upper and lower edges of all that is read or pressed."""
        inner = self._inner
        if self._found_at is not None:
            return self._found
        found, words = [], []
        for widget in inner.findChildren(QWidget):
            if widget.layout() is None and widget.isVisibleTo(inner):
                top = widget.mapTo(inner, QPoint(0, 0)).y()
                found.append((top, top + widget.height()))
                if isinstance(widget, QLabel):
                    words.append(found[-1])
        self._found, self._found_at = found, inner.size()
        self._headings = [(top, _end_of_next(found, bottom)) for top, bottom in words if _alone(found, top, bottom)]
        return found


def _alone(rows: list[tuple[int, int]], top: int, bottom: int) -> bool:
    """Whether nothing stands beside it: a heading, and no label of a field."""
    return sum(other_top < bottom and top < other_bottom for other_top, other_bottom in rows) == 1


def _end_of_next(rows: list[tuple[int, int]], bottom: int) -> int:
    """Where the first row below ends: a heading is of no use without it."""
    return min((end for top, end in rows if top >= bottom), default=bottom)

"""A month of the shelf as a picture: a line a group of customers, a box a stretch of days, today marked through all."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import Painted, draw_box, draw_words, draw_wrapped, height_of, ink, smooth, wrapped_height
from desktop.widgets.values import Tone

DAYS = 31
LABEL_PX, GAP_PX, EDGE_PX = 76, 4, 8
Place = tuple[int, int]
"""line and box"""
_STEPS: dict[Qt.Key, Place] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Stretch(Struct, frozen=True, kw_only=True):
    first: int
    last: int
    """days of the month, both included"""
    days: str
    does: str
    asks: str
    names: tuple[str, ...]
    """what is named then, first things first"""

    @property
    def spoken(self) -> str:
        return " · ".join((self.days, self.does, self.asks, *self.names))


class Line(Struct, frozen=True, kw_only=True):
    label: str
    stretches: tuple[Stretch, ...]


class MonthStrip(Painted):
    chosen = Signal(int, int)
    """line and box in view"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._today, self._today_words = 1, ""
        self.at: Place = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_lines(self, lines: Sequence[Line], *, today: int, today_words: str) -> None:
        """Anew; the box in view stays where there still is one."""
        self._lines, self._today, self._today_words = tuple(lines), today, today_words
        line, box = self.at
        if not (line < len(lines) and box < len(lines[line].stretches)):
            self.at = (0, 0)
        self._say()
        self.updateGeometry()
        self.update()

    def choose(self, place: Place) -> None:
        self.at = place
        self._say()
        self.update()
        self.chosen.emit(*place)

    def go_to_today(self) -> None:
        """The stretch of the first line that today lies in."""
        found = self._lines[0].stretches if self._lines else ()
        self.choose((0, next((at for at, one in enumerate(found) if one.first <= self._today <= one.last), 0)))

    def _say(self) -> None:
        line, box = self.at
        here = self._lines[line].stretches if line < len(self._lines) else ()
        self.setAccessibleDescription(f"{self._lines[line].label} · {here[box].spoken}" if box < len(here) else "")

    # Where things stand

    def _scale(self) -> int:
        return round(height_of(theme.font(11))) + theme.px(6)

    def _across(self, width: float, day: int) -> float:
        """Where that day begins."""
        left = theme.px(LABEL_PX)
        return left + (width - left) * (day - 1) / DAYS

    def _box_width(self, width: float, one: Stretch) -> float:
        return self._across(width, one.last + 1) - self._across(width, one.first) - theme.px(GAP_PX)

    def _parts(self, one: Stretch) -> list[tuple[str, theme.Face, Tone]]:
        small = theme.font(12)
        said = [(one.days, small, Tone.MUTED), (one.does, theme.font(13, bold=True), Tone.NEUTRAL)]
        return [*said, (one.asks, small, Tone.MUTED), *((name, small, Tone.BRAND) for name in one.names)]

    def _box_height(self, width: float, one: Stretch) -> float:
        room = self._box_width(width, one) - 2 * theme.px(EDGE_PX)
        high = sum(wrapped_height(words, face, room) + theme.px(2) for words, face, _ in self._parts(one))
        return high + 2 * theme.px(EDGE_PX)

    def _line_height(self, width: float, line: Line) -> float:
        return max((self._box_height(width, one) for one in line.stretches), default=0.0)

    def _boxes(self, width: float) -> list[tuple[Place, Stretch, QRectF]]:
        found, top = [], float(self._scale())
        for at, line in enumerate(self._lines):
            high = self._line_height(width, line)
            for nth, one in enumerate(line.stretches):
                box = QRectF(self._across(width, one.first), top, self._box_width(width, one), high)
                found.append(((at, nth), one, box))
            top += high + theme.px(10)
        return found

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = sum(self._line_height(width, line) + theme.px(10) for line in self._lines)
        return round(self._scale() + lines)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(900), self.heightForWidth(theme.px(900)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(620), theme.px(120))

    # Choosing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._lines:
            super().keyPressEvent(event)
            return
        line = min(max(self.at[0] + step[0], 0), len(self._lines) - 1)
        stretches = self._lines[line].stretches
        if line != self.at[0]:
            # The box that holds the same day: lines are cut at days of their own.
            day = self._lines[self.at[0]].stretches[self.at[1]].first
            box = next((at for at, one in enumerate(stretches) if one.first <= day <= one.last), 0)
        else:
            box = min(max(self.at[1] + step[1], 0), len(stretches) - 1)
        self.choose((line, box))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place, _, box in self._boxes(self.width()):
            if box.contains(event.position()):
                self.choose(place)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        width = float(self.width())
        for place, one, box in self._boxes(width):
            self._paint_box(painter, place, one, box)
            if place[1] == 0:
                label = QRectF(0, box.top(), theme.px(LABEL_PX) - theme.px(6), box.height())
                draw_wrapped(painter, label, self._lines[place[0]].label, theme.font(13, bold=True), ink(Tone.NEUTRAL))
        if self._lines:
            self._paint_days(painter, width)
        painter.end()

    def _paint_box(self, painter: QPainter, place: Place, one: Stretch, box: QRectF) -> None:
        t, edge = theme.tokens(), theme.px(EDGE_PX)
        now = one.first <= self._today <= one.last
        fill = theme.colour(t.brand_bg if now else t.quiet)
        chosen = place == self.at
        line = t.brand if chosen and self.hasFocus() else t.edge
        draw_box(painter, box, fill=fill, edge=theme.colour(line), radius=theme.px(6), width=2.5 if chosen else 1.0)
        y, room = box.top() + edge, box.width() - 2 * edge
        for words, face, tone in self._parts(one):
            high = wrapped_height(words, face, room)
            draw_wrapped(painter, QRectF(box.left() + edge, y, room, high + 1), words, face, ink(tone))
            y += high + theme.px(2)

    def _paint_days(self, painter: QPainter, width: float) -> None:
        """The scale of days above, and today's line through all."""
        t, face, high = theme.tokens(), theme.font(11), self._scale()
        now = (self._across(width, self._today) + self._across(width, self._today + 1)) / 2
        right = now > width * 0.8
        words = QRectF(now - theme.px(190) if right else now + theme.px(6), 0, theme.px(184), high - theme.px(4))
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        draw_words(painter, words, self._today_words, theme.font(11, bold=True), ink(Tone.BRAND), align)
        for day in (1, 5, 10, 15, 20, 25, 31):
            left, wide = self._across(width, day), self._across(width, 2) - self._across(width, 1)
            if not words.intersects(QRectF(left, 0, wide, high)) and day != self._today:
                place = QRectF(left, 0, wide, high - theme.px(4))
                draw_words(painter, place, str(day), face, ink(Tone.MUTED), Qt.AlignmentFlag.AlignHCenter)
        painter.setPen(QPen(theme.colour(t.brand), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(now, 0), QPointF(now, high - theme.px(4)))

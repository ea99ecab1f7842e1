"""The week as a painted grid: days across, hours down, what is due as blocks; chosen by keys, dragged by hand."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.desk.agenda import AgendaItem, ItemKind
from core.domain.clock import CHINA
from desktop import theme
from desktop.followups.week_layout import BLOCK, DAYS, Placed, hours_shown, neighbour, place, snapped
from desktop.widgets.painted import Painted, draw_box, draw_focus, draw_words, ground, height_of, ink, smooth
from desktop.widgets.values import Tone

HEAD_PX, HOURS_PX, LEAST_HOUR_PX = 32, 48, 24
STEP_MIN = 15
_TONES = {
    ItemKind.CALLBACK: Tone.BRAND,
    ItemKind.PROMISE: Tone.VIP,
    ItemKind.COMMITMENT: Tone.OK,
    ItemKind.TRIAL: Tone.NEUTRAL,
    ItemKind.VISIT: Tone.WARN,
    ItemKind.STORE_TIME: Tone.WARN,
    ItemKind.WORK_ORDER: Tone.NEUTRAL,
}
_CTRL = Qt.KeyboardModifier.ControlModifier
_MOVES = {
    Qt.Key.Key_Up: timedelta(minutes=-STEP_MIN),
    Qt.Key.Key_Down: timedelta(minutes=STEP_MIN),
    Qt.Key.Key_Left: timedelta(days=-1),
    Qt.Key.Key_Right: timedelta(days=1),
}
_WALKS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


def tone_of(item: AgendaItem) -> Tone:
    return Tone.MUTED if item.over else Tone.BAD if item.late else _TONES[item.kind]


class WeekGrid(Painted):
    opened = Signal(object)
    """an item whose customer is to be shown"""
    turned = Signal()
    """another item is chosen, or the chosen one is held at another time"""

    def __init__(self, spoken: Callable[[AgendaItem], str], parent: QWidget | None = None) -> None:
        """`spoken`: an item in one line, in the present language."""
        super().__init__(parent)
        self._spoken = spoken
        self._items: list[AgendaItem] = []
        self._heads: list[str] = [""] * DAYS
        self._monday, self._now = date(2000, 1, 3), datetime(2000, 1, 1, tzinfo=CHINA)
        self._placed: list[Placed] = []
        self._chosen = ""
        self.held: datetime | None = None
        """where the chosen item would go: it moves once somebody says with whom that was agreed"""
        self._grip: timedelta | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # What is shown

    def set_week(self, monday: date, heads: Sequence[str], items: Sequence[AgendaItem], now: datetime) -> None:
        """`items` in the order of their times; `heads` name the days."""
        self._monday, self._heads, self._items, self._now = monday, list(heads), list(items), now
        if self.chosen is None:
            self._chosen = next((one.key for one in self._items if one.at >= now), "") or (
                self._items[0].key if self._items else ""
            )
            self.held = None
        self._lay_out()

    def choose(self, key: str) -> None:
        if key != self._chosen:
            self._chosen, self.held = key, None
        self._lay_out()

    def drop(self) -> None:
        """The chosen item stays where it is."""
        if self.held is not None:
            self.held = None
            self._lay_out()

    @property
    def chosen(self) -> AgendaItem | None:
        return next((one for one in self._items if one.key == self._chosen), None)

    @property
    def blocks(self) -> list[Placed]:
        """As they stand on the grid."""
        return self._placed

    def _lay_out(self) -> None:
        self._placed = place(self._items, self._monday, self._chosen)
        one = self.chosen
        self.setAccessibleDescription(self._spoken(one) if one else "")
        self.turned.emit()
        self.update()

    # Keys and hand

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        one = self.chosen
        if event.modifiers() & _CTRL and key in _MOVES:
            self._hold(_MOVES[key])
        elif not event.modifiers() & _CTRL and key in _WALKS:
            days, steps = _WALKS[key]
            self.choose(neighbour(self._items, self._chosen, days=days, steps=steps))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and one is not None and self.held is None:
            self.opened.emit(one)
        else:
            super().keyPressEvent(event)

    def _hold(self, by: timedelta) -> None:
        one = self.chosen
        if one is not None and one.movable:
            begin = self.held or snapped(one.at, STEP_MIN)
            self.held = begin + by
            self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if hit is None:
            self.drop()
            return
        self.choose(hit.item.key)
        moment = self._moment_at(event.position())
        self._grip = hit.item.at - moment if hit.item.movable and moment else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        moment = self._moment_at(event.position())
        if self._grip is None or moment is None:
            return
        self.held = snapped(moment + self._grip, STEP_MIN)
        self._lay_out()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        one = self.chosen
        self._grip = None
        if one is not None and self.held is not None and snapped(one.at, STEP_MIN) == self.held:
            self.drop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if hit is not None:
            self.opened.emit(hit.item)

    def _hit(self, point: QPointF) -> Placed | None:
        return next((one for one in reversed(self._placed) if self.rect_of(one).contains(point)), None)

    # Measures

    def sizeHint(self) -> QSize:
        return QSize(theme.px(760), theme.px(HEAD_PX + 13 * LEAST_HOUR_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(HEAD_PX + 13 * 16))

    def _scale(self) -> tuple[int, float, float]:
        """The first hour, the height of one, the width of a day."""
        moments = [*self._items]
        first, last = hours_shown(moments)
        if self.held is not None:
            hour = self.held.astimezone(CHINA).hour
            first, last = min(first, hour), max(last, hour + 1)
        tall = (self.height() - theme.px(HEAD_PX)) / (last - first)
        return first, tall, (self.width() - theme.px(HOURS_PX)) / DAYS

    def rect_of(self, one: Placed) -> QRectF:
        first, tall, wide = self._scale()
        lane = (wide - theme.px(4)) / one.lanes
        return QRectF(
            theme.px(HOURS_PX) + one.day * wide + theme.px(2) + one.lane * lane,
            theme.px(HEAD_PX) + (one.hour - first) * tall,
            lane - theme.px(2),
            max(tall * BLOCK / timedelta(hours=1), height_of(theme.font(12))) - theme.px(1),
        )

    def _moment_at(self, point: QPointF) -> datetime | None:
        first, tall, wide = self._scale()
        day = int((point.x() - theme.px(HOURS_PX)) // wide)
        hours = first + (point.y() - theme.px(HEAD_PX)) / tall
        if not 0 <= day < DAYS or not 0 <= hours < 24:
            return None
        return datetime.combine(self._monday + timedelta(days=day), time(), CHINA) + timedelta(hours=hours)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        self._paint_grid(painter)
        for one in self._placed:
            self._paint_block(painter, one)
        self._paint_held(painter)
        painter.end()

    def _paint_grid(self, painter: QPainter) -> None:
        t = theme.tokens()
        first, tall, wide = self._scale()
        left, top = theme.px(HOURS_PX), theme.px(HEAD_PX)
        today = (self._now.astimezone(CHINA).date() - self._monday).days
        if 0 <= today < DAYS:
            painter.fillRect(QRectF(left + today * wide, 0, wide, self.height()), theme.colour(t.quiet))
        for day, head in enumerate(self._heads):
            face = theme.font(12, bold=day == today)
            room = QRectF(left + day * wide, 0, wide, top)
            draw_words(painter, room, head, face, ink(Tone.BRAND if day == today else Tone.MUTED), _CENTRE)
            painter.fillRect(QRectF(left + day * wide, 0, 1, self.height()), theme.colour(t.line))
        hour, line = first, float(top)
        while line < self.height() - 1:
            painter.fillRect(QRectF(left, line, self.width() - left, 1), theme.colour(t.line))
            label = QRectF(0, line, left - theme.px(6), min(tall, height_of(theme.font(11))))
            draw_words(painter, label, f"{hour:02}:00", theme.font(11), ink(Tone.MUTED), _RIGHT)
            hour, line = hour + 1, line + tall
        self._paint_now(painter, today)

    def _paint_now(self, painter: QPainter, today: int) -> None:
        first, tall, wide = self._scale()
        here = self._now.astimezone(CHINA)
        line = theme.px(HEAD_PX) + (here.hour + here.minute / 60 - first) * tall
        if 0 <= today < DAYS and theme.px(HEAD_PX) <= line < self.height():
            colour = theme.colour(theme.tokens().bad)
            painter.fillRect(QRectF(theme.px(HOURS_PX) + today * wide, line, wide, theme.px(2)), colour)

    def _paint_block(self, painter: QPainter, one: Placed) -> None:
        rect, tone = self.rect_of(one), tone_of(one.item)
        draw_box(painter, rect, fill=ground(tone), edge=ink(tone), radius=theme.px(4))
        inner = rect.adjusted(theme.px(5), 0, -theme.px(3), 0)
        face = theme.font(12, bold=one.item.late)
        here = one.item.at.astimezone(CHINA)
        more = f"+{one.more} " if one.more else ""
        line = QRectF(inner.left(), inner.top(), inner.width(), min(inner.height(), height_of(face)))
        draw_words(painter, line, f"{more}{here:%H:%M} {one.item.name}", face, ink(tone))
        if one.item.key == self._chosen:
            draw_focus(painter, rect.adjusted(-1, -1, 1, 1), theme.px(5))

    def _paint_held(self, painter: QPainter) -> None:
        one = self.chosen
        if one is None or self.held is None:
            return
        here = self.held.astimezone(CHINA)
        day = (here.date() - self._monday).days
        if not 0 <= day < DAYS:
            return
        rect = self.rect_of(Placed(one, day, here.hour + here.minute / 60, 0, 1))
        draw_box(painter, rect, fill=theme.colour(theme.tokens().mark), edge=ink(Tone.BRAND), radius=theme.px(4))
        face = theme.font(12, bold=True)
        inner = rect.adjusted(theme.px(5), 0, -theme.px(3), 0)
        draw_words(painter, inner, f"{here:%H:%M} {one.name}", face, ink(Tone.NEUTRAL))


_CENTRE, _RIGHT = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight

"""The make-up of one amount: a bar in parts, and a legend that names each part and its figure."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import Painted, draw_box, draw_words, height_of, ink, smooth, width_of
from desktop.widgets.values import Segment, Tone

PART_COLOURS = ("#4f8fdc", "#e0a33a", "#3fa67d", "#9a78d6", "#d9695f", "#5aaebc", "#b0895c", "#8795a5")
"""Told apart by people who see few colours too: they differ in lightness, and the legend is in the same order."""


class StackBar(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Segment, ...] = ()
        self._empty = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_parts(self, parts: Sequence[Segment], *, empty: str = "") -> None:
        """New parts in place; parts of 0 or less are named in the legend, but have no share of the bar."""
        self._parts, self._empty = tuple(parts), empty
        spoken = "; ".join(f"{part.label} {part.text}" for part in self._parts)
        self.setAccessibleDescription(spoken or empty)
        self.told.whole = "\n".join(f"{part.label} {part.text}" for part in self._parts)
        self.updateGeometry()
        self.update()

    def parts(self) -> tuple[Segment, ...]:
        return self._parts

    def _columns(self, width: int) -> int:
        widest = max((self._entry_width(part) for part in self._parts), default=1.0)
        return max(min(int(width // max(widest, 1.0)), 3), 1)

    def _entry_width(self, part: Segment) -> float:
        face = theme.font(12)
        return theme.px(16) + width_of(part.label, face) + theme.px(8) + width_of(part.text, face) + theme.px(14)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = -(-len(self._parts) // self._columns(width)) if self._parts else 1
        return round(theme.px(22) + lines * height_of(theme.font(12)))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(260), self.heightForWidth(max(self.width(), theme.px(260))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        t = theme.tokens()
        bar = QRectF(0, 0, self.width(), theme.px(14))
        draw_box(painter, bar, fill=theme.colour(t.track), edge=None, radius=theme.px(3))
        total = sum(max(part.amount, 0.0) for part in self._parts)
        x = 0.0
        for index, part in enumerate(self._parts):
            width = bar.width() * max(part.amount, 0.0) / total if total > 0 else 0.0
            painter.fillRect(QRectF(x, 0, max(width - 1, 0), bar.height()), _part_colour(index))
            x += width
        self._draw_legend(painter, theme.px(20))
        painter.end()

    def _draw_legend(self, painter: QPainter, top: float) -> None:
        face, line = theme.font(12), height_of(theme.font(12))
        if not self._parts:
            draw_words(painter, QRectF(0, top, self.width(), line), self._empty, face, ink(Tone.MUTED))
            return
        columns = self._columns(self.width())
        width = self.width() / columns
        self.told.cut = False
        for index, part in enumerate(self._parts):
            row, column = divmod(index, columns)
            x, y = column * width, top + row * line
            dot = QRectF(x, y + line / 2 - theme.px(4), theme.px(8), theme.px(8))
            draw_box(painter, dot, fill=_part_colour(index), edge=None, radius=theme.px(2))
            figure = width_of(part.text, face)
            right = x + width - theme.px(14)
            name = QRectF(x + theme.px(14), y, right - figure - theme.px(6) - x - theme.px(14), line)
            self.told.cut = draw_words(painter, name, part.label, face, ink(Tone.MUTED)) or self.told.cut
            value = QRectF(right - figure - 2, y, figure + 2, line)
            draw_words(painter, value, part.text, face, ink(Tone.NEUTRAL), Qt.AlignmentFlag.AlignRight)


def _part_colour(index: int) -> QColor:
    return theme.colour(PART_COLOURS[index % len(PART_COLOURS)])

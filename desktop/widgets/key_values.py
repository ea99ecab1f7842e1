"""Labels and values in two columns; values wrap, so that nothing is cut."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import Painted, draw_words, draw_wrapped, height_of, ink, smooth, width_of, wrapped_height
from desktop.widgets.values import Row, Tone

_LABEL_SHARE = 0.46
"""labels take at most this share of the width where values need the rest"""
_VALUE_ROOM = 96
"""a value of this width need not be set in one line"""


class KeyValues(Painted):
    """`columns=2` sets the rows in two pairs of columns, filled line by line, where the room allows."""

    def __init__(self, name: str = "", *, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._columns = columns
        self._heights: dict[int, list[float]] = {}
        self._comfort: int | None = None
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """New rows in place."""
        self._rows = tuple(rows)
        self._heights.clear()
        self._comfort = None
        self.setAccessibleDescription("; ".join(f"{row.label} {row.value}" for row in self._rows))
        self.told.whole = "\n".join(f"{row.label}: {row.value}" for row in self._rows)
        self.updateGeometry()
        self.update()

    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def restyled(self) -> None:
        self._heights.clear()
        self._comfort = None
        super().restyled()

    def heightForWidth(self, width: int) -> int:
        return round(sum(self._lines(width)))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(170) * self._columns, self.heightForWidth(theme.px(200) * self._columns))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(90) * self._columns, round(height_of(theme.font(13))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def comfortable_width(self) -> int:
        """The width of one column in which labels are whole and values wrap little."""
        if self._comfort is None:
            label, value = self._widest()
            self._comfort = label + theme.px(13) + min(value, theme.px(_VALUE_ROOM))
        return self._comfort

    def _widest(self) -> tuple[int, int]:
        """Widths of the widest label and of the widest value."""
        face = theme.font(13)
        label = max((ceil(width_of(row.label, face)) for row in self._rows), default=0)
        return label, max((ceil(width_of(row.value, face)) for row in self._rows), default=0)

    def _columns_at(self, width: int) -> int:
        """As many as asked for, if they are comfortable; else one."""
        gap = theme.px(12) * (self._columns - 1)
        return self._columns if (width - gap) / self._columns >= self.comfortable_width() else 1

    def _split(self, width: int) -> tuple[float, float, float]:
        """Width of a column, of its labels, of its values."""
        gap = theme.px(12)
        columns = self._columns_at(width)
        column = (width - gap * (columns - 1)) / columns
        widest, value = self._widest()
        widest += 1
        spare = column - gap - min(value, theme.px(_VALUE_ROOM))
        label = min(widest, max(column * _LABEL_SHARE, spare))
        return column, label, column - label - gap

    def _lines(self, width: int) -> list[float]:
        """Height of each line of rows at that width."""
        known = self._heights.get(width)
        if known is not None:
            return known
        _, _, value_width = self._split(width)
        face, least, lead = theme.font(13), height_of(theme.font(13)), theme.px(3)
        lines: list[float] = []
        columns = self._columns_at(width)
        for start in range(0, len(self._rows), columns):
            height = least
            for row in self._rows[start : start + columns]:
                if width_of(row.value, face) > value_width - 2:
                    height = max(height, wrapped_height(row.value, face, value_width))
            lines.append(height + lead)
        self._heights[width] = lines
        return lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        column, label_width, value_width = self._split(self.width())
        face, least, gap, y, cut = theme.font(13), height_of(theme.font(13)), theme.px(12), 0.0, False
        lines, columns = self._lines(self.width()), self._columns_at(self.width())
        for index, row in enumerate(self._rows):
            line, place = divmod(index, columns)
            x = place * (column + gap)
            cut = draw_words(painter, QRectF(x, y, label_width, least), row.label, face, ink(Tone.MUTED)) or cut
            box = QRectF(x + label_width + gap, y + (least - QFontMetrics(face).height()) / 2, value_width, 1 << 16)
            draw_wrapped(painter, box, row.value, face, ink(row.tone))
            if place == columns - 1:
                y += lines[line]
        self.told.cut = cut
        painter.end()

"""The titles of a few pages, one of them in sight: on one line while every title is whole there, else on two."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import PaintedButton, draw_focus, draw_words, height_of, smooth, width_of

SIZES = (13, 12)
"""of the titles: they are made smaller once before they take a second line"""
EDGE_PX = 4
"""at least this at both sides of a title, so that two are told apart"""
LINES = 2


class PageTabs(QWidget):
    """Left and Right go from title to title; a title that even two lines cut is told whole to a resting pointer."""

    turned = Signal(int)
    """index of the page that is to be seen now"""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = [PageTab(self) for _ in range(count)]
        self._group = QButtonGroup(self)
        for index, tab in enumerate(self._tabs):
            self._group.addButton(tab, index)
        self._tabs[0].setChecked(True)
        self._group.idToggled.connect(lambda index, on: self.turned.emit(index) if on else None)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def tabs(self) -> "list[PageTab]":
        return self._tabs

    @property
    def current(self) -> int:
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """`turned` tells of it where it is another one."""
        self._tabs[index].setChecked(True)

    def set_titles(self, titles: Sequence[str]) -> None:
        for tab, title in zip(self._tabs, titles, strict=True):
            tab.set_title(title)
        self._arrange()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return (1 if self._fits_one_line(width) else LINES) * _line_height()

    def sizeHint(self) -> QSize:
        return QSize(sum(tab.wanted(SIZES[0]) for tab in self._tabs), _line_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), _line_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()
            self.updateGeometry()

    def _fits_one_line(self, width: int) -> bool:
        return sum(tab.wanted(SIZES[-1]) for tab in self._tabs) <= width

    def _arrange(self) -> None:
        """Columns as wide as their titles and what is left over in equal parts; titles below each other share one."""
        lines = 1 if self._fits_one_line(self.width()) else LINES
        columns = ceil(len(self._tabs) / lines)
        size = next((s for s in SIZES if self._room(columns, s) >= 0), SIZES[-1])
        share = self._room(columns, size) / columns
        left = 0.0
        for column in range(columns):
            width = self._column(column, columns, size) + share
            for line, tab in enumerate(self._tabs[column::columns]):
                tab.size_px = size
                tab.setGeometry(
                    QRect(round(left), line * _line_height(), round(left + width) - round(left), _line_height())
                )
            left += width

    def _room(self, columns: int, size: int) -> float:
        """What the titles leave of the width, in pixels; below nothing where they do not fit."""
        return self.width() - sum(self._column(column, columns, size) for column in range(columns))

    def _column(self, column: int, columns: int, size: int) -> int:
        return max(tab.wanted(size) for tab in self._tabs[column::columns])


class PageTab(PaintedButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.size_px = SIZES[0]
        """of the title, the same in all tabs; logical pixels before scaling"""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_title(self, title: str) -> None:
        self.setText(title)
        self.told.whole = title
        self.setAccessibleName(title)
        self.update()

    def wanted(self, size: int) -> int:
        """The width in which the title is whole at that size, in pixels."""
        return ceil(width_of(self.text(), theme.font(size))) + 2 * theme.px(EDGE_PX)

    def sizeHint(self) -> QSize:
        return QSize(self.wanted(SIZES[0]), _line_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        t = theme.tokens()
        rect = QRectF(self.rect())
        room = rect.adjusted(1, 0, -1, 0)
        face = theme.font(self.size_px)
        lit = self.isEnabled() and (self.isChecked() or self.underMouse())
        colour = t.brand if self.isEnabled() and self.isChecked() else t.ink if lit else t.mut
        self.told.cut = draw_words(
            painter, room, self.text(), face, theme.colour(colour), Qt.AlignmentFlag.AlignHCenter
        )
        if self.isChecked() and self.isEnabled():
            painter.fillRect(QRectF(0, rect.bottom() - 2, rect.width(), 2), theme.colour(t.brand))
        if self.hasFocus():
            draw_focus(painter, rect, theme.px(4))
        painter.end()


def _line_height() -> int:
    return round(height_of(theme.font(SIZES[0]))) + theme.px(9)

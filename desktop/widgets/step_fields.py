"""Numbers and days to type or to step: drawn as the text fields are."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QDateTimeEdit, QSpinBox, QWidget

from desktop import theme
from desktop.widgets.field_frame import draw_field, draw_mark, field_height
from desktop.widgets.painted import smooth

EDGE_PX = 4
"""that a text field leaves more before its words"""


class NumberField(QSpinBox):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _move_in(self)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), field_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), field_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint(self, opens=False)


class DayField(QDateEdit):
    """Opens a calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        _move_in(self)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), field_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), field_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint(self, opens=True)


class MomentField(QDateTimeEdit):
    """Opens a calendar; up and down step the part that the cursor is in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _move_in(self)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), field_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), field_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint(self, opens=self.calendarPopup())


def _move_in(field: QAbstractSpinBox) -> None:
    """The words stand as far from the edge as those of the text fields above and below."""
    field.lineEdit().setTextMargins(theme.px(EDGE_PX), 0, 0, 0)


def _paint(field: QAbstractSpinBox, *, opens: bool) -> None:
    """The words are the inner field's, which paints itself on top."""
    painter = smooth(field)
    draw_field(painter, field, focused=field.hasFocus())
    right, middle = field.width() - theme.px(7), field.height() / 2
    if opens:
        draw_mark(painter, right, middle)
    else:
        draw_mark(painter, right, middle - theme.px(5), up=True, size=6)
        draw_mark(painter, right, middle + theme.px(5), size=6)
    painter.end()

"""Numbers and days to type or to step: drawn as the text fields are."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QDateTimeEdit, QSpinBox

from desktop import theme
from desktop.widgets.field_frame import draw_field, draw_mark, field_height
from desktop.widgets.painted import smooth


class NumberField(QSpinBox):
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), field_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), field_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint(self, opens=False)


class DayField(QDateEdit):
    """Opens a calendar."""

    def __init__(self) -> None:
        super().__init__()
        self.setCalendarPopup(True)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), field_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), field_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint(self, opens=True)


class MomentField(QDateTimeEdit):
    """Opens a calendar; up and down step the part that the cursor is in."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), field_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), field_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint(self, opens=self.calendarPopup())


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

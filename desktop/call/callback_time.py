"""Choosing a callback's time: a small panel over the page, five-minute steps, up to two years ahead."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QDialog, QVBoxLayout, QWidget

from core.desk.due import FURTHEST_DAYS, checked, round_up
from core.domain.calendar import Window
from core.domain.clock import CHINA
from core.domain.errors import InputError
from core.domain.text import Text
from desktop.call import words
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.ok_or_cancel import ok_or_cancel
from desktop.widgets.step_fields import MomentField
from desktop.widgets.values import Tone

TITLE = Text("回拨时间", "Time of the callback")
HINT = Text("按 ↑↓ 改，Tab 换段，Enter 确定", "↑↓ change, Tab next part, Enter to accept")
LATER = Text("今天晚些 +1 小时", "Later today, +1 h")


class CallbackTime(QDialog):
    chosen = Signal(object, bool)
    """aware UTC moment; mine"""

    def __init__(
        self, tongue: Tongue, now: datetime, parent: QWidget | None = None, *, quiet: tuple[Window, ...] = ()
    ) -> None:
        super().__init__(parent)
        self._tongue, self._now, self._quiet = tongue, now, quiet
        self.setWindowTitle(tongue(TITLE))
        self._edit = FiveMinuteEdit(self)
        self._edit.setCalendarPopup(True)
        self._edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        self._edit.setAccessibleName(tongue(TITLE))
        here = round_up(now.astimezone(CHINA) + timedelta(hours=1))
        # From midnight on: with the present as the least, an hour could not be typed before its minutes.
        self._edit.setMinimumDateTime(_shown(now.astimezone(CHINA).replace(hour=0, minute=0)))
        self._edit.setMaximumDateTime(_shown(now.astimezone(CHINA) + timedelta(days=FURTHEST_DAYS)))
        self._edit.setDateTime(_shown(here))
        self._mine = QCheckBox(tongue(words.MINE))
        self._mine.setChecked(True)
        self._wrong = Label(size=12, tone=Tone.BAD, wrap=True)
        hint = Label(tongue(HINT), size=12, tone=Tone.MUTED, wrap=True)
        buttons = ok_or_cancel(self, self._accept)
        column = QVBoxLayout(self)
        for widget in (self._edit, self._mine, hint, self._wrong, buttons):
            column.addWidget(widget)
        self._edit.setFocus()
        self._edit.setSelectedSection(QDateTimeEdit.Section.HourSection)

    def _accept(self) -> None:
        picked = self._edit.dateTime()
        day, clock = picked.date(), picked.time()
        here = datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=CHINA)
        try:
            moment = checked(here.astimezone(UTC), now=self._now, quiet=self._quiet)
        except InputError as error:
            self._wrong.set_words(error.spoken(self._tongue.lang))
            return
        self.chosen.emit(moment, self._mine.isChecked())
        self.accept()


class FiveMinuteEdit(MomentField):
    """Up and down move minutes by five."""

    def stepBy(self, steps: int) -> None:
        minutes = self.currentSection() is QDateTimeEdit.Section.MinuteSection
        super().stepBy(steps * 5 if minutes else steps)


def _shown(moment: datetime) -> QDateTime:
    return QDateTime(QDate(moment.year, moment.month, moment.day), QTime(moment.hour, moment.minute))

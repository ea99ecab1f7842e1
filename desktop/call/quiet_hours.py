"""In which hours of each day the customer wants no calls: one line over the page, read as it is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from core.compliance.spans import read, written
from core.domain.calendar import Window
from core.domain.errors import InputError
from core.domain.text import Text
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.ok_or_cancel import ok_or_cancel
from desktop.widgets.values import Tone

TITLE = Text("免扰时段", "Hours without calls")
HINT = Text(
    "-18：18 点以前不打；20-：20 点以后不打；12-14 20- 是两段；留空取消。Enter 确定",
    "-18: none before 18:00; 20-: none after 20:00; 12-14 20-: both; empty takes them back. Enter to accept",
)


class QuietHours(QDialog):
    chosen = Signal(object)
    """tuple of Window, none where they were taken back"""

    def __init__(self, tongue: Tongue, quiet: tuple[Window, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self.setWindowTitle(tongue(TITLE))
        self.line = QLineEdit(written(quiet))
        self.line.setAccessibleName(tongue(TITLE))
        self.line.setMaxLength(80)
        self.line.selectAll()
        self._read = Label(size=13, bold=True, tone=Tone.BRAND, wrap=True)
        self.wrong = Label(size=12, tone=Tone.BAD, wrap=True)
        hint = Label(tongue(HINT), size=12, tone=Tone.MUTED, wrap=True)
        buttons = ok_or_cancel(self, self._accept)
        column = QVBoxLayout(self)
        for widget in (self.line, self._read, hint, self.wrong, buttons):
            column.addWidget(widget)
        self.line.textChanged.connect(self._show_read)
        self._show_read(self.line.text())
        self.line.setFocus()

    def _show_read(self, typed: str) -> None:
        """What the line means, before it is accepted."""
        self.wrong.set_words("")
        try:
            self._read.set_words(written(read(typed)))
        except InputError:
            self._read.set_words("")

    def _accept(self) -> None:
        try:
            quiet = read(self.line.text())
        except InputError as error:
            self.wrong.set_words(error.spoken(self._tongue.lang))
            return
        self.chosen.emit(quiet)
        self.accept()

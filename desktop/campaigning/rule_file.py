"""A rule as its file: to read, to change, to bring in from elsewhere; each mistake with its line."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from core.domain.text import filled
from core.wire.screening import JudgedRule
from desktop import theme
from desktop.campaigning import rule_words as words
from desktop.keys.caps import cap
from desktop.keys.planning import RULING, Ruling
from desktop.tongue import Tongue
from desktop.widgets.keyed import keyed
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

MOST_FLAWS = 5


class RuleFile(QWidget):
    read_wanted = Signal(str)

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()

        self._tongue = tongue
        self.text, self.read = QPlainTextEdit(), QPushButton()
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._told = Label(size=13, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.text, 1)
        column.addWidget(self._told)
        column.addWidget(self.read)
        self.read.clicked.connect(lambda: self.read_wanted.emit(self.text.toPlainText()))
        keyed(self, RULING[Ruling.READ_IN][0], self.read.click)
        self.retranslate()

    def retranslate(self) -> None:
        say = self._tongue
        self.read.setText(f"{say(words.READ_IN)}  {cap(RULING[Ruling.READ_IN][0])}")
        self.read.setAccessibleName(say(words.READ_IN))
        self.text.setAccessibleName(say(words.FILE_TOLD))
        self.text.setPlaceholderText(say(words.FILE_TOLD))

    def show_judged(self, judged: JudgedRule, *, typed: bool) -> None:
        """`typed`: the text stays as the planner has written it."""
        say = self._tongue
        if not typed:
            self.text.setPlainText(judged.yaml)
        told = [say(filled(words.FLAW, line=str(one.line), why=one.why)) for one in judged.flaws[:MOST_FLAWS]]
        self._told.set_words("\n".join(told) or say(words.SOUND), Tone.BAD if told else Tone.OK)

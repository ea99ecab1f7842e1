"""The versions of a rule: who changed what and why, what differs from the one before, and which is in use."""

from difflib import ndiff

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from core.domain.clock import CHINA
from core.domain.text import filled
from core.wire.screening import RuleHistory, RuleVersion
from desktop import theme
from desktop.campaigning import rule_words as words
from desktop.campaigning.parts import within_card
from desktop.keys.caps import cap
from desktop.keys.planning import RULING, Ruling
from desktop.tongue import Tongue
from desktop.widgets.keyed import keyed
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink
from desktop.widgets.values import Tone

MOST_LINES = 40


class RuleHistoryView(QWidget):
    use_wanted = Signal(int)
    open_wanted = Signal(object)
    """a RuleVersion to go on from"""

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()

        self._tongue = tongue
        self._history: RuleHistory | None = None
        self.list: LineList[RuleVersion] = LineList(draw=self._draw, spoken=self._spoken, hint=self._spoken)
        self._note = Label(size=13, wrap=True)
        self._head = Label(size=13, bold=True, tone=Tone.MUTED)
        self._lines = [Label(size=13, wrap=True) for _ in range(MOST_LINES)]
        inner = QWidget()

        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, theme.px(6), 0)
        rows.setSpacing(theme.px(3))
        for part in (self._note, self._head, *self._lines):
            rows.addWidget(part)
        self.use, self.change, self.withdraw = QPushButton(), QPushButton(), QPushButton()
        buttons = QGridLayout()
        buttons.addWidget(self.use, 0, 0, 1, 2)
        buttons.addWidget(self.change, 1, 0)
        buttons.addWidget(self.withdraw, 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.list, 2)
        column.addWidget(within_card(inner), 3)
        column.addLayout(buttons)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_version())
        self.use.clicked.connect(self._use)
        self.change.clicked.connect(self._open)
        self.withdraw.clicked.connect(lambda: self.use_wanted.emit(0))
        for key, button in ((Ruling.USE, self.use), (Ruling.CHANGE, self.change), (Ruling.WITHDRAW, self.withdraw)):
            keyed(self, RULING[key][0], button.click)
        self.retranslate()

    def retranslate(self) -> None:
        say = self._tongue
        self.list.setAccessibleName(say(words.TABS[1]))
        for button, text, key in (
            (self.use, words.USE_THIS, Ruling.USE), (self.change, words.OPEN_THIS, Ruling.CHANGE),
            (self.withdraw, words.WITHDRAW, Ruling.WITHDRAW),
        ):  # fmt: skip
            button.setText(f"{say(text)}  {cap(RULING[key][0])}")
            button.setAccessibleName(say(text))
        self._show_version()

    def show_history(self, history: RuleHistory | None) -> None:
        if history is self._history:
            return
        self._history = history
        self.list.set_rows(history.versions if history else (), empty=self._tongue(words.NO_HISTORY))
        self.list.setCurrentIndex(self.list.lines.index(0))
        self._show_version()

    @property
    def chosen(self) -> RuleVersion | None:
        at = self.list.currentIndex().row()
        return self.list.lines.row(at) if 0 <= at < self.list.lines.rowCount() else None

    def told(self) -> list[str]:
        """The lines that tell the chosen version from the one before, as they are read."""
        return [one.text() for one in self._lines if not one.isHidden()]

    def _show_version(self) -> None:
        one, say = self.chosen, self._tongue
        self.use.setEnabled(one is not None and not one.in_use)
        self.change.setEnabled(one is not None)
        self.withdraw.setEnabled(self._history is not None and any(each.in_use for each in self._history.versions))
        self._note.set_words(one.note if one else "")
        self._note.setVisible(bool(one and one.note))
        before = self._before(one) if one else None
        self._head.set_words(say(words.DIFFERENCE if before else words.FIRST) if one else "")
        told = self._difference(one, before) if one else []
        for at, label in enumerate(self._lines):
            label.setVisible(at < len(told))
            if at < len(told):
                label.set_words(*told[at])

    def _before(self, one: RuleVersion) -> RuleVersion | None:
        versions = self._history.versions if self._history else ()
        at = versions.index(one)
        return versions[at + 1] if at + 1 < len(versions) else None

    def _difference(self, one: RuleVersion, before: RuleVersion | None) -> list[tuple[str, Tone]]:
        say = self._tongue
        now = [say(line) for line in one.lines]
        if before is None:
            return [(line, Tone.NEUTRAL) for line in now]
        tones = {"+ ": Tone.OK, "- ": Tone.BAD}
        marks = {"+ ": "＋ ", "- ": "－ "}
        found = [line for line in ndiff([say(line) for line in before.lines], now) if line[:2] in tones]
        told = [(marks[line[:2]] + line[2:], tones[line[:2]]) for line in found]
        return told[:MOST_LINES] or [(say(words.SAME), Tone.MUTED)]

    def _use(self) -> None:
        if self.chosen is not None:
            self.use_wanted.emit(self.chosen.rule.version)

    def _open(self) -> None:
        if self.chosen is not None:
            self.open_wanted.emit(self.chosen)

    def _spoken(self, one: RuleVersion) -> str:
        say, version = self._tongue, str(one.rule.version)
        if one.shipped or one.saved_at is None:
            told = say(filled(words.SHIPPED_VERSION, version=version))
        else:
            time = f"{one.saved_at.astimezone(CHINA):%m-%d %H:%M}"
            told = say(filled(words.SAVED_BY, version=version, who=one.saved_by, time=time))
        return f"{told} · {say(words.IN_USE)}" if one.in_use else told

    def _draw(self, painter: QPainter, rect: QRectF, one: RuleVersion) -> None:
        face = theme.font(13, bold=one.in_use)
        draw_words(painter, rect, self._spoken(one), face, ink(Tone.OK if one.in_use else Tone.NEUTRAL))

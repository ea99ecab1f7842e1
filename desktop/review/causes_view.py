"""Problems that customers met: the groups at the left; at the right what they are, three calls, a name, the way on."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from core.desk.causing import Causes, Group, feedback_text
from core.desk.reviewing import ListedCall
from core.domain.clock import CHINA
from core.domain.department import Department
from core.domain.masking import mask_text
from core.domain.takeaway import NAME_MOST
from core.domain.text import filled
from core.review.choice import Choice
from desktop import theme
from desktop.review import take_words as words
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.choice_list import ChoiceList
from desktop.widgets.label import Label
from desktop.widgets.painted import draw_box, draw_words, height_of, ink
from desktop.widgets.values import Tone


class CausesView(QWidget):
    opened = Signal(object, str)
    """the ListedCalls of a group's examples, and what the group is called"""
    renamed = Signal(object, str)
    """a Group and the words typed"""
    sent = Signal(object, object, str)
    """a Group, the Department, and what it is told"""

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._causes: Causes | None = None
        self._choice: Choice | None = None
        self._suggested = ""
        self._departments: list[Department] = []
        self.list: ChoiceList[Group] = ChoiceList(
            draw=self._draw,
            spoken=self._spoken,
            hint=self._hint,
            tall=_tall,
            key=lambda one: one.cluster.key,
            opened=lambda _: self._show_group(),
        )
        self._list_card, self._card = Card(), Card()
        self.told = Label(tone=Tone.MUTED, wrap=True)
        self.telling = Label(size=12, tone=Tone.MUTED, wrap=True)
        self.calls = [QPushButton() for _ in range(3)]
        self.notes = [Label(wrap=True) for _ in range(3)]
        self.name, self.rename = QLineEdit(), QPushButton()
        self.department, self.words, self.send = ChoiceBox(), QPlainTextEdit(), QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        self._list_card.add(self.list, 1)
        for part in (self.told, self.telling):
            self._card.add(part)
        for button, note in zip(self.calls, self.notes, strict=True):
            button.setProperty("kind", "plain")
            line = QHBoxLayout()
            line.addWidget(button)
            line.addWidget(note, 1)
            self._card.add(line)
        naming, sending = QHBoxLayout(), QHBoxLayout()
        naming.addWidget(self.name, 1)
        naming.addWidget(self.rename)
        sending.addWidget(self.department, 1)
        sending.addWidget(self.send)
        self._card.add(naming)
        self._card.add(sending)
        self._card.add(self.words, 1)
        row.addWidget(self._list_card, 5)
        row.addWidget(self._card, 7)
        self.name.setMaxLength(NAME_MOST)
        self.words.setTabChangesFocus(True)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        for at, button in enumerate(self.calls):
            button.clicked.connect(lambda _=False, at=at: self._open(at))
        self.rename.clicked.connect(lambda: self.say_name())
        self.name.returnPressed.connect(self.say_name)
        self.send.clicked.connect(lambda: self.send_on())

    def show_causes(self, causes: Causes, departments: Sequence[Department], choice: Choice) -> None:
        """New groups in place; the one in view stays in view where it is still there."""
        self._causes, self._departments, self._choice = causes, list(departments), choice
        say = self._tongue
        with QSignalBlocker(self.department):
            at = max(self.department.currentIndex(), 0)
            self.department.clear()
            self.department.addItems([say(one.name) for one in self._departments])
            self.department.setCurrentIndex(min(at, len(self._departments) - 1))
        note = filled(words.PROBLEMS_NOTE, said=f"{causes.looked_at:,}", of=f"{causes.of:,}")
        self._list_card.set_note(say(note))
        self.list.set_rows(list(causes.groups), empty=say(words.NO_PROBLEMS))
        self._show_group()

    def show_names(self, causes: Causes) -> None:
        """The same groups, of which one is called otherwise; the one in view stays in view."""
        if self._choice is not None:
            self.show_causes(causes, self._departments, self._choice)

    def show_grouping(self) -> None:
        self._list_card.set_note(self._tongue(words.GROUPING))

    def show_stopped(self) -> None:
        self._list_card.set_note(self._tongue(words.NOT_GROUPED))

    @property
    def chosen(self) -> Group | None:
        return self.list.chosen

    def say_name(self) -> None:
        if self.chosen is not None and self.name.text().strip():
            self.renamed.emit(self.chosen, self.name.text())

    def send_on(self) -> None:
        if self.chosen is not None and self._departments:
            department = self._departments[self.department.currentIndex()]
            self.sent.emit(self.chosen, department, self.words.toPlainText())

    def _open(self, at: int) -> None:
        if self.chosen is not None and at < len(self.chosen.examples):
            self.opened.emit(list(self.chosen.examples), self._tongue(self.chosen.label))

    def _show_group(self) -> None:
        say, one = self._tongue, self.chosen
        for part in (self.name, self.rename, self.department, self.words, self.send, self.telling):
            part.setVisible(one is not None)
        examples: tuple[ListedCall, ...] = one.examples if one else ()
        for at, (button, note) in enumerate(zip(self.calls, self.notes, strict=True)):
            button.setVisible(at < len(examples))
            note.setVisible(at < len(examples))
            if at < len(examples):
                detail = examples[at].detail
                when = f"{detail.recorded_at.astimezone(CHINA):%m-%d %H:%M}"
                button.setText(when)
                button.setAccessibleName(say(filled(words.OPEN_CALL, day=when, who=detail.number_masked)))
                note.set_words(mask_text(detail.note) or say(words.NO_NOTE))
        if one is None:
            self._card.set_title(say(words.PROBLEMS))
            self.told.set_words(say(words.CHOOSE_PROBLEM))
            return
        self._card.set_title(say(one.label))
        self._card.set_note(say(filled(words.CALLS, n=f"{one.calls:,}")))
        self.told.set_words(say(words.EXAMPLES))
        self.telling.set_words(say(filled(words.TELLING, words="、".join(one.cluster.words))))
        self.telling.setVisible(bool(one.cluster.words))
        self._suggest(one)
        has = bool(self._departments)
        self.send.setEnabled(has)
        self.department.setVisible(has)
        self.words.setPlaceholderText(say(words.WHAT if has else words.NO_DEPARTMENT))

    def _suggest(self, one: Group) -> None:
        """What the department would be told; what somebody has written is left alone, until another group is chosen."""
        if self._choice is None:
            return
        if self._shown != one.cluster.key:
            self.name.clear()
        if self._shown != one.cluster.key or self.words.toPlainText() == self._suggested:
            self._suggested = feedback_text(one, self._choice)
            self.words.setPlainText(self._suggested)
        self._shown = one.cluster.key

    _shown = ""
    """key of the group in view"""

    # A group in words

    def _share(self, one: Group) -> float:
        return one.calls / self._causes.looked_at if self._causes and self._causes.looked_at else 0.0

    def _spoken(self, one: Group) -> str:
        return f"{self._tongue(one.label)} · {self._tongue(filled(words.CALLS, n=str(one.calls)))}"

    def _hint(self, one: Group) -> str:
        return self._tongue(filled(words.SHARE, share=f"{self._share(one):.1%}"))

    def _draw(self, painter: QPainter, rect: QRectF, one: Group) -> None:
        """The name and the number above, a bar below."""
        edge, t = theme.px(8), theme.tokens()
        line = height_of(theme.font(14))
        above = QRectF(rect.left() + edge, rect.top() + theme.px(3), rect.width() - 2 * edge, line)
        room = theme.px(96)
        draw_words(painter, above.adjusted(0, 0, -room, 0), self._tongue(one.label), theme.font(14), ink(Tone.NEUTRAL))
        told = f"{one.calls:,} · {self._share(one):.0%}"
        draw_words(painter, above, told, theme.font(13), ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)
        whole = QRectF(above.left(), above.bottom() + theme.px(3), above.width(), theme.px(5))
        draw_box(painter, whole, fill=theme.colour(t.track), edge=None, radius=theme.px(2))
        most = max((group.calls for group in self._causes.groups), default=1) if self._causes else 1
        part = QRectF(whole.left(), whole.top(), whole.width() * one.calls / max(most, 1), whole.height())
        draw_box(painter, part, fill=theme.colour(t.bar_on), edge=None, radius=theme.px(2))

    def retranslate(self) -> None:
        say = self._tongue
        self._list_card.set_title(say(words.PROBLEMS))
        self.list.setAccessibleName(say(words.PROBLEMS))
        self.name.setPlaceholderText(say(words.NAME))
        self.name.setAccessibleName(say(words.NAME))
        self.rename.setText(say(words.RENAME))
        self.send.setText(say(words.SEND))
        self.department.setAccessibleName(say(words.DEPARTMENT))
        self.words.setAccessibleName(say(words.WHAT))
        if self._causes is not None and self._choice is not None:
            self.show_causes(self._causes, self._departments, self._choice)
        else:
            self._show_group()


def _tall(_one: Group, _width: float) -> float:
    return height_of(theme.font(14)) + theme.px(16)

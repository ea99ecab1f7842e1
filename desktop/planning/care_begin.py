"""The card by which a planner begins a class of care for many: for whom, by which way, count, begin."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.domain.care_class import CareChannel, CareClass
from core.domain.text import Text, filled
from core.sync.care import AskCare
from core.wire.care import CareArea
from desktop.care.words import CHANNELS
from desktop.keys.caps import cap
from desktop.keys.planning import PLANNING, Plan
from desktop.lane import Lane
from desktop.planning import care_begin_words as words
from desktop.planning.care_begin_presenter import BUSY, CareBeginning, Stage
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

_LIST = "\0list"
"""stands for a list among the names of areas"""
_WAYS = (CareChannel.SMS, CareChannel.MAIL, CareChannel.CALL)


class CareBegin(QWidget):
    def __init__(
        self,
        ask: AskCare,
        tongue: Tongue,
        *,
        lane: Lane,
        show_error: Callable[[Exception], None],
        named: Callable[[str], Text],
        parent: QWidget | None = None,
    ) -> None:
        """`named` gives an area's name in both languages."""
        super().__init__(parent)
        self._tongue, self._named = tongue, named
        self._care: CareClass | None = None
        self.presenter = CareBeginning(ask, lane=lane, changed=self._show, show_error=show_error)
        self._card, self._rule = Card(), Label(size=12, tone=Tone.MUTED, wrap=True)
        self.where, self.file = ChoiceBox(), QLineEdit()
        self.ways = {way: QCheckBox() for way in _WAYS}
        self._told = Label(wrap=True)
        self.look_button, self.begin_button = QPushButton(), QPushButton()
        self.begin_button.setProperty("kind", "primary")
        self._lay_out()
        self.where.activated.connect(lambda _: self._aim_again())
        self.file.textChanged.connect(lambda _: self.presenter.reset())
        self.file.returnPressed.connect(self.look)
        for box in self.ways.values():
            box.clicked.connect(lambda _=False: self.presenter.reset())
        for button, key, act in (
            (self.look_button, Plan.LOOK, self.look),
            (self.begin_button, Plan.BEGIN, self.presenter.begin),
        ):
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(PLANNING[key][0]), self, act)
            # The class is chosen beside it: the keys act from there too.
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        self.retranslate()

    def _lay_out(self) -> None:
        self._card.add(self._rule)
        self._card.add(self.where)
        self._card.add(self.file)
        row = QHBoxLayout()
        for box in self.ways.values():
            row.addWidget(box)
        row.addStretch(1)
        self._card.add(row)
        self._card.add(self._told)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.look_button)
        foot.addWidget(self.begin_button)
        self._card.add(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)

    def show_class(self, care: CareClass | None) -> None:
        """Another class is counted anew."""
        self.setVisible(care is not None)
        if care is not None and care != self._care:
            for way, box in self.ways.items():
                box.setVisible(way in care.channels)
                box.setChecked(way in care.channels)
            self.presenter.reset()
        self._care = care
        if care is not None:
            self.presenter.load()
        self._show()

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.TITLE))
        self.where.setAccessibleName(say(words.WHERE))
        self.file.setPlaceholderText(say(words.FILE))
        self.file.setToolTip(say(words.FILE))
        self.file.setAccessibleName(say(words.FILE))
        for way, box in self.ways.items():
            box.setText(say(CHANNELS[way]))
        for button, text, key in (
            (self.look_button, words.LOOK, Plan.LOOK),
            (self.begin_button, words.BEGIN, Plan.BEGIN),
        ):
            button.setText(f"{say(text)}  {cap(PLANNING[key][0])}")
            button.setAccessibleName(say(text))
        self._show()

    # What is chosen

    @property
    def _by_list(self) -> bool:
        return self.where.currentIndex() >= len(self.presenter.areas)

    def _aim_again(self) -> None:
        self.presenter.reset()
        if self._by_list:
            self.file.setFocus()

    def _where(self) -> CareArea | Path | None:
        if not self._by_list:
            return self.presenter.areas[self.where.currentIndex()]
        path = self.file.text().strip()
        return Path(path).expanduser() if path else None

    def look(self) -> None:
        care, where = self._care, self._where()
        if not self.isVisible() or care is None:
            return
        if where is None:
            self.file.setFocus()
            return
        ways = tuple(way for way, box in self.ways.items() if not box.isHidden() and box.isChecked())
        if ways:
            self.presenter.look(care.code, where, ways)

    # What is shown

    def _show(self) -> None:
        say, p = self._tongue, self.presenter
        by_data = self._care is not None and self._care.by_notice is None
        self._rule.set_words(say(words.RULE_BY_DATA if by_data else words.RULE))
        self._name_places()
        self.file.setVisible(self._by_list)
        busy = p.stage in BUSY
        for part in (self.where, self.file, *self.ways.values(), self.look_button):
            part.setEnabled(not busy)
        self.begin_button.setEnabled(p.may_begin)
        told, tone = self._words()
        self._told.set_words(told, tone)
        self._told.setVisible(bool(told))

    def _name_places(self) -> None:
        """The areas, then a list. What was counted stays what is chosen, though areas or another language come."""
        say, areas = self._tongue, self.presenter.areas
        wanted = [
            (say(filled(words.AREA, area=say(self._named(one.area)), customers=f"{one.customers:,}")), one.area)
            for one in areas
        ] + [(say(words.FROM_LIST), _LIST)]
        if [(self.where.itemText(at), self.where.itemData(at)) for at in range(self.where.count())] == wanted:
            return
        chosen = self.where.currentData()
        if chosen == _LIST and self.presenter.stage is Stage.IDLE and not self.file.text():
            # The only choice before areas were known.
            chosen = None
        self.where.clear()
        for told, key in wanted:
            self.where.addItem(told, key)
        self.where.setCurrentIndex(max(self.where.findData(chosen), 0))

    def _words(self) -> tuple[str, Tone]:
        say, p = self._tongue, self.presenter
        if p.stage is Stage.AWAY:
            return say(words.AWAY), Tone.WARN
        if p.stage in BUSY:
            under_way = words.LOOKING if p.stage is Stage.LOOKING else words.BEGINNING
            return say(filled(under_way, done=f"{p.tally.done:,}", total=f"{p.aim.total:,}")), Tone.BRAND
        if p.stage is Stage.IDLE:
            return "", Tone.MUTED
        parts = [
            say(filled(text, n=f"{count:,}"))
            for text, count in (
                (words.TEXTED, p.tally.texted),
                (words.WRITTEN, p.tally.written),
                (words.CALLED, p.tally.called),
            )
            if count
        ]
        head = words.DONE if p.stage is Stage.BEGUN else words.WOULD
        what = say(words.JOINT).join(parts)
        lines = [say(filled(head, what=what)) if parts else say(words.NOBODY), *self._left()]
        return "\n".join(lines), Tone.OK if p.stage is Stage.BEGUN else Tone.NEUTRAL

    def _left(self) -> list[str]:
        say, left = self._tongue, self.presenter.tally.left
        if not left:
            return []
        why = say(words.LIST_JOINT).join(
            say(filled(words.REASON, why=say(text), n=f"{count:,}")) for text, count in left.values()
        )
        total = sum(count for _, count in left.values())
        return [say(filled(words.LEFT, count=f"{total:,}", why=why))]

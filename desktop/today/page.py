"""The agent's own day: figures, the list of what was saved, and its correction."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.desk.competing import Competing, competing
from core.desk.correction import accepted_offers, correct
from core.desk.desk import Desk
from core.domain.clock import CHINA, day_around
from core.domain.disposition import Dispositions
from core.domain.text import Text, filled
from core.store.types import DayFigures, SavedRow
from core.wire.push import Saved
from desktop import theme
from desktop.keys.call import SEND
from desktop.keys.caps import cap, on_both_enters
from desktop.lane import Lane
from desktop.today import words
from desktop.today.contest_card import ContestCard
from desktop.today.figures import scenario_table, tiles
from desktop.today.model import REFUSED, SavedModel, order_lines
from desktop.today.taken_back import TakenBack
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import YieldingCards
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.kpi_tile import TileRow
from desktop.widgets.label import Label
from desktop.widgets.row_table import RowTable
from desktop.widgets.small_table import SmallTable
from desktop.widgets.values import Tone

FIGURES_LEAST_PX = 110
"""the tiles of the day, which stay in sight on a low screen"""


class TodayPage(QWidget):
    corrected = Signal()

    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        scenario_name: Callable[[str], Text],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane = desk, tongue, lane
        self._scenario_name, self._say, self._show_error = scenario_name, say, show_error
        self._asked = 0
        self._figures: DayFigures | None = None
        self._chosen: tuple[Saved, Dispositions] | None = None
        self._saving = False
        self._nothing_saved = self._nothing_found = False
        self._offered: dict[str, Dispositions] = {}
        """by scenario, of the rows shown: read with them on the lane"""
        self._figures_card, self._list_card, self._edit_card = Card(), Card(), Card()
        self._tiles, self._table = TileRow(), SmallTable()
        self.contests = ContestCard(tongue)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self._model = SavedModel(tongue, scenario_name, self._result_name)
        self.list = RowTable(self._model)
        self._hint = Label(tone=Tone.MUTED, wrap=True)
        self._form = QWidget()
        self.result, self.reason = ChoiceBox(), ChoiceBox()
        self.offers = TakenBack(tongue)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.save_button, self._cancel = QPushButton(), QPushButton()
        self._labels = [Label(size=12, tone=Tone.MUTED) for _ in range(3)]
        self._answer = Label(size=13, wrap=True)
        self._order_lines = {failed: Label(size=13, wrap=True) for failed in (True, False)}
        self._opened: SavedRow | None = None
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        tongue.changed.connect(self.retranslate)
        self.retranslate()
        self._edit(None)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self.refresh())
        self.list.activated.connect(self._open)
        self.list.clicked.connect(self._open)
        self.save_button.clicked.connect(self.save)
        self._cancel.clicked.connect(self.close_correction)
        for key in on_both_enters(SEND):
            QShortcut(QKeySequence(key), self, self.save).setAutoRepeat(False)
        QShortcut(QKeySequence("Escape"), self, self.close_correction)

    def _lay_out(self) -> None:
        self._figures_card.add(self._tiles)
        self._figures_card.add(self._table)
        self._figures_card.stand_by_content()
        self.list.widen((100, 110, 170, 220, 60, 130))
        self._list_card.add(self.search)
        self._list_card.add(self.list, 1)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.addWidget(self._answer)
        for line in self._order_lines.values():
            form.addWidget(line)
        for label, field in zip(self._labels, (self.result, self.reason, self.note), strict=True):
            form.addWidget(label)
            form.addWidget(field, 1 if field is self.note else 0)
        form.addWidget(self.offers)
        self.save_button.setProperty("kind", "primary")
        self._cancel.setProperty("kind", "plain")
        form.addWidget(self.save_button)
        form.addWidget(self._cancel)
        self._edit_card.add(self._hint)
        self._edit_card.add(self._form, 1)
        self._edit_card.body.addStretch(0)
        self._edit_card.setFixedWidth(theme.px(340))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self._list_card, 1)
        row.addWidget(self._edit_card)
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(edge)
        column.addWidget(YieldingCards(self._figures_card, self.contests, least_px=FIGURES_LEAST_PX))
        column.addLayout(row, 1)

    def refresh(self) -> None:
        """Read the day again; an overtaken answer is dropped."""
        self._asked += 1
        ticket, text = self._asked, self.search.text().strip()
        now = self._desk.moment().wall
        start, end = day_around(now)

        def read() -> tuple[DayFigures, list[SavedRow], dict[str, Dispositions], Competing]:
            rows = self._desk.store.saved_between(start, end, text=text, as_of=now, refused=True)
            offered = offered_in(self._desk, {row.scenario for row in rows})
            return self._desk.store.day_figures(start, end, as_of=now), rows, offered, competing(self._desk)

        def show(found: tuple[DayFigures, list[SavedRow], dict[str, Dispositions], Competing]) -> None:
            if ticket == self._asked:
                self._figures, rows, self._offered, contests = found
                self._show_figures()
                self.contests.show_competing(contests)
                self._show_rows(rows)
                self._nothing_saved, self._nothing_found = not rows and not text, not rows and bool(text)
                self._show_hint()
                self._list_card.set_note(str(len(rows)))

        self._lane(read, show)

    def _show_hint(self) -> None:
        self._hint.set_words(self._tongue(words.EMPTY if self._nothing_saved else words.CHOOSE))
        self.list.say_when_empty(self._tongue(words.NOTHING_FOUND) if self._nothing_found else "")

    def _show_rows(self, rows: list[SavedRow]) -> None:
        """Whoever goes through the list with the arrows stays where they are when news comes."""
        now = self.list.currentIndex()
        stood = self._model.at(now.row()).outcome_id if now.isValid() else None
        self._model.put(rows)
        at = self._model.place_of(stood) if stood is not None else -1
        if at >= 0:
            self.list.setCurrentIndex(self._model.index(at, now.column()))

    def _show_figures(self) -> None:
        if self._figures is None:
            return
        self._tiles.set_tiles(tiles(self._figures, self._desk.agent.daily_target, self._tongue))
        head, rows = scenario_table(self._figures, self._scenario_name, self._tongue)
        self._table.set_table(head, rows)
        self._table.setVisible(bool(rows))

    def retranslate(self) -> None:
        say = self._tongue
        self._figures_card.set_title(say(words.TITLE))
        self._list_card.set_title(say(words.SAVED))
        self._edit_card.set_title(say(words.CORRECTION))
        self._show_hint()
        self.search.setPlaceholderText(say(words.SEARCH))
        self.search.setAccessibleName(say(words.SEARCH))
        self.list.setAccessibleName(say(words.SAVED))
        names = (words.RESULT, words.REASON, words.NOTE)
        for label, field, text in zip(self._labels, (self.result, self.reason, self.note), names, strict=True):
            label.set_words(say(text))
            field.setAccessibleName(say(text))
        self.save_button.setText(f"{say(words.SAVE_CORRECTION)}  {cap(SEND)}")
        self._cancel.setText(say(words.CANCEL))
        self._model.retranslate()
        self._show_figures()
        self.contests.retranslate()
        if self._chosen is not None:
            self._edit_on(self._chosen)

    # Correcting

    def _open(self, index: QModelIndex) -> None:
        row = self._model.at(index.row())
        if row.let_go:
            self._edit(None)
            self._say(words.LET_GO_WHY, Tone.NEUTRAL)
            return
        self._opened = row

        def read() -> tuple[Saved, Dispositions] | None:
            # Of a record that was corrected the last one is what stands, and what can be corrected again.
            saved = self._desk.store.saved(self._desk.store.newest(row.outcome_id) or row.outcome_id)
            return (saved, self._desk.dispositions(row.scenario)) if saved else None

        def show(found: tuple[Saved, Dispositions] | None) -> None:
            if self._opened is row:
                self._edit(found)

        self._lane(read, show, self._show_error)

    def _edit_on(self, chosen: tuple[Saved, Dispositions]) -> None:
        """In another language; what was chosen and typed stays."""
        result, reason, note = self.result.currentData(), self.reason.currentData(), self.note.toPlainText()
        focus = QApplication.focusWidget()
        self._edit(chosen)
        self.result.setCurrentIndex(max(self.result.findData(result), 0))
        self.reason.setCurrentIndex(max(self.reason.findData(reason), 0))
        self.note.setPlainText(note)
        if focus is not None and not self.offers.isAncestorOf(focus):
            focus.setFocus()

    def _edit(self, chosen: tuple[Saved, Dispositions] | None) -> None:
        self._chosen = chosen
        self._form.setVisible(chosen is not None)
        self._hint.setVisible(chosen is None)
        self._edit_card.set_note(self._whose() if chosen is not None else "")
        if chosen is None:
            return
        say, outcome, dispositions = self._tongue, chosen[0].outcome, chosen[1]
        self._show_answer()
        self._show_order()
        flat = [one for row in dispositions.results for one in (row.choices or (row,))]
        _fill(self.result, [(say(one.label), one.code) for one in flat], outcome.result)
        reasons = [(say(words.NO_REASON), ""), *((say(one.label), one.code) for one in dispositions.reasons)]
        _fill(self.reason, reasons, outcome.reason)
        self.note.setPlainText(outcome.note)
        self.offers.show_offers(accepted_offers(outcome))
        self.result.setFocus()

    def _whose(self) -> str:
        """The record that the form is about: the list may have been scrolled, or searched, since."""
        row = self._opened
        if row is None:
            return ""
        at = f"{row.recorded_at.astimezone(CHINA):%H:%M:%S}"
        return self._tongue(filled(words.CORRECTED_ONE, name=row.name, time=at))

    def _show_answer(self) -> None:
        """What the server said of the record, where it had something to say."""
        row = self._opened
        told = row.message if row is not None and not row.corrected else None
        self._answer.setVisible(told is not None)
        if row is not None and told is not None:
            self._answer.set_words(self._tongue(told), Tone.BAD if row.upload in REFUSED else Tone.WARN)

    def _show_order(self) -> None:
        """How each order stands, those that failed first and with the reason: above what can be corrected."""
        lines = order_lines(self._opened, self._tongue) if self._opened is not None else []
        for failed, label in self._order_lines.items():
            told = [line.text for line in lines if line.failed is failed]
            label.setVisible(bool(told))
            label.set_words("\n".join(told), Tone.BAD if failed else Tone.NEUTRAL)

    def close_correction(self) -> None:
        """The form is put away, and the keys are the list's again: left to Qt, they would go to whatever comes next."""
        if self._chosen is not None:
            self.list.setFocus()
        self._edit(None)

    def save(self) -> None:
        """Save the correction as a new record; while one is on its way nothing is saved again."""
        if self._chosen is None or self._saving:
            return
        chosen, outcome_id = self._chosen, self._chosen[0].outcome.id
        result, reason, note = self.result.currentData(), self.reason.currentData(), self.note.toPlainText()
        now, taken_back = self._desk.moment().wall, self.offers.taken_back

        def work() -> object:
            return correct(
                self._desk, outcome_id, result=result, reason=reason, note=note, now=now, taken_back=taken_back
            )

        def done(_: object) -> None:
            self._set_saving(False)
            self._say(words.CORRECTION_SAVED, Tone.OK)
            if self._chosen is chosen:
                self.close_correction()
            self.refresh()
            self.corrected.emit()

        def failed(error: Exception) -> None:
            self._set_saving(False)
            self._show_error(error)

        self._set_saving(True)
        self._lane(work, done, failed)

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.save_button.setEnabled(not saving)

    def _result_name(self, scenario: str, code: str) -> Text:
        offered = self._offered.get(scenario)
        result = offered.result(code) if offered else None
        return result.label if result else Text(code, code)


def offered_in(desk: Desk, scenarios: Iterable[str]) -> dict[str, Dispositions]:
    """The dispositions of those scenarios that are here; a withdrawn one's outcomes are shown by their codes."""
    known = set(desk.scenarios())
    return {name: desk.dispositions(name) for name in scenarios if name in known}


def _fill(box: QComboBox, items: Sequence[tuple[str, str]], chosen: str) -> None:
    box.clear()
    for label, code in items:
        box.addItem(label, code)
    box.setCurrentIndex(max(box.findData(chosen), 0))

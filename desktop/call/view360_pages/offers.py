"""Offers: the budget's gauge, what may be offered and what not, and everything about the chosen one."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

from core.offers.book import OfferBook
from desktop import theme
from desktop.call.view360_pages.marks import draw_marks, marks_height
from desktop.call.view360_pages.page import Page
from desktop.call.view360_pages.step_boxes import StepBoxes, StepChosen
from desktop.call.view360_parts import offer_words as words
from desktop.call.view360_parts.offers import OfferLine
from desktop.call.view360_presenter import View360
from desktop.keys.call import OFFERING, Offered
from desktop.keys.caps import cap
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.flow import FlowLayout
from desktop.widgets.key_values import KeyValues
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList, line_height
from desktop.widgets.painted import draw_words, fitting, height_of, ink, width_of
from desktop.widgets.progress_line import ProgressLine
from desktop.widgets.values import Tone

_KEYS = {
    Qt.Key.Key_Return: Offered.ACCEPT,
    Qt.Key.Key_Enter: Offered.ACCEPT,
    Qt.Key.Key_Space: Offered.MENTION,
    Qt.Key.Key_Delete: Offered.REFUSE,
    Qt.Key.Key_Backspace: Offered.TAKE_BACK,
}
LEAST_LINES = 6
"""of the list, so that some offers can be told apart at a glance"""
_SIZES = (13, 12, 11)


class OfferList(LineList[OfferLine]):
    """Arrows choose; Enter, Space, Delete and Backspace note the customer's word; plain letters go on to the page."""

    noted = Signal(object)
    """an Offered"""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = _KEYS.get(Qt.Key(event.key()))
        if act is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self.noted.emit(act)
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def choose(self, at: int) -> None:
        self.setCurrentIndex(self.lines.index(at))


class OffersPage(Page):
    """`offers` takes the focus; `noted` says the offer's id and what was pressed."""

    noted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._view: View360 | None = None
        self._customer = ""
        self._filling = False
        self._read_back_of = ""
        """the offer that is to be read to the customer"""
        self._pointed_at = ""
        """the offer to be chosen as soon as it is listed"""
        self.budget_card, self.list_card, self.details_card = Card(), Card(), Card()
        self.gauge, self.budget = ProgressLine(), Label(size=13, wrap=True)
        self.offers = OfferList(draw=_draw, spoken=lambda line: line.spoken, hint=lambda line: line.spoken, tall=_tall)
        self.details = KeyValues()
        self.steps = StepBoxes()
        self.steps.setVisible(False)
        self.steps.chosen.connect(self._put_together)
        self._codes: dict[str, dict[str, str]] = {}
        """offer → group → the step that was chosen, also while others are still open"""
        self.read_back = Label(size=13, bold=True, tone=Tone.WARN, wrap=True)
        self.chips = {act: Chip(key=cap(OFFERING[act][0])) for act in Offered}
        acts = FlowLayout()
        for act, chip in self.chips.items():
            # The list keeps the keys: a click notes the word and leaves them there.
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(lambda _=False, a=act: self._note(a))
            acts.addWidget(chip)
        for part in (self.gauge, self.budget):
            self.budget_card.add(part)
        self.list_card.add(self.offers, 1)
        self.offers.setFixedHeight(line_height() * LEAST_LINES)
        self.details_card.add(self.steps)
        self.details_card.add(acts)
        self.details_card.add(self.read_back)
        self.details_card.add(self.details)
        self.read_back.setVisible(False)
        self.add(self.budget_card)
        self.add(self.list_card)
        self.add(self.details_card)
        self.offers.selectionModel().currentRowChanged.connect(self._choose)
        self.offers.noted.connect(self._note)

    def set_key(self, key: str) -> None:
        """The cap beside the list, bound by the owner."""
        self.list_card.set_key(key)

    @property
    def chosen(self) -> str:
        """Id of the offer that is chosen; empty without any."""
        at = self.offers.currentIndex().row()
        return self.offers.lines.row(at).id if 0 <= at < self.offers.lines.rowCount() else ""

    def fill(self, view: View360) -> None:
        same = self._customer == view.document.id
        self._pointed_at = self._pointed_at if same else ""
        self._codes = self._codes if same else {}
        chosen = (self._pointed_at or self.chosen) if same else ""
        self._view, self._customer = view, view.document.id
        self._show_budget(view)
        self.list_card.set_title(view.w(words.OFFERS))
        self.list_card.set_note(view.offers_note())
        self.offers.setAccessibleName(view.w(words.OFFERS))
        for act, chip in self.chips.items():
            chip.set_chip(view.w(words.ACTS[act]))
        rows = view.offer_lines()
        self.details_card.setVisible(bool(rows))
        # The same offer stays chosen, wherever it stands by now.
        self._filling = True
        self.offers.set_rows(rows, empty=view.offers_absent())
        if rows:
            ids = [row.id for row in rows]
            self.offers.choose(ids.index(chosen) if chosen in ids else 0)
            self._pointed_at = ""
        self._filling = False
        self._show_chosen()

    def point_at(self, offer_id: str) -> None:
        """Chooses that offer, now or as soon as the list holds it."""
        ids = [self.offers.lines.row(at).id for at in range(self.offers.lines.rowCount())]
        if offer_id in ids:
            self.offers.choose(ids.index(offer_id))
        else:
            self._pointed_at = offer_id

    def ask_read_back(self) -> None:
        """The chosen offer is to be read to the customer before the key is pressed once more."""
        self._read_back_of = self.chosen
        self._show_chosen()

    def said(self) -> None:
        """The customer's word to the chosen offer was noted."""
        self._read_back_of = ""
        self._show_chosen()

    @property
    def reads_back(self) -> bool:
        """Whether that was asked for the chosen offer."""
        return bool(self.chosen) and self._read_back_of == self.chosen

    def _show_budget(self, view: View360) -> None:
        line = view.offers_budget()
        self.budget_card.setVisible(line is not None)
        if line is None:
            return
        self.budget_card.set_title(view.w(words.BUDGET))
        self.budget_card.set_note(line.note, line.tone)
        self.budget.set_words(line.said, line.tone)
        self.gauge.setAccessibleName(view.w(words.BUDGET))
        self.gauge.set_progress(line.spent_fen, line.whole_fen, spoken=line.note, tone=line.tone)

    def _choose(self) -> None:
        if self._filling:
            return
        self._read_back_of = ""
        self._show_chosen()

    def _show_chosen(self) -> None:
        at = self.offers.currentIndex().row()
        if self._view is None or at < 0:
            # What is said while the offers are read stands where the list will.
            self._fit()
            return
        line = self.offers.lines.row(at)
        for act, chip in self.chips.items():
            chip.setEnabled(line.noted if act is Offered.TAKE_BACK else line.open)
        self.details_card.set_title(line.name)
        self.details_card.set_note(self._view.offer_note(at))
        self.details.setAccessibleName(self.details_card.title)
        self.details.set_rows(self._view.offer_details(at))
        self._show_steps(at)
        self.read_back.set_words(self._view.w(words.READ_BACK))
        self.read_back.setVisible(self.reads_back)
        self._fit()

    def _show_steps(self, at: int) -> None:
        """Of an offer that the customer puts together; those of a draft come with the offer."""
        book = self._view.offers if self._view is not None else None
        if self._view is None or not isinstance(book, OfferBook):
            return
        offer = book.choices[at].offer
        chosen = {step.code for step in offer.chosen}
        before = {group.id: step.code for group in offer.choose for step in group.steps if step.code in chosen}
        self.steps.show_groups(offer.choose, before | self._codes.get(offer.id, {}), self._view.w)

    def _put_together(self, step: StepChosen) -> None:
        if self.chosen:
            self._codes.setdefault(self.chosen, {})[step.group] = step.code
            self._read_back_of = ""
            self.noted.emit(self.chosen, step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The list takes what the other cards leave, so that the chosen offer is in sight with it."""
        width = self.viewport().width() - theme.px(2)
        others = [card for card in (self.budget_card, self.details_card) if not card.isHidden()]
        head = self.list_card.sizeHint().height() - self.offers.minimumHeight()
        used = head + sum(card.heightForWidth(width) + self.column.spacing() for card in others)
        high = max(line_height() * LEAST_LINES, self.viewport().height() - used)
        if not self.offers.lines.rowCount():
            high = line_height() + 2 * self.offers.frameWidth()
        self.offers.setFixedHeight(high)
        # Else the room that the layout asks for beforehand, at another width, would stand empty between the cards.
        self.inner.setFixedHeight(used + high)
        self.offers.scrollTo(self.offers.currentIndex())

    def _note(self, act: Offered) -> None:
        if self.chosen:
            self.noted.emit(self.chosen, act)


def _line() -> float:
    return height_of(theme.font(13)) + theme.px(4)


def _tall(line: OfferLine, width: float) -> float:
    below = marks_height(line.marks, width) + theme.px(4) if line.marks else 0
    return _line() + below + theme.px(4)


def _draw(painter: QPainter, rect: QRectF, line: OfferLine) -> None:
    first = QRectF(rect.left(), rect.top() + theme.px(2), rect.width(), _line())
    room = width_of(line.figure, theme.font(12)) + theme.px(6) if line.figure else 0.0
    right = QRectF(first.right() - room, first.top(), room, first.height())
    draw_words(painter, right, line.figure, theme.font(12), ink(line.figure_tone), Qt.AlignmentFlag.AlignRight)
    name = QRectF(first.left(), first.top(), first.width() - room - theme.px(4), first.height())
    face = theme.font(fitting(line.name, name.width(), _SIZES, bold=True), bold=True)
    draw_words(painter, name, line.name, face, ink(line.tone))
    draw_marks(painter, QPointF(rect.left(), first.bottom()), rect.width(), line.marks)
    painter.setPen(theme.colour(theme.tokens().line))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())

"""Plans: the advice, what each plan comes to a month, and the months of the chosen one beside the bills on record."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QSizePolicy

from core.domain.text import Lang
from desktop import theme
from desktop.call.view360_pages.page import Page
from desktop.call.view360_pages.plan_rows import (
    MONTH_COLUMNS,
    PLAN_COLUMNS,
    draw_heads,
    draw_month,
    draw_plan,
    month_height,
    plan_height,
)
from desktop.call.view360_parts import plan_words, words
from desktop.call.view360_parts.plan_lines import MonthLine, PlanLine
from desktop.call.view360_presenter import View360
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.widgets.card import Card
from desktop.widgets.label import Label
from desktop.widgets.line_list import EDGE_PX, LineList, T, line_height
from desktop.widgets.painted import Painted
from desktop.widgets.values import Tone

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MONTHS_KEY = "Enter"
"""from the list of plans; Left leads back"""
ASK_AFTER_MS = 150
"""after the last letter of what is looked up"""
LEAST_LINES = 9
"""of the months, so that one can be read whole"""


class Heads(Painted):
    """The names of the columns above a list."""

    def __init__(self, columns: Sequence[int], over: QAbstractScrollArea) -> None:
        super().__init__()
        self._columns, self._over, self._heads = columns, over, [""] * (len(columns) + 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_heads(self, heads: Sequence[str]) -> None:
        self._heads = list(heads)
        self.setAccessibleName(" ".join(heads))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(80), line_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(theme.px(EDGE_PX), 0, self._over.viewport().width() - theme.px(2 * EDGE_PX), self.height())
        draw_heads(painter, room, self._heads, self._columns)
        painter.end()


class StepList(LineList[T]):
    """Arrows choose, Enter goes in, Left goes back; plain letters and digits go on to the page, as keys of the call."""

    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Backspace):
            self.left.emit()
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def choose(self, at: int) -> None:
        self.setCurrentIndex(self.lines.index(at))


class WholeList(StepList[T]):
    """As high as all its rows."""

    def __init__(self, *, tall: Callable[[T, float], float], **how: Callable[..., object]) -> None:
        super().__init__(tall=tall, **how)  # type: ignore[arg-type]  # the callables of LineList, passed on
        self._height = tall
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Called when rows or width have changed."""
        room = self.viewport().width() - theme.px(2 * EDGE_PX)
        rows = [self.lines.row(at) for at in range(self.lines.rowCount())]
        high = sum(round(self._height(row, room)) for row in rows)
        self.setFixedHeight(max(high, line_height()) + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()


class PlansPage(Page):
    """`plans` takes the focus; what is chosen in it shows in `months`. `asked` says what is to be looked up."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.search, self._ask = QLineEdit(), QTimer(self)
        self.search.setClearButtonEnabled(True)
        self._ask.setSingleShot(True)
        self._ask.setInterval(ASK_AFTER_MS)
        self._view: View360 | None = None
        self._filled: tuple[object, object] = (None, None)
        self._lang: Lang | None = None
        self._key = ""
        self.advice_card, self.advice, self.left_out = Card(), Label(wrap=True), Label(size=13, wrap=True)
        self.plans: WholeList[PlanLine] = WholeList(
            draw=draw_plan, spoken=lambda line: line.spoken, hint=lambda line: line.spoken, tall=plan_height
        )
        self.months: StepList[MonthLine] = StepList(
            draw=draw_month, spoken=lambda line: line.spoken, hint=lambda line: line.spoken, tall=month_height
        )
        self.plan_heads, self.month_heads = Heads(PLAN_COLUMNS, self.plans), Heads(MONTH_COLUMNS, self.months)
        self.source = Label(size=13, tone=Tone.BRAND, wrap=True)
        self.interest = Label(size=12, tone=Tone.MUTED, wrap=True)
        self.contract = Label(size=13, wrap=True)
        self.plans_card, self.months_card = Card(), Card()
        self.details = Label(size=12, tone=Tone.MUTED, wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.advice_card.add(self.advice)
        self.advice_card.add(self.left_out)
        self.months_card.add(self.source)
        self.months_card.add(self.details)
        self.plans_card.add(self.search)
        self.source.setVisible(False)
        for card, heads, lines in (
            (self.plans_card, self.plan_heads, self.plans),
            (self.months_card, self.month_heads, self.months),
        ):
            card.add(heads)
            card.add(lines, 1)
        self.plans_card.add(self.interest)
        self.advice_card.add(self.contract)
        self.months_card.set_key(MONTHS_KEY)
        # Columns stay where they are, however many months there are.
        self.months.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.months.setMinimumHeight(line_height() * LEAST_LINES)
        self.add(self.advice_card)
        self.add(self.plans_card)
        self.add(self.months_card, stretch=1)
        # While there is but one line, it stands at the top, in a card of its height.
        self.plans_card.stand_by_content()
        self.column.addStretch(0)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._ask.start())
        self.search.returnPressed.connect(self.plans.setFocus)
        self._ask.timeout.connect(lambda: self.asked.emit(self.search.text().strip()))
        self.plans.selectionModel().currentRowChanged.connect(lambda now, _before: self._choose(now.row()))
        self.plans.entered.connect(self._enter_months)
        self.plans.clicked.connect(lambda index: self.plans.choose(index.row()))
        self.months.left.connect(self._back_to_plans)

    def set_key(self, key: str) -> None:
        """The cap beside the list of plans, bound by the owner."""
        self._key = key
        self.plans_card.set_key(key)

    @property
    def chosen(self) -> int:
        """Place of the plan that is chosen; -1 without any."""
        return self.plans.currentIndex().row()

    def clear_search(self) -> None:
        """Back to what was compared; nothing is asked."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._ask.stop()

    def fill(self, view: View360) -> None:
        self._view = view
        compared = not view.plans_absent()
        label = view.w(plan_words.LOOK_UP, key=cap(BOUND[Act.PLANS][0]))
        self.search.setPlaceholderText(label)
        self.search.setAccessibleName(label)
        # Until there is something to read, one line says so; headings over nothing would look like a fault.
        self.advice_card.setVisible(compared)
        self.plan_heads.setVisible(compared or bool(view.plan_lines()))
        self.advice_card.set_title(view.w(words.ADVICE))
        self.advice_card.set_note(view.plans_compared())
        self.advice.set_words(*view.plans_advice())
        self.left_out.set_words("\n".join(view.plans_left_out()), Tone.WARN)
        self.left_out.setVisible(bool(view.plans_left_out()))
        self.interest.set_words(view.plans_interest())
        self.interest.setVisible(bool(view.plans_interest()))
        contract = view.plans_contract()
        self.contract.set_words("\n".join(contract), Tone.NEUTRAL)
        self.contract.setVisible(bool(contract))
        self._fill_plans(view)

    def show_source(self, plan_code: str, words_: str) -> None:
        """The plan of that code with its months, and above them how they make a figure."""
        codes = [line.code for line in self._view.plan_lines()] if self._view else []
        if plan_code in codes:
            self.plans.choose(codes.index(plan_code))
        self.source.set_words(words_)
        self.source.setVisible(True)
        self.ensureWidgetVisible(self.months_card)

    def _choose(self, at: int) -> None:
        self.source.setVisible(False)
        self._show_months(at)

    def _fill_plans(self, view: View360) -> None:
        rows = view.plan_lines()
        # The same comparison keeps what is chosen, in the same language the source of a figure too; another one begins
        # with its best.
        same = self._filled[0] is view.plans and self._filled[1] is view.found
        at = self.plans.currentIndex().row() if same else 0
        source = self.source.text() if same and self._lang is view.w.lang and not self.source.isHidden() else ""
        self._filled, self._lang = (view.plans, view.found), view.w.lang
        self.plans_card.set_title(view.w(words.PLANS) if rows else "")
        self.plans_card.set_key(self._key if rows else "")
        self.plans_card.set_note(view.plans_note())
        self.plans.setAccessibleName(view.w(words.PLANS))
        self.plan_heads.set_heads([view.w(head) for head in words.PLAN_COLUMNS])
        self.month_heads.set_heads([view.w(head) for head in words.MONTH_COLUMNS])
        self.plans.set_rows(rows, empty=view.plans_absent() or view.w(plan_words.NONE_FOUND))
        self.plans.fit()
        self.months_card.setVisible(bool(rows))
        if rows:
            self.plans.choose(max(at, 0))
        self._show_months(self.plans.currentIndex().row())
        self.source.set_words(source)
        self.source.setVisible(bool(source))

    def _show_months(self, at: int) -> None:
        if self._view is None:
            return
        rows = self._view.plan_lines()
        name = rows[at].cells[0].text if 0 <= at < len(rows) else ""
        self.months_card.set_title(self._view.w(words.BY_MONTH, plan=name))
        self.months.setAccessibleName(self.months_card.title)
        self.details.set_words("\n".join(self._view.plan_details(at)))
        self.months.set_rows(self._view.plan_months(at), empty=self._view.w.missing)

    def _back_to_plans(self) -> None:
        self.plans.setFocus()
        self.ensureWidgetVisible(self.plans_card)

    def _enter_months(self) -> None:
        if not self.months_card.isHidden():
            self.months.choose(0)
            self.months.setFocus()
            self.ensureWidgetVisible(self.months_card)

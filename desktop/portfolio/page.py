"""My customers: the whole portfolio in one table, found and ordered as one types; Enter opens the customer to call."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.desk.desk import Desk
from core.desk.portfolio import Figures, Managed, Portfolio, look
from core.domain.money import yuan
from desktop import theme
from desktop.keys.caps import cap
from desktop.keys.following import PORTFOLIO, Named
from desktop.lane import Lane
from desktop.portfolio import words
from desktop.portfolio.model import COLUMN_SORTS, PortfolioModel
from desktop.portfolio.order import Sort, arranged, search_line
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.kpi_tile import TileRow
from desktop.widgets.row_table import RowTable
from desktop.widgets.values import Tile, Tone

WIDTHS = (138, 138, 170, 200, 112, 168, 112, 104)
WARNING = 3
"""the column that takes what is left"""


class PortfolioPage(QWidget):
    customer_chosen = Signal(str)
    """the key that opens the customer on the desk"""

    def __init__(self, desk: Desk, tongue: Tongue, *, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane = desk, tongue, lane
        self._customers: tuple[Managed, ...] = ()
        self._lines: list[str] = []
        self._figures: Figures | None = None
        self._asked, self._back = 0, False
        self._card, self._tiles = Card(), TileRow()
        self.search, self.sort = QLineEdit(), ChoiceBox()
        self.model = PortfolioModel(tongue)
        self.table = CustomerTable(self.model)
        self.open = QPushButton()
        self.open.setProperty("kind", "primary")
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)
        self.retranslate()

    def _lay_out(self) -> None:
        self.search.setClearButtonEnabled(True)
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.sort)
        head.addWidget(self.open)
        self._card.add(self._tiles)
        self._card.add(head)
        self._card.add(self.table, 1)
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self._card)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.widen(WIDTHS)
        self.table.stretch(WARNING)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._arrange())
        self.search.returnPressed.connect(self.table.setFocus)
        self.sort.currentIndexChanged.connect(lambda _: self._sort_anew())
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by_column)
        self.table.chosen.connect(self._open)
        self.open.clicked.connect(lambda: self._open(self.table.currentIndex().row()))
        self._tongue.changed.connect(self.retranslate)
        finding = QShortcut(QKeySequence(PORTFOLIO[Named.FIND][0]), self, self._find)
        finding.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # Reading

    def refresh(self) -> None:
        """An answer that a later asking has overtaken is dropped."""
        self._asked += 1
        ticket = self._asked

        def read() -> tuple[Portfolio, list[str]]:
            found = look(self._desk)
            return found, [search_line(one) for one in found.customers]

        def show(found: tuple[Portfolio, list[str]]) -> None:
            if ticket == self._asked:
                portfolio, self._lines = found
                self._customers, self._figures = portfolio.customers, portfolio.figures
                self._arrange()

        self._lane(read, show)

    @property
    def figures(self) -> Figures | None:
        """Of the whole portfolio; None before the first reading."""
        return self._figures

    # Finding and ordering

    @property
    def order(self) -> Sort:
        # Qt hands a StrEnum back as a plain string.
        return Sort(self.sort.currentData() or Sort.NEXT)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _sort_anew(self) -> None:
        self._back = False
        self._arrange()

    def _sort_by_column(self, column: int) -> None:
        """The same heading again: the other way round."""
        wanted = COLUMN_SORTS[column]
        if wanted is self.order:
            self._back = not self._back
            self._arrange()
        else:
            self.sort.setCurrentIndex(self.sort.findData(wanted))

    def _arrange(self) -> None:
        """Whoever goes through the list stays at the customer where they are."""
        stood = self.model.at(self.table.currentIndex().row())
        rows = arranged(self._customers, self._lines, self.search.text(), self.order, back=self._back)
        self.model.show(rows, self._now())
        at = self.model.place_of(stood.row.customer_id) if stood is not None else 0
        if rows:
            self.table.selectRow(max(at, 0))
        self._show_around()

    def _now(self) -> datetime:
        return self._desk.moment().wall

    # Showing

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.TITLE))
        self.search.setPlaceholderText(f"{say(words.SEARCH)}  {cap(PORTFOLIO[Named.FIND][0])}")
        self.search.setAccessibleName(say(words.SEARCH))
        self.sort.setAccessibleName(say(words.SORT))
        self.table.setAccessibleName(say(words.TITLE))
        self.open.setText(f"{say(words.CALL)}  {cap(PORTFOLIO[Named.CALL][0])}")
        self.open.setAccessibleName(say(words.CALL))
        chosen = self.order
        self.sort.blockSignals(True)
        self.sort.clear()
        for sort, text in words.SORTS.items():
            self.sort.addItem(say(text), sort)
        self.sort.setCurrentIndex(self.sort.findData(chosen))
        self.sort.blockSignals(False)
        self.model.retranslate()
        self._arrange()

    def _show_around(self) -> None:
        shown, count, say = self.model.rowCount(), len(self._customers), self._tongue
        self._card.set_note(say(words.FOUND).format(shown=shown, count=count) if shown != count else "")
        empty = words.NOT_FOUND if count else words.EMPTY if self._figures is not None else words.READING
        self.table.say_when_empty(say(empty))
        self.open.setEnabled(shown > 0)
        self._tiles.setVisible(self._figures is not None)
        if self._figures is not None:
            self._tiles.set_tiles(self._tiles_of(self._figures))

    def _tiles_of(self, figures: Figures) -> list[Tile]:
        say = self._tongue
        share = f"{figures.covered / figures.customers:.0%}" if figures.customers else "—"
        spend = f"¥{yuan(figures.spend_fen)}" if figures.spend_fen is not None else "—"
        values: tuple[tuple[str, Tone, str], ...] = (
            (str(figures.customers), Tone.NEUTRAL, ""),
            (f"{figures.covered} · {share}", Tone.NEUTRAL, say(words.COVERAGE_HINT)),
            (str(figures.warned), Tone.WARN if figures.warned else Tone.NEUTRAL, ""),
            (str(figures.ending), Tone.WARN if figures.ending else Tone.NEUTRAL, ""),
            (str(figures.due), Tone.NEUTRAL, ""),
            (spend, Tone.NEUTRAL, say(words.SPEND_HINT)),
        )
        return [Tile(say(label), *value) for label, value in zip(words.TILES, values, strict=True)]

    def _open(self, row: int) -> None:
        one = self.model.at(row)
        if one is not None:
            self.customer_chosen.emit(one.key)


class CustomerTable(RowTable):
    """Enter or a double click chooses a row."""

    chosen = Signal(int)

    def __init__(self, model: PortfolioModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

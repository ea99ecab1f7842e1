"""The catalogue for planners: every plan and line, by name, family and whether it is on sale; all of the one chosen."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.desk.catalogue_look import CatalogueLook, CatalogueRow, Sale, look, matching, published_catalogue
from core.domain.clock import local_day
from core.domain.plan import PlanFamily
from core.domain.text import filled
from desktop import theme
from desktop.keys.planning import PLANNING, Plan
from desktop.planning import catalogue_words as words
from desktop.planning.parts import Context
from desktop.planning.plan_facts import by_phone, ease, last_day, price, rows_of
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import CardScroll
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.key_values import KeyValues
from desktop.widgets.keyed_rows import KeyedRows
from desktop.widgets.label import Label
from desktop.widgets.part_tabs import Part
from desktop.widgets.row_table import RowTable
from desktop.widgets.values import Tone

DETAIL_WIDTH = 388


class CataloguePage(Part):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._tongue = context, context.tongue
        self._look: CatalogueLook | None = None
        self._rows: dict[str, CatalogueRow] = {}
        self._card, self._detail = Card(), Card()
        self.asked, self.family, self.sale = QLineEdit(), ChoiceBox(), ChoiceBox()
        self._model = KeyedRows()
        self.table = RowTable(self._model)
        self._stands = Label(size=12, tone=Tone.MUTED)
        self._about, self.facts = Label(tone=Tone.MUTED, wrap=True), KeyValues()
        self._lay_out()
        self.asked.textChanged.connect(lambda _: self._show())
        self.family.activated.connect(lambda _: self._show())
        self.sale.activated.connect(lambda _: self._show())
        self.table.selectionModel().currentChanged.connect(self._choose)
        find = QShortcut(QKeySequence(PLANNING[Plan.FIND][0]), self, self.asked.setFocus)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.asked)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.asked, 2)
        head.addWidget(self.family, 1)
        head.addWidget(self.sale, 1)
        self._card.add(head)
        self._card.add(self.table, 1)
        self._card.add(self._stands)
        self._detail.add(self._about)
        self._detail.add(self.facts)
        scroll = CardScroll(self._detail)
        scroll.setFixedWidth(theme.px(DETAIL_WIDTH))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._card, 1)
        row.addWidget(scroll)

    def refresh(self) -> None:
        desk = self._context.desk
        self._context.network_lane(
            lambda: look(published_catalogue(desk), local_day(desk.moment().wall)), self._take, self._context.show_error
        )

    def _take(self, found: CatalogueLook) -> None:
        self._look = found
        self._rows = {row.plan.code: row for row in found.rows}
        self._name()
        self._show()

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.CATALOGUE))
        self.table.setAccessibleName(say(words.CATALOGUE))
        self.asked.setPlaceholderText(say(words.FIND))
        for box, name in ((self.asked, words.FIND), (self.family, words.FAMILY), (self.sale, words.SALE)):
            box.setAccessibleName(say(name))
        self._name()
        self._show()

    def _name(self) -> None:
        """The choices in the present language; what was chosen stays."""
        say, family, sale = self._tongue, max(self.family.currentIndex(), 0), max(self.sale.currentIndex(), 0)
        self.family.clear()
        self.family.addItem(say(words.ANY_FAMILY))
        self.family.addItems([say(name) for _, name in (self._look.families if self._look else ())])
        self.family.setCurrentIndex(min(family, self.family.count() - 1))
        self.sale.clear()
        self.sale.addItems([say(words.SALES[one]) for one in Sale])
        self.sale.setCurrentIndex(sale)

    def _show(self) -> None:
        if self._look is None:
            return
        say, at = self._tongue, self.family.currentIndex()
        found = matching(
            self._look.rows,
            text=self.asked.text(),
            family=self._look.families[at - 1][0] if at > 0 else "",
            sale=list(Sale)[max(self.sale.currentIndex(), 0)],
        )
        kept = self._key
        self._model.show(
            [say(text) for text in words.COLUMNS], [self._cells(row) for row in found], [r.plan.code for r in found]
        )
        self.table.widen((190, 138, 84, 84, 96, 96))
        self.table.say_when_empty(say(words.NO_PLANS))
        all_, version = f"{len(self._look.rows):,}", str(self._look.version)
        self._stands.set_words(say(filled(words.COUNT, shown=f"{len(found):,}", all=all_, version=version)))
        if found:
            self.table.setCurrentIndex(self._model.index(max(self._model.place_of(kept), 0), 0))
        self._show_plan()

    def _cells(self, row: CatalogueRow) -> tuple[str, ...]:
        plan, say = row.plan, self._tongue
        return (
            say(plan.name),
            price(plan, say),
            ease(plan),
            by_phone(plan, say),
            plan.on_sale_from.isoformat(),
            last_day(plan.on_sale_until, say),
            say(row.family_name),
        )

    @property
    def _key(self) -> str:
        at = self.table.currentIndex().row()
        return self._model.key(at) if 0 <= at < self._model.rowCount() else ""

    def _choose(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_plan()

    def _show_plan(self) -> None:
        row, say = self._rows.get(self._key), self._tongue
        self._detail.setVisible(row is not None)
        if row is None:
            return
        self._detail.set_title(say(row.plan.name))
        self._detail.set_note(say(words.SALES[row.sale]), Tone.OK if row.sale is Sale.ON_SALE else Tone.WARN)
        about = next((say(one.about) for one in self._families() if one.id == row.family), "")
        self._about.set_words(about or say(row.family_name))
        self.facts.setAccessibleName(say(row.plan.name))
        self.facts.set_rows(rows_of(row.plan, say))

    def _families(self) -> tuple[PlanFamily, ...]:
        return self._look.about if self._look else ()

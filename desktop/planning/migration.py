"""The migration map: from each present plan and use to the plan that would help most, with how many customers."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.domain.money import yuan
from core.domain.text import Text, filled
from desktop.planning import words
from desktop.planning.base_presenter import BasePresenter
from desktop.planning.parts import Context
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.keyed_rows import KeyedRows
from desktop.widgets.label import Label
from desktop.widgets.part_tabs import Part
from desktop.widgets.row_table import RowTable
from desktop.widgets.values import Tone

if TYPE_CHECKING:
    from core.offers.base import MigrationPath


class MigrationPage(Part):
    def __init__(self, context: Context, presenter: BasePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue, self.presenter = context.tongue, presenter
        self._card, self.plan, self._model = Card(), ChoiceBox(), KeyedRows()
        self.table = RowTable(self._model)
        self._stands = Label(size=12, tone=Tone.MUTED)
        self._codes: list[str] = [""]
        for part in (self.plan, self._stands):
            self._card.add(part)
        self._card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.plan.activated.connect(lambda _: self._show_map())
        presenter.listen(self._follow)
        self.setFocusProxy(self.plan)
        self.retranslate()

    def _follow(self) -> None:
        """A page of the base makes its figures anew: in the part that is seen alone, the other does so when chosen."""
        if self.isVisible():
            self._show()

    def refresh(self) -> None:
        self.presenter.load()
        self._show()

    def retranslate(self) -> None:
        self._card.set_title(self._tongue(words.MAP))
        self.table.setAccessibleName(self._tongue(words.MAP))
        self.plan.setAccessibleName(self._tongue(words.MAP_COLUMNS[0]))
        self._show()

    def _show(self) -> None:
        """Present plans to choose from, the commonest first; the chosen one stays."""
        p, chosen = self.presenter, self._chosen
        counts: dict[str, int] = {}
        for lot in p.lots:
            counts[lot.place.plan] = counts.get(lot.place.plan, 0) + lot.customers
        self._codes = ["", *sorted(counts, key=lambda code: (-counts[code], code))]
        self.plan.clear()
        for code in self._codes:
            count = counts[code] if code else p.done
            self.plan.addItem(f"{self._name(code) if code else self._tongue(words.ANY_PLAN)}  {count:,}")
        self.plan.setCurrentIndex(self._codes.index(chosen) if chosen in self._codes else 0)
        self._show_map()

    @property
    def _chosen(self) -> str:
        at = self.plan.currentIndex()
        return self._codes[at] if 0 <= at < len(self._codes) else ""

    def _show_map(self) -> None:
        say, p, chosen = self._tongue, self.presenter, self._chosen
        found: list[MigrationPath] = []
        if p.lots:
            from core.offers.base import ways

            found = ways(lot for lot in p.lots if not chosen or lot.place.plan == chosen)
        rows = [self._row(one) for one in found]
        self._model.show([say(text) for text in words.MAP_COLUMNS], rows, [row[0] for row in rows])
        self.table.widen((230, 130, 120, 230, 90))
        self._stands.set_words(self._sums(found))

    def _sums(self, found: "list[MigrationPath]") -> str:
        p, say = self.presenter, self._tongue
        if p.unreachable:
            return say(words.OFFLINE)
        if p.counting:
            return say(filled(words.COUNTING, done=f"{p.done:,}", total=f"{p.total:,}" if p.total else "…"))
        sums = {name: sum(one.customers for one in found if one.advice.value == name) for name in words.ADVICE}
        change = sums["change"] + sums["tier_up"]
        told = {name: f"{count:,}" for name, count in {**sums, "change": change}.items()}
        return say(filled(words.SUMS, **told))

    def _row(self, one: "MigrationPath") -> tuple[str, ...]:
        say = self._tongue
        target = self._name(one.target) if one.target else "—"
        helps = f"¥{yuan(one.helps_fen)}" if one.advice.value in ("change", "tier_up", "later") else "—"
        return (
            self._name(one.plan),
            say(words.BANDS[one.band.value]),
            say(words.ADVICE[one.advice.value]),
            target,
            f"{one.customers:,}",
            helps,
        )

    def _name(self, code: str) -> str:
        return self._tongue(self.presenter.names.get(code, Text(code, code) if code else words.UNKNOWN))

"""The first page: what matters in this call, what to beware of, bills, use, home, the line of time."""

from desktop.call.view360_pages.charts import bill_card, fill_bills
from desktop.call.view360_pages.page import Page, RowsCard
from desktop.call.view360_parts import words
from desktop.call.view360_presenter import View360
from desktop.widgets.card import Card
from desktop.widgets.chip import ChipFlow
from desktop.widgets.key_values import KeyValues
from desktop.widgets.kpi_tile import TileRow
from desktop.widgets.timeline import Timeline


class HeadCard(Card):
    """Needs first, since nothing is said well without them; then this call's figures, the tiles, the chips."""

    def __init__(self) -> None:
        super().__init__()
        self.needs, self.chips = ChipFlow(), ChipFlow()
        self.figures = KeyValues(columns=2)
        self.tiles = TileRow()
        for part in (self.needs, self.figures, self.tiles, self.chips):
            self.add(part)

    def fill(self, view: View360) -> None:
        self.set_title(view.w(words.TITLE))
        self.set_note(*view.stage())
        self.needs.set_chips(view.need_chips())
        figures = view.figures()
        self.figures.set_rows(figures)
        self.figures.setVisible(bool(figures))
        self.tiles.set_tiles(view.tiles())
        self.chips.set_chips([*view.chips(), *view.to_complete()])


class OverviewPage(Page):
    def __init__(self) -> None:
        super().__init__()
        self.head = HeadCard()
        self.bills = bill_card(words.BILLS, height=104)
        self.usage, self.home = RowsCard(words.USAGE_PLAIN), RowsCard(words.HOME)
        self.contract = RowsCard(words.CONTRACT)
        self.timeline_card, self.timeline = Card(), Timeline()
        self.timeline_card.add(self.timeline, 1)
        self.add(self.head)
        self.add(self.bills)
        self.add(self.usage, self.home)
        self.add(self.contract)
        self.add(self.timeline_card, stretch=1)
        self.timeline.filtered.connect(self._on_filtered)

    def set_timeline_key(self, key: str) -> None:
        """The cap beside the timeline's title, bound by the owner."""
        self.timeline_card.set_key(key)

    def fill(self, view: View360) -> None:
        self.head.fill(view)
        fill_bills(self.bills, view)
        self.usage.fill(view, view.usage_rows(), title=view.usage_title())
        self.home.fill(view, view.home_rows())
        self.contract.setVisible(view.has_contract())
        self.contract.fill(view, view.contract_short_rows())
        self.timeline_card.set_title(view.w(words.TIMELINE))
        self.timeline.set_kinds(view.timeline_kinds(), name=view.w(words.TIMELINE), empty=view.care_absent())
        self.timeline.set_entries(view.timeline())
        self.timeline_card.set_note(self.timeline.filter_words)

    def _on_filtered(self) -> None:
        self.timeline_card.set_note(self.timeline.filter_words)
        self.ensureWidgetVisible(self.timeline_card)

"""Bills: 24 months against the fee, the make-up of the chosen one, what is spent on average, payments."""

from desktop.call.view360_pages.charts import bill_card, fill_bills
from desktop.call.view360_pages.page import Page, RowsCard, TableCard
from desktop.call.view360_parts import words
from desktop.call.view360_presenter import View360
from desktop.widgets.card import Card
from desktop.widgets.stack_bar import StackBar


class BillsPage(Page):
    """A bar, by click or Left and Right, chooses the bill whose make-up is shown; at first the newest."""

    def __init__(self) -> None:
        super().__init__()
        self._view: View360 | None = None
        self.bills = bill_card(words.BILLS, height=150)
        self.makeup_card, self.makeup = Card(), StackBar()
        self.makeup_card.add(self.makeup)
        self.spend, self.account = RowsCard(words.SPEND), RowsCard(words.ACCOUNT)
        self.payments = TableCard(words.PAYMENTS, most=10)
        self.add(self.bills)
        self.add(self.makeup_card)
        self.add(self.spend, self.account)
        self.add(self.payments)
        self.column.addStretch(1)
        self.bills.chart.chosen.connect(self._show_makeup)

    def fill(self, view: View360) -> None:
        self._view = view
        fill_bills(self.bills, view)
        newest = len(self.bills.chart.points()) - 1
        self.bills.chart.choose(newest)
        self.makeup_card.set_title(view.w(words.MAKEUP))
        self.makeup.setAccessibleName(self.makeup_card.title)
        self._show_makeup(newest)
        self.spend.fill(view, view.spend_rows())
        self.account.fill(view, view.account_rows())
        self.payments.fill(view, view.payment_table(), view.payments_absent())

    def _show_makeup(self, index: int) -> None:
        if self._view is None:
            return
        note, parts = self._view.makeup(index)
        self.makeup_card.set_note(note)
        self.makeup.set_parts(parts, empty=self._view.w.missing)

"""What the customer holds: plan and handset, contract, subscriptions, special services, broadband, ties, roaming."""

from desktop.call.view360_pages.page import Page, RowsCard, TableCard
from desktop.call.view360_parts import words
from desktop.call.view360_presenter import View360


class ProductsPage(Page):
    def __init__(self) -> None:
        super().__init__()
        self.plan, self.contract = RowsCard(words.PLAN), RowsCard(words.CONTRACT)
        self.broadband, self.ties = RowsCard(words.BROADBAND), RowsCard(words.TIES)
        self.subscriptions = TableCard(words.SUBSCRIPTIONS)
        self.special = RowsCard(words.SPECIAL_SERVICES)
        self.roaming = TableCard(words.ROAMING)
        self.add(self.plan)
        self.add(self.contract)
        self.add(self.broadband)
        self.add(self.ties)
        self.add(self.subscriptions)
        self.add(self.special)
        self.add(self.roaming)
        self.column.addStretch(1)

    def fill(self, view: View360) -> None:
        self.plan.fill(view, view.plan_rows())
        self.contract.fill(view, view.contract_rows())
        self.broadband.fill(view, view.broadband_rows())
        self.ties.fill(view, view.tie_rows())
        self.subscriptions.fill(view, view.subscription_table(), view.holdings_absent())
        self.special.fill(view, view.special_rows())
        self.roaming.fill(view, view.roaming_table(), view.care_absent())

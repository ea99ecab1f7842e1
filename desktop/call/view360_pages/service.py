"""The person and what has passed: needs, verification, standing, contacts, callbacks, warnings, repair cases."""

from desktop.call.view360_pages.page import Page, RowsCard
from desktop.call.view360_parts import words
from desktop.call.view360_presenter import View360
from desktop.widgets.chip import ChipFlow


class ServicePage(Page):
    def __init__(self) -> None:
        super().__init__()
        self.needs, self.contact = RowsCard(words.NEEDS), RowsCard(words.CONTACT)
        self.to_complete = ChipFlow()
        self.contact.add(self.to_complete)
        self.standing = RowsCard(words.STANDING, columns=2)
        self.tickets, self.calls = RowsCard(words.TICKETS), RowsCard(words.CALLS)
        self.warnings, self.cases = RowsCard(words.WARNINGS), RowsCard(words.CASES)
        for card in (
            self.needs,
            self.contact,
            self.standing,
            self.cases,
            self.tickets,
            self.calls,
            self.warnings,
        ):
            self.add(card)
        self.column.addStretch(1)

    def fill(self, view: View360) -> None:
        self.needs.fill(view, view.need_rows())
        self.contact.fill(view, view.contact_rows())
        self.to_complete.setAccessibleName(view.w(words.TO_COMPLETE))
        self.to_complete.set_chips(view.to_complete())
        self.standing.fill(view, view.standing_rows())
        self.cases.fill(view, view.case_rows())
        self.tickets.fill(view, view.ticket_rows())
        self.calls.fill(view, view.call_rows())
        self.warnings.fill(view, view.warning_rows(), note=view.warning_count())

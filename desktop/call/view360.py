"""The 360° column of the call: eight pages in a fixed order over one customer's document.

Only the page in sight is filled; the others when they come into sight. Pages are imported and built when first shown,
or one by one in idle moments after `warm()`. Plans are compared by whoever hears `plans_wanted`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from core.desk.plans import same_for_plans
from core.domain.customer import Document
from core.domain.indicator import Indicator
from desktop import theme
from desktop.call.view360_parts import words
from desktop.call.view360_parts.offers import Offers, OffersState
from desktop.call.view360_parts.plans import Plans, PlansState
from desktop.tongue import Tongue
from desktop.widgets.held import held
from desktop.widgets.label import Label
from desktop.widgets.page_tabs import PageTabs
from desktop.widgets.values import Tone

if TYPE_CHECKING:
    # Imported when the first page is built: a start shows nobody yet.
    from core.desk.plan_found import Found
    from desktop.call.view360_pages.offers import OffersPage
    from desktop.call.view360_pages.page import Page
    from desktop.call.view360_pages.plans import PlansPage
    from desktop.call.view360_presenter import View360, Words
    from desktop.widgets.timeline import Timeline

OVERVIEW, BILLS, PLANS, OFFERS, USAGE, PRODUCTS, SERVICE, INDICATORS = range(8)


@dataclass(frozen=True, slots=True)
class _Shown:
    document: Document
    catalogue: Sequence[Indicator]
    figures: "Sequence[tuple[Words, Words]]"
    now: datetime


class View360Panel(QWidget):
    """`show_customer` fills it, `clear` empties it; `show_page`, `next_page`, `previous_page` are for shortcuts."""

    page_changed = Signal(int)
    plans_wanted = Signal(object)
    """the Document of the customer whose plans are looked at, as long as `show_plans` has not answered"""

    branch_wanted = Signal(object, str)
    """the Document, and the code of the plan that its branch is to open to calls; empty: there is none"""
    plan_asked = Signal(object, str)
    """the Document, and by what words plans are to be looked up; `show_found` answers"""
    plan_taken = Signal(object, object)
    """the Document, and the PlanChoice or LineChoice that goes into the order"""
    offers_wanted = Signal(object)
    """the same for what may be offered, as long as `show_offers` has not answered"""
    offer_noted = Signal(str, object)
    """an offer's id and the `desktop.keys.call.Offered` that was pressed"""

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._shown: _Shown | None = None
        self._view: View360 | None = None
        self._plans: tuple[Document, Plans] | None = None
        """whose plans were asked for, and what is known of them"""
        self._found: tuple[Document, Found] | None = None
        """for whom plans were looked up, and which came of it"""
        self._offers: tuple[Document, Offers] | None = None
        """the same of offers"""
        self._pages: dict[int, Page] = {}
        self._stale: set[int] = set()
        self._unscrolled: set[int] = set()
        """pages that another customer was read on last: shown from their top"""
        self._slots: list[QVBoxLayout] = []
        self._tabs = PageTabs(len(words.PAGES))
        self._stack = QStackedWidget()
        self._nobody = Label(tone=Tone.MUTED)
        self._idle = QTimer(self)
        self._lay_out()
        self._tabs.turned.connect(self._on_tab)
        self._idle.timeout.connect(self._warm_one)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        for _ in words.PAGES:
            slot = QWidget()
            room = QVBoxLayout(slot)
            room.setContentsMargins(0, 0, 0, 0)
            self._slots.append(room)
            self._stack.addWidget(slot)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._nobody)
        self._stack.setCurrentWidget(self._nobody)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self._head = QHBoxLayout()
        self._head.addWidget(self._tabs, 1)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)

    def add_before_tabs(self, widget: QWidget) -> None:
        """Puts something small at the left of the titles."""
        self._head.insertWidget(0, widget)

    # what the shell asks

    def show_customer(
        self,
        document: Document,
        catalogue: Sequence[Indicator],
        figures: "Sequence[tuple[Words, Words]]",
        now: datetime,
    ) -> None:
        """Shows a customer on the page that is open; `figures` are (label, value) pairs, an empty value is missing."""
        if self._shown is None or self._shown.document.id != document.id:
            self._unscrolled = set(range(len(words.PAGES)))
            self._forget_found()
        if self._plans is not None and self._shown is not None and self._plans[0] is self._shown.document:
            plans = self._plans[1]
            if not isinstance(plans, PlansState) and same_for_plans(document, self._shown.document):
                self._plans = document, plans
        self._shown = _Shown(document, catalogue, figures, now)
        self._refresh()

    def show_plans(self, document: Document, plans: Plans) -> None:
        """What the comparison came to; passed over where another customer, or newer data, are shown by now."""
        if self._shown is None or self._shown.document is not document:
            return
        self._plans = document, plans
        self._stale.add(PLANS)
        if self.wants_plans(document):
            self._bring(PLANS)

    def wants_plans(self, document: Document) -> bool:
        """Whether the plans of that very document are in sight."""
        return self._shown is not None and self._shown.document is document and self.page == PLANS

    def show_found(self, document: Document, found: "Found") -> None:
        """What was looked up; passed over where another customer is shown, or something else was typed by now."""
        if self.wants_plans(document) and self.plans_page.search.text().strip() == found.typed:
            self._found = (document, found) if found.typed else None
            self._stale.add(PLANS)
            self._bring(PLANS)

    def take_plan(self) -> None:
        """Tells of the plan that is chosen; from another page brings them up first."""
        if self.page != PLANS or self._view is None or self._shown is None:
            self.show_page(PLANS)
            self.plans_page.plans.setFocus()
            return
        choices, at = self._view.plan_choices, self.plans_page.chosen
        if 0 <= at < len(choices):
            self.plan_taken.emit(self._shown.document, choices[at])

    def _forget_found(self) -> None:
        self._found = None
        if PLANS in self._pages:
            self.plans_page.clear_search()

    def _ask_for(self, typed: str) -> None:
        if self._shown is None:
            return
        if typed:
            self.plan_asked.emit(self._shown.document, typed)
        elif self._found is not None:
            self._found = None
            self._stale.add(PLANS)
            self._bring(PLANS)

    def show_offers(self, document: Document, offers: Offers) -> None:
        """What may be offered; passed over where another customer, or newer data, are shown by now."""
        if self._offers is None or self._offers[0] is not document or self._offers[1] is offers:
            return
        self._offers = document, offers
        self._stale.add(OFFERS)
        if self._shown is not None and self._shown.document is document and self.page == OFFERS:
            self._bring(OFFERS)

    @property
    def offers_page(self) -> "OffersPage":
        """Its `offers` takes the keys; `show_page(OFFERS)` first."""
        from desktop.call.view360_pages.offers import OffersPage

        page = self._page(OFFERS)
        assert isinstance(page, OffersPage)
        return page

    @property
    def plans_page(self) -> "PlansPage":
        """Its `plans` takes the keys; `show_page(PLANS)` first."""
        from desktop.call.view360_pages.plans import PlansPage

        page = self._page(PLANS)
        assert isinstance(page, PlansPage)
        return page

    def show_source(self, plan_code: str, words_: str) -> None:
        """Brings up the plan whose months make a figure, with how they do; the plans must have been compared."""
        self.show_page(PLANS)
        if self._found is not None:
            self._forget_found()
            self._stale.add(PLANS)
        self._bring(PLANS)
        self.plans_page.show_source(plan_code, words_)

    def ask_branch(self) -> None:
        """Tells of the plan that is not open to calls; with an empty code where the comparison has none."""
        if self._plans is None or self._shown is None or self._plans[0] is not self._shown.document:
            return
        document, plans = self._plans
        closed = None if isinstance(plans, PlansState) else plans.closed
        self.branch_wanted.emit(document, closed.code if closed else "")

    def begin_anew(self) -> None:
        """Another customer is about to be shown: from the first page, and the last one fills none any more."""
        self._view = None
        self._tabs.choose(OVERVIEW)

    def clear(self) -> None:
        """Nobody is open."""
        self._shown = self._view = self._plans = self._offers = None
        self._forget_found()
        self._stack.setCurrentWidget(self._nobody)
        self._tabs.setEnabled(False)

    @property
    def tabs(self) -> PageTabs:
        """The titles of the pages."""
        return self._tabs

    @property
    def page(self) -> int:
        """Index of the page in sight, in the order of the tabs."""
        return self._tabs.current

    def show_page(self, index: int) -> None:
        """Shows that page; an index that there is not changes nothing."""
        if 0 <= index < len(words.PAGES):
            self._tabs.choose(index)

    def next_page(self) -> None:
        """The next one; after the last the first."""
        self.show_page((self.page + 1) % len(words.PAGES))

    def previous_page(self) -> None:
        """The one before; before the first the last."""
        self.show_page((self.page - 1) % len(words.PAGES))

    @property
    def timeline(self) -> "Timeline":
        """The first page's line of time: `set_filter`, `next_filter`, `words`."""
        from desktop.call.view360_pages.overview import OverviewPage

        page = self._page(OVERVIEW)
        assert isinstance(page, OverviewPage)
        return page.timeline

    @property
    def indicator_search(self) -> QLineEdit:
        """The field of the last page; `show_page(INDICATORS)` first, to give it the focus."""
        from desktop.call.view360_pages.indicators import IndicatorsPage

        page = self._page(INDICATORS)
        assert isinstance(page, IndicatorsPage)
        return page.search

    def current(self) -> "Page":
        """The page in sight."""
        return self._page(self.page)

    def warm(self) -> None:
        """Builds the other pages one by one in idle moments, so that none is built in a call."""
        self._idle.start(0)

    # within

    def retranslate(self) -> None:
        self.setAccessibleName(self._tongue(words.TITLE))
        self._tabs.setAccessibleName(self._tongue(words.TITLE))
        self._nobody.set_words(self._tongue(words.NOBODY))
        self._tabs.set_titles([self._tongue(title) for title in words.PAGES])
        if self._shown is None:
            self.clear()
        else:
            self._refresh()

    def _refresh(self) -> None:
        shown = self._shown
        if shown is None:
            return
        from desktop.call.view360_presenter import View360

        self._view = View360(shown.document, shown.catalogue, shown.now, self._tongue.lang, shown.figures)
        self._stale = set(range(len(words.PAGES)))
        self._tabs.setEnabled(True)
        self._bring(self.page)

    def _on_tab(self, index: int) -> None:
        if self._view is not None:
            self._bring(index)
        self.page_changed.emit(index)

    def _bring(self, index: int) -> None:
        """Fills the page if what it holds is another customer's, then shows it."""
        page = self._page(index)
        if index == PLANS:
            self._ask_plans()
        if index == OFFERS:
            self._ask_offers()
        if index in self._stale and self._view is not None:
            self._stale.discard(index)
            page.setAccessibleName(self._tongue(words.PAGES[index]))
            with held(page):
                page.fill(self._view)
            if index in self._unscrolled:
                self._unscrolled.discard(index)
                page.verticalScrollBar().setValue(0)
        self._stack.setCurrentIndex(index)

    def _ask_plans(self) -> None:
        """Plans are compared when they are looked at, once for a document."""
        if self._shown is None or self._view is None:
            return
        if self._plans is None or self._plans[0] is not self._shown.document:
            self._plans = self._shown.document, PlansState.COMPUTING
        if self._plans[1] is PlansState.COMPUTING:
            self.plans_wanted.emit(self._shown.document)
        self._view.plans = self._plans[1]
        found, self._view.found = self._found, None
        if found is not None and same_for_plans(found[0], self._shown.document):
            self._view.found = found[1]

    def _ask_offers(self) -> None:
        """Offers are read when they are looked at, once for a document."""
        if self._shown is None or self._view is None:
            return
        if self._offers is None or self._offers[0] is not self._shown.document:
            self._offers = self._shown.document, OffersState.COMPUTING
        if self._offers[1] is OffersState.COMPUTING:
            self.offers_wanted.emit(self._shown.document)
        self._view.offers = self._offers[1]

    def _page(self, index: int) -> "Page":
        known = self._pages.get(index)
        if known is not None:
            return known
        from desktop.call.view360_made import made, nobody_yet, put_in_the_walk

        page = self._pages[index] = made(index, noted=self.offer_noted.emit)
        if index == PLANS:
            self.plans_page.asked.connect(self._ask_for)
        self._slots[index].addWidget(page)
        page.fill(nobody_yet(self._tongue.lang))
        put_in_the_walk(page, after=self._tabs.tabs[-1])
        return page

    def _warm_one(self) -> None:
        for index in range(len(words.PAGES)):
            if index not in self._pages:
                page = self._page(index)
                break
        else:
            self._idle.stop()
            page = self._page(OVERVIEW)
        for widget in page.findChildren(QWidget):
            widget.ensurePolished()

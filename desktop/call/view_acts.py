"""What keys do with the 360° view: bring a page of it into sight, and the keys to what that page is for."""

from desktop.call.figure_tracing import FigureTracing
from desktop.call.presenter import CallPresenter
from desktop.call.view360 import INDICATORS, OFFERS, OVERVIEW, PLANS, View360Panel


class ViewActs:
    def __init__(self, presenter: CallPresenter, view: View360Panel, tracing: FigureTracing) -> None:
        self._presenter, self._view, self._tracing = presenter, view, tracing

    def next_timeline(self) -> None:
        self._view.show_page(OVERVIEW)
        self._view.timeline.next_filter()

    def find_indicator(self) -> None:
        self._view.show_page(INDICATORS)
        self._view.indicator_search.setFocus()

    def trace_figure(self) -> None:
        if self._presenter.session is not None:
            self._tracing.next(self._presenter.session)

    def compare_plans(self) -> None:
        page, again = self._view.plans_page, self._view.page == PLANS
        self._view.show_page(PLANS)
        if again and page.plans.hasFocus():
            page.search.setFocus()
        else:
            page.plans.setFocus()

    def look_at_offers(self) -> None:
        session, from_plans = self._presenter.session, self._view.page == PLANS
        self._view.show_page(OFFERS)
        page = self._view.offers_page
        if session is not None and from_plans and session.offering.pack:
            # Whoever comes from the plan's chip means its pack.
            page.point_at(session.offering.pack)
        elif session is not None and (here := session.offers_here()):
            page.point_at(here[0].offer.id)
        page.offers.setFocus()

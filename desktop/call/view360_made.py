"""The eight pages by their place: imported with all that they show when the first of them is built."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.domain.clock import utc_now
from core.domain.customer import Contacting, Document
from core.domain.text import Lang
from desktop.call.view360_pages.bills import BillsPage
from desktop.call.view360_pages.indicators import IndicatorsPage
from desktop.call.view360_pages.offers import OffersPage
from desktop.call.view360_pages.overview import OverviewPage
from desktop.call.view360_pages.page import Page
from desktop.call.view360_pages.plans import PlansPage
from desktop.call.view360_pages.products import ProductsPage
from desktop.call.view360_pages.service import ServicePage
from desktop.call.view360_pages.usage import UsagePage
from desktop.call.view360_presenter import View360
from desktop.keys.call import BOUND, Act


def made(index: int, *, noted: Callable[[str, object], None]) -> Page:
    """The page at that place with its key cap; `noted` hears what is noted of offers.

    Each is called here by name: mypy then tells of one that cannot be filled.
    """
    match index:
        case 0:
            overview = OverviewPage()
            overview.set_timeline_key(BOUND[Act.TIMELINE][0])
            return overview
        case 1:
            return BillsPage()
        case 2:
            plans = PlansPage()
            plans.set_key(BOUND[Act.PLANS][0])
            return plans
        case 3:
            offers = OffersPage()
            offers.set_key(BOUND[Act.OFFERS][0])
            offers.noted.connect(noted)
            return offers
        case 4:
            return UsagePage()
        case 5:
            return ProductsPage()
        case 6:
            return ServicePage()
        case _:
            return IndicatorsPage()


def nobody_yet(lang: Lang) -> View360:
    """Lets a new page make its chips, tiles and rows before the first customer needs them."""
    shown = Document(id="", contact=Contacting(missing=["address"]))
    return View360(shown, (), utc_now(), lang)


def put_in_the_walk(page: Page, *, after: QWidget) -> None:
    """Tab comes to a page after the titles: left to Qt, what is built late comes after the whole window."""
    last = after
    for widget in (page, *page.findChildren(QWidget)):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            QWidget.setTabOrder(last, widget)
            last = widget

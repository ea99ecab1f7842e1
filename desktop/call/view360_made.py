"""The eight pages by their place: imported with all that they show when the first of them is built."""

from collections.abc import Callable

from desktop.call.view360_pages.bills import BillsPage
from desktop.call.view360_pages.indicators import IndicatorsPage
from desktop.call.view360_pages.offers import OffersPage
from desktop.call.view360_pages.overview import OverviewPage
from desktop.call.view360_pages.page import Page
from desktop.call.view360_pages.plans import PlansPage
from desktop.call.view360_pages.products import ProductsPage
from desktop.call.view360_pages.service import ServicePage
from desktop.call.view360_pages.usage import UsagePage


def made(
    index: int, *, timeline_key: str, plans_key: str, offers_key: str, noted: Callable[[str, object], None]
) -> Page:
    """The page at that place with its key cap; `noted` hears what is noted of offers.

    Each is called here by name: mypy then tells of one that cannot be filled.
    """
    match index:
        case 0:
            overview = OverviewPage()
            overview.set_timeline_key(timeline_key)
            return overview
        case 1:
            return BillsPage()
        case 2:
            plans = PlansPage()
            plans.set_key(plans_key)
            return plans
        case 3:
            offers = OffersPage()
            offers.set_key(offers_key)
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

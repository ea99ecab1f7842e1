"""TASK-05: my customers in one table, found and ordered as one types; Enter opens the customer to call."""

from collections.abc import Iterator

import pytest
from desk_kit import SU, Working
from PySide6.QtWidgets import QMainWindow

from core.domain.clock import CHINA
from core.domain.people import Role
from core.domain.text import Lang
from desktop.portfolio.order import Sort
from desktop.portfolio.page import PortfolioPage
from desktop.shell import pages

WARNING, REACHED, SPEND = 3, 4, 7


@pytest.fixture
def page(desk: Working) -> Iterator[PortfolioPage]:
    desk.store.keep_portfolio_of(SU.staff_number)
    made = PortfolioPage(desk.entered.desk, desk.tongue, lane=desk.window._lanes.store)
    made.customer_chosen.connect(desk.window._open_from_elsewhere)
    host = QMainWindow()
    host.setCentralWidget(made)
    host.resize(1346, 700)
    host.show()
    host.activateWindow()
    made.refresh()
    desk.until(lambda: made.model.rowCount() > 3)
    yield made
    host.hide()
    host.deleteLater()


def column(page: PortfolioPage, at: int) -> list[str]:
    return [page.model.cell(row, at).text for row in range(page.model.rowCount())]


def test_it_shows_the_named_customers_with_masked_numbers_and_coverage(page: PortfolioPage, desk: Working) -> None:
    # TASK-05, KPI-06
    documents = [desk.store.customer(one.row.customer_id) for one in page._customers]
    assert all(b'"manager_staff_number":"1027"' in (body or b"") for body in documents)
    assert all("****" in number or number == "—" for number in column(page, 1))
    customers, covered, *_, spend = [tile.value for tile in page._tiles.tiles()]
    assert customers == str(len(documents))
    this_month = [
        one for one in page._customers if one.reached_at and f"{one.reached_at.astimezone(CHINA):%Y-%m}" == "2026-11"
    ]
    assert covered == f"{len(this_month)} · {len(this_month) / len(documents):.0%}"
    assert spend.startswith("¥")


def test_what_is_due_comes_first_and_any_heading_orders_both_ways(page: PortfolioPage) -> None:
    dues = [one.due_at for one in (page.model.at(row) for row in range(page.model.rowCount())) if one and one.due_at]
    assert dues == sorted(dues)
    page.table.horizontalHeader().sectionClicked.emit(SPEND)
    spends = [one.row.spend_fen or 0 for one in page._customers]
    assert page.order is Sort.SPEND
    assert column(page, SPEND)[0] == f"¥{max(spends) / 100:,.2f}"
    page.table.horizontalHeader().sectionClicked.emit(SPEND)
    assert column(page, SPEND)[-1] == f"¥{max(spends) / 100:,.2f}"
    page.sort.setCurrentIndex(page.sort.findData(Sort.REACHED))
    assert column(page, REACHED)[0] == "还没有" or column(page, REACHED) == sorted(column(page, REACHED))


def test_a_search_finds_by_name_number_and_warning(page: PortfolioPage, desk: Working) -> None:
    one = next(one for one in page._customers if one.row.warning is not None)
    for text in (one.row.name, one.row.numbers[0][-4:], one.row.warning.zh if one.row.warning else ""):
        page.search.setText(text)
        assert one.row.name in " ".join(column(page, 0))
    desk.press("Ctrl+F")
    assert page.search.hasFocus()
    desk.type("nobody")
    assert page.table.empty_words == "没有符合的客户。"


def test_enter_opens_the_customer_with_the_same_checks_as_any_call(page: PortfolioPage, desk: Working) -> None:
    # TASK-16: compliance is asked as for every other call
    page.table.selectRow(0)
    page.table.setFocus()
    one = page.model.at(0)
    assert one is not None
    desk.press("Return")
    desk.until(lambda: desk.open_task == one.key)
    assert desk.session.opened.customer_id == one.row.customer_id
    without = next(two for two in page._customers if two.due_at is None and not two.row.opted_out)
    page.search.setText(without.row.name)
    page.table.setFocus()
    desk.press("Return")
    desk.until(lambda: desk.session.opened.customer_id == without.row.customer_id)
    assert desk.session.opened.task is None
    assert desk.session.opened.standing is not None


def test_news_keep_the_row_that_one_is_at(page: PortfolioPage, desk: Working) -> None:
    page.table.selectRow(2)
    stood = page.model.at(2)
    page.refresh()
    desk.settle()
    now = page.model.at(page.table.currentIndex().row())
    assert now is not None
    assert stood is not None
    assert now.row.customer_id == stood.row.customer_id


def test_it_speaks_english(page: PortfolioPage, desk: Working) -> None:
    desk.tongue.set_lang(Lang.EN)
    assert page.table.accessibleName() == "My customers"
    assert page.model.headerData(WARNING, page.table.horizontalHeader().orientation()) == "Warning"


def test_only_phone_account_managers_see_the_page() -> None:
    seen = pages.pages_seen_by(Role.PHONE_ACCOUNT_MANAGER)
    assert seen["Ctrl+Shift+5"] is pages.MY_CUSTOMERS
    assert pages.MY_CUSTOMERS not in pages.pages_seen_by(Role.TEAM_LEAD).values()

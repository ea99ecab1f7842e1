"""VIP-07 at the lead's desk: who waits longest first, three answers by key, and a line when one comes."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from desk_kit import NOW, Working
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from requests_kit import a_request, comes, told

from core.demo.people import AGENTS
from core.domain.authority import AuthorityCase, RequestState
from core.domain.errors import Refused, ServerUnreachable
from core.domain.text import Lang, Text
from core.wire.authority import ANSWERED_BEFORE, AuthorityAnswer
from desktop.authority.requests_page import RequestsPage
from desktop.keys.following import Settle
from desktop.shell.pages import REQUESTS, pages_seen_by

LEAD = next(agent for agent in AGENTS if agent.staff_number == "3003")
KEY = next(key for key, page in pages_seen_by(LEAD.role).items() if page is REQUESTS)


class Line:
    """Stands where the line to the server would be: notes answers, or refuses them."""

    def __init__(self) -> None:
        self.given: list[AuthorityAnswer] = []
        self.refuses: Exception | None = None

    def answer(self, request: object, given: AuthorityAnswer) -> AuthorityCase:
        self.given.append(given)
        if self.refuses is not None:
            raise self.refuses
        return told(a_request(), RequestState.GRANTED)


@pytest.fixture
def lead(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Working]:
    """The window of the VIP team's lead."""
    working = Working(qtbot, qapp, tmp_path / "store", agent=LEAD)
    yield working
    working.leave()


@pytest.fixture
def line(lead: Working, monkeypatch: pytest.MonkeyPatch) -> Line:
    line = Line()
    monkeypatch.setattr(lead.entered.authority, "answer", line.answer)
    return line


def two() -> tuple[AuthorityCase, AuthorityCase]:
    """The first has waited longer."""
    second = told(a_request(10), RequestState.WAITING)
    return told(a_request(90), RequestState.WAITING, received_at=second.received_at - timedelta(seconds=80)), second


def page_of(lead: Working) -> RequestsPage:
    lead.press(KEY)
    page = lead.window.stack.page(REQUESTS)
    lead.until(page.list.hasFocus)
    return page


def refused(code: str, why: str) -> Refused:
    return Refused(code=code, title=Text("申请已经了结", "Settled"), message=Text(why, why), next_step=Text("", ""))


def test_a_request_that_comes_is_told_and_stands_on_the_page_with_all_it_takes_to_decide(lead: Working) -> None:
    # VIP-07
    comes(lead, told(a_request(75), RequestState.WAITING))
    assert lead.told == "苏梅申请 月费优惠 ¥680：三年老客户，说要转网"
    words = lead.read(page_of(lead))
    for part in (
        "李** · 钻卡",
        "¥589／月（近 6 个月）",
        "¥350，批了会超 ¥330",
        "坐席说：“三年老客户，说要转网”",
        "等了 1:15",
    ):
        assert part in words


def test_whoever_waits_longest_stands_first(lead: Working) -> None:
    late = told(a_request(10), RequestState.WAITING)
    early = told(a_request(90), RequestState.WAITING, received_at=late.received_at - timedelta(seconds=80))
    comes(lead, late, early)
    page = page_of(lead)
    assert [page.list.lines.row(at).request.id for at in range(2)] == [early.request.id, late.request.id]


def test_whose_customer_is_on_the_line_stands_before_whose_customer_is_called_back(lead: Working) -> None:
    # VIP-07
    called = told(a_request(3_600, call_at=NOW + timedelta(hours=20)), RequestState.WAITING)
    live = told(a_request(10), RequestState.WAITING)
    comes(lead, called, live)
    page = page_of(lead)
    assert [page.list.lines.row(at).request.id for at in range(2)] == [live.request.id, called.request.id]
    page.list.setCurrentIndex(page.list.lines.index(1))
    assert "请在这之前答复" in lead.read(page)
    lead.tongue.set_lang(Lang.EN)
    assert "answer before then" in lead.read(page)


def test_granting_takes_one_key(lead: Working, line: Line) -> None:
    comes(lead, told(a_request(), RequestState.WAITING))
    page = page_of(lead)
    lead.press("Alt+1")
    lead.until(lambda: page.presenter.cases == [])
    assert line.given == [AuthorityAnswer(state=RequestState.GRANTED)]
    assert lead.told == "已同意，苏梅马上看到。", "and the line about the request does not come back"


def test_granting_less_asks_for_the_amount_first(lead: Working, line: Line) -> None:
    comes(lead, told(a_request(), RequestState.WAITING))
    page = page_of(lead)
    lead.press("Alt+2")
    assert page.amount.hasFocus()
    assert "小于 ¥680" in lead.read(page)
    lead.type("300")
    lead.press("Alt+2")
    lead.until(lambda: page.presenter.cases == [])
    assert line.given == [AuthorityAnswer(state=RequestState.GRANTED_LESS, granted_fen=30_000)]


def test_refusing_asks_for_a_sentence_first(lead: Working, line: Line) -> None:
    comes(lead, told(a_request(), RequestState.WAITING))
    page = page_of(lead)
    lead.press("Alt+3")
    assert page.sentence.hasFocus()
    page.sentence.setText("上月刚给过")
    lead.press("Alt+3")
    lead.until(lambda: page.presenter.cases == [])
    assert line.given == [AuthorityAnswer(state=RequestState.REFUSED, words="上月刚给过")]


def test_a_request_that_another_lead_answered_first_is_said_and_goes(lead: Working, line: Line) -> None:
    comes(lead, told(a_request(), RequestState.WAITING))
    page = page_of(lead)
    line.refuses = refused(ANSWERED_BEFORE, "何静（2050）已同意。")
    lead.press("Alt+1")
    lead.until(lambda: page.presenter.cases == [])
    assert "何静（2050）已同意。" in lead.told


def test_offline_the_request_and_what_was_typed_stay(lead: Working, line: Line) -> None:
    comes(lead, told(a_request(), RequestState.WAITING))
    page = page_of(lead)
    line.refuses = ServerUnreachable(title=Text("连不上", "No"), message=Text("", ""), next_step=Text("", ""))
    page.sentence.setText("先等等")
    lead.press("Alt+3")
    lead.until(lambda: "连不上" in lead.told)
    assert len(page.presenter.cases) == 1
    assert page.sentence.text() == "先等等"


def test_a_key_that_was_meant_for_a_request_that_just_went_grants_no_other(lead: Working, line: Line) -> None:
    first, second = two()
    comes(lead, first, second)
    page = page_of(lead)
    page.sentence.setFocus()
    lead.type("300")
    comes(lead, told(first.request, RequestState.WITHDRAWN))
    assert page.chosen is None
    assert page.list.hasFocus()
    lead.press("Alt+1")
    assert line.given == []
    assert "按 ↓ 选下一条" in lead.read(page)
    comes(lead, told(a_request(5), RequestState.WAITING, received_at=second.received_at + timedelta(seconds=5)))
    assert page.chosen is None, "nor does a request that comes slide under the key"
    lead.press("Down")
    assert page.chosen == second
    assert page.sentence.text() == ""
    lead.press("Alt+1")
    lead.until(lambda: len(page.presenter.cases) == 1)
    assert line.given == [AuthorityAnswer(state=RequestState.GRANTED)]
    assert page.chosen is None, "a second tap of the key meets nothing"


def test_what_was_typed_for_one_request_waits_there_and_goes_with_no_other(lead: Working, line: Line) -> None:
    first, second = two()
    comes(lead, first, second)
    page = page_of(lead)
    page.amount.setText("300")
    page.sentence.setText("先给一半")
    page.list.setFocus()
    lead.press("Down")
    assert page.chosen == second
    assert (page.amount.text(), page.sentence.text()) == ("", "")
    lead.press("Up")
    assert (page.amount.text(), page.sentence.text()) == ("300", "先给一半")
    page.settle(Settle.GRANT)
    page.list.setCurrentIndex(page.list.lines.index(1))
    page.sentence.setText("等一下")
    lead.until(lambda: len(page.presenter.cases) == 1)
    assert page.chosen == second
    assert page.sentence.text() == "等一下", "the answer to one clears nothing of another"


def test_what_was_withdrawn_or_answered_elsewhere_goes_with_its_line(lead: Working) -> None:
    request = a_request()
    comes(lead, told(request, RequestState.WAITING))
    comes(lead, told(request, RequestState.WITHDRAWN))
    assert lead.told == ""
    assert "没有申请在等您。" in page_of(lead).list.empty_words


def test_those_that_wait_at_the_start_are_counted_in_one_line(lead: Working) -> None:
    comes(lead, told(a_request(), RequestState.WAITING), told(a_request(), RequestState.WAITING), begun=True)
    assert lead.told == "有 2 个申请在等您批。"


def test_the_line_about_those_that_wait_goes_with_the_last_of_them(lead: Working) -> None:
    first, second = two()
    comes(lead, first, second, begun=True)
    gone = [told(case.request, RequestState.WITHDRAWN) for case in (first, second)]
    comes(lead, gone[0])
    assert lead.told != ""
    comes(lead, gone[1])
    assert lead.told == ""


def test_a_request_that_comes_while_the_list_is_in_sight_needs_no_line(lead: Working) -> None:
    page_of(lead)
    comes(lead, told(a_request(), RequestState.WAITING))
    assert lead.told == ""


def test_the_page_speaks_english(lead: Working) -> None:
    comes(lead, told(a_request(75), RequestState.WAITING))
    page = page_of(lead)
    lead.tongue.set_lang(Lang.EN)
    words = lead.read(page)
    for part in ("Requests", "Discount ¥680", "¥350; granting goes ¥330 beyond", "Grant less"):
        assert part in words


def test_agents_have_no_such_page(desk: Working) -> None:
    assert REQUESTS not in pages_seen_by(desk.entered.desk.agent.role).values()


def test_looking_at_the_list_puts_away_the_line_that_called_there(lead: Working) -> None:
    comes(lead, told(a_request(), RequestState.WAITING), begun=True)
    assert lead.told != ""
    page_of(lead)
    assert lead.told == ""

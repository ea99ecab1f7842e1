"""What takes long is drawn in a turn of its own, and what is not there yet is said in one line."""

from threading import Event

import msgspec
import pytest
from desk_kit import UPGRADE, Working, document_of, put_customer

from core.domain.text import Lang
from desktop.call.presenter import CallPresenter
from desktop.call.view360_pages.plans import PlansPage


@pytest.fixture
def turns(desk: Working, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each drawing of the script's words, whether the 360° view still waits for a turn of its own."""
    seen: list[bool] = []
    page = desk.call_page
    draw = page.script.show_script

    def drawn(presenter: CallPresenter) -> None:
        seen.append(page.behind)
        draw(presenter)

    monkeypatch.setattr(page.script, "show_script", drawn)
    return seen


def said(desk: Working) -> str:
    return "".join(span.text for span in desk.session.conversation.view().spans)


def test_another_language_comes_to_the_words_once_they_are_ready_and_to_the_360_view_after_them(
    desk: Working, turns: list[bool]
) -> None:
    desk.open(UPGRADE)
    desk.talk(5)
    chinese = said(desk)
    turns.clear()
    desk.tongue.set_lang(Lang.EN)
    assert said(desk) == chinese, "templates of the other language are made ready away from the windows"
    assert turns == []
    desk.until(lambda: bool(turns) and not desk.call_page.behind)
    assert said(desk) != chinese
    assert turns == [True]
    assert "Average bill" in desk.read(desk.call_page.view360)


def test_newer_data_in_a_call_are_drawn_like_a_customer_who_is_opened(desk: Working, turns: list[bool]) -> None:
    desk.open(UPGRADE)
    desk.talk(5)
    turns.clear()
    document = document_of(UPGRADE)
    assert document.identity is not None
    identity = msgspec.structs.replace(document.identity, name="侯新磊")
    desk.tells(put_customer(msgspec.structs.replace(document, identity=identity)))
    desk.until(lambda: bool(turns) and not desk.call_page.behind)
    assert turns == [True]


def test_while_plans_are_computed_one_calm_line_says_so_and_no_heading_stands_over_nothing(desk: Working) -> None:
    desk.open(UPGRADE)
    may_go_on = Event()
    desk.jobs.store(desk.window, may_go_on.wait)
    desk.press("Alt+B")
    page = desk.call_page.view360.current()
    assert isinstance(page, PlansPage)
    assert page.plans.empty_words == "正在计算…"
    assert not page.advice_card.isVisible()
    assert not page.months_card.isVisible()
    assert not page.plan_heads.isVisible()
    assert page.plans_card.title == ""
    assert page.plans.hasFocus(), "the arrows act as soon as there is something to choose"
    may_go_on.set()
    desk.until(lambda: page.plans.lines.rowCount() > 0)
    assert page.plans.hasFocus()
    assert page.advice_card.isVisible()
    assert page.plan_heads.isVisible()
    assert page.plans_card.title

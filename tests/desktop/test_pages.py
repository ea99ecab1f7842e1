"""The pages of the window: who sees which, under which key, and when one is read anew."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from desk_kit import SU, UPGRADE, Working, city, put_task
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.domain.people import ROLE_NAMES, Role
from core.domain.text import Lang, Text
from desktop import main_window, theme
from desktop.followups import words as followup_words
from desktop.shell.footer import Footer
from desktop.shell.key_help import KeyHelp
from desktop.shell.page import MadePage, PageContext, ShellPage, Tidings
from desktop.shell.pages import DESK, FOLLOW_UPS, PAGES, SETTINGS, TODAY, pages_seen_by
from desktop.today import words as today_words
from desktop.tongue import Tongue

BOARD = Text("看板", "Board")


class Board:
    """A page of the test's own, which counts how often it is made and read."""

    def __init__(self, roles: frozenset[Role], follows: frozenset[Tidings] = frozenset()) -> None:
        self.made = self.read = 0
        self.page = ShellPage(BOARD, self._make, roles=roles, follows=follows)

    def _make(self, _context: PageContext) -> MadePage[QWidget]:
        self.made += 1
        return MadePage(QWidget(), self._read)

    def _read(self) -> None:
        self.read += 1


@pytest.mark.parametrize("role", Role)
def test_the_first_four_pages_keep_their_keys_for_every_role(role: Role) -> None:
    first_four = dict(list(pages_seen_by(role).items())[:4])
    assert first_four == {"Ctrl+1": DESK, "Ctrl+2": FOLLOW_UPS, "Ctrl+3": TODAY, "Ctrl+4": SETTINGS}


# ROLE-01
def test_a_page_for_some_roles_is_seen_by_them_alone_and_moves_no_other_key() -> None:
    for_leads, for_planners = Board(frozenset({Role.TEAM_LEAD})).page, Board(frozenset({Role.PLANNER})).page
    pages: tuple[ShellPage[Any], ...] = (*PAGES[:4], for_leads, for_planners)
    assert pages_seen_by(Role.TEAM_LEAD, pages).get("Ctrl+5") is for_leads
    assert pages_seen_by(Role.PLANNER, pages).get("Ctrl+6") is for_planners
    for role in ROLE_NAMES:
        seen = pages_seen_by(role, pages).values()
        assert (for_leads in seen) == (role is Role.TEAM_LEAD)
        assert (for_planners in seen) == (role is Role.PLANNER)


def test_more_pages_than_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="16 pages, 15 keys"):
        pages_seen_by(Role.TEAM_LEAD, (DESK,) * 16)


@pytest.mark.parametrize("lang", Lang)
def test_nine_pages_fit_the_smallest_window_and_tell_their_keys_where_there_is_room(
    qtbot: QtBot, qapp: QApplication, lang: Lang
) -> None:
    theme.apply(qapp, theme.Theme.LIGHT)
    board = Board(frozenset({Role.TEAM_LEAD})).page
    nine: tuple[ShellPage[Any], ...] = (*PAGES[:4], *(board,) * 5)
    lead = msgspec.structs.replace(SU, role=Role.TEAM_LEAD)
    footer = Footer(Tongue(lang), lead, pages_seen_by(Role.TEAM_LEAD, nine))
    qtbot.addWidget(footer)
    footer.retranslate()
    footer.show()
    titles = [page.title.of(lang) for page in nine]
    for _there_and_back in range(2):
        assert footer.minimumSizeHint().width() <= 1366
        footer.resize(footer.minimumSizeHint().width(), footer.height())
        assert [tab.text() for tab in footer.tabs] == titles
        assert [tab.toolTip() for tab in footer.tabs] == [f"Ctrl+{n}" for n in range(1, 10)]
        footer.resize(1920, footer.height())
        assert [tab.text() for tab in footer.tabs] == [f"{title} Ctrl+{n}" for n, title in enumerate(titles, start=1)]


@pytest.fixture
def board() -> Board:
    return Board(frozenset({Role.VIP_SPECIALIST}), frozenset({Tidings.PULLED}))


@pytest.fixture
def desk(
    board: Board, qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Working]:
    """A VIP specialist's window with one page more."""
    pages = (*PAGES[:4], board.page)
    monkeypatch.setattr(main_window, "pages_seen_by", lambda role: pages_seen_by(role, pages))
    working = Working(qtbot, qapp, tmp_path / "store")
    yield working
    working.leave()


def test_a_further_page_has_its_tab_its_key_and_its_line_in_the_help(desk: Working, board: Board) -> None:
    tabs = [tab.text() for tab in desk.window.footer.tabs]
    assert tabs == ["工作台 Ctrl+1", "跟进 Ctrl+2", "今日 Ctrl+3", "设置 Ctrl+4", "看板 Ctrl+5"]
    assert board.made == 0, "nobody has looked at it yet"
    desk.press("Ctrl+5")
    assert (board.made, board.read) == (1, 1)
    assert desk.window.footer.tabs[4].isChecked()
    desk.window.footer.tabs[0].click()
    assert desk.window.call_page.isVisible()
    desk.window.footer.tabs[4].click()
    assert (board.made, board.read) == (1, 2), "made once, read anew each time"
    desk.press("F1")
    desk.until(lambda: isinstance(QApplication.activeWindow(), KeyHelp))
    assert BOARD.zh in desk.read(QApplication.activeWindow())
    desk.press("Escape")
    desk.back()


def test_a_page_is_read_anew_by_what_it_follows_while_it_is_in_sight(desk: Working, board: Board) -> None:
    desk.press("Ctrl+5")
    desk.tells(put_task(city()[1][UPGRADE]))
    desk.until(lambda: board.read == 2)
    desk.press("Ctrl+1")
    reads = desk.window.queue.model.modelReset
    with desk.qtbot.waitSignal(reads):
        desk.tells(put_task(city()[1][UPGRADE]))
    desk.settle()
    assert board.read == 2, "out of sight it costs nothing"


@pytest.mark.parametrize("lang", list(Lang))
def test_tables_with_nothing_in_them_say_so_in_one_line(desk: Working, lang: Lang) -> None:
    desk.tongue.set_lang(lang)
    desk.window.stack.show_page(FOLLOW_UPS)
    page = desk.window.follow_ups
    desk.until(lambda: page.callbacks.model().rowCount() > 0)
    assert page.callbacks.empty_words == ""
    assert page.others.empty_words == desk.tongue(followup_words.NO_OTHERS)
    assert desk.tongue(followup_words.NO_OTHERS) in desk.read(page)
    desk.window.stack.show_page(TODAY)
    today = desk.window.today
    desk.until(lambda: desk.tongue(today_words.EMPTY) in desk.read(today))
    today.search.setText("nobody at all")
    desk.until(lambda: today.list.empty_words == desk.tongue(today_words.NOTHING_FOUND))
    today.search.clear()
    desk.until(lambda: today.list.empty_words == "")


@pytest.mark.parametrize("role", [Role.CALLBACK_STAFF, Role.ADMINISTRATOR])
def test_no_key_of_the_desk_fails_a_role_that_has_no_page_for_it(
    role: Role, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    # VIP-06: pytest-qt tells what a key throws
    desk = Working(qtbot, qapp, tmp_path / "store", agent=msgspec.structs.replace(SU, role=role))
    desk.press("Ctrl+R")
    desk.settle()
    told = "没有修复案" in desk.told
    assert told == (role is Role.ADMINISTRATOR), "who speaks to customers may open one and sees what becomes of it"
    assert (desk.window.stack.currentIndex() == 0) == told
    desk.leave()

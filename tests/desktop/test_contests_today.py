"""Who competes sees on the page of the day how the contest stands, the own place in it, and the own points."""

from datetime import timedelta

import msgspec
from desk_kit import NOW, SU, Working, put

from core.content.incentives import load_contests
from core.content.resources import folder
from core.domain.clock import local_day
from core.domain.contest_board import CONTEST_BOARD, OWN_POINTS, BoardPlace, ContestBoard, OwnPoints
from core.domain.text import Lang
from core.wire.pull import Change, ContentDocument, Kind
from desktop.shell.pages import TODAY

BETWEEN_AGENTS = next(one for one in load_contests(folder()) if one.between == "agent")


def told(kind: str, name: str, value: ContestBoard | OwnPoints) -> Change:
    document = ContentDocument(kind=kind, name=name, version=1, body=msgspec.Raw(msgspec.json.encode(value)))
    return put(Kind.CONTENT, f"{kind}/{name}", document)


def place(side: str, name: str, rank: int, value: int, *, on_pace: bool = False) -> BoardPlace:
    return BoardPlace(side=side, name=name, rank=rank, value=value, on_pace=on_pace)


def board() -> Change:
    places = (place("2043", "何俊", 1, 41, on_pace=True), place("2044", "李想", 2, 30), place("1027", "苏梅", 3, 12))
    value = ContestBoard(contest=BETWEEN_AGENTS.id, day=51, days=92, as_of=NOW, places=places)
    return told(CONTEST_BOARD, BETWEEN_AGENTS.id, value)


def account(**changes: int) -> Change:
    counts = {"saves": 4, "orders": 3, "faked": 0, "stonewalled": 0, "points": 126, "open_points": 60} | changes
    last = local_day(NOW)
    value = OwnPoints(
        incentive="disconnect-saves", agent=SU.staff_number, first=last.replace(day=1), last=last, as_of=NOW, **counts
    )
    return told(OWN_POINTS, f"disconnect-saves/{SU.staff_number}", value)


def test_the_page_of_the_day_fits_a_low_screen_with_contests_and_a_correction_open(desk: Working) -> None:
    desk.window.stack.show_page(TODAY)
    desk.tells(board(), account(stonewalled=1, points=66))
    page = desk.window.today
    desk.until(page.contests.isVisible)
    page._form.show()
    desk.settle()
    # A taskbar and a window's frame take about 70 of 768.
    assert desk.window.minimumSizeHint().height() <= 690
    desk.window.resize(1366, 690)
    desk.settle()
    assert desk.window.height() == 690
    assert page.save_button.visibleRegion().boundingRect().height() == page.save_button.height()


def test_the_board_shows_who_leads_ones_own_place_and_what_was_taken_back_while_it_runs(desk: Working) -> None:
    # 4G-10, BB-11, BB-12
    card = desk.window.today.contests
    desk.window.stack.show_page(TODAY)
    desk.settle()
    assert not card.isVisible(), "where nothing was told there is no card"
    desk.tells(board(), account())
    desk.until(card.isVisible)
    leader, mine = card.table.words()
    assert "何俊" in leader
    assert "41" in leader
    assert "苏梅（我）" in mine
    assert mine.split()[0] == "3"
    assert "126" in card.lines[0].text()
    assert not card.lines[1].isVisible(), "nothing was taken back"
    desk.tells(account(stonewalled=1, points=66))
    desk.until(card.lines[1].isVisible)
    assert "已倒扣 60 分" in card.lines[1].text()
    assert "推诿拆机 1 次" in card.lines[1].text()
    desk.tongue.set_lang(Lang.EN)
    assert "苏梅 (you)" in "".join(card.table.words())
    # A contest that is over, and the points of a month that is, are shown no more.
    desk.clock.wall = NOW + timedelta(days=60)
    desk.window.today.refresh()
    desk.until(lambda: not card.isVisible())

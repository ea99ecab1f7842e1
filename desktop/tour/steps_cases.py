"""A roaming repair over three calls: begun with a promise, checked in order, the promise kept, closed content."""

from PySide6.QtCore import Qt

from core.desk.casework import CaseRow, board
from core.domain.case import SATISFACTION_NAMES, Satisfaction
from core.domain.promise import PromiseState
from core.domain.text import Text
from desktop.call import words as call_words
from desktop.cases.page import CasesPage
from desktop.keys.call import BOUND, Act
from desktop.keys.following import CASEWORK, Work
from desktop.shell.pages import CASES
from desktop.tour import calling
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until

CUSTOMER_ID = "JC0000005"
TEMPLATE = "roaming-no-service"
EXPECTS = Text("今晚能打电话", "Calls tonight")
PROMISE = Text("两小时内回复核查结果", "Tell the result of the check within two hours")
SUSPECTED = Text("旧卡不支持当地网络", "The old SIM does not fit the local network")
KEPT = Text("已告知，客户知道进展", "Told; the customer knows")
CAUSE = Text("旧卡不支持当地网络，已补换", "The old SIM did not fit; replaced")
GRANT, GRANT_YUAN = Text("漫游包月费减免", "Monthly fee of the roaming pack waived"), "30"
THANKS = Text("处理得快，谢谢", "Quick, thank you")


def begun(day: Day) -> Seen:
    """In the first call a case is opened from its template; it stands over the call from then on."""
    day.hand.key(Key.Key_1, Mod.ControlModifier)
    row = next(row for row in day.rows() if row.customer_id == CUSTOMER_ID)
    seen = calling.open_row(day, row)
    day.kept["case_number"] = day.session.opened.numbers[0]
    calling.dial(day)
    calling.answered(day)
    calling.owner(day)
    strip = day.main.cases.strip
    _strike(day, Act.CASE)
    until(lambda: strip.composer.asking, "the case can be opened")
    pick = strip.composer.pick
    day.hand.choose(pick, pick.findData(TEMPLATE) - pick.currentIndex())
    day.hand.click(strip.composer.line)
    day.hand.type(day.say(EXPECTS))
    day.hand.key(Key.Key_Return)
    until(lambda: strip.has_case, "the case stands over the call")
    return {**seen, "strip": strip.case.text()}


def promised(day: Day) -> Seen:
    """Ctrl+P: what was promised, by when; then the call is saved as one that goes on."""
    strip = day.main.cases.strip
    _strike(day, Act.PROMISE)
    until(lambda: strip.composer.asking, "a promise can be noted")
    day.hand.type(day.say(PROMISE))
    day.hand.key(Key.Key_Return)
    until(lambda: day.say(PROMISE) in strip.promise.text(), "the promise stands over the call")
    told = strip.promise.text()
    calling.talk_until(day, 21)
    _saved_as(day, "dissatisfied")
    case = _case(day).case
    expect(case.contacted_at, "the call is no first word")
    return {"promise": told, "events": len(case.log)}


def checked(day: Day) -> Seen:
    """The page of cases: the checks by their digits, what they find by another key, a suspicion by a letter."""
    page = _page(day)
    for digit in ("1", "2"):
        _check(day, page, digit, Key.Key_2)
    _write(day, page, Work.SUPPOSE, SUSPECTED)
    day.until_uploaded()
    until(lambda: len(_case(day).case.checks) == 2, "both checks stand in the case")
    return {"checks": [one.finding for one in _case(day).case.checks], "suspected": day.say(SUSPECTED)}


def calls_back(day: Day) -> Seen:
    """The customer is found by the last digits of the number, with what was promised on top; Enter opens them."""
    page = _page(day)
    digits = day.kept["case_number"][-5:]
    day.hand.fill(page.search, digits)
    until(lambda: len(page.presenter.rows) == 1, "the digits find the one case")
    found = page.list.words()
    day.hand.click_row(page.list, lambda: 0)
    day.hand.key(Key.Key_Return)
    until(lambda: _open_customer(day) == CUSTOMER_ID, "the customer is on the desk")
    strip = day.main.cases.strip
    until(lambda: day.say(PROMISE) in strip.promise.text(), "the promise stands over the call")
    calling.dial(day)
    calling.answered(day)
    calling.owner(day)
    return {"found": found, "strip": strip.promise.text(), "state": day.say(call_words.IN_CALL)}


def kept(day: Day) -> Seen:
    """The network data are right, which is told in time: the promise is kept, from the page that Ctrl+R leads to."""
    _strike(day, Act.CASE)
    page = day.main.stack.page(CASES)
    until(lambda: isinstance(page.chosen, CaseRow) and page.isVisible(), "the case is in view")
    day.hand.fill(page.search, "")
    _choose(day, page)
    _check(day, page, "3", Key.Key_3)
    _write(day, page, Work.KEEP, KEPT)
    until(lambda: PromiseState.KEPT in _states(day), "the promise is kept")
    day.hand.key(Key.Key_1, Mod.ControlModifier)
    calling.talk_until(day, 31)
    _saved_as(day, "eased")
    return {"promises": [state.value for state in _states(day)]}


def third_call(day: Day) -> Seen:
    """The customer is called a third time, from the page of cases."""
    _page(day)
    day.hand.key(Key.Key_Return)
    until(lambda: _open_customer(day) == CUSTOMER_ID, "the customer is on the desk")
    calling.dial(day)
    calling.answered(day)
    calling.owner(day)
    return {"state": day.say(call_words.IN_CALL)}


def closed(day: Day) -> Seen:
    """The third call: a new SIM works, the root cause is known, the customer content, and the case is over."""
    calling.talk_until(day, 61)
    _saved_as(day, "repaired")
    page = _page(day)
    _write(day, page, Work.ALLOW, GRANT, amount=GRANT_YUAN)
    for digit, found in (("4", Key.Key_1), ("5", Key.Key_2), ("6", Key.Key_2), ("7", Key.Key_1)):
        _check(day, page, digit, found)
    _write(day, page, Work.CAUSE, CAUSE)
    _write(day, page, Work.CLOSE, THANKS)
    day.until_uploaded()
    until(lambda: _case(day).case.satisfaction is Satisfaction.SATISFIED, "the case is closed")
    until(lambda: not _case(day).unsent, "the server knows all of it")
    row = _case(day)
    calls = [one for one in day.made if one.key == day.kept["case_task"]]
    expect(len(calls) == 3, f"calls of the case: {calls}")
    return {
        "checks": [one.finding for one in row.case.checks],
        "granted": [one.fen for one in row.case.allowed],
        "cause": row.case.cause,
        "satisfaction": day.say(SATISFACTION_NAMES[Satisfaction.SATISFIED]),
        "events": len(row.case.log),
        "promises": [one.state.value for one in row.promises],
        "calls": len(calls),
    }


def _check(day: Day, page: CasesPage, digit: str, found: Qt.Key) -> None:
    """That check of the template, with what came of it by Alt and a digit."""
    day.hand.letter(digit)
    until(lambda: page.composer.asking, f"check {digit} asks what was found")
    day.hand.key(found, Mod.AltModifier)
    until(lambda: not page.composer.asking, f"check {digit} is noted")


def _saved_as(day: Day, result: str) -> None:
    calling.end(day)
    calling.choose_result(day, result)
    calling.tick_missing(day)
    if not day.session.form.reason:
        day.hand.letter("X")
    if result != "repaired":
        day.hand.letter("D")
    day.kept["case_task"] = day.session.opened.key
    calling.save_online(day)


def _strike(day: Day, act: Act) -> None:
    """The key of that act, which is Ctrl with a letter."""
    day.hand.key(Key(ord(BOUND[act][0][-1])), Mod.ControlModifier)


def _page(day: Day) -> CasesPage:
    """Turned to, with the case in view."""
    day.hand.key(Key.Key_1, Mod.ControlModifier | Mod.ShiftModifier)
    page = day.main.stack.page(CASES)
    until(page.isVisible, "the page of cases is in sight")
    _choose(day, page)
    return page


def _choose(day: Day, page: CasesPage) -> None:
    until(lambda: _place(page) >= 0, "the case is listed")
    day.hand.click_row(page.list, lambda: _place(page))
    until(lambda: isinstance(page.chosen, CaseRow) and _is_it(page.chosen), "the case is in view")


def _place(page: CasesPage) -> int:
    return next((at for at, row in enumerate(page.presenter.rows) if isinstance(row, CaseRow) and _is_it(row)), -1)


def _is_it(row: CaseRow) -> bool:
    return row.case.began.customer_id == CUSTOMER_ID


def _write(day: Day, page: CasesPage, what: Work, text: Text, *, amount: str = "") -> None:
    day.hand.letter(CASEWORK[what])
    until(lambda: page.composer.asking, f"{what} can be written")
    if amount:
        day.hand.fill(page.composer.amount, amount)
    day.hand.click(page.composer.line)
    day.hand.type(day.say(text))
    day.hand.key(Key.Key_Return)
    until(lambda: not page.composer.asking, f"{what} is written")


def _case(day: Day) -> CaseRow:
    found = board(day.main.entered.desk)
    return next(row for row in (*found.open, *found.closed) if _is_it(row))


def _states(day: Day) -> list[PromiseState]:
    return [one.state for one in _case(day).promises]


def _open_customer(day: Day) -> str:
    session = day.main.presenter.session
    return session.opened.customer_id if session else ""

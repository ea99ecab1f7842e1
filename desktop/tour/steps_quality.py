"""Two calls scored beside the way through their script, offline; the agent disputes one, and the lead decides."""

from core.domain.quality.inspection import Ruling, ScoreState
from core.domain.text import Text
from desktop.keys.leading import INSPECTING, Inspect
from desktop.quality.page import QualityPage
from desktop.quality.presenter import Part
from desktop.shell.pages import QUALITY
from desktop.tour.day import STAFF_NUMBER, Day
from desktop.tour.hand import Key, Mod
from desktop.tour.lead import LEAD, lead_leaves, leads_window, turn_to
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until

MISSED_ROW = 1
"""of the card: whom one speaks to is verified"""
REMARK = Text("生日没听到核对，先核身再谈账单。", "No birthday was asked for: verify before speaking of bills.")
WELL = Text("开场稳，问得细。", "A steady opening, and good questions.")
REASON = Text("录音 0:15 处客户说了生日，我核对过。", "At 0:15 the customer gives the birthday, and I compared it.")
DECISION = Text("听过录音，核了身，改判。", "The recording bears it out: the marks are changed.")
_SOON_S = 40.0


def queue(day: Day) -> Seen:
    """The lead's queue: risks first; the card stands beside the way through the script."""
    page = turn_to(day, leads_window(day), QUALITY)
    until(lambda: len(_of_agent(page)) >= 2, "two calls of the agent wait", within_s=_SOON_S)
    _choose(day, page, _of_agent(page)[0])
    _strike(day, Inspect.FIRST)
    until(lambda: _claimed(page), "the call is the lead's")
    opened = page.presenter.opened
    assert opened is not None
    day.kept["scores_before"] = str(len(day.ledger.scores_by(LEAD)))
    return {"waiting": page.list.lines.rowCount(), "why": page.bench.chips.words(), "steps": len(opened.path)}


def scored(day: Day) -> Seen:
    """Without a network: a digit an item, a remark, Ctrl+Enter; then the next. Both wait to be uploaded."""
    expect(not day.server.pid, "the server runs")
    main = leads_window(day)
    page = turn_to(day, main, QUALITY)
    if not _claimed(page):
        _choose(day, page, _of_agent(page)[0])
        until(lambda: _claimed(page), "the call is the lead's")
    first = _score(day, page, REMARK, missed=MISSED_ROW)
    _choose(day, page, _of_agent(page)[0])
    _strike(day, Inspect.FIRST)
    until(lambda: _claimed(page), "the second call is the lead's")
    second = _score(day, page, WELL)
    waiting = main.entered.store.outbox_state().waiting
    expect(waiting >= 2, "the scores do not wait to be uploaded")
    before = int(day.kept["scores_before"])
    expect(len(day.ledger.scores_by(LEAD)) == before, "a stopped server has taken a score")
    day.kept["disputed_points"], day.kept["scores"] = str(first), str(before + 2)
    return {"first": first, "second": second, "waiting": waiting}


def disputed(day: Day) -> Seen:
    """The agent sees the score and does not take it: one line of reason, once."""
    page = _agents_page(day)
    points = int(day.kept["disputed_points"])
    until(lambda: _to_answer(page, points) >= 0, "the score has come to the agent", within_s=_SOON_S)
    _choose(day, page, _to_answer(page, points))
    day.hand.click(page.bench.remark)
    day.hand.type(day.say(REASON))
    _strike(day, Inspect.SECOND)
    until(lambda: _state(page) is ScoreState.DISPUTED, "the dispute stands")
    day.until_uploaded()
    return {"points": points, "state": str(_state(page))}


def decided(day: Day) -> Seen:
    """The lead sees the dispute, listens again, marks the item anew, and says why."""
    main = leads_window(day)
    main.entered.syncer.wake()
    page = turn_to(day, main, QUALITY)
    page.list.setFocus()
    _strike(day, Inspect.PART)
    until(lambda: page.presenter.part is Part.DISPUTES, "the disputes are shown")
    until(lambda: _disputed(page) >= 0, "the agent's dispute is among them", within_s=_SOON_S)
    _choose(day, page, _disputed(page))
    _mark(day, page, MISSED_ROW, "1")
    day.hand.click(page.bench.remark)
    day.hand.type(day.say(DECISION))
    _strike(day, Inspect.SECOND)
    until(lambda: _disputed(page) < 0, "the dispute is decided")
    until(lambda: not main.entered.store.pending(1), "it is uploaded", within_s=_SOON_S)
    seen = page.presenter.seen
    amended = [case for case in seen.given if case.agent == STAFF_NUMBER and case.decision] if seen is not None else []
    expect(amended, "the decision is not kept")
    return {"given": amended[0].given.points, "points": amended[0].result.points, "ruling": Ruling.AMENDED.value}


def told(day: Day) -> Seen:
    """The lead's day is over; the agent reads what became of the dispute."""
    lead_leaves(day)
    page = _agents_page(day)
    until(lambda: _decided(page) >= 0, "the decision has come to the agent", within_s=_SOON_S)
    _choose(day, page, _decided(page))
    until(lambda: day.say(DECISION) in page.bench.story.text(), "the lead's words are read")
    expect(_state(page) is ScoreState.DECIDED, "the score is not settled")
    return {"story": page.bench.story.text()}


def _score(day: Day, page: QualityPage, remark: Text, *, missed: int = -1) -> int:
    day.hand.key(Key.Key_Return)
    until(page.sheet.hasFocus, "the card has the keys")
    while page.presenter.unmarked:
        day.hand.letter("3" if page.sheet.currentIndex().row() == missed else "1")
    day.hand.click(page.bench.remark)
    day.hand.type(day.say(remark))
    result = page.presenter.result
    expect(result is not None, "no result is shown")
    before = page.list.lines.rowCount()
    _strike(day, Inspect.SEND)
    until(lambda: page.list.lines.rowCount() < before, "the call has left the queue")
    assert result is not None
    return result.points


def _mark(day: Day, page: QualityPage, row: int, digit: str) -> None:
    day.hand.key(Key.Key_Return)
    until(page.sheet.hasFocus, "the card has the keys")
    day.hand.key(Key.Key_Home)
    day.hand.key(Key.Key_Down, times=row)
    day.hand.letter(digit)


def _disputed(page: QualityPage) -> int:
    """The row of the tour's agent among the disputes."""
    cases = [entry.case for entry in page.presenter.entries()] if page.presenter.part is Part.DISPUTES else []
    return next((at for at, case in enumerate(cases) if case is not None and case.agent == STAFF_NUMBER), -1)


def _of_agent(page: QualityPage) -> list[int]:
    """Rows of the queue that are calls of the tour's agent."""
    entries = page.presenter.entries() if page.presenter.part is Part.QUEUE else []
    return [at for at, entry in enumerate(entries) if entry.call is not None and entry.call.agent == STAFF_NUMBER]


def _claimed(page: QualityPage) -> bool:
    opened = page.presenter.opened
    claimed = opened.entry.call.claimed if opened is not None and opened.entry.call is not None else None
    return claimed is not None and claimed.by == page.presenter.me and page.presenter.may_mark


def _to_answer(page: QualityPage, points: int) -> int:
    cases = [entry.case for entry in page.presenter.entries()]
    return next(
        (at for at, case in enumerate(cases)
         if case is not None and case.state is ScoreState.GIVEN and case.result.points == points), -1
    )  # fmt: skip


def _decided(page: QualityPage) -> int:
    cases = [entry.case for entry in page.presenter.entries()]
    return next((at for at, case in enumerate(cases) if case is not None and case.decision is not None), -1)


def _state(page: QualityPage) -> ScoreState | None:
    opened = page.presenter.opened
    return opened.entry.case.state if opened is not None and opened.entry.case is not None else None


def _choose(day: Day, page: QualityPage, row: int) -> None:
    wanted = page.presenter.entries()[row].id
    day.hand.click_row(page.list, lambda: next(
        (at for at, entry in enumerate(page.presenter.entries()) if entry.id == wanted), -1
    ))  # fmt: skip
    until(lambda: page.presenter.opened is not None and page.presenter.opened.entry.id == wanted, "it is in view")


def _agents_page(day: Day) -> QualityPage:
    day.main.entered.syncer.wake()
    return turn_to(day, day.main, QUALITY, role=day.main.entered.desk.agent.role)


_ALT = {Inspect.FIRST: Key.Key_1, Inspect.SECOND: Key.Key_2, Inspect.THIRD: Key.Key_3}


def _strike(day: Day, act: Inspect) -> None:
    """The key of the table."""
    expect(INSPECTING[act], "the act has no key")
    if act in _ALT:
        day.hand.key(_ALT[act], Mod.AltModifier)
    else:
        day.hand.key(Key.Key_Return if act is Inspect.SEND else Key.Key_Tab, Mod.ControlModifier)

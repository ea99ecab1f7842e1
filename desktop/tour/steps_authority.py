"""The customer wants more than a specialist may grant: the team lead is asked, and answers in a window of their own."""

import time

from core.domain.authority import RequestState
from core.domain.offer_kind import OFFER_KIND_NAMES, OfferKind
from core.domain.text import Text
from core.store.types import OwnRequest, UploadState
from desktop.authority.ask_line import AskLine
from desktop.authority.requests_page import RequestsPage
from desktop.main_window import MainWindow
from desktop.shell.pages import REQUESTS
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.lead import LEAD, lead_program, leave, signed_in, turn_to
from desktop.tour.report import Seen
from desktop.tour.waiting import NotSeen, expect, until

PROMISED_S = 2.0
AMOUNT_YUAN = "450"
REASON = Text("国外失联三天，客户要求补偿，想减半年月租", "Three days without service abroad; half a year off the fee")
SENTENCE = Text("同意，先好好跟客户道个歉", "Granted; apologise properly first")


def asked(day: Day) -> Seen:
    """Alt+A opens a line; amount and reason, Enter, and the server has it."""
    line = _line(day)
    day.hand.key(Key.Key_A, Mod.AltModifier)
    until(lambda: line.amount.isVisible(), "the line to the lead is open")
    wanted = day.say(OFFER_KIND_NAMES[OfferKind.DISCOUNT])
    steps = line.what.findText(wanted) - line.what.currentIndex()
    expect(line.what.findText(wanted) >= 0, f"“{wanted}” cannot be asked for")
    day.hand.choose(line.what, steps)
    day.hand.fill(line.amount, AMOUNT_YUAN)
    day.hand.fill(line.reason, day.say(REASON))
    day.hand.key(Key.Key_Return)
    until(lambda: _request(day) is not None, "the request is kept")
    until(lambda: _upload(day) is UploadState.UPLOADED, "the server has the request")
    return {"status": line.status.text(), "on_server": day.ledger.count("authority_request")}


def seen_by_lead(day: Day) -> Seen:
    """The lead of the team signs in on another machine, and finds who waits, for what, and what the budget says."""
    day.lead = lead_program(day, "lead")
    try:
        page = _page(day, signed_in(day, day.lead))
    except NotSeen:
        _leave(day)
        raise
    case = page.chosen
    assert case is not None
    return {"lead": LEAD, "waiting": len(page.presenter.cases), "agent": case.agent_name, "facts": _facts(page)}


def granted(day: Day) -> Seen:
    """One key grants it; the agent sees the answer, with the lead's words, within two seconds."""
    lead = day.lead
    expect(lead is not None and lead.main is not None, "no lead is signed in")
    assert lead is not None
    assert lead.main is not None
    try:
        page = lead.main.stack.page(REQUESTS)
        day.hand.fill(page.sentence, day.say(SENTENCE))
        began = time.monotonic()
        day.hand.key(Key.Key_1, Mod.AltModifier)
        until(lambda: _state(day) is RequestState.GRANTED, "the answer is on the call")
        spent_s = time.monotonic() - began
    finally:
        _leave(day)
    status = _line(day).status.text()
    expect(spent_s < PROMISED_S, f"the answer took {spent_s:.1f} s")
    expect(day.say(SENTENCE) in status, f"the call says “{status}”")
    return {"status": status, "answered_in_ms": round(spent_s * 1000)}


def _page(day: Day, main: MainWindow) -> RequestsPage:
    until(lambda: main.banner.isVisible(), "the lead is told that somebody waits", within_s=30)
    page = turn_to(day, main, REQUESTS)
    until(lambda: not main.banner.isVisible(), "the line about it goes as the lead looks")
    until(lambda: page.chosen is not None, "the request is on the lead's page")
    return page


def _leave(day: Day) -> None:
    program, day.lead = day.lead, None
    if program is not None:
        leave(day, program)


def _line(day: Day) -> AskLine:
    return day.page.findChildren(AskLine)[0]


def _request(day: Day) -> OwnRequest | None:
    return next(iter(day.session.opened.requests), None)


def _upload(day: Day) -> UploadState | None:
    request = _request(day)
    return request.upload if request is not None else None


def _state(day: Day) -> RequestState | None:
    request = _request(day)
    return request.case.state if request is not None else None


def _facts(page: RequestsPage) -> dict[str, str]:
    """What the lead decides by; nothing of it names the customer."""
    return {row.label: row.value for row in page.facts.rows()}

"""The customer wants more than a specialist may grant: the team lead is asked, and answers in a window of their own."""

import time

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from core.domain.authority import RequestState
from core.domain.offer_kind import OFFER_KIND_NAMES, OfferKind
from core.domain.people import Role
from core.domain.text import Text
from core.store.types import OwnRequest, UploadState
from desktop.app import Application, options
from desktop.authority.ask_line import AskLine
from desktop.authority.requests_page import RequestsPage
from desktop.shell.pages import REQUESTS, pages_seen_by
from desktop.tour.day import PASSPHRASE, PASSWORD, Day
from desktop.tour.hand import Key, Mod
from desktop.tour.report import Seen
from desktop.tour.waiting import NotSeen, expect, until

LEAD = "3003"
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
    lead = Application(_qt(), options(_arguments(day)))
    day.lead = lead
    try:
        _sign_in(day, lead)
        page = _page(day, lead)
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


def _qt() -> QApplication:
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    return qt


def _arguments(day: Day) -> list[str]:
    size = f"{day.main.width()}x{day.main.height()}"
    folder = str(day.app.data.parent / "lead")
    return ["--server", day.server.url, "--data", folder, "--size", size, "--lang", day.app.tongue.lang.value, "--demo"]


def _sign_in(day: Day, lead: Application) -> None:
    lead.start()
    until(lambda: lead.signin is not None and lead.signin.isVisible(), "the lead's sign-in window opens")
    window = lead.signin
    assert window is not None
    day.hand.at(window)
    day.hand.fill(window.staff_number, LEAD)
    day.hand.fill(window.password, PASSWORD)
    day.hand.key(Key.Key_Return)
    until(lambda: lead.main is not None or window.passphrase.isVisible(), "the lead is signed in")
    if lead.main is None:
        day.hand.fill(window.passphrase, PASSPHRASE)
        if window.again is not None and window.again.isVisible():
            day.hand.fill(window.again, PASSPHRASE)
        day.hand.key(Key.Key_Return)
    until(lambda: lead.main is not None, "the lead's window opens", within_s=30)


def _page(day: Day, lead: Application) -> RequestsPage:
    main = lead.main
    assert main is not None
    day.hand.at(main)
    until(lambda: main.banner.isVisible(), "the lead is told that somebody waits", within_s=30)
    key = next(key for key, page in pages_seen_by(Role.TEAM_LEAD).items() if page is REQUESTS)
    combination = QKeySequence(key)[0]  # type: ignore[index]  # it is one; the stubs do not say so
    day.hand.key(combination.key(), combination.keyboardModifiers())
    page = main.stack.page(REQUESTS)
    until(lambda: not main.banner.isVisible(), "the line about it goes as the lead looks")
    until(lambda: page.isVisible() and page.chosen is not None, "the request is on the lead's page")
    return page


def _leave(day: Day) -> None:
    """The lead's window closes; the keyboard is the agent's again."""
    lead, day.lead = day.lead, None
    if lead is None:
        return
    main, lead.main = lead.main, None
    if main is not None:
        main.hide()
        main.leave()
        main.deleteLater()
    if lead.signin is not None:
        lead.signin.hide()
    day.hand.at(day.main)
    until(day.main.isActiveWindow, "the agent's window is in front")


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

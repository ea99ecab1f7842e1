"""The tour's first steps: sign in, look at the queue."""

from core.store.types import Section
from desktop.signin.window import SignInWindow
from desktop.tour.day import PASSPHRASE, PASSWORD, STAFF_NUMBER, Day
from desktop.tour.hand import Key
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until


def sign_in_window(day: Day) -> Seen:
    """Staff number and password typed; the passphrase where the machine has no keyring."""
    day.app.start()
    until(lambda: day.app.signin is not None and day.app.signin.isVisible(), "the sign-in window opens")
    window = _signin(day)
    day.hand.at(window)
    day.hand.fill(window.staff_number, STAFF_NUMBER)
    day.hand.key(Key.Key_Tab)
    day.hand.fill(window.password, PASSWORD)
    day.hand.key(Key.Key_Return)
    until(lambda: day.app.main is not None or window.passphrase.isVisible(), "signed in, or asked for a passphrase")
    asked = day.app.main is None
    if asked:
        day.hand.fill(window.passphrase, PASSPHRASE)
        if window.again is not None and window.again.isVisible():
            day.hand.fill(window.again, PASSPHRASE)
    return {"server": window.server.text() if asked else day.app.config.server, "passphrase_asked": asked}


def signed_in(day: Day) -> Seen:
    """The main window, with everything of this desk pulled."""
    if day.app.main is None:
        day.hand.key(Key.Key_Return)
    until(lambda: day.app.main is not None, "the main window opens", within_s=30)
    day.hand.at(day.main)
    until(lambda: len(day.rows()) > 0, "the queue has tasks", within_s=30)
    day.until_uploaded()
    until(lambda: day.main.start_words, "the day that is ahead is told")
    return {"agent": STAFF_NUMBER, "status": day.sync_line, "window": f"{day.main.width()}x{day.main.height()}"}


def queue(day: Day) -> Seen:
    """Due callbacks first, then key customers, then by scenario; an arrow takes the first."""
    day.hand.key(Key.Key_Down)
    rows = day.rows()
    order = [row.section for row in rows]
    expect(order == sorted(order, key=list(Section).index), "the sections do not stand in their order")
    expect(Section.DUE in order, "no callback is due")
    return {"tasks": len(rows), "headings": day.headings(), "first_task_id": rows[0].task_id}


def _signin(day: Day) -> SignInWindow:
    assert day.app.signin is not None
    return day.app.signin

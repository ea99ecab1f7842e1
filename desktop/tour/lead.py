"""The team lead's own window beside the agent's, as on another machine: a folder and a session of its own.

One lead is signed in for the whole of the review; the tour turns from one desk to the other and back.
"""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from core.domain.people import Role
from desktop.app import Application, options
from desktop.main_window import MainWindow
from desktop.shell.page import Page, ShellPage
from desktop.shell.pages import pages_seen_by
from desktop.tour.day import PASSPHRASE, PASSWORD, Day
from desktop.tour.hand import Key
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until

LEAD = "3003"


def lead_program(day: Day, folder: str) -> Application:
    """The lead's program beside the agent's, with a folder of its own; not begun yet."""
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    size = f"{day.main.width()}x{day.main.height()}"
    data = str(day.server.folder.parent / folder)
    given = ["--server", day.server.url, "--data", data, "--size", size, "--lang", day.app.tongue.lang.value, "--demo"]
    return Application(qt, options(given))


_LEFT: list[Application] = []


def leave(day: Day, program: Application) -> None:
    """The lead's window closes; the keyboard is the agent's again."""
    _close(program)
    day.hand.at(day.main)
    until(day.main.isActiveWindow, "the agent's window is in front")


def leads_window(day: Day) -> MainWindow:
    program = day.lead
    expect(program is not None and program.main is not None, "no lead is signed in")
    assert program is not None
    assert program.main is not None
    return program.main


def by_lead(step: Callable[[Day], Seen]) -> Callable[[Day], Seen]:
    """The step at the lead's desk: its window in front, the keyboard there."""

    def taken(day: Day) -> Seen:
        main = leads_window(day)
        main.show()
        day.hand.at(main)
        until(main.isActiveWindow, "the lead's window is in front")
        return step(day)

    return taken


def by_agent(step: Callable[[Day], Seen]) -> Callable[[Day], Seen]:
    """The step at the agent's desk; the lead's goes on out of sight."""

    def taken(day: Day) -> Seen:
        if day.lead is not None and day.lead.main is not None:
            day.lead.main.hide()
        day.hand.at(day.main)
        until(day.main.isActiveWindow, "the agent's window is in front")
        return step(day)

    return taken


def alone(step: Callable[[Day], Seen]) -> Callable[[Day], Seen]:
    """The step at the agent's desk, once the other one has been left."""

    def taken(day: Day) -> Seen:
        lead_leaves(day)
        return step(day)

    return taken


def lead_leaves(day: Day) -> None:
    program, day.lead = day.lead, None
    if program is not None:
        leave(day, program)


def turn_to(day: Day, main: MainWindow, page: ShellPage[Page], role: Role = Role.TEAM_LEAD) -> Page:
    """The lead's page by its key."""
    key = next(key for key, one in pages_seen_by(role).items() if one is page)
    combination = QKeySequence(key)[0]  # type: ignore[index]  # it is one; the stubs do not say so
    day.hand.key(combination.key(), combination.keyboardModifiers())
    found = main.stack.page(page)
    until(found.isVisible, "the lead's page is shown")
    return found


def signed_in(day: Day, program: Application, staff_number: str = LEAD) -> MainWindow:
    """By password and, the first time, a passphrase; in front and with the keyboard."""
    program.start()
    until(lambda: program.signin is not None and program.signin.isVisible(), "the lead's sign-in window opens")
    window = program.signin
    assert window is not None
    day.hand.at(window)
    day.hand.fill(window.staff_number, staff_number)
    day.hand.fill(window.password, PASSWORD)
    day.hand.key(Key.Key_Return)
    until(lambda: program.main is not None or window.passphrase.isVisible(), "the lead is signed in")
    if program.main is None:
        day.hand.fill(window.passphrase, PASSPHRASE)
        if window.again is not None and window.again.isVisible():
            day.hand.fill(window.again, PASSPHRASE)
        day.hand.key(Key.Key_Return)
    until(lambda: program.main is not None, "the lead's window opens", within_s=30)
    assert program.main is not None
    day.hand.at(program.main)
    return program.main


def _close(program: Application) -> None:
    windows: tuple[QWidget | None, ...] = (program.main, program.signin)
    program.leave()
    for window in windows:
        if window is not None:
            window.hide()
            window.deleteLater()
    program.jobs.drain()
    # Kept to the end of the tour: to destroy it waits for its threads, and a job among them would wait for Python's
    # lock, which is held meanwhile.
    _LEFT.append(program)

"""The review is taken into a meeting: the package and its pay, the problems met, a workbook that stands on record."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.keys import TAKING, Take
from desktop.review.page import ReviewPage
from desktop.shell.pages import REVIEW
from desktop.tour.day import Day
from desktop.tour.lead import lead_program, leave, signed_in, turn_to
from desktop.tour.report import Seen
from desktop.tour.waiting import NotSeen, expect, until


def rewards(day: Day) -> Seen:
    """Ctrl+Shift+2 in the lead's window, then the next part: the package as it stands today and will at the end."""
    program = day.lead = lead_program(day, "takeaway-lead")
    try:
        page = turn_to(day, signed_in(day, program), REVIEW)
        until(lambda: page.look is not None and page.look.calls > 0, "the review has come", within_s=90)
        _strike(day, page, Take.PART)
        view = page.extras.rewards_view
        until(lambda: view.chosen_package is not None, "the package is reckoned", within_s=30)
        expect(view.indicators.words(), "the package has no indicators")
        expect(view.board.words(), "the contest has no board")
    except NotSeen:
        _leave(day)
        raise
    made = view.chosen_package
    assert made is not None
    total = made.figures.total
    return {"package": made.figures.package.id, "score": float(total) if total else None, "fen": made.fen}


def problems(day: Day) -> Seen:
    """The next part: what customers met, grouped from reasons and notes."""
    page = _page(day)
    try:
        _strike(day, page, Take.PART)
        view = page.extras.causes_view
        until(lambda: view.chosen is not None, "the problems are grouped", within_s=60)
    except NotSeen:
        _leave(day)
        raise
    group = view.chosen
    assert group is not None
    return {"problem": day.say(group.label), "calls": group.calls, "examples": len(group.examples)}


def exported(day: Day) -> Seen:
    """A workbook by a key; that it was taken goes to the server with the next push."""
    page = _page(day)
    try:
        folder = day.server.folder.parent / "taken-away"
        page.extras.folder.setText(str(folder))
        _strike(day, page, Take.XLSX)
        until(lambda: any(folder.glob("*.xlsx")), "the workbook is written", within_s=60)
        until(lambda: "xlsx" in page.extras.told.text(), "the lead is told where it is")
    finally:
        _leave(day)
    (file,) = folder.glob("*.xlsx")
    return {"file": file.name, "bytes": file.stat().st_size}


def _page(day: Day) -> ReviewPage:
    program = day.lead
    expect(program is not None and program.main is not None, "no lead is signed in")
    assert program is not None
    assert program.main is not None
    return program.main.stack.page(REVIEW)


def _strike(day: Day, page: QWidget, take: Take) -> None:
    page.setFocus()
    combination = QKeySequence(TAKING[take][0])[0]  # type: ignore[index]  # it is one; the stubs do not say so
    day.hand.key(combination.key(), combination.keyboardModifiers())


def _leave(day: Day) -> None:
    if day.lead is not None:
        leave(day, day.lead)
        day.lead = None

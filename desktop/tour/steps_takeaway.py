"""The review is taken into a meeting, without a network: the package and its pay, the problems met, a workbook."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.keys.leading import TAKING, Take
from desktop.review.page import ReviewPage
from desktop.shell.pages import REVIEW
from desktop.tour.day import Day
from desktop.tour.lead import leads_window, turn_to
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until


def rewards(day: Day) -> Seen:
    """The next part of the review: the package as it stands today and will at the end."""
    page = turn_to(day, leads_window(day), REVIEW)
    _strike(day, page, Take.PART)
    view = page.extras.rewards_view
    until(lambda: view.chosen_package is not None, "the package is reckoned", within_s=30)
    expect(view.indicators.words(), "the package has no indicators")
    expect(view.board.words(), "the contest has no board")
    made = view.chosen_package
    assert made is not None
    total = made.figures.total
    return {"package": made.figures.package.id, "score": float(total) if total else None, "fen": made.fen}


def problems(day: Day) -> Seen:
    """The next part: what customers met, grouped from reasons and notes."""
    page = _page(day)
    _strike(day, page, Take.PART)
    view = page.extras.causes_view
    until(lambda: view.chosen is not None, "the problems are grouped", within_s=60)
    group = view.chosen
    assert group is not None
    return {"problem": day.say(group.label), "calls": group.calls, "examples": len(group.examples)}


def exported(day: Day) -> Seen:
    """A workbook by a key; that it was taken waits to be uploaded."""
    page, store = _page(day), leads_window(day).entered.store
    before = store.outbox_state().waiting
    folder = day.server.folder.parent / "taken-away"
    page.extras.folder.setText(str(folder))
    _strike(day, page, Take.XLSX)
    until(lambda: any(folder.glob("*.xlsx")), "the workbook is written", within_s=60)
    until(lambda: "xlsx" in page.extras.told.text(), "the lead is told where it is")
    until(lambda: store.outbox_state().waiting > before, "the export waits to be put on record")
    (file,) = folder.glob("*.xlsx")
    return {"file": file.name, "bytes": file.stat().st_size, "waiting": store.outbox_state().waiting}


def _page(day: Day) -> ReviewPage:
    return leads_window(day).stack.page(REVIEW)


def _strike(day: Day, page: QWidget, take: Take) -> None:
    page.setFocus()
    combination = QKeySequence(TAKING[take][0])[0]  # type: ignore[index]  # it is one; the stubs do not say so
    day.hand.key(combination.key(), combination.keyboardModifiers())

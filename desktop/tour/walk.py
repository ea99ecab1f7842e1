"""Taking the steps one after the other: a step that fails is kept, and the day goes on where it can."""

import sys
import time
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.tour.album import Album
from desktop.tour.day import Day
from desktop.tour.hand import Key
from desktop.tour.plan import PLAN, Step
from desktop.tour.report import Report, StepTaken
from desktop.tour.waiting import NotSeen


def walk(day: Day, album: Album, report: Report) -> None:
    """All steps; the report is filled as they go."""
    for number, (name, step) in enumerate(PLAN, start=1):
        taken = take(day, album, name, step)
        report.steps.append(taken)
        mark = "ok    " if taken.ok else "FAILED"
        why = "" if taken.ok else f"  {taken.seen['failed']}"
        sys.stdout.write(f"{number:02d} {mark} {taken.milliseconds:>6} ms  {name}{why}\n")
        sys.stdout.flush()
    report.ok = all(taken.ok for taken in report.steps)


def take(day: Day, album: Album, name: str, step: Step) -> StepTaken:
    start = time.monotonic()
    slipped: list[str] = []
    before, sys.excepthook = sys.excepthook, _noting(slipped, sys.excepthook)
    try:
        seen, ok = step(day), True
    except NotSeen as missed:
        seen, ok = {"failed": str(missed), **_state(day)}, False
    except Exception as error:
        # Whatever else goes wrong in a step is the step's: it is reported with its place, and the day goes on.
        traceback.print_exc()
        seen, ok = {"failed": f"{type(error).__name__}: {error}", **_state(day)}, False
    finally:
        sys.excepthook = before
    if slipped and ok:
        # Qt goes on after an error in a slot; a day in which one happened was not well.
        seen, ok = {**seen, "failed": slipped[0]}, False
    spent = round((time.monotonic() - start) * 1000)
    window = _window(day)
    picture = album.take(window, name) if window is not None else ""
    if not ok:
        _clear_the_desk(day)
    return StepTaken(name=name, ok=ok, milliseconds=spent, seen=seen, picture=picture)


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def _noting(slipped: list[str], before: Hook) -> Hook:
    def note(kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        slipped.append(f"{kind.__name__}: {error}")
        before(kind, error, place)

    return note


def _window(day: Day) -> QWidget | None:
    return day.app.main or day.app.signin


def _state(day: Day) -> dict[str, object]:
    if day.app.main is None:
        return {"said": day.app.signin.banner.message if day.app.signin else ""}
    return {"said": day.banner, "status": day.sync_line}


def _clear_the_desk(day: Day) -> None:
    """What a failed step left open would cover the next: panels are closed, the server is there again."""
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog) and one.isVisible():
            one.activateWindow()
            day.hand.key(Key.Key_Escape)
    if not day.server.pid:
        day.server.start()

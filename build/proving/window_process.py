"""An agent at the real window, in a process that can be killed: opens, dials, types a note letter by letter, saves.

Each step is told on a pipe the moment after the window shows it. The server is an address where nobody answers, so that
all that was saved is still on the desk.
"""

import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desk_kit import Working
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from core.store.types import Section
from desktop import theme
from desktop.call.draft_keeper import DraftKeeper

PRELOADED = ["window_process", "desktop.call.call_page", "core.desk.entering"]
LETTER_S = 0.02
"""between two letters: a quick typist"""
WORDS = "call back once the bill is there"


class _Waiting:
    """What the windows' tests have of pytest-qt."""

    def waitUntil(self, seen: Callable[[], bool], *, timeout: int) -> None:
        deadline = time.monotonic() + timeout / 1000
        while not seen():
            if time.monotonic() > deadline:
                raise TimeoutError("the window never came to it")
            QApplication.processEvents()
            time.sleep(0.005)


def work_at_window(pipe: Connection, folder: Path, mark: int, keeps_drafts: bool) -> None:
    """Until killed. First tells "ready", then what happened, with which task and words, and when: "back" with the note
    that a draft brought, "open", "typed" with the note so far, "saved"."""
    qInstallMessageHandler(_quiet)
    if not keeps_drafts:
        DraftKeeper.keep = DraftKeeper.keep_last = lambda _self: None  # type: ignore[method-assign]
    application = QApplication([*theme.STYLE_ARGUMENTS])
    desk = Working(_Waiting(), application, folder)  # type: ignore[arg-type]
    pipe.send("ready")
    for number in range(1_000):
        _one(desk, pipe, f"{mark}.{number} {WORDS}")


def _quiet(_kind: QtMsgType, _context: Any, _words: str) -> None:
    return None


def _one(desk: Working, pipe: Connection, note: str) -> None:
    task_id = _next(desk)
    desk.open(task_id)
    if desk.note.strip():
        _tell(pipe, "back", task_id, desk.note)
    _tell(pipe, "open", task_id, "")
    if desk.state == "preview":
        desk.press("F7")
        desk.until(lambda: desk.state == "dialling")
    if not desk.session.form.result:
        desk.press("Alt+4")
    desk.press("Alt+N", "Ctrl+A")
    for end in range(1, len(note) + 1):
        desk.type(note[end - 1])
        _tell(pipe, "typed", task_id, note[:end])
        until = time.monotonic() + LETTER_S
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.002)
    desk.press("Escape", "Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", task_id))
    _tell(pipe, "saved", task_id, note)


def _tell(pipe: Connection, what: str, task_id: str, words: str) -> None:
    pipe.send((what, task_id, words, time.monotonic()))


def _next(desk: Working) -> str:
    """What is unfinished comes first, as for any agent; else the next in the queue who may be called."""
    rows = desk.rows()
    unfinished = [row.task_id for row in rows if row.section is Section.UNFINISHED]
    free = [row.task_id for row in rows if row.section in (Section.DUE, Section.VIP, Section.SCENARIO)]
    return (unfinished + free)[0]

"""Keeps what is filled in at each change, one write at a time; what changes meanwhile waits, with the newest state."""

import threading
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer

from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.draft import encode_draft
from core.store.types import Draft
from desktop.lane import Lane

PAINTED_S = 0.05
"""so long a write waits, at most, for the step that it keeps to be painted"""


class DraftKeeper:
    """`session` gives the one whose state may be kept now, or None; `kept` is told of each write that was done."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        session: Callable[[], CallSession | None],
        kept: Callable[[], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._lane, self._session = desk, lane, session
        self._kept, self._show_error = kept, show_error
        self.kept_at: datetime | None = None
        """of the customer in view; aware UTC"""
        self._under_way = False
        self._dirty = False

    def keep(self) -> None:
        """Keep the newest state; nothing is kept of a customer who was only looked at."""
        session = self._session()
        if session is None:
            return
        if session.untouched and self.kept_at is None and session.opened.draft is None:
            return
        if self._under_way:
            self._dirty = True
            return
        self._under_way = True
        self._write(session, self._desk.moment().wall)

    def keep_last(self) -> None:
        """As `keep`, though a write is under way: nobody will be there to follow it up. The lane keeps their order."""
        self._under_way = False
        self.keep()

    def keep_waiting(self) -> None:
        """The customer makes way: what changed while a write was under way is written as well."""
        session = self._session()
        if self._dirty and session is not None:
            self._dirty = False
            self._write(session, self._desk.moment().wall)

    def _write(self, session: CallSession, now: datetime) -> None:
        draft = Draft(
            key=session.opened.key,
            customer_id=session.opened.customer_id,
            task_id=session.opened.task_id,
            begun=session.flow.begun,
            body=encode_draft(session.draft()),
            at=now,
        )

        def done(_: object) -> None:
            self._under_way = False
            if self._session() is session:
                self.kept_at = now
                self._kept()
            if self._dirty:
                self._dirty = False
                self.keep()

        def failed(error: Exception) -> None:
            self._under_way = self._dirty = False
            self._show_error(error)

        painted = threading.Event()
        QTimer.singleShot(0, painted.set)

        def work() -> None:
            # A thread that works beside the painting doubles its time; what comes after on the lane keeps its place.
            painted.wait(PAINTED_S)
            self._desk.store.put_draft(draft)

        self._lane(work, done, failed)

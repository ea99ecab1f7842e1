"""The real main window at a real server, signed in, and the hands that work in it by key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import city_server
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from windows import LIMIT_MS, NotPainted, application, until_painted

from core.calling import Moment, UriDialler
from core.demo.people import PASSWORD
from core.desk import entering
from core.domain.call import CallState
from core.store import passphrase_key
from desktop.config import Config
from desktop.jobs import Jobs
from desktop.main_window import MainWindow
from desktop.shell.pulled_news import SyncNews
from desktop.tidy import Tidy
from desktop.tongue import Tongue

SIZE = (1600, 940)
_PASSPHRASE = "benchmark-passphrase"
UNANSWERED = "unanswered"
BREATH_MS = 3


class SkippingClock:
    """The desk's clock, which can be put ahead: nobody waits through a talk of a minute and a half."""

    def __init__(self, real: Callable[[], Moment]) -> None:
        self._real, self.ahead = real, 0.0

    def __call__(self) -> Moment:
        now = self._real()
        return Moment(now.wall + timedelta(seconds=self.ahead), now.monotonic_s + self.ahead)


class LiveDesk:
    """A desk at work. Each step waits until the window has answered it."""

    def __init__(self, window: MainWindow, jobs: Jobs, news: SyncNews, clock: "SkippingClock") -> None:
        self._clock = clock
        self.window, self.jobs, self.news, self.presenter = window, jobs, news, window.presenter
        assert window.call_page is not None
        self.page = window.call_page
        # The phone of this machine is not to be troubled: the hand-over is taken for done.
        self.presenter.call.dialler = UriDialler("tel", lambda _address: True)

    def open_first(self) -> None:
        """The first task of the queue that can be called."""
        self.until(lambda: self.window.isActiveWindow() and self.window.queue.model.rowCount() > 1)
        self.press("Ctrl+L", "Down", "Return")
        self.until(lambda: self.presenter.session is not None)

    def take_keys(self) -> None:
        """The keys go to this window, whichever was looked at last."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def dial(self) -> None:
        self.press("F7")
        self.until(lambda: self.presenter.call.state is CallState.DIALLING)

    def unanswered(self) -> None:
        """Nobody answered: the row that offers it, pressed until it is chosen."""
        session = self.presenter.session
        assert session is not None
        offered = [(row.code, *(choice.code for choice in row.choices)) for row in session.opened.dispositions.results]
        place = next(index for index, codes in enumerate(offered, start=1) if UNANSWERED in codes)
        for _ in offered[place - 1]:
            if session.form.result != UNANSWERED:
                self.press(f"Alt+{place}")

    def choose_what_can_be_saved(self) -> None:
        """One result after the other, with the first reason and callback, until one lacks nothing."""
        session = self.presenter.session
        assert session is not None
        for place in range(1, len(session.opened.dispositions.results) + 1):
            self._choose(f"Alt+{place}")
            if not session.form.reason:
                self._choose("Z")
            if not session.form.planned:
                self._choose("A")
            if not session.lacking():
                return
        raise NotPainted(f"no result can be saved: {[text.en for text in session.lacking()]}")

    def _choose(self, key: str) -> None:
        self.press(key)
        self.breathe()

    def save(self) -> None:
        """Ctrl+Enter, until the outcome is committed and the next customer is painted."""
        before = self.presenter.session
        until_painted(
            self.page.view360.current().widget(),
            lambda: self.press("Ctrl+Return"),
            lambda: self.presenter.session not in (before, None) and not self.page.behind and self.presenter.on_disk,
        )

    def press(self, *keys: str) -> None:
        for key in keys:
            combination = QKeySequence(key)[0]  # type: ignore[index]  # it is one; the stubs do not say so
            QTest.keyClick(self._focus, combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """As an input method commits it: the test library knows ASCII alone."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self._focus, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, text))

    def breathe(self) -> None:
        """Let the event loop fall asleep once, as between two keys of a person."""
        loop = QEventLoop()
        QTimer.singleShot(BREATH_MS, loop.quit)
        loop.exec()

    def pass_(self, seconds: float) -> None:
        """So much time goes by on the desk's clock."""
        self._clock.ahead += seconds

    def rest(self) -> None:
        """Until what was asked of the store's lane so far has been answered."""
        done: list[bool] = []
        for first in (True, False):
            self.jobs.store(self.window, lambda: True, done.append, first=first)
        self.until(lambda: len(done) == 2)

    def until(self, seen: Callable[[], bool], limit_ms: int = LIMIT_MS) -> None:
        """Run the event loop, asleep between events, until `seen` holds."""
        loop, look, late = QEventLoop(), QTimer(), QTimer()
        look.timeout.connect(lambda: loop.quit() if seen() else None)
        late.setSingleShot(True)
        late.timeout.connect(lambda: loop.exit(1))
        look.start(1)
        late.start(limit_ms)
        if not seen() and loop.exec():
            raise NotPainted(f"the desk did not get there; it says: {self.window.banner.message}")

    @property
    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window


@contextmanager
def live_desk(url: str, folder: Path) -> Iterator[LiveDesk]:
    """Signed in at the server and shown, with all that the server has for this desk."""
    qt = application()
    jobs, news, tongue = Jobs(), SyncNews(), Tongue()
    place = entering.folder_of(folder, url, city_server.AGENT.staff_number)
    # The key comes from a passphrase: a benchmark puts nothing into the user's own keyring.
    passphrase_key(place, _PASSPHRASE)
    entered = entering.sign_in(
        place, url, city_server.AGENT.staff_number, PASSWORD, passphrase=_PASSPHRASE, listener=news.told.emit
    )
    clock = entered.desk.moment = SkippingClock(entered.desk.moment)
    window = MainWindow(entered, news, Config(server=url, width=SIZE[0], height=SIZE[1]), tongue, jobs)
    jobs.unhandled.connect(window.show_error)
    Tidy(lambda: entered.store.courtesy.rested_s, window)
    window.show()
    window.activateWindow()
    try:
        yield LiveDesk(window, jobs, news, clock)
    finally:
        jobs.drain()
        entered.leave()
        window.hide()
        window.deleteLater()
        qt.processEvents()

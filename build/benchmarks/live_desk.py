"""The real main window at a real server, signed in, and the hands that work in it by key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import city_server
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from windows import LIMIT_MS, NotPainted, application, until_painted

from core.calling import UriDialler
from core.demo.people import PASSWORD
from core.desk import entering
from core.domain.call import CallState
from core.store import passphrase_key
from desktop.config import Config
from desktop.jobs import Jobs
from desktop.main_window import MainWindow, SyncNews
from desktop.tongue import Tongue

SIZE = (1600, 940)
_PASSPHRASE = "benchmark-passphrase"
UNANSWERED = "unanswered"


class LiveDesk:
    """A desk at work. Each step waits until the window has answered it."""

    def __init__(self, window: MainWindow, jobs: Jobs, news: SyncNews) -> None:
        self.window, self.jobs, self.news, self.presenter = window, jobs, news, window.presenter
        assert window.call_page is not None
        self.page = window.call_page
        # The phone of this machine is not to be troubled: the hand-over is taken for done.
        self.presenter.dialler = UriDialler("tel", lambda _address: True)

    def open_first(self) -> None:
        """The first task of the queue that can be called."""
        self.until(lambda: self.window.isActiveWindow() and self.window.queue.model.rowCount() > 1)
        self.press("Ctrl+L", "Down", "Return")
        self.until(lambda: self.presenter.session is not None)

    def dial(self) -> None:
        self.press("F7")
        self.until(lambda: self.presenter.state is CallState.DIALLING)

    def unanswered(self) -> None:
        """Nobody answered: the row that offers it, pressed until it is chosen."""
        session = self.presenter.session
        assert session is not None
        offered = [(row.code, *(choice.code for choice in row.choices)) for row in session.opened.dispositions.results]
        place = next(index for index, codes in enumerate(offered, start=1) if UNANSWERED in codes)
        while session.form.result != UNANSWERED:
            self.press(f"Alt+{place}")

    def save(self) -> None:
        """Ctrl+Enter, until the outcome is committed and the next customer is painted."""
        before = self.presenter.session
        until_painted(self.page.header, lambda: self.press("Ctrl+Return"), lambda: self.presenter.session is not before)

    def press(self, *keys: str) -> None:
        for key in keys:
            combination = QKeySequence(key)[0]  # type: ignore[index]  # it is one; the stubs do not say so
            QTest.keyClick(self._focus, combination.key(), combination.keyboardModifiers())

    def rest(self) -> None:
        """Until what was asked of the store's lane so far has been answered."""
        done: list[bool] = []
        self.jobs.store(self.window, lambda: True, done.append)
        self.until(lambda: bool(done))

    def until(self, seen: Callable[[], bool]) -> None:
        """Run the event loop, asleep between events, until `seen` holds."""
        loop, look, late = QEventLoop(), QTimer(), QTimer()
        look.timeout.connect(lambda: loop.quit() if seen() else None)
        late.setSingleShot(True)
        late.timeout.connect(lambda: loop.exit(1))
        look.start(1)
        late.start(LIMIT_MS)
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
    window = MainWindow(entered, news, Config(server=url, width=SIZE[0], height=SIZE[1]), tongue, jobs)
    window.show()
    window.activateWindow()
    try:
        yield LiveDesk(window, jobs, news)
    finally:
        jobs.drain()
        entered.leave()
        window.hide()
        window.deleteLater()
        qt.processEvents()

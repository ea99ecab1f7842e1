"""Where the server's certificate will not do, the sign-in asks for what helps, or lets one go on offline."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest
from certificate_kit import Made, issuer, server
from desk_kit import SU
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from rough_server import SmallStayline, serving

from core.desk.server_word import CERTIFICATES
from core.domain.clock import utc_now
from core.store import keyring_backend
from core.wire.server_key import code_of
from core.wire.session import Session
from desktop.app import Application, options
from desktop.signin.window import SignInWindow

PASSWORD = "stayline-demo"


class Centre(SmallStayline):
    """A server that knows one agent and holds nothing."""

    def session(self) -> Session:
        return msgspec.structs.replace(super().session(), agent=SU)


class Ring:
    """A keyring that is open."""

    viable = True

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Starts:
    """The program of one machine, started again and again, and servers that show certificates."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
        self.qtbot, self.qapp, self.folder = qtbot, qapp, folder
        self.small = Centre(clock=utc_now)
        self.ends = ExitStack()
        self._program: Application | None = None
        centre = issuer(folder)
        self.centre = centre.file
        self.first = server(folder, "first", issued_by=centre)
        self.other = server(folder, "other", issued_by=centre)

    def start(self, made: Made) -> SignInWindow:
        """The sign-in window, filled in, before a server that shows that certificate."""
        self.end()
        url = self.ends.enter_context(serving(self.small, tls=made.tls))
        program = Application(self.qapp, options(["--server", url, "--data", str(self.folder), "--lang", "zh_CN"]))
        program.config.stay = False
        self._program = program
        program.start()
        window = program.signin
        assert window is not None
        window.staff_number.setText(SU.staff_number)
        window.look_for_key()
        program.jobs.drain()
        self.qapp.processEvents()
        return window

    def press(self, window: SignInWindow) -> None:
        """Signs in, until the window has an answer."""
        window.banner.clear()
        window.password.setText(PASSWORD)
        QTest.keyClick(window.password, Qt.Key.Key_Return)
        self.until(lambda: self.program.main is not None or bool(window.banner.message))

    @property
    def program(self) -> Application:
        assert self._program is not None
        return self._program

    def until(self, seen: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(seen, timeout=20_000)

    def end(self) -> None:
        program, self._program = self._program, None
        if program is None:
            return
        program.leave()
        for window in (program.main, program.signin):
            if window is not None:
                window.hide()
                window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def starts(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Starts]:
    qapp.setQuitOnLastWindowClosed(False)
    ring = Ring()
    monkeypatch.setattr(keyring_backend, "_viable", lambda: ring)
    made = Starts(qtbot, qapp, tmp_path)
    with made.ends:
        yield made
        made.end()


def test_the_centres_file_is_asked_for_once_and_kept(starts: Starts) -> None:
    window = starts.start(starts.first)
    assert window.trust.isHidden(), "who has no trouble is asked for nothing more"
    starts.press(window)
    assert "证书" in window.banner.message
    assert window.focusWidget() is window.trust.certificates
    assert window.trust.code.isHidden()
    assert not window.trust.word.offline, "nothing is here yet to go on with"
    window.trust.certificates.setText(starts.centre.as_uri())
    starts.press(window)
    assert starts.program.main is not None
    assert (starts.folder / CERTIFICATES).read_bytes() == starts.centre.read_bytes()
    starts.centre.unlink()
    window = starts.start(starts.first)
    starts.press(window)
    assert starts.program.main is not None
    assert not starts.program.main.entered.offline


def test_a_changed_key_lets_nobody_in_but_offline_until_the_code_is_given(starts: Starts) -> None:
    (starts.folder / CERTIFICATES).write_bytes(starts.centre.read_bytes())
    starts.press(starts.start(starts.first))
    assert starts.program.main is not None
    assert starts.program.main.entered.ask.check_code == code_of(starts.first.key)
    starts.small.asked.clear()

    window = starts.start(starts.other)
    starts.press(window)
    assert "换了证书" in window.banner.message
    assert window.focusWidget() is window.trust.code
    assert starts.small.asked == []
    starts.press(window)
    main = starts.program.main
    assert main is not None
    assert main.entered.offline
    starts.until(lambda: "换了证书" in main.footer.sync_hint)
    assert starts.small.asked == []

    window = starts.start(starts.other)
    starts.press(window)
    window.trust.code.setText("AAAA-AAAA-AAAA-AAAA-AAAA")
    starts.press(window)
    assert "对不上" in window.banner.message
    window.trust.code.setText(code_of(starts.other.key))
    starts.press(window)
    assert starts.program.main is not None
    assert not starts.program.main.entered.offline


def test_another_address_begins_without_what_was_told(starts: Starts) -> None:
    window = starts.start(starts.first)
    starts.press(window)
    assert not window.trust.isHidden()
    QTest.keyClick(window.server, Qt.Key.Key_End)
    QTest.keyClicks(window.server, "1")
    assert window.trust.isHidden()

"""Somebody at a computer who signs in at a server of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

from desk_kit import NOBODY, SU, UPGRADE, city, document_of
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from server_process import ServerProcess

from core.desk.entering import folder_of
from core.domain.errors import ServerUnreachable
from core.domain.text import Text
from desktop.app import Application, options
from desktop.main_window import MainWindow
from desktop.signin.window import SignInWindow

PASSWORD, PASSPHRASE = "stayline-demo", "correct horse"


def served(folder: Path) -> Iterator[ServerProcess]:
    with ServerProcess(folder) as running:
        running.add_user(SU, PASSWORD)
        running.publish_content()
        running.load([(document_of(UPGRADE), city()[1][UPGRADE])])
        yield running


class Person:
    """Somebody at a computer who starts the program and fills in the sign-in window."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, data: Path) -> None:
        self.qtbot, self.qapp, self.data = qtbot, qapp, data
        self.programs: list[Application] = []

    def start(self, server: str, *, lang: str = "zh_CN", resuming: bool = False) -> Application:
        given = options(["--server", server, "--data", str(self.data), "--lang", lang])
        program = Application(self.qapp, given)
        self.programs.append(program)
        program.start()
        self.until(lambda: (program.main if resuming else program.signin) is not None)
        return program

    def sign_in(
        self, program: Application, *, password: str = PASSWORD, passphrase: str = PASSPHRASE, again: str | None = None
    ) -> None:
        window = self.window(program)
        if not window.staff_number.text():
            self.fill(window.staff_number, SU.staff_number)
            window.look_for_key()
        program.jobs.drain()
        self.qapp.processEvents()
        self.fill(window.password, password)
        if window.passphrase.isVisible():
            self.fill(window.passphrase, passphrase)
        if window.again is not None and window.again.isVisible():
            self.fill(window.again, passphrase if again is None else again)
        QTest.mouseClick(window.button, Qt.MouseButton.LeftButton)
        if not window.passphrase.isVisible():
            self.until(lambda: self.answered(program) or window.passphrase.isVisible())
            if not self.answered(program):
                self.choose(program, passphrase, passphrase if again is None else again)

    def choose(self, program: Application, passphrase: str, again: str) -> None:
        """Sets the passphrase that was asked for after the password."""
        window = self.window(program)
        assert window.again is not None
        self.fill(window.passphrase, passphrase)
        self.fill(window.again, again)
        QTest.mouseClick(window.button, Qt.MouseButton.LeftButton)

    def answered(self, program: Application) -> bool:
        return program.main is not None or bool(self.told(program))

    def enter(self, program: Application, **given: str) -> MainWindow:
        self.sign_in(program, **given)
        self.until(lambda: self.answered(program))
        assert program.main is not None, self.told(program)
        return program.main

    def refused(self, program: Application, **given: str) -> str:
        """Signs in, and gives what the window says instead of letting in."""
        self.window(program).banner.clear()
        self.sign_in(program, **given)
        self.until(lambda: bool(self.told(program)) and self.window(program).button.isEnabled())
        assert program.main is None
        return self.told(program)

    @staticmethod
    def window(program: Application) -> SignInWindow:
        assert program.signin is not None
        return program.signin

    @staticmethod
    def told(program: Application) -> str:
        return program.signin.banner.message if program.signin is not None else ""

    @staticmethod
    def fill(field: QLineEdit, text: str) -> None:
        field.clear()
        QTest.keyClicks(field, text)

    def until(self, seen: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(seen, timeout=20_000)

    def end(self, program: Application) -> None:
        """Closes the program."""
        self.programs.remove(program)
        program.leave()
        for window in (program.main, program.signin):
            if window is not None:
                window.hide()
                window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def store(self) -> Path:
        return folder_of(self.data, NOBODY, SU.staff_number)


def whole(label: QWidget) -> bool:
    return label.height() >= label.heightForWidth(label.width())


def cannot() -> None:
    raise ServerUnreachable(
        title=Text("连不上", "Not reached"), message=Text("没有回应", "No answer"), next_step=Text("", "")
    )


def somebody(qtbot: QtBot, qapp: QApplication, data: Path) -> Iterator[Person]:
    qapp.setQuitOnLastWindowClosed(False)
    someone = Person(qtbot, qapp, data)
    yield someone
    for program in list(someone.programs):
        someone.end(program)

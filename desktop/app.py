"""The composition root: builds the objects, paints the first window, then opens the store behind it.

Only PySide6 and msgspec are imported before the first paint; everything else comes while it paints.
"""

import argparse
import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from core.domain.errors import StoreClosed
from core.domain.text import Lang
from desktop import config as configs
from desktop import theme
from desktop.jobs import Jobs
from desktop.parent import ParentWatch
from desktop.signin.attempts import Attempts
from desktop.signin.window import SignInWindow
from desktop.tongue import Tongue

if TYPE_CHECKING:
    from core.desk.entering import Entered
    from desktop.main_window import MainWindow
    from desktop.shell.pulled_news import SyncNews

IMPORT_AFTER_MS = 50
"""by then the first window is painted"""
PUT_AWAY_S = 0.3
"""at the end, for a workbook that is being written to be taken away"""


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="stayline", description="The outbound agent's desktop.")
    parser.add_argument("--server", default="", help="address of the server, such as https://stayline.example")
    parser.add_argument("--data", type=Path, default=None, help="folder of this user's data")
    parser.add_argument("--lang", choices=[lang.value for lang in Lang], default=None)
    parser.add_argument("--size", default="", help="width and height of the window, 1600x940")
    parser.add_argument("--demo", action="store_true", help="name the demo's accounts in the sign-in window")
    parser.add_argument("--parent", type=int, default=0, help="close, as by hand, once this parent process has ended")
    return parser.parse_args(arguments)


class Application(QObject):
    """The program between start and end: one sign-in window, then one main window."""

    def __init__(self, qt: QApplication, given: argparse.Namespace) -> None:
        super().__init__()
        self._qt, self._given = qt, given
        self.data = given.data or configs.data_folder()
        self.config = configs.read(self.data)
        if given.lang:
            self.config.lang = Lang(given.lang)
        if given.server:
            self.config.server = given.server
        if given.size:
            self.config.width, self.config.height = (int(part) for part in given.size.split("x"))
        self.tongue = Tongue(self.config.lang)
        self.jobs = Jobs(self)
        self.signin: SignInWindow | None = None
        self.main: MainWindow | None = None
        self._news: SyncNews | None = None
        self._translator = QTranslator(self)
        self._unsaid: list[Exception] = []
        self.tongue.changed.connect(self._translate_qt)
        self.jobs.unhandled.connect(self._show_unhandled)
        theme.apply(qt, self.config.theme, self.config.scale)
        self._translate_qt()
        qt.aboutToQuit.connect(self.leave)
        if given.parent:
            ParentWatch(given.parent, self).ended.connect(self.close)

    def start(self) -> None:
        """Straight to the queue where the last session goes on, else to the sign-in."""
        if self.config.stay and self.config.server and self.config.staff_number and self._may_resume():
            self.jobs.store(self, self._resume, self._resumed, self._resume_failed)
            # While the worker waits for the keyring.
            import desktop.main_window  # noqa: F401
        else:
            self.show_sign_in()

    def _may_resume(self) -> bool:
        """There is a store of this agent: looked at without importing what opens it."""
        from core.desk.folder import may_have_store

        return may_have_store(self.data, self.config.server, self.config.staff_number)

    def _resume(self) -> "Entered | None":
        from core.desk import entering
        from core.desk.server_word import ServerWord, certificates_of

        folder = entering.folder_of(self.data, self.config.server, self.config.staff_number)
        word = ServerWord(certificates=certificates_of(self.data))
        return entering.resume(folder, self.config.server, listener=self._tell, word=word)

    def _resumed(self, entered: "Entered | None") -> None:
        if entered is None:
            self.show_sign_in()
        else:
            self.show_main(entered)

    def _resume_failed(self, error: Exception) -> None:
        self.show_sign_in()
        assert self.signin is not None
        self.signin.notify.show_error(error)

    def show_sign_in(self) -> None:
        self.signin = SignInWindow(
            self.config,
            self.tongue,
            self.jobs,
            attempts=Attempts(self.data, self._tell),
            demo=self._given.demo,
        )
        self.signin.entered.connect(self.show_main)
        self.signin.show()
        self._say_unsaid()
        self.signin.look_for_key()
        # What the store needs is imported while the person reads and types.
        QTimer.singleShot(IMPORT_AFTER_MS, self, lambda: self.jobs.network(self, _import_the_rest))

    def show_main(self, entered: "Entered") -> None:
        from desktop.main_window import MainWindow
        from desktop.tidy import Tidy

        self.main = MainWindow(entered, self._carrier(), self.config, self.tongue, self.jobs)
        self.main.config_changed.connect(self.keep_config)
        self.main.signed_out.connect(self.sign_out)
        Tidy(lambda: entered.store.courtesy.rested_s, self.main)
        self.keep_config()
        if self.config.maximized and not self._given.size:
            self.main.showMaximized()
        else:
            self.main.show()
        if self.signin is not None:
            self.signin.close()
            self.signin.deleteLater()
            self.signin = None
        self._say_unsaid()

    def _show_unhandled(self, error: Exception) -> None:
        """In whichever window is up; between two windows it waits for the next.

        What a desk that was left still asked of its store concerns nobody: the window that is up has another.
        """
        if isinstance(error, StoreClosed):
            return
        self._unsaid.append(error)
        self._say_unsaid()

    def _say_unsaid(self) -> None:
        window = self.main or self.signin
        while window is not None and self._unsaid:
            window.notify.show_error(self._unsaid.pop(0))

    def sign_out(self) -> None:
        """Ends the session here and on the server; what waits stays and goes at the next sign-in."""
        main = self.main
        if main is None:
            return
        entered, self.main = main.entered, None
        main.presenter.leave()
        self.jobs.abandon()
        self.jobs.drain()
        main.hide()
        entered.sign_out()
        self.jobs.network(self, entered.ask.end_session)
        main.deleteLater()
        self.show_sign_in()

    def keep_config(self) -> None:
        with contextlib.suppress(OSError):
            # A folder that cannot be written is told when the store opens; the look of a window is not worth a word.
            configs.write(self.data, self.config)

    def close(self) -> None:
        """As if the person had closed the window: what is on the desk is kept."""
        if self.main is not None:
            self.main.close()
        self._qt.quit()

    def leave(self) -> None:
        if self.signin is not None:
            self.signin.give_up()
        self.jobs.abandon()
        self.jobs.drain()
        self.jobs.put_away(PUT_AWAY_S)
        if self.main is not None:
            self.main.leave()

    # On workers

    def _tell(self, news: Any) -> None:
        """Called on the sync's thread."""
        if self._news is not None:
            self._news.told.emit(news)

    def _carrier(self) -> "SyncNews":
        from desktop.shell.pulled_news import SyncNews

        self._news = SyncNews(self)
        return self._news

    # Shared

    def _translate_qt(self) -> None:
        """Qt's own words: the menus of text fields, the calendar."""
        self._qt.removeTranslator(self._translator)
        where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self.tongue.lang is Lang.ZH and self._translator.load("qtbase_zh_CN", where):
            self._qt.installTranslator(self._translator)


def _import_the_rest() -> None:
    import core.desk.entering
    import core.store.store
    import core.sync.syncer  # noqa: F401


def make(arguments: list[str]) -> tuple[QApplication, Application]:
    """The program, not yet started."""
    # A start makes much and drops nothing: the collector goes on when the main window stands (`Tidy`).
    gc.disable()
    given = options(arguments)
    # Input methods of Linux desktops; without them Chinese cannot be typed where only ibus runs.
    if sys.platform == "linux" and "WAYLAND_DISPLAY" not in os.environ:
        os.environ.setdefault("QT_IM_MODULE", "ibus")
        os.environ.setdefault("IBUS_USE_PORTAL", "1")
    qt = QApplication([sys.argv[0], *theme.STYLE_ARGUMENTS])
    theme.began_with_style(qt)
    qt.setApplicationName("Stayline")
    qt.setQuitOnLastWindowClosed(True)
    return qt, Application(qt, given)


def main() -> int:
    os.umask(0o077)
    qt, application = make(sys.argv[1:])
    application.start()
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())

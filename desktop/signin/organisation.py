"""Beside the password, where the server offers it: signing in by an account of the organisation, in the browser."""

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.keys.call import ENTERING, Enter
from desktop.keys.caps import cap
from desktop.signin import words
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

if TYPE_CHECKING:
    from core.sync.browser import Browser


class OrganisationWay(QWidget):
    """The button; while the browser is waited for it gives up the wait, as its key does."""

    asked = Signal()
    _to_show = Signal(str)
    """from the worker: the system's browser is opened by the UI thread"""

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self._browser: Browser | None = None
        self.button = QPushButton()
        self.button.setMinimumHeight(theme.px(36))
        self._note = Label(size=12, tone=Tone.MUTED, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        column.addWidget(self._note)
        self.button.clicked.connect(self._pressed)
        QShortcut(QKeySequence(ENTERING[Enter.ORGANISATION][0]), self, self._begin)
        self._escape = QShortcut(QKeySequence(ENTERING[Enter.CANCEL][0]), self, self.cancel)
        self._to_show.connect(self._show)
        self.retranslate()
        self.offer(False)

    def offer(self, offered: bool) -> None:
        self.setVisible(offered)
        self.setEnabled(offered)

    def set_busy(self, busy: bool) -> None:
        """Somebody is being signed in: by password, unless the browser is waited for."""
        self.button.setEnabled(not busy or self._browser is not None)

    @property
    def waiting(self) -> bool:
        return self._browser is not None

    def begin(self) -> "Browser":
        """The browser for one sign-in; it opens once the provider's page is known."""
        from core.sync.browser import Browser

        self._browser = Browser(self._show_from_worker)
        self.retranslate()
        return self._browser

    def end(self) -> None:
        """Nobody is waited for any more: the window comes before the browser again."""
        if self.waiting:
            self._browser = None
            self.retranslate()
            self.window().raise_()
            self.window().activateWindow()

    def cancel(self) -> None:
        if self._browser is not None:
            self._browser.cancel()

    def retranslate(self) -> None:
        say, waiting = self._tongue, self.waiting
        text, act = (words.NOT_IN_BROWSER, Enter.CANCEL) if waiting else (words.ORGANISATION, Enter.ORGANISATION)
        self.button.setText(f"{say(text)}  {cap(ENTERING[act][0])}")
        self.button.setAccessibleName(say(text))
        self._note.set_words(say(words.IN_BROWSER))
        self._note.setVisible(waiting)
        self._escape.setEnabled(waiting)

    def _pressed(self) -> None:
        if self.waiting:
            self.cancel()
        else:
            self._begin()

    def _begin(self) -> None:
        if not self.waiting and self.button.isEnabled():
            self.asked.emit()

    def _show_from_worker(self, address: str) -> None:
        if shiboken6.isValid(self):
            self._to_show.emit(address)

    def _show(self, address: str) -> None:
        if self._browser is not None and not QDesktopServices.openUrl(QUrl(address)):
            self._browser.absent()

"""The quality page of a lead or an agent, over a real store with what the server told, and nobody to talk to."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desk_kit import KEY, NOW, SITE, Clocks, content
from inspection_kit import told
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from reading import reading

from core.demo.people import AGENTS
from core.desk.desk import Desk
from core.domain import decoding
from core.domain.quality.inspection import CoachingCase, SampledCall, ScoreCase
from core.domain.text import Lang, Text
from core.store.opening import open_store
from core.wire.inspecting import QualityItem
from core.wire.pull import PullPage
from desktop import theme
from desktop.jobs import Jobs
from desktop.quality.page import QualityPage
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

ITEM = decoding.decoder(QualityItem)


class AtWork:
    """`staff` at the page, in a window of the smallest size that is promised."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, folder: Path, staff: str, lang: Lang = Lang.ZH) -> None:
        self.qtbot, self.qapp = qtbot, qapp
        theme.apply(qapp, theme.Theme.LIGHT)
        self.store = open_store(folder, KEY)
        self.clock, self.jobs, self.tongue = Clocks(), Jobs(), Tongue(lang)
        agent = next(one for one in AGENTS if one.staff_number == staff)
        self.desk = Desk(store=self.store, agent=agent, site=SITE, moment=self.clock)
        self.said: list[Text] = []
        self.errors: list[Exception] = []
        self._cursor = 0
        self.page: QualityPage | None = None

    def tells(self, *values: SampledCall | ScoreCase | CoachingCase, first: bool = False) -> None:
        self._cursor += 1
        changes = [*(content() if first else ()), *told(*values)]
        page = PullPage(changes=changes, cursor=str(self._cursor), more=False, server_time=NOW)
        self.store.apply(page, now=NOW)
        if self.page is not None:
            self.page.refresh()
            self.settle()

    def show(self) -> QualityPage:
        self.page = QualityPage(
            self.desk, self.tongue, lane=partial(self.jobs.store, self.jobs), say=self._say,
            show_error=self.errors.append, logged=lambda: None,
        )  # fmt: skip
        self.page.resize(1366, 690)
        self.page.show()
        self.page.activateWindow()
        self.page.refresh()
        self.settle()
        self.page.list.setFocus()
        return self.page

    def _say(self, text: Text, _tone: Tone) -> None:
        self.said.append(text)

    def settle(self) -> None:
        for _ in range(4):
            self.jobs.drain()
            self.qapp.processEvents()

    def press(self, *keys: str) -> None:
        for key in keys:
            combination = QKeySequence(key)[0]  # type: ignore[index]  # it is one; the stubs do not say so
            target: QWidget = QApplication.focusWidget() or self.shown
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
            self.settle()

    def type(self, text: str) -> None:
        """As an input method does it."""
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.insert(text)

    @property
    def shown(self) -> QualityPage:
        assert self.page is not None
        return self.page

    @property
    def words(self) -> str:
        return "\n".join(text for _, text in reading(self.shown))

    @property
    def sent(self) -> list[QualityItem]:
        return [ITEM.decode(one.body) for one in self.store.pending(100)]

    def until(self, seen: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(seen, timeout=8_000)

    def leave(self) -> None:
        self.settle()
        if self.page is not None:
            self.page.hide()
            self.page.deleteLater()
        self.jobs.deleteLater()
        self.store.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

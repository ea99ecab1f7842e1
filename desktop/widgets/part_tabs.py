"""A page of several parts behind tabs, each made when it is first wanted."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from core.domain.text import Text
from desktop import theme
from desktop.keys.caps import cap
from desktop.tongue import Tongue
from desktop.widgets.keyed import keyed


class Part(QWidget):
    """One part of a page, behind a tab. Qt's metaclass leaves no room for ABC's: mypy alone holds to the marks."""

    @abstractmethod
    def refresh(self) -> None:
        """Read anew what it shows."""

    @abstractmethod
    def retranslate(self) -> None:
        """Everything in the present language."""


class PartTab(NamedTuple):
    title: Text
    make: Callable[[], Part]
    """called once, when the part is first wanted: imports what nobody else needs inside"""


class PartTabs(QWidget):
    def __init__(
        self, tongue: Tongue, title: Text, parts: Sequence[PartTab], *, key: str, parent: QWidget | None = None
    ) -> None:
        """`title` is the page's; `key` turns to the next part, and from the last to the first."""
        super().__init__(parent)
        self._tongue, self._title, self._parts, self._key = tongue, title, parts, key
        self._made: dict[int, Part] = {}
        self._come = False
        """it came into sight, and was not read since"""
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self._places = [QVBoxLayout() for _ in parts]
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for place in self._places:
            place.setContentsMargins(0, 0, 0, 0)
            holder = QWidget()
            holder.setLayout(place)
            self.tabs.addTab("")
            self.stack.addWidget(holder)
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, theme.px(6), edge, edge)
        column.setSpacing(theme.px(6))
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._turn)
        keyed(self, key, self._next)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def part(self) -> Part:
        """The part in sight, made the first time that it is asked for."""
        at = self.tabs.currentIndex()
        if at not in self._made:
            part = self._made[at] = self._parts[at].make()
            self._places[at].addWidget(part)
            self._tongue.changed.connect(part.retranslate)
        return self._made[at]

    def refresh(self) -> None:
        """The part in sight reads anew. It takes the keys where the page has just come into sight; else whoever types
        in it goes on."""
        typing = QApplication.focusWidget()
        within = typing is not None and self.part.isAncestorOf(typing)
        self._read(self.tabs.currentIndex(), focus=self._come or not within)
        self._come = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._come = True

    def retranslate(self) -> None:
        self.tabs.setAccessibleName(self._tongue(self._title))
        for at, one in enumerate(self._parts):
            self.tabs.setTabText(at, f"  {self._tongue(one.title)}  ")
        self.tabs.setToolTip(cap(self._key))

    def _next(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def _turn(self, at: int) -> None:
        self._read(at, focus=True)

    def _read(self, at: int, *, focus: bool) -> None:
        part = self.part
        self.stack.setCurrentIndex(at)
        self.setFocusProxy(part)
        part.refresh()
        if focus and self.isVisible():
            part.setFocus()

"""Holds a page's place until it is first wanted: what nobody looks at yet costs a start nothing."""

from collections.abc import Callable
from typing import Generic

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.shell.page import MadePage, Page


class LaterPage(QWidget, Generic[Page]):
    def __init__(self, make: Callable[[], MadePage[Page]]) -> None:
        super().__init__()
        self._make = make
        self._made: MadePage[Page] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def page(self) -> Page:
        """The page, made the first time that it is asked for."""
        return self._now().widget

    def stand(self) -> None:
        """Make the page if it is not yet; it is not read for that."""
        self._now()

    def refresh(self) -> None:
        self._now().refresh()

    def _now(self) -> MadePage[Page]:
        if self._made is None:
            self._made = self._make()
            self._column.addWidget(self._made.widget)
            self._made.widget.setVisible(True)
            self.setFocusProxy(self._made.widget)
        return self._made

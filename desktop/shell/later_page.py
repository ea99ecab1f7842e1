"""Holds a page's place until it is first wanted: what nobody looks at yet costs a start nothing."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

Page = TypeVar("Page", bound=QWidget)


class LaterPage(QWidget, Generic[Page]):
    def __init__(self, make: Callable[[], Page]) -> None:
        super().__init__()
        self._make = make
        self._made: Page | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def page(self) -> Page:
        """The page, made the first time that it is asked for."""
        if self._made is None:
            self._made = self._make()
            self._column.addWidget(self._made)
            self._made.setVisible(True)
            self.setFocusProxy(self._made)
        return self._made

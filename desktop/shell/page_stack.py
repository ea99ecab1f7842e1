"""The pages that this agent's role sees, one of them in sight."""

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.shell.later_page import LaterPage
from desktop.shell.page import Page, PageContext, ShellPage, Tidings

_LEAST_PX = 690
"""what the smallest window that is promised, 768 high, leaves for a page"""


class PageStack(QStackedWidget):
    turned = Signal(object)
    """another page is in sight"""

    def __init__(self, context: PageContext, pages: dict[str, ShellPage[Any]], parent: QWidget) -> None:
        # Given its parent at once: Qt goes through all that lies in a widget whenever it is handed to another.
        super().__init__(parent)
        self._pages = list(pages.values())
        self._places = [LaterPage(partial(page.make, context)) for page in self._pages]
        for place in self._places:
            self.addWidget(place)
        self._places[0].stand()

    def minimumSizeHint(self) -> QSize:
        """What a page that nobody looks at claims, or words that wrap, pushes no footer out of the smallest window."""
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), _LEAST_PX))

    def page(self, page: ShellPage[Page]) -> Page:
        """The widget of a page, made the first time that it is asked for. ValueError: the role does not see it."""
        found: Page = self._places[self._pages.index(page)].page
        return found

    def show_page(self, page: ShellPage[Any]) -> None:
        """Its main part takes the focus, and it reads anew what it shows."""
        place = self._places[self._pages.index(page)]
        self.setCurrentWidget(place)
        self.turned.emit(page)
        place.refresh()

    def tell(self, tidings: Tidings) -> None:
        """Only the page in sight: the others read anew when they are chosen."""
        if tidings in self._pages[self.currentIndex()].follows:
            self._places[self.currentIndex()].refresh()

"""The tip in view: read, or written in better words in the same place."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from core.domain.knowledge import Tip
from core.domain.tip_rules import TITLE_MOST
from desktop import theme
from desktop.knowledge.reader import ArticleView
from desktop.tips import words
from desktop.tongue import Tongue


class Wording(QStackedWidget):
    """Esc leaves the words as they were. What is typed waits with its tip while another is looked at."""

    def __init__(self, *, left: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reader = ArticleView()
        self.title, self.text = QLineEdit(), QPlainTextEdit()
        self.title.setMaxLength(TITLE_MOST)
        self.text.setTabChangesFocus(True)
        editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.title)
        column.addWidget(self.text, 1)
        self.addWidget(self.reader)
        self.addWidget(editor)
        self._begun: dict[UUID, tuple[str, str]] = {}
        self._in_view: UUID | None = None
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), editor, left)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def retranslate(self, tongue: Tongue) -> None:
        self.reader.setAccessibleName(tongue(words.TIP))
        for field, name in ((self.title, words.TITLE), (self.text, words.TEXT)):
            field.setPlaceholderText(tongue(name))
            field.setAccessibleName(tongue(name))

    @property
    def writing(self) -> bool:
        return self.currentIndex() == 1

    def show_tip(self, tip: Tip | None, note: str) -> None:
        """The tip to be read; one whose words were begun anew, to go on with them."""
        self._keep()
        self._in_view = None if tip is None else tip.id
        if tip is None:
            self.reader.clear()
            self.setCurrentIndex(0)
            return
        self.reader.show_markdown(tip.title, note, tip.text)
        begun = self._begun.get(tip.id)
        if begun is not None:
            self._put(*begun)
        self.setCurrentIndex(int(begun is not None))

    def begin(self, tip: Tip) -> None:
        """The keys go to the text."""
        self._begun[tip.id] = (tip.title, tip.text)
        self._put(tip.title, tip.text)
        self.setCurrentIndex(1)
        self.text.setFocus()

    def end(self, tip_id: UUID) -> None:
        """Its words are sent, or left as they were."""
        self._begun.pop(tip_id, None)
        if tip_id == self._in_view:
            self.setCurrentIndex(0)

    def _put(self, title: str, text: str) -> None:
        # The same words set again would move the cursor.
        if (title, text) != (self.title.text(), self.text.toPlainText()):
            self.title.setText(title)
            self.text.setPlainText(text)

    def _keep(self) -> None:
        if self._in_view in self._begun:
            self._begun[self._in_view] = (self.title.text(), self.text.toPlainText())

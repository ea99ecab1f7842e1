"""Shows an article: Markdown alone, no HTML, nothing fetched from anywhere."""

from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop import theme

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_LINE_PERCENT = 128.0


class ArticleView(QTextBrowser):
    link_followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ("", "")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.anchorClicked.connect(lambda url: self.link_followed.emit(url.toString()))

    def show_markdown(self, title: str, note: str, text: str) -> None:
        """A title, a line below it in small, and the text. Whoever reads that text already stays where they are."""
        document = self.document()
        same = self._shown == (title, text) and not document.isEmpty()
        place = self.verticalScrollBar().value() if same else 0
        self._shown = (title, text)
        document.setDefaultFont(theme.font(14))
        document.setMarkdown(f"## {_escaped(title)}\n\n{_escaped(note)}\n\n{text}", _FEATURES)
        _space(document)
        _make_small(document.findBlockByNumber(1))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing, whatever a text names: articles have no pictures, and no address is ever asked."""
        return None


def _space(document: QTextDocument) -> None:
    """Lines and paragraphs as far apart as elsewhere in the window."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        form = cursor.blockFormat()
        form.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        in_table = cursor.currentTable() is not None
        form.setBottomMargin(0 if in_table else theme.px(3 if cursor.currentList() is not None else 8))
        cursor.setBlockFormat(form)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            table = frame.format()
            table.setBorder(1)
            table.setBorderCollapse(True)
            table.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            table.setBorderBrush(theme.colour(theme.tokens().line))
            table.setCellPadding(theme.px(4))
            table.setBottomMargin(theme.px(8))
            frame.setFormat(table)


def _make_small(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    small = QTextCharFormat()
    small.setFont(theme.font(12))
    small.setForeground(theme.colour(theme.tokens().mut))
    cursor.mergeCharFormat(small)


def _escaped(words: str) -> str:
    """Signs of Markdown in a title stand for themselves."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#" else char for char in words)

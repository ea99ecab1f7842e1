"""Reads a window: every word that a person can see or a screen reader tells, widget by widget."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from desktop.widgets.chart import Chart
from desktop.widgets.line_list import LineList
from desktop.widgets.say_box import SayBox


def reading(root: QWidget) -> list[tuple[QWidget, str]]:
    """Each visible widget below `root`, itself included, with its words one by one; empty ones left out."""
    return [
        (widget, text)
        for widget in (root, *root.findChildren(QWidget))
        if widget.isVisible()
        for text in words_of(widget)
        if text.strip()
    ]


def words_of(widget: QWidget) -> Iterator[str]:
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, SayBox):
        yield widget.words
    elif isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(i) for i in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(i) for i in range(widget.count()))
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QAbstractItemView):
        yield from _cells(widget)
    if isinstance(widget, LineList):
        yield from widget.words()
        yield widget.empty_words
    if isinstance(widget, Chart):
        yield from (point.hint for point in widget.points())


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount())
    if isinstance(view, QTableView) and view.horizontalHeader().isVisible():
        yield from (str(model.headerData(c, Qt.Orientation.Horizontal) or "") for c in columns)
    for row in range(min(model.rowCount(), 40)):
        yield from (str(model.index(row, c).data() or "") for c in columns)

"""The review on paper, for a meeting: the figures in words and numbers, then the picture that was in view."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from core.domain.errors import InputError
from core.domain.text import Text
from core.review.taking.whole_file import whole_file

DPI = 150
_INK, _MUTED, _LINE = QColor("#1b2430"), QColor("#5d6b7f"), QColor("#cdd6e0")
_EDGE_MM = 12.0


class HandoutTable(Struct, frozen=True):
    """A heading, the columns' heads, and rows of words."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Handout(Struct, frozen=True):
    """What a handout says; all of it words already."""

    title: str
    lines: tuple[str, ...]
    """period, filters, as of when, by whom"""
    tables: tuple[HandoutTable, ...]
    family: str
    """of the type"""


def write_handout(path: Path, handout: Handout, picture: QImage | None, *, page: str) -> int:
    """Write the PDF and give the number of rows in its tables; for a worker. Raises InputError where the disk does not
    take it: no half of a file is left."""
    with whole_file(path) as beside:
        writer = QPdfWriter(str(beside))
        writer.setResolution(DPI)
        writer.setTitle(handout.title)
        writer.setCreator("Stayline")
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape,
                QMarginsF(_EDGE_MM, _EDGE_MM, _EDGE_MM, _EDGE_MM), QPageLayout.Unit.Millimeter,
            )
        )  # fmt: skip
        painter = QPainter()
        if not painter.begin(writer):
            raise _unwritable(path)
        _Paper(writer, painter, handout, page).draw(picture)
        if not painter.end() or not beside.stat().st_size:
            raise _unwritable(path)
    return sum(len(table.rows) for table in handout.tables)


def _unwritable(path: Path) -> InputError:
    return InputError(
        title=Text("没有导出", "Nothing was exported"),
        message=Text(
            f"无法写入 {path}。原来的文件没有动", f"{path} could not be written. An earlier file is as it was"
        ),
        next_step=Text(
            "请腾出空间，或换一个能写的文件夹，再导出一次。",
            "Make room, or choose a folder that can be written to, and export again.",
        ),
    )


class _Paper:
    """Goes down the page, and to the next one where a table does not fit any more."""

    def __init__(self, writer: QPdfWriter, painter: QPainter, handout: Handout, page: str) -> None:
        self._writer, self._painter, self._handout, self._page = writer, painter, handout, page
        self._width, self._height = float(writer.width()), float(writer.height())
        self._y, self._number = 0.0, 1

    def draw(self, picture: QImage | None) -> None:
        self._text(self._handout.title, 20, bold=True)
        for line in self._handout.lines:
            self._text(line, 10, colour=_MUTED)
        for table in self._handout.tables:
            self._table(table)
        if picture is not None and not picture.isNull():
            self._new_page()
            self._picture(picture)
        self._foot()

    def _font(self, points: float, *, bold: bool = False) -> QFont:
        font = QFont(self._handout.family)
        font.setPointSizeF(points)
        font.setBold(bold)
        return font

    def _row_height(self, points: float) -> float:
        return points / 72 * DPI * 1.7

    def _text(self, words: str, points: float, *, bold: bool = False, colour: QColor = _INK) -> None:
        height = self._row_height(points)
        self._room(height)
        self._painter.setFont(self._font(points, bold=bold))
        self._painter.setPen(colour)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(QRectF(0, self._y, self._width, height), flags, words)
        self._y += height

    def _table(self, table: HandoutTable) -> None:
        self._y += self._row_height(6)
        height = self._row_height(9.5)
        # A heading never stands alone at the foot of a page.
        self._room(4 * height)
        self._text(table.title, 13, bold=True)
        self._cells(table.heads, height, bold=True, colour=_MUTED)
        for row in table.rows:
            if self._y + height > self._bottom:
                self._new_page()
                self._cells(table.heads, height, bold=True, colour=_MUTED)
            self._cells(row, height)

    def _cells(self, cells: Sequence[str], height: float, *, bold: bool = False, colour: QColor = _INK) -> None:
        painter, first = self._painter, self._width * 0.3
        painter.setFont(self._font(9.5, bold=bold))
        painter.setPen(colour)
        each = (self._width - first) / max(len(cells) - 1, 1)
        metrics = painter.fontMetrics()
        for at, cell in enumerate(cells):
            box = QRectF(0 if at == 0 else first + (at - 1) * each, self._y, first if at == 0 else each, height)
            side = Qt.AlignmentFlag.AlignLeft if at == 0 else Qt.AlignmentFlag.AlignRight
            shown = metrics.elidedText(cell, Qt.TextElideMode.ElideRight, int(box.width() - 8))
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
        self._y += height
        painter.setPen(QPen(_LINE, 1))
        painter.drawLine(0, int(self._y), int(self._width), int(self._y))

    def _picture(self, picture: QImage) -> None:
        room = QRectF(0, self._y, self._width, self._bottom - self._y)
        scale = min(room.width() / picture.width(), room.height() / picture.height())
        self._painter.drawImage(QRectF(0, self._y, picture.width() * scale, picture.height() * scale), picture)

    @property
    def _bottom(self) -> float:
        return self._height - self._row_height(9)

    def _room(self, height: float) -> None:
        if self._y + height > self._bottom:
            self._new_page()

    def _new_page(self) -> None:
        self._foot()
        self._writer.newPage()
        self._number += 1
        self._y = 0.0

    def _foot(self) -> None:
        self._painter.setFont(self._font(8))
        self._painter.setPen(_MUTED)
        box = QRectF(0, self._bottom, self._width, self._row_height(9))
        words = self._page.replace("{n}", str(self._number))
        self._painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, words)

"""A tile: a small label above a large figure."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import Painted, draw_box, draw_words, fitting, height_of, ink, smooth
from desktop.widgets.values import Tile, Tone

_VALUE_SIZES = (18, 16, 14, 12)
_LABEL_SIZES = (12, 11, 10)
"""Words are made smaller before they are cut."""


class KpiTile(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile = Tile("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_tile(self, tile: Tile) -> None:
        self._tile = tile
        self.told.whole, self.told.hint = f"{tile.label} {tile.value}", tile.hint
        self.setAccessibleName(tile.label)
        self.setAccessibleDescription(tile.value)
        self.update()

    @property
    def tile(self) -> Tile:
        return self._tile

    def sizeHint(self) -> QSize:
        return QSize(theme.px(96), round(height_of(theme.font(12)) + height_of(theme.font(18))) + theme.px(10))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(56), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        t = theme.tokens()
        rect = QRectF(self.rect())
        draw_box(painter, rect, fill=None, edge=theme.colour(t.line), radius=theme.px(6))
        inner = rect.adjusted(theme.px(7), theme.px(5), -theme.px(4), -theme.px(5))
        above = height_of(theme.font(12))
        top = QRectF(inner.left(), inner.top(), inner.width(), above)
        below = QRectF(inner.left(), inner.top() + above, inner.width(), inner.height() - above)
        small = fitting(self._tile.label, top.width(), _LABEL_SIZES, bold=False)
        cut = draw_words(painter, top, self._tile.label, theme.font(small), ink(Tone.MUTED))
        size = fitting(self._tile.value, below.width(), _VALUE_SIZES, bold=True)
        strong = self._tile.tone is not Tone.MUTED
        face = theme.font(size if strong else min(size, 14), bold=strong)
        cut = draw_words(painter, below, self._tile.value, face, ink(self._tile.tone)) or cut
        self.told.cut = cut
        painter.end()


class TileRow(QWidget):
    """Tiles of equal width side by side. Setting them reuses the tiles that are there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        self._row.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._tiles: list[KpiTile] = []

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        while len(self._tiles) < len(tiles):
            widget = KpiTile(self)
            self._tiles.append(widget)
            self._row.addWidget(widget, 1)
        for index, widget in enumerate(self._tiles):
            if index < len(tiles):
                widget.set_tile(tiles[index])
            widget.setVisible(index < len(tiles))

    def tiles(self) -> list[Tile]:
        """What is shown, in order."""
        return [widget.tile for widget in self._tiles if not widget.isHidden()]

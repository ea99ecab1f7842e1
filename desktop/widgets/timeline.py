"""What happened, newest first: a day, a coloured dot, a kind and its words; chips above filter by kind."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.chip import Chip
from desktop.widgets.flow import FlowLayout
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_box, draw_words, ink, width_of
from desktop.widgets.values import TimelineEntry, Tone


class Timeline(QWidget):
    """`set_kinds` names the filters once a language, `set_entries` the rows; the filter outlives both."""

    filtered = Signal(str)
    """key of the kind now shown; empty for all"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[TimelineEntry, ...] = ()
        self._kinds: tuple[tuple[str, str], ...] = ()
        self._filter, self._empty = "", ""
        self._chips: list[Chip] = []
        self._chip_row = FlowLayout(gap=4)
        self.list: LineList[TimelineEntry] = LineList(draw=_draw, spoken=_spoken, hint=_hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(self._chip_row)
        column.addWidget(self.list, 1)

    def set_kinds(self, kinds: Sequence[tuple[str, str]], *, name: str, empty: str) -> None:
        """Filters in order as (key, words); key "" is "all". `name` is the list's accessible name."""
        self._kinds, self._empty = tuple(kinds), empty
        self.list.setAccessibleName(name)
        while len(self._chips) < len(self._kinds):
            chip = Chip(checkable=True, parent=self)
            index = len(self._chips)
            chip.clicked.connect(lambda _checked=False, i=index: self.set_filter(self._kinds[i][0]))
            self._chips.append(chip)
            self._chip_row.addWidget(chip)
        self._refill()

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Newest first."""
        self._entries = tuple(entries)
        self._refill()

    @property
    def filter(self) -> str:
        return self._filter

    def set_filter(self, kind: str) -> None:
        """Shows that kind alone; an unknown one or "" shows all."""
        self._filter = kind if kind in {key for key, _ in self._kinds} else ""
        self._refill()
        self.filtered.emit(self._filter)

    def next_filter(self) -> None:
        """The next kind, after the last one all again."""
        keys = [key for key, _ in self._kinds]
        at = keys.index(self._filter) if self._filter in keys else 0
        self.set_filter(keys[(at + 1) % len(keys)] if keys else "")

    @property
    def filter_words(self) -> str:
        """The chosen filter in words."""
        return next((words for key, words in self._kinds if key == self._filter), "")

    def words(self) -> list[str]:
        """The rows shown now, in words."""
        return self.list.words()

    def chips(self) -> list[Chip]:
        return self._chips[: len(self._kinds)]

    def _refill(self) -> None:
        shown = [entry for entry in self._entries if self._filter in ("", entry.kind)]
        counts: dict[str, int] = {"": len(self._entries)}
        for entry in self._entries:
            counts[entry.kind] = counts.get(entry.kind, 0) + 1
        for chip, (key, words) in zip(self._chips, self._kinds, strict=False):
            chip.set_chip(f"{words} {counts.get(key, 0)}")
            chip.setChecked(key == self._filter)
        self.list.set_rows(shown, empty=self._empty)


def _spoken(entry: TimelineEntry) -> str:
    return f"{entry.day} {entry.kind_label} {entry.text}"


def _hint(entry: TimelineEntry) -> str:
    return entry.hint or _spoken(entry)


def _draw(painter: QPainter, rect: QRectF, entry: TimelineEntry) -> None:
    face, strong = theme.font(13), theme.font(13, bold=True)
    day = max(theme.px(58), width_of("2026-12-30", face) if len(entry.day) > 8 else 0)
    draw_words(painter, QRectF(rect.left(), rect.top(), day, rect.height()), entry.day, face, ink(Tone.MUTED))
    dot = theme.px(9)
    x = rect.left() + day + theme.px(4)
    spot = QRectF(x, rect.center().y() - dot / 2, dot, dot)
    draw_box(painter, spot, fill=ink(entry.tone), edge=None, radius=dot / 2)
    x += dot + theme.px(7)
    kind = min(width_of(entry.kind_label, strong) + 1, rect.width() / 3)
    draw_words(painter, QRectF(x, rect.top(), kind, rect.height()), entry.kind_label, strong, ink(Tone.NEUTRAL))
    x += kind + theme.px(6)
    words = QRectF(x, rect.top(), rect.right() - x, rect.height())
    draw_words(painter, words, entry.text, face, ink(Tone.NEUTRAL), Qt.AlignmentFlag.AlignLeft)

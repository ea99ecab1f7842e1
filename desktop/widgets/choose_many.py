"""Several of a list: a folded list that adds one, and what was chosen as chips that take it out again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.chip_row import ChipRow, ChipSpec
from desktop.widgets.choice_box import ChoiceBox

_MARK = "  ✕"


class ChooseMany(QWidget):
    """The chips may stand elsewhere than the list: `chips` is a row of its own, for whoever lays out."""

    changed = Signal(list)
    """codes chosen now, in the order chosen"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box, self.chips = ChoiceBox(), ChipRow()
        self._codes: list[str] = []
        self._chosen: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.box)
        self.box.activated.connect(self._add)
        self.chips.chosen.connect(self._drop)

    def show_choice(self, options: Sequence[tuple[str, str]], chosen: Sequence[str], *, none: str, more: str) -> None:
        """Codes with their words; the list says `none` or `more` by whether any is chosen. A code that is no option is
        shown as it is."""
        names, self._chosen = dict(options), list(chosen)
        self._codes = [code for code, _ in options if code not in self._chosen]
        items = [more if self._chosen else none, *(names[code] for code in self._codes)]
        if [self.box.itemText(at) for at in range(self.box.count())] != items:
            self.box.clear()
            self.box.addItems(items)
        self.box.setCurrentIndex(0)
        self.chips.show_chips([ChipSpec(code, names.get(code, code) + _MARK, on=True) for code in self._chosen])

    def set_names(self, name: str) -> None:
        for part in (self.box, self.chips):
            part.setAccessibleName(name)

    def choose(self, code: str) -> None:
        """As by hand; ValueError where it is no option, or chosen already."""
        self._add(self._codes.index(code) + 1)

    def _add(self, at: int) -> None:
        if at > 0:
            self.changed.emit([*self._chosen, self._codes[at - 1]])
        else:
            self.box.setCurrentIndex(0)

    def _drop(self, code: str) -> None:
        self.changed.emit([one for one in self._chosen if one != code])

"""A row of chips to choose from, by the mouse or by a letter each."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.chip import Chip
from desktop.widgets.flow import FlowLayout


class ChipSpec(NamedTuple):
    code: str
    label: str
    key: str = ""
    """the letter that presses it; of several with the same one after another"""
    on: bool = False
    offered: bool = True


class ChipRow(QWidget):
    """Chips to choose from, in a row that wraps; they are reused from customer to customer."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._chips: list[Chip] = []
        self._specs: list[ChipSpec] = []
        self._last: QWidget | None = None
        # The first one holds the row's place in the order of focus.
        self._add_chip()

    def add_last(self, widget: QWidget) -> None:
        """A widget that stays behind the chips."""
        self._last = widget
        self._flow.addWidget(widget)

    def show_chips(self, specs: Sequence[ChipSpec]) -> None:
        self._specs = list(specs)
        while len(self._chips) < len(specs):
            self._add_chip()
        for index, chip in enumerate(self._chips):
            chip.setVisible(index < len(specs))
            if index < len(specs):
                spec = specs[index]
                chip.set_chip(spec.label, key=spec.key)
                chip.setChecked(spec.on)
                chip.setEnabled(spec.offered)
        self.setVisible(bool(specs))

    def _add_chip(self) -> None:
        """One more chip; Tab comes to it right after the one before it."""
        index = len(self._chips)
        chip = Chip(checkable=True, parent=self)
        chip.setVisible(False)
        chip.clicked.connect(lambda _=False: self.chosen.emit(self._specs[index].code))
        if self._last is not None:
            self._flow.removeWidget(self._last)
        self._flow.addWidget(chip)
        if self._last is not None:
            self._flow.addWidget(self._last)
        if self._chips:
            self.setTabOrder(self._chips[-1], chip)
        self._chips.append(chip)

    def press_next(self) -> None:
        """Choose the chip after the one that is on; the first where none is."""
        if self.isHidden() or not self._specs:
            return
        on = next((at for at, spec in enumerate(self._specs) if spec.on), -1)
        self.chosen.emit(self._specs[(on + 1) % len(self._specs)].code)

    def press(self, key: str) -> bool:
        """Of several chips with that key the one after the chosen one; the last chosen is taken back."""
        meant = [spec for spec in self._specs if spec.key == key and spec.offered]
        if not meant or self.isHidden():
            return False
        on = next((at for at, spec in enumerate(meant) if spec.on), -1)
        self.chosen.emit(meant[min(on + 1, len(meant) - 1)].code)
        return True

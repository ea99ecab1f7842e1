"""What a plan of one's own is put together of: a folded list for each thing, the price beside each step (OFFER-12)."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.domain.money import yuan_short
from core.domain.offer import StepGroup
from core.domain.text import Text
from desktop.call.view360_parts.writing import Writing
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.flow import FlowLayout

OPEN = Text("{group}：选一档", "{group}: choose")
STEP = Text("{group}：{name}，{price} 元", "{group}: {name}, {price} yuan")


class StepChosen(Struct, frozen=True):
    """So much of it, the customer says."""

    group: str
    code: str


class StepBoxes(QWidget):
    """Tab goes from one to the next, arrows choose."""

    chosen = Signal(object)
    """a StepChosen"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self.boxes: list[ChoiceBox] = []

    def show_groups(self, groups: Sequence[StepGroup], codes: dict[str, str], w: Writing) -> None:
        """`codes`: group → the step chosen so far."""
        self.setVisible(bool(groups))
        if len(self.boxes) != len(groups):
            self._make(len(groups))
        for box, group in zip(self.boxes, groups, strict=True):
            box.blockSignals(True)
            box.clear()
            name = w(group.name)
            box.addItem(w(OPEN, group=name), None)
            for step in group.steps:
                words = w(STEP, group=name, name=w(step.name), price=yuan_short(step.price_fen))
                box.addItem(words, StepChosen(group.id, step.code))
            at = [step.code for step in group.steps].index(codes[group.id]) + 1 if group.id in codes else 0
            box.setCurrentIndex(at)
            box.setAccessibleName(name)
            box.blockSignals(False)

    def _make(self, count: int) -> None:
        while self.boxes:
            box = self.boxes.pop()
            self._flow.removeWidget(box)
            box.deleteLater()
        for _ in range(count):
            box = ChoiceBox()
            box.currentIndexChanged.connect(lambda at, b=box: self._say(b, at))
            self._flow.addWidget(box)
            self.boxes.append(box)

    def _say(self, box: ChoiceBox, at: int) -> None:
        step = box.itemData(at)
        if step is not None:
            self.chosen.emit(step)

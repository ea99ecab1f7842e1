"""Types of task switched on and off: places at the left, from the whole site to a grid, the types there beside them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.domain.task_types import TASK_TYPE_NAMES
from core.domain.text import filled
from core.wire.task_types import TypePlace
from desktop import theme
from desktop.campaigning import campaign_words
from desktop.campaigning import task_type_words as words
from desktop.campaigning.parts import CampaigningContext
from desktop.campaigning.task_types_presenter import TaskTypesPresenter, TypeRow, place_name
from desktop.keys.caps import cap
from desktop.keys.planning import SWITCHING, Switching
from desktop.widgets.card import Card
from desktop.widgets.keyed import keyed
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink, width_of
from desktop.widgets.part_tabs import Part
from desktop.widgets.values import Tone

T = TypeVar("T")
LEFT, GAP, STEP = 300, 8, 16
"""pixels; a grid stands a step within its area"""


class TypeList(LineList[TypeRow]):
    """Space turns the chosen one, as a box that is ticked."""

    def __init__(self, part: "TaskTypesPart") -> None:
        super().__init__(draw=part.draw_type, spoken=part.spoken_type, hint=part.spoken_type)
        self._part = part

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._part.turn.click()
        else:
            super().keyPressEvent(event)


class TaskTypesPart(Part):
    def __init__(self, context: CampaigningContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = context.tongue
        self.presenter = TaskTypesPresenter(
            context.ask, lane=context.network_lane, changed=self._show, show_error=context.show_error, say=context.say
        )
        self._place_card, self._card = Card(), Card()
        self.places: LineList[TypePlace] = LineList(
            draw=self._draw_place, spoken=self._spoken_place, hint=self._spoken_place
        )
        self.types = TypeList(self)
        self.told = Label(size=13, tone=Tone.MUTED, wrap=True)
        self.turn, self.unsay = QPushButton(), QPushButton()
        self._lay_out()
        self.places.selectionModel().currentChanged.connect(lambda now, _: self._choose(now.row()))
        self.types.selectionModel().currentChanged.connect(lambda *_: self._show_buttons())
        self.turn.clicked.connect(lambda: self._act(self.presenter.turn))
        self.unsay.clicked.connect(lambda: self._act(self.presenter.unsay))
        acts = {
            Switching.TURN: self.turn.click, Switching.UNSAY: self.unsay.click, Switching.PLACES: self.places.setFocus
        }  # fmt: skip
        for switching, act in acts.items():
            keyed(self, SWITCHING[switching][0], act)
        self.setFocusProxy(self.places)
        self.retranslate()

    def _lay_out(self) -> None:
        self._place_card.add(self.places, 1)
        self._place_card.setFixedWidth(theme.px(LEFT))
        self._card.add(self.told)
        self._card.add(self.types, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.unsay)
        buttons.addStretch(1)
        buttons.addWidget(self.turn)
        self._card.add(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._place_card)
        row.addWidget(self._card, 1)

    def refresh(self) -> None:
        self.presenter.load()

    def retranslate(self) -> None:
        say = self._tongue
        self._place_card.set_title(say(words.PLACES))
        self.places.setAccessibleName(say(words.PLACES))
        self.types.setAccessibleName(say(words.TYPES))
        self._show()

    # Acting

    def _choose(self, row: int) -> None:
        if 0 <= row < self.places.lines.rowCount():
            self.presenter.place = self.places.lines.row(row)
            self._show_types()

    def _act(self, act: Callable[[TypeRow], None]) -> None:
        if (row := self.chosen) is not None:
            act(row)

    @property
    def chosen(self) -> TypeRow | None:
        at = self.types.currentIndex().row()
        return self.types.lines.row(at) if 0 <= at < self.types.lines.rowCount() else None

    # Showing

    def _show(self) -> None:
        p, say = self.presenter, self._tongue
        places = p.places
        self._set(self.places, places, next((at for at, one in enumerate(places) if _same(one, p.place)), 0),
                  empty=say(words.READING if p.found is None else words.NOBODY))  # fmt: skip
        self._place_card.set_note(f"{len(places) - 1:,}" if places else "")
        if p.unreachable:
            self.told.set_words(say(campaign_words.OFFLINE), Tone.WARN)
        else:
            self.told.set_words(say(words.TOLD), Tone.MUTED)
        self._show_types()

    def _show_types(self) -> None:
        rows, at = self.presenter.rows, max(0, self.types.currentIndex().row())
        self._card.set_title(f"{self._tongue(words.TYPES)} · {self._tongue(place_name(self.presenter.place))}")
        self._set(self.types, rows, at, empty=self._tongue(words.READING))
        self._show_buttons()

    def _show_buttons(self) -> None:
        row, say = self.chosen, self._tongue
        turn = words.TURN_OFF if row is not None and row.on else words.TURN_ON
        for button, text, key in ((self.turn, turn, Switching.TURN), (self.unsay, words.UNSAY, Switching.UNSAY)):
            button.setText(f"{say(text)}  {cap(SWITCHING[key][0])}")
            button.setAccessibleName(say(text))
        self.turn.setEnabled(row is not None)
        self.unsay.setEnabled(row is not None and row.said is not None)

    def _set(self, view: LineList[T], rows: Sequence[T], at: int, *, empty: str) -> None:
        """The row in hand stays in hand; nobody is told of a choice."""
        model = view.selectionModel()
        model.blockSignals(True)
        view.set_rows(rows, empty=empty)
        view.setCurrentIndex(view.lines.index(at))
        model.blockSignals(False)

    # Painting

    def _spoken_place(self, one: TypePlace) -> str:
        count = filled(words.CUSTOMERS, customers=f"{one.customers:,}")
        return f"{self._tongue(place_name(one))} · {self._tongue(count)}"

    def _draw_place(self, painter: QPainter, rect: QRectF, one: TypePlace) -> None:
        count, small = self._tongue(filled(words.CUSTOMERS, customers=f"{one.customers:,}")), theme.font(12)
        step = theme.px(STEP * (bool(one.area) + bool(one.grid)))
        left = rect.adjusted(step, 0, -width_of(count, small) - theme.px(GAP), 0)
        draw_words(painter, left, self._tongue(place_name(one)), theme.font(13, bold=not one.grid), ink(Tone.NEUTRAL))
        draw_words(painter, rect, count, small, ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)

    def _state_of(self, one: TypeRow) -> str:
        say = self._tongue
        told = say(filled(words.STATE, state=words.ON if one.on else words.OFF, whence=one.whence))
        return f"{told} · {say(filled(words.OTHERWISE, places=str(one.elsewhere)))}" if one.elsewhere else told

    def spoken_type(self, one: TypeRow) -> str:
        return f"{self._tongue(TASK_TYPE_NAMES[one.type])} · {self._state_of(one)}"

    def draw_type(self, painter: QPainter, rect: QRectF, one: TypeRow) -> None:
        state, small = self._state_of(one), theme.font(12)
        left = rect.adjusted(0, 0, -width_of(state, small) - theme.px(GAP), 0)
        face = theme.font(13, bold=one.said is not None)
        draw_words(painter, left, self._tongue(TASK_TYPE_NAMES[one.type]), face, ink(Tone.NEUTRAL))
        tone = Tone.OK if one.on else Tone.BAD
        draw_words(painter, rect, state, small, ink(tone), Qt.AlignmentFlag.AlignRight)


def _same(one: TypePlace, other: TypePlace) -> bool:
    return (one.area, one.grid) == (other.area, other.grid)

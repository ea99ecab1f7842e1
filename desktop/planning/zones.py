"""The four zones (4G-08) as a square: what customers like to hear across what agents like to say, with each guide."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.desk.shelf_look import ZoneCell, ZoneMap, ZoneStep, read_zones
from core.domain.text import Text, filled
from desktop import theme
from desktop.planning import catalogue_words as words
from desktop.planning.graph_view import bare_words
from desktop.planning.parts import Context
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import CardScroll
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.label import Label
from desktop.widgets.part_tabs import Part
from desktop.widgets.values import Tone

PLACES = ((True, True), (True, False), (False, True), (False, False))
"""what the customer likes, what the agent likes: row by row"""


class ZoneBox(Card):
    """One zone: its name, how to speak in it, and the steps whose words lie in it."""

    def __init__(self) -> None:
        super().__init__()
        self._guide = Label(bold=True, wrap=True)
        self.steps = Label(size=13, tone=Tone.MUTED, wrap=True)
        self.add(self._guide)
        self.add(self.steps)
        self.body.addStretch(1)

    def show_cell(self, name: str, note: str, guide: str, steps: str) -> None:
        self.set_title(name)
        self.set_note(note)
        self._guide.set_words(guide)
        self.steps.set_words(steps)


class ZonesPage(Part):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._tongue = context, context.tongue
        self._maps: tuple[ZoneMap, ...] | None = None
        self._card, self.which = Card(), ChoiceBox()
        self._told = Label(size=12, tone=Tone.MUTED, wrap=True)
        self.boxes = {place: ZoneBox() for place in PLACES}
        self._tops, self._sides = (
            (Label(bold=True), Label(bold=True)),
            (Label(bold=True, wrap=True), Label(bold=True, wrap=True)),
        )
        square = QGridLayout()
        square.setSpacing(theme.px(10))
        for at, label in enumerate(self._tops):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            square.addWidget(label, 0, at + 1)
            square.setColumnStretch(at + 1, 1)
        for at, label in enumerate(self._sides):
            label.setFixedWidth(theme.px(96))
            square.addWidget(label, at + 1, 0)
            square.setRowStretch(at + 1, 1)
        for place, box in self.boxes.items():
            square.addWidget(box, 2 - int(place[0]), 2 - int(place[1]))
        self._square = QWidget()
        self._square.setLayout(square)
        self._square.setProperty("surface", "card")
        self._card.add(self.which)
        self._card.add(self._square, 1)
        self._card.add(self._told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(CardScroll(self._card))
        self.which.activated.connect(lambda _: self._show())
        self.setFocusProxy(self.which)
        self.retranslate()

    def refresh(self) -> None:
        desk = self._context.desk
        self._context.store_lane(lambda: read_zones(desk), self._take, self._context.show_error)

    def _take(self, found: tuple[ZoneMap, ...]) -> None:
        self._maps = found
        self._name()
        self._show()

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.ZONES))
        self.which.setAccessibleName(say(words.ZONE_OF))
        for label, text in zip(self._tops, (words.SAYS, words.SAYS_NOT), strict=True):
            label.set_words(say(text))
        for label, text in zip(self._sides, (words.HEARS, words.HEARS_NOT), strict=True):
            label.set_words(say(text))
        self._name()
        self._show()

    def _name(self) -> None:
        """The scenarios that speak by these zones; what was chosen stays."""
        say, at = self._tongue, max(self.which.currentIndex(), 0)
        self.which.clear()
        for one in self._maps or ():
            scenarios = (say(self._context.scenario_name(scenario)) for scenario in one.scenarios)
            self.which.addItem(say(words.SPOKEN_IN).format(scripts=say(words.JOINT).join(scenarios)))
        self.which.setCurrentIndex(min(at, self.which.count() - 1))

    def _show(self) -> None:
        say, maps = self._tongue, self._maps
        self._square.setVisible(bool(maps))
        self.which.setVisible(bool(maps))
        if not maps:
            self._told.set_words(say(words.NO_ZONES) if maps is not None else "")
            return
        found = maps[max(self.which.currentIndex(), 0)]
        for (customer, agent), box in self.boxes.items():
            self._show_cell(box, found.cell(customer_likes=customer, agent_likes=agent))
        self._told.set_words(say(filled(words.WITHOUT, count=str(found.without))) if found.without else "")

    def _show_cell(self, box: ZoneBox, cell: ZoneCell | None) -> None:
        say = self._tongue
        if cell is None:
            box.show_cell("", "", "", "")
            return
        told = "\n".join(self._step(one) for one in cell.steps) or say(words.NO_STEPS)
        count = say(filled(words.STEPS_IN, count=str(len(cell.steps))))
        box.show_cell(say(cell.zone.label), count, say(cell.zone.guide), told)

    def _step(self, one: ZoneStep) -> str:
        title: Text = self._context.scenario_name(one.scenario)
        return f"· {self._tongue(title)} / {one.step}: {bare_words(one.words.of(self._tongue.lang))}"

"""The overview: figures, pictures, groups beside each other; each part says what is behind it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.desk.reviewing import Look
from core.domain.text import Text
from core.review.behind import Question, of_measure
from core.review.choice import DIMENSIONS
from core.review.frame import Stage, number_of
from core.review.measures import DEFINITIONS, Kind, Measure
from core.review.roles import SAVES, columns_of, tiles_of
from core.review.taking.labels import Labels
from desktop import theme
from desktop.review import words
from desktop.review.figure_tile import FigureTile
from desktop.review.filters import Namer
from desktop.review.funnel_view import FunnelView
from desktop.review.group_model import MIX, GroupModel
from desktop.review.heat_view import HeatView
from desktop.review.offer_view import OfferView
from desktop.review.pareto_view import ParetoView
from desktop.review.trend_view import TrendLine, TrendView
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.row_table import RowTable

_WIDE: dict[Measure | str, int] = {Measure.SUCCESS_RATE: 96, MIX: 104}
_COUNT, _FIGURE, _RATE, _LAST = 58, 66, 94, 60
_NAME, _NAMES = 72, {"dealer": 120, "campaign": 90, "scenario": 90, "role": 90}
"""widths of columns; the last is the least it has, and takes what is left"""
_FACTS = ("", f"stage:{Stage.DIALLED}", f"stage:{Stage.OWNER}", f"stage:{Stage.EFFECTIVE}", f"stage:{Stage.SUCCESS}",
          "saved_on_net")  # fmt: skip
"""what each step of the funnel counts; of what was dispatched there is no call"""


def _wide(one: Measure | str) -> int:
    kind = DEFINITIONS[one].kind if isinstance(one, Measure) else None
    return _WIDE.get(one, {Kind.COUNT: _COUNT, Kind.RATE: _RATE}.get(kind, _FIGURE) if kind else _FIGURE)


class Overview(QWidget):
    asked = Signal(object, str)
    """a Question and what it is called"""
    compared = Signal()
    """another dimension is to be compared"""

    def __init__(self, tongue: Tongue, name: Namer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue, self._name = tongue, name
        self._look: Look | None = None
        self._labels = Labels()
        self.tiles = [FigureTile() for _ in range(8)]
        self._measures: tuple[Measure, ...] = ()
        self.funnel, self.reasons, self.hours = FunnelView(), ParetoView(), HeatView()
        self.trend, self.offers = TrendView(), OfferView()
        self.dimension = ChoiceBox()
        self.model = GroupModel(tongue, name)
        self.groups = RowTable(self.model)
        self._cards = [Card() for _ in range(6)]
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        gap = theme.px(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        tiles = QHBoxLayout()
        tiles.setSpacing(gap)
        for tile in self.tiles:
            tiles.addWidget(tile, 1)
        column.addLayout(tiles)
        grid = QGridLayout()
        grid.setSpacing(gap)
        pictures = (self.funnel, self.reasons, self.hours, self.trend)
        for at, (card, view) in enumerate(zip(self._cards, pictures, strict=False)):
            card.add(view, 1)
            grid.addWidget(card, 0, at * 3, 1, 3)
        head = QHBoxLayout()
        head.addWidget(self.dimension)
        head.addStretch(1)
        self._cards[4].add(head)
        self._cards[4].add(self.groups, 1)
        self._cards[5].add(self.offers, 1)
        grid.addWidget(self._cards[4], 1, 0, 1, 9)
        grid.addWidget(self._cards[5], 1, 9, 1, 3)
        grid.setRowStretch(0, 5)
        grid.setRowStretch(1, 6)
        for at in range(12):
            grid.setColumnStretch(at, 1)
        column.addLayout(grid, 1)

    def _connect(self) -> None:
        for at, tile in enumerate(self.tiles):
            tile.clicked.connect(lambda _=False, at=at: self._ask_measure(at))
        self.funnel.picked.connect(self._ask_step)
        self.reasons.picked.connect(self._ask_reason)
        self.hours.picked.connect(self._ask_hour)
        self.trend.picked.connect(self._ask_point)
        self.offers.picked.connect(self._ask_offer)
        self.groups.activated.connect(self._ask_group)
        self.groups.clicked.connect(self._ask_group)
        self.dimension.activated.connect(lambda _: self.compared.emit())

    @property
    def chosen_dimension(self) -> str:
        return str(self.dimension.currentData() or "agent")

    def show_look(self, look: Look, labels: Labels) -> None:
        self._look, self._labels = look, labels
        say = self._tongue
        self._measures = tiles_of(look.role, look.save_days)
        for tile, measure in zip(self.tiles, self._measures, strict=True):
            tile.show_change(look.changes[measure], say, compared=look.before > 0)
        self.funnel.show_funnel(look.funnel, say)
        self.reasons.show_reasons([(say(self._reason(bar.reason)), bar) for bar in look.reasons], say)
        self.hours.show_hours(look.hours, say)
        lines = [TrendLine(one, self._name("scenario", one), points) for one, points in look.trend.items()]
        self.trend.show_lines(lines, say)
        self.offers.show_offers([(self._offer(bar.offer), bar) for bar in look.offers], say)
        self.model.show(look.rows, look.dimension, columns_of(look.role, look.dimension, look.save_days))
        inner = (_wide(one) for one in self.model.columns[1:-1])
        self.groups.widen((_NAMES.get(look.dimension, _NAME), *inner, _LAST))
        self.groups.say_when_empty(say(words.NO_CALLS))
        self._cards[3].set_note(say(DEFINITIONS[SAVES[look.save_days]].title))

    offer_names: Callable[[str], str] = staticmethod(lambda offer: offer)
    """an offer's id as people read it; the page knows them"""

    def _offer(self, offer: str) -> str:
        return self.offer_names(offer)

    def _reason(self, code: str) -> Text:
        """The same code in several scenarios is one reason; any of their words says it."""
        found = next((text for (_, reason), text in self._labels.reasons.items() if reason == code), None)
        return found or Text(code, code)

    # What is behind

    def _ask(self, question: Question, what: str) -> None:
        self.asked.emit(question, what)

    def _ask_measure(self, at: int) -> None:
        if self._look is not None:
            measure = self._measures[at]
            self._ask(of_measure(measure, self._look.choice), self._tongue(DEFINITIONS[measure].title))

    def _ask_step(self, at: int) -> None:
        if self._look is not None and _FACTS[at]:
            self._ask(Question(self._look.choice, _FACTS[at]), self._tongue(words.STEPS[at]))

    def _ask_reason(self, at: int) -> None:
        if self._look is not None:
            code = self._look.reasons[at].reason
            self._ask(Question(self._look.choice, "lost", words={"reason": code}), self._tongue(self._reason(code)))

    def _ask_hour(self, at: int) -> None:
        if self._look is not None:
            cell = self.hours.cells[at]
            numbers = {"weekday": (cell.weekday, cell.weekday), "hour": (cell.hour, cell.hour)}
            self._ask(Question(self._look.choice, "dialled", numbers=numbers), self.hours.hints[at])

    def _ask_point(self, at: int) -> None:
        if self._look is not None:
            scenario, first, last = self.trend.spot(at)
            days = (number_of(first), number_of(last - timedelta(days=1) if last > first else last))
            fact = f"attempts_{self._look.save_days}"
            choice = self._look.choice.narrowed("scenario", scenario)
            self._ask(Question(choice, fact, numbers={"day": days}), self.trend.hints[at])

    def _ask_offer(self, at: int) -> None:
        if self._look is not None:
            offer = self._look.offers[at].offer
            self._ask(Question(self._look.choice, f"offer:{offer}"), self._offer(offer))

    def _ask_group(self, index: QModelIndex) -> None:
        if self._look is None or not index.isValid():
            return
        row, one = self.model.row(index.row()), self.model.columns[index.column()]
        choice = replace(self._look.choice).narrowed(self._look.dimension, row.word)
        measure = one if isinstance(one, Measure) else Measure.CALLS if one == "who" else Measure.SUCCESS_RATE
        what = f"{self._name(self._look.dimension, row.word)} · {self._tongue(DEFINITIONS[measure].title)}"
        self._ask(of_measure(measure, choice), what)

    def retranslate(self) -> None:
        say = self._tongue
        titles = (
            (words.FUNNEL, words.FUNNEL_NOTE), (words.REASONS, words.REASONS_NOTE), (words.HOURS, words.HOURS_NOTE),
            (words.TREND, None), (words.GROUPS, words.GROUPS_NOTE), (words.OFFERS, words.OFFERS_NOTE),
        )  # fmt: skip
        for card, (title, note) in zip(self._cards, titles, strict=True):
            card.set_title(say(title))
            card.set_note(say(note) if note else card.note)
        views = (self.funnel, self.reasons, self.hours, self.trend, self.groups, self.offers)
        for view, (title, _) in zip(views, titles, strict=True):
            view.setAccessibleName(say(title))
        with QSignalBlocker(self.dimension):
            chosen = self.chosen_dimension
            self.dimension.clear()
            for dimension in DIMENSIONS:
                self.dimension.addItem(say(words.DIMENSIONS[dimension]), dimension)
            self.dimension.setCurrentIndex(self.dimension.findData(chosen))
            self.dimension.setAccessibleName(say(words.GROUPS))
        self.model.retranslate()
        if self._look is not None:
            self.show_look(self._look, self._labels)

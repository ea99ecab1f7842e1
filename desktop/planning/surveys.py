"""Survey results: each question with its answers as bars and counts."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.desk.surveys import Results, results, surveys
from core.domain.clock import CHINA
from core.domain.errors import ServerUnreachable
from core.domain.text import filled
from desktop import theme
from desktop.planning import words
from desktop.planning.graph_view import bare_words
from desktop.planning.parts import Context
from desktop.planning.survey_rows import AnswerBar, QuestionBars
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.label import Label
from desktop.widgets.part_tabs import Part
from desktop.widgets.values import Tone


class SurveysPage(Part):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._tongue = context, context.tongue
        self._card, self.survey, self._told = Card(), ChoiceBox(), Label(tone=Tone.MUTED, wrap=True)
        self.period = ChoiceBox()
        self._scenarios: list[str] = []
        self._found: Results | None = None
        self._found_of: tuple[str, int] | None = None
        """the survey and the days that were asked for"""
        self._asked = 0
        self.bars: list[QuestionBars] = []
        inner = QWidget()
        inner.setProperty("surface", "card")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(12))
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        head = QHBoxLayout()
        head.addWidget(self.survey, 1)
        head.addWidget(self.period)
        self._card.add(head)
        self._card.add(self._told)
        self._card.add(scroll, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.survey.activated.connect(lambda _: self._ask())
        self.period.activated.connect(lambda _: self._ask())
        self.setFocusProxy(self.survey)
        self.retranslate()

    def refresh(self) -> None:
        self._context.store_lane(lambda: surveys(self._context.desk), self._take, self._context.show_error)

    def retranslate(self) -> None:
        self._card.set_title(self._tongue(words.TABS[3]))
        self.survey.setAccessibleName(self._tongue(words.SURVEY))
        self.period.setAccessibleName(self._tongue(words.PERIOD))
        self._name()
        self._show()

    def _take(self, scenarios: list[str]) -> None:
        self._scenarios = scenarios
        self._name()
        if scenarios:
            self._ask()
        else:
            self._told.set_words(self._tongue(words.NO_SURVEYS))

    def _name(self) -> None:
        chosen = self.survey.currentData()
        self.survey.clear()
        for one in self._scenarios:
            self.survey.addItem(self._tongue(self._context.scenario_name(one)), one)
        self.survey.setCurrentIndex(max(self.survey.findData(chosen), 0))
        period = max(self.period.currentIndex(), 0)
        self.period.clear()
        self.period.addItems([self._tongue(filled(words.LAST_DAYS, days=str(days))) for days in words.PERIODS])
        self.period.setCurrentIndex(period)

    def _days(self) -> int:
        return words.PERIODS[max(self.period.currentIndex(), 0)]

    def _ask(self) -> None:
        """The results of the chosen one; an answer that another choice has overtaken is dropped."""
        self._asked += 1
        ticket, scenario, days = self._asked, self._scenarios[self.survey.currentIndex()], self._days()

        def done(found: Results) -> None:
            if ticket == self._asked:
                self._found, self._found_of = found, (scenario, days)
                self._show()

        def failed(error: Exception) -> None:
            if not isinstance(error, ServerUnreachable):
                self._context.show_error(error)
            elif ticket == self._asked:
                if self._found_of != (scenario, days):
                    self._found = None
                    self._show()
                self._told.set_words(self._tongue(words.OFFLINE), Tone.WARN)

        desk, ask = self._context.desk, self._context.ask
        self._context.network_lane(lambda: results(desk, ask, scenario, days), done, failed)

    def _show(self) -> None:
        for bars in self.bars:
            bars.hide()
            bars.deleteLater()
        self.bars = []
        found, say = self._found, self._tongue
        if found is None:
            return
        if found.first_at is None or found.last_at is None:
            told = words.NO_RESULTS
        else:
            told = filled(
                words.RESULTS,
                answered=f"{found.answered:,}",
                calls=f"{found.calls:,}",
                first=_day(found.first_at),
                last=_day(found.last_at),
            )
        self._told.set_words(say(told), Tone.MUTED)
        for question in found.questions:
            answers = [AnswerBar(say(one.label), one.count) for one in question.answers]
            bars = QuestionBars(bare_words(question.asked.of(say.lang)), answers)
            self._column.insertWidget(len(self.bars), bars)
            self.bars.append(bars)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d}"

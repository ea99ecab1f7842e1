"""What a rule is besides its conditions: name, population, script, priority, bound, missing values, reason."""

from collections.abc import Callable, Sequence

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from core.domain.text import Text, filled
from core.domain.warning_rule import POPULATION_WORDS, Population, RuleUse, Unknown, WarningRule
from desktop import theme
from desktop.campaigning import rule_words as words
from desktop.tongue import Tongue
from desktop.widgets.choice_box import ChoiceBox, fill
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

LEVELS = range(10)
_MOST = 100.0


class RuleForm(QWidget):
    edited = Signal(dict)
    """fields of the rule that are others now"""

    def __init__(self, tongue: Tongue, scenario_name: Callable[[str], Text]) -> None:
        super().__init__()

        self._tongue, self._scenario_name = tongue, scenario_name
        self._rule: WarningRule | None = None
        self.scenarios: Sequence[str] = ()
        """ids, in the order of the choices"""
        self.name, self.name_en = QLineEdit(), QLineEdit()
        self.population, self.scenario, self.priority = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.bound, self.missing = QLineEdit(), ChoiceBox()
        self._bound_label = Label(size=13, tone=Tone.MUTED)
        self.bound.setValidator(QDoubleValidator(0.01, _MOST, 2, self.bound))
        self._lay_out()
        self.name.textEdited.connect(lambda text: self._renamed(text, english=False))
        self.name_en.textEdited.connect(lambda text: self._renamed(text, english=True))
        self.population.activated.connect(lambda at: self.edited.emit({"population": list(Population)[at]}))
        self.scenario.activated.connect(self._chose_scenario)
        self.priority.activated.connect(lambda at: self.edited.emit({"priority": at}))
        self.bound.textEdited.connect(self._bounded)
        self.missing.activated.connect(self._chose_missing)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        grid.addWidget(self.name, 0, 0, 1, 2)
        grid.addWidget(self.name_en, 0, 2, 1, 2)
        grid.addWidget(self.population, 1, 0)
        grid.addWidget(self.scenario, 1, 1)
        grid.addWidget(self.priority, 1, 2)
        bounded = QHBoxLayout()
        bounded.addWidget(self._bound_label)
        bounded.addWidget(self.bound, 1)
        grid.addLayout(bounded, 1, 3)
        for column in range(4):
            grid.setColumnStretch(column, 1)

    def show_rule(self, rule: WarningRule | None, scenarios: Sequence[str]) -> None:
        """What is being typed keeps its place."""
        self._rule, self.scenarios = rule, scenarios
        self.setEnabled(rule is not None)
        self._name_choices()
        if rule is None:
            return
        for field, text in (
            (self.name, rule.name.zh), (self.name_en, rule.name.en), (self.bound, f"{rule.most_percent:g}"),
        ):  # fmt: skip
            if field.text() != text and not (field is self.bound and field.hasFocus()):
                field.setText(text)

    def retranslate(self) -> None:
        say = self._tongue
        for field, text in ((self.name, words.NAME), (self.name_en, words.NAME_EN), (self.bound, words.BOUND)):
            field.setPlaceholderText(say(text))
            field.setAccessibleName(say(text))
            field.setToolTip(say(text))
        self.bound.setToolTip(say(words.BOUND_TOLD))
        self._bound_label.set_words(say(words.BOUND))
        for box, text in (
            (self.population, words.POPULATION), (self.scenario, words.SCENARIO), (self.priority, words.PRIORITY),
            (self.missing, words.MISSING),
        ):  # fmt: skip
            box.setAccessibleName(say(text))
        self._name_choices()

    def _name_choices(self) -> None:
        say, rule = self._tongue, self._rule
        fill(self.population, [say(POPULATION_WORDS[one]) for one in Population])
        fill(self.scenario, [say(self._scenario_name(one)) for one in self.scenarios])
        fill(self.priority, [say(filled(words.PRIORITY_IS, level=str(one))) for one in LEVELS])
        fill(self.missing, [say(words.MISSINGS[one]) for one in Unknown])
        if rule is not None:
            self.population.setCurrentIndex(list(Population).index(rule.population))
            self.scenario.setCurrentIndex(
                self.scenarios.index(rule.scenario) if rule.scenario in self.scenarios else -1
            )
            self.priority.setCurrentIndex(rule.priority if rule.priority in LEVELS else 5)
            self.missing.setCurrentIndex(list(Unknown).index(rule.missing.rest))
            self.scenario.setEnabled(rule.use is RuleUse.CALL)

    def _renamed(self, text: str, *, english: bool) -> None:
        if self._rule is not None:
            old = self._rule.name
            self._take(name=Text(old.zh, text) if english else Text(text, old.en))

    def _chose_scenario(self, at: int) -> None:
        self._take(scenario=self.scenarios[at])

    def _chose_missing(self, at: int) -> None:
        if self._rule is not None:
            self._take(missing=structs.replace(self._rule.missing, rest=list(Unknown)[at]))

    def _bounded(self, text: str) -> None:
        if self.bound.hasAcceptableInput():
            self._take(most_percent=float(text))

    def _take(self, **fields: object) -> None:
        if self._rule is not None:
            self._rule = structs.replace(self._rule, **fields)
            self.edited.emit(fields)

"""The terms of a campaign on one page: whom, about what, by which ways, how many, when, and what is expected."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from core.desk.campaign_draft import CampaignDraft
from core.domain.campaign import Route
from core.domain.text import Text
from core.wire.campaigns import ListTold
from core.wire.screening import RuleRow
from desktop import theme
from desktop.campaigning import campaign_words as words
from desktop.tongue import Tongue
from desktop.widgets.chip_row import ChipRow, ChipSpec
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

PUBLISHED = "published"
_FIGURES = (
    ("quota", words.QUOTA), ("a_day", words.A_DAY), ("control", words.CONTROL), ("target", words.TARGET),
    ("starts", words.STARTS), ("ends", words.ENDS), ("reached", words.REACHED), ("agreed", words.AGREED),
    ("points", words.POINTS),
)  # fmt: skip
_PLACES = ((3, 1), (3, 2), (3, 3), (4, 3), (4, 1), (4, 2), (5, 1), (5, 2), (5, 3))
_HEADS = (words.WHOM, words.ABOUT, words.HOW_MANY, words.WHEN, words.FORECAST, words.WAYS)
_HEAD_ROWS = (1, 2, 3, 4, 5, 6)


class CampaignForm(QWidget):
    edited = Signal()
    rule_chosen = Signal(str)

    def __init__(self, tongue: Tongue, scenario_name: Callable[[str], Text]) -> None:
        super().__init__()
        self._tongue, self._scenario_name = tongue, scenario_name
        self._draft: CampaignDraft | None = None
        self._rules: list[str] = [""]
        self._lists: list[str] = [""]
        self._scenarios: list[str] = []
        self.name, self.name_en = QLineEdit(), QLineEdit()
        self.rule, self.list, self.model, self.scenario = ChoiceBox(), ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.fields = {name: QLineEdit() for name, _text in _FIGURES}
        self._captions = {name: Label(size=12, tone=Tone.MUTED) for name, _text in _FIGURES}
        self._heads = [Label(bold=True) for _ in _HEADS]
        self.routes, self._usual = ChipRow(), Label(size=12, tone=Tone.MUTED)
        self.routes.add_last(self._usual)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(8))
        grid.addWidget(self.name, 0, 0, 1, 3)
        grid.addWidget(self.name_en, 0, 3)
        for head, row in zip(self._heads, _HEAD_ROWS, strict=True):
            head.setFixedWidth(theme.px(74))
            grid.addWidget(head, row, 0)
        for at, box in enumerate((self.rule, self.list, self.model), 1):
            grid.addWidget(box, 1, at)
        grid.addWidget(self.scenario, 2, 1, 1, 3)
        for (name, _text), (row, column) in zip(_FIGURES, _PLACES, strict=True):
            cell = QGridLayout()
            cell.setSpacing(theme.px(2))
            cell.addWidget(self._captions[name], 0, 0)
            cell.addWidget(self.fields[name], 1, 0)
            grid.addLayout(cell, row, column)
        grid.addWidget(self.routes, 6, 1, 1, 3)
        for column in (1, 2, 3):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(7, 1)

    def _connect(self) -> None:
        self.name.textEdited.connect(lambda text: self._put("name", text))
        self.name_en.textEdited.connect(lambda text: self._put("name_en", text))
        for name, field in self.fields.items():
            field.textEdited.connect(lambda text, name=name: self._put(name, text))
        self.rule.activated.connect(lambda at: self.rule_chosen.emit(self._rules[at]))
        self.list.activated.connect(lambda at: self._put("list_id", self._lists[at]))
        self.model.activated.connect(lambda at: self._put("model", PUBLISHED if at else ""))
        self.scenario.activated.connect(lambda at: self._put("scenario", self._scenarios[at]))
        self.routes.chosen.connect(self._turn_route)

    def show_draft(
        self,
        draft: CampaignDraft | None,
        rules: Sequence[RuleRow],
        lists: Sequence[ListTold],
        scenarios: Sequence[str],
        *,
        editable: bool,
        begun: bool,
    ) -> None:
        """`begun`: whom it asks and who is held out stand for good."""
        self._draft = draft
        say = self._tongue
        self._rules = ["", *(one.rule.id for one in rules)]
        self._lists = ["", *(one.list_id for one in lists)]
        self._scenarios = list(scenarios)
        _fill(self.rule, [say(words.NO_RULE), *(say(one.rule.name) for one in rules)])
        _fill(self.list, [say(words.NO_LIST), *(f"{one.name}（{one.customers:,}）" for one in lists)])
        _fill(self.model, [say(words.NO_MODEL), say(words.BY_MODEL)])
        _fill(self.scenario, [say(self._scenario_name(one)) for one in scenarios])
        self.setEnabled(editable)
        if draft is None:
            return
        for field, text in ((self.name, draft.name), (self.name_en, draft.name_en),
                            *((field, str(getattr(draft, name))) for name, field in self.fields.items())):  # fmt: skip
            if field.text() != text:
                field.setText(text)
        self.rule.setCurrentIndex(_place(self._rules, draft.rule))
        self.list.setCurrentIndex(_place(self._lists, draft.list_id))
        self.model.setCurrentIndex(1 if draft.model else 0)
        self.scenario.setCurrentIndex(_place(self._scenarios, draft.scenario))
        for fixed in (self.rule, self.list, self.model, self.scenario, self.fields["control"], self.fields["starts"]):
            fixed.setEnabled(editable and not begun)
        self._show_routes()

    def retranslate(self) -> None:
        say = self._tongue
        for field, text in ((self.name, words.NAME), (self.name_en, words.NAME_EN)):
            field.setPlaceholderText(say(text))
            field.setAccessibleName(say(text))
        for name, text in _FIGURES:
            self._captions[name].set_words(say(text))
            self.fields[name].setAccessibleName(say(text))
        self.fields["control"].setToolTip(say(words.CONTROL_TOLD))
        for box, text in (
            (self.rule, words.RULE), (self.list, words.LIST), (self.model, words.MODEL),
            (self.scenario, words.SCENARIO),
        ):  # fmt: skip
            box.setAccessibleName(say(text))
        for head, text in zip(self._heads, _HEADS, strict=True):
            head.set_words(say(text))
        self.routes.setAccessibleName(say(words.WAYS))
        self._usual.set_words(say(words.USUAL_WAY))

    def _show_routes(self) -> None:
        on = self._draft.routes if self._draft else []
        self.routes.show_chips([ChipSpec(one.value, self._tongue(words.ROUTES[one]), on=one in on) for one in Route])

    def _turn_route(self, code: str) -> None:
        if self._draft is not None:
            route, routes = Route(code), self._draft.routes
            self._draft.routes = [one for one in routes if one is not route] if route in routes else [*routes, route]
            self._show_routes()
            self.edited.emit()

    def _put(self, name: str, value: str) -> None:
        if self._draft is not None:
            setattr(self._draft, name, value)
            self.edited.emit()


def _place(known: Sequence[str], wanted: str) -> int:
    return known.index(wanted) if wanted in known else -1


def _fill(box: ChoiceBox, items: list[str]) -> None:
    if [box.itemText(at) for at in range(box.count())] != items:
        box.clear()
        box.addItems(items)

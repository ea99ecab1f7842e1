"""The terms of a campaign on one page: whom, about what, by which ways, how many, when, and what is expected."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from core.desk.campaign_draft import PUBLISHED, CampaignDraft
from core.domain.campaign import Route
from core.domain.text import Text, filled
from core.wire.campaigns import ListTold, ModelTold
from core.wire.screening import RuleRow
from desktop import theme
from desktop.campaigning import campaign_words as words
from desktop.campaigning.campaign_more import HEAD, CampaignMore
from desktop.keys.caps import cap
from desktop.keys.planning import CONDUCTING, Conduct
from desktop.tongue import Tongue
from desktop.widgets.chip_row import ChipRow, ChipSpec
from desktop.widgets.choice_box import ChoiceBox, fill
from desktop.widgets.choose_many import ChooseMany
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

_FIGURES = (
    ("quota", words.QUOTA), ("a_day", words.A_DAY), ("control", words.CONTROL), ("starts", words.STARTS),
    ("ends", words.ENDS), ("target", words.TARGET), ("reached", words.REACHED), ("agreed", words.AGREED),
    ("points", words.POINTS),
)  # fmt: skip
_FIRST_ROW = 5
_HEADS = (words.WHOM, words.ABOUT, words.HOW_MANY, words.WHEN, words.FORECAST, words.WAYS)
_HEAD_ROWS = (1, 3, 5, 6, 7, 8)


class Choices(NamedTuple):
    """What there is to choose from."""

    rules: Sequence[RuleRow] = ()
    lists: Sequence[ListTold] = ()
    models: Sequence[ModelTold] = ()
    scenarios: Sequence[str] = ()
    offers: Mapping[str, Text] = {}


class CampaignForm(QWidget):
    edited = Signal()
    rules_chosen = Signal(list)
    unfolded = Signal()
    """what few campaigns state has come into sight below"""

    def __init__(self, tongue: Tongue, scenario_name: Callable[[str], Text]) -> None:
        super().__init__()
        self._tongue, self._scenario_name = tongue, scenario_name
        self._draft: CampaignDraft | None = None
        self._shown = Choices()
        self._begun = False
        self._lists: list[str] = [""]
        self._models: list[str] = []
        self._scenarios: list[str] = []
        self.name, self.name_en = QLineEdit(), QLineEdit()
        self.rules, self.offers = ChooseMany(), ChooseMany()
        self.list, self.model, self.scenario = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.fields = {name: QLineEdit() for name, _text in _FIGURES}
        self._captions = {name: Label(size=12, tone=Tone.MUTED) for name, _text in _FIGURES}
        self._heads = [Label(bold=True) for _ in _HEADS]
        self.routes, self._usual = ChipRow(), Label(size=12, tone=Tone.MUTED)
        self.routes.add_last(self._usual)
        self.more, self.seldom = QPushButton(), CampaignMore(tongue)
        self.more.setProperty("kind", "plain")
        self.more.setCheckable(True)
        self._said = Label(size=12, tone=Tone.MUTED, wrap=True)
        self.seldom.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        """From line to line, as the eye goes: Tab follows."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, theme.px(6), 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(8))
        grid.addWidget(self.name, 0, 0, 1, 3)
        grid.addWidget(self.name_en, 0, 3)
        for head, row in zip(self._heads, _HEAD_ROWS, strict=True):
            head.setFixedWidth(theme.px(HEAD))
            grid.addWidget(head, row, 0)
        for at, box in enumerate((self.rules, self.list, self.model), 1):
            grid.addWidget(box, 1, at)
        grid.addWidget(self.rules.chips, 2, 1, 1, 3)
        grid.addWidget(self.scenario, 3, 1, 1, 2)
        grid.addWidget(self.offers, 3, 3)
        grid.addWidget(self.offers.chips, 4, 1, 1, 3)
        for at, (name, _text) in enumerate(_FIGURES):
            cell = QGridLayout()
            cell.setSpacing(theme.px(2))
            cell.addWidget(self._captions[name], 0, 0)
            cell.addWidget(self.fields[name], 1, 0)
            grid.addLayout(cell, _FIRST_ROW + at // 3, 1 + at % 3)
        grid.addWidget(self.routes, 8, 1, 1, 3)
        folded = QHBoxLayout()
        folded.addWidget(self.more)
        folded.addWidget(self._said, 1)
        grid.addLayout(folded, 9, 0, 1, 4)
        grid.addWidget(self.seldom, 10, 0, 1, 4)
        for column in (1, 2, 3):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(11, 1)

    def _connect(self) -> None:
        self.name.textEdited.connect(lambda text: self._put("name", text))
        self.name_en.textEdited.connect(lambda text: self._put("name_en", text))
        for name, field in self.fields.items():
            field.textEdited.connect(lambda text, name=name: self._put(name, text))
        self.rules.changed.connect(self.rules_chosen)
        self.offers.changed.connect(lambda chosen: self._put("offers", chosen, show=True))
        self.list.activated.connect(lambda at: self._put("list_id", self._lists[at]))
        self.model.activated.connect(lambda at: self._put("model", self._models[at], show=True))
        self.scenario.activated.connect(lambda at: self._put("scenario", self._scenarios[at]))
        self.routes.chosen.connect(self._turn_route)
        self.more.toggled.connect(self._fold)
        self.seldom.edited.connect(self._edited)

    def show_draft(self, draft: CampaignDraft | None, choices: Choices, *, editable: bool, begun: bool) -> None:
        """`begun`: what is offered how, and who is held out, stands for good; whom it asks may still grow."""
        self._draft, self._shown = draft, choices
        self._begun = begun
        self.setEnabled(editable)
        self._fill()
        self.seldom.show_draft(draft, choices.lists, begun=begun)
        self._tell_seldom()
        if draft is None:
            return
        for field, text in ((self.name, draft.name), (self.name_en, draft.name_en),
                            *((field, str(getattr(draft, name))) for name, field in self.fields.items())):  # fmt: skip
            if field.text() != text:
                field.setText(text)
        for fixed in (
            self.scenario, self.offers, self.offers.chips, self.routes, self.fields["control"], self.fields["starts"],
        ):  # fmt: skip
            fixed.setEnabled(editable and not begun)
        self._show_routes()

    def _fill(self) -> None:
        """The choices, with those of the draft that nobody here knows as they are written."""
        draft, say = self._draft, self._tongue
        rules, lists, models, scenarios, offers = self._shown
        self.rules.show_choice(
            [(one.rule.id, say(one.rule.name)) for one in rules], draft.rules if draft else (),
            none=say(words.NO_RULE), more=say(words.MORE_RULES),
        )  # fmt: skip
        self.offers.show_choice(
            [(one, say(name)) for one, name in offers.items()], draft.offers if draft else (),
            none=say(words.NO_OFFER), more=say(words.MORE_OFFERS),
        )  # fmt: skip
        named = {one.list_id: say(filled(words.LISTED, name=one.name, customers=f"{one.customers:,}")) for one in lists}
        self._lists = _with(["", *named], draft.list_id if draft else "")
        fill(self.list, [say(words.NO_LIST), *(named.get(one, one) for one in self._lists[1:])])
        self._models = _with(["", PUBLISHED, *(one.id for one in models)], draft.model if draft else "")
        counts = {one.id for one in models if one.published}
        own = [
            say(filled(words.OWN_MODEL, model=one)) + (say(words.WHICH_COUNTS) if one in counts else "")
            for one in self._models[2:]
        ]
        fill(self.model, [say(words.NO_MODEL), say(words.BY_MODEL), *own])
        self._scenarios = _with(list(scenarios), draft.scenario if draft else "")
        fill(self.scenario, [say(self._scenario_name(one)) for one in self._scenarios])
        if draft is not None:
            self.list.setCurrentIndex(self._lists.index(draft.list_id))
            self.model.setCurrentIndex(self._models.index(draft.model))
            self.scenario.setCurrentIndex(self._scenarios.index(draft.scenario) if draft.scenario else -1)

    def retranslate(self) -> None:
        say = self._tongue
        for field, text in ((self.name, words.NAME), (self.name_en, words.NAME_EN)):
            field.setPlaceholderText(say(text))
            field.setAccessibleName(say(text))
        for name, text in _FIGURES:
            self._captions[name].set_words(say(text))
            self.fields[name].setAccessibleName(say(text))
        told = {"control": words.CONTROL_TOLD, "reached": words.REACHED_TOLD, "agreed": words.AGREED_TOLD}
        for name, text in told.items():
            self.fields[name].setToolTip(say(text))
        for box, text in ((self.list, words.LIST), (self.model, words.MODEL), (self.scenario, words.SCENARIO)):
            box.setAccessibleName(say(text))
        self.scenario.setPlaceholderText(say(words.SCENARIO))
        self.rules.set_names(say(words.RULE))
        self.offers.set_names(say(words.OFFERS))
        for head, text in zip(self._heads, _HEADS, strict=True):
            head.set_words(say(text))
        self.routes.setAccessibleName(say(words.WAYS))
        self._usual.set_words(say(words.USUAL_WAY))
        self.seldom.retranslate()
        self._tell_seldom()

    def _tell_seldom(self) -> None:
        """What stands in the folded fields is told beside the fold."""
        say, draft, open_ = self._tongue, self._draft, self.more.isChecked()
        self.more.setText(f"{'▾' if open_ else '▸'} {say(words.MORE)}  {cap(CONDUCTING[Conduct.MORE][0])}")
        self.more.setAccessibleName(say(words.MORE))
        named = say(words.BETWEEN).join(say(words.SELDOM[one]) for one in draft.unusual) if draft else ""
        self._said.set_words("" if open_ or not named else say(filled(words.SELDOM_SAID, named=named)))

    def _fold(self, open_: bool) -> None:
        self.seldom.setVisible(open_)
        self._tell_seldom()
        if open_:
            self.seldom.setFocus()
            self.unfolded.emit()

    def _show_routes(self) -> None:
        on = self._draft.routes if self._draft else []
        self.routes.show_chips([ChipSpec(one.value, self._tongue(words.ROUTES[one]), on=one in on) for one in Route])

    def _turn_route(self, code: str) -> None:
        if self._draft is not None:
            route, routes = Route(code), self._draft.routes
            self._put("routes", [one for one in routes if one is not route] if route in routes else [*routes, route])
            self._show_routes()

    def _put(self, name: str, value: object, *, show: bool = False) -> None:
        """`show`: other fields follow it."""
        if self._draft is not None:
            setattr(self._draft, name, value)
            if show:
                self._fill()
                self.seldom.show_draft(self._draft, self._shown.lists, begun=self._begun)
            self._edited()

    def _edited(self) -> None:
        self._tell_seldom()
        self.edited.emit()


def _with(known: list[str], wanted: str) -> list[str]:
    return known if not wanted or wanted in known else [*known, wanted]

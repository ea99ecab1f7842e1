"""What few campaigns state: how often they choose, the model's bound, places, values, strata. Folded away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.desk.campaign_draft import CampaignDraft
from core.domain.campaign import Trigger
from core.domain.customer import Value
from core.domain.effect_words import VALUES
from core.domain.task import TIER_NAMES, Tier
from core.domain.text import filled
from core.wire.campaigns import ListTold
from desktop import theme
from desktop.campaigning import campaign_words as words
from desktop.tongue import Tongue
from desktop.widgets.chip_row import ChipRow, ChipSpec
from desktop.widgets.choice_box import ChoiceBox, fill
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

LEVELS = range(10)
HEAD = 74
_TYPED = ("at_least", "areas", "grids")
_CHIPS = ("values", "tiers", "strata")


class CampaignMore(QWidget):
    edited = Signal()

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self._draft: CampaignDraft | None = None
        self._lists: list[str] = [""]
        self.trigger, self.priority, self.more_list = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.fields = {name: QLineEdit() for name in _TYPED}
        self.chips = {name: ChipRow() for name in _CHIPS}
        self._captions = {name: Label(size=12, tone=Tone.MUTED) for name in words.SELDOM}
        self._lay_out()
        self.setFocusProxy(self.trigger)
        self.trigger.activated.connect(lambda at: self._put("trigger", list(Trigger)[at]))
        self.priority.activated.connect(lambda at: self._put("priority", at))
        self.more_list.activated.connect(lambda at: self._put("more_list_id", self._lists[at]))
        for name, field in self.fields.items():
            field.textEdited.connect(lambda text, name=name: self._put(name, text))
        for name, row in self.chips.items():
            row.chosen.connect(lambda code, name=name: self._turn(name, code))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(8))
        # An empty column gets no gap beside it.
        grid.setColumnMinimumWidth(0, theme.px(HEAD) + grid.horizontalSpacing())
        placed: tuple[tuple[str, QWidget], ...] = (
            ("trigger", self.trigger), ("priority", self.priority), ("more_list_id", self.more_list),
            ("at_least", self.fields["at_least"]), ("areas", self.fields["areas"]), ("grids", self.fields["grids"]),
        )  # fmt: skip
        for at, (name, part) in enumerate(placed):
            cell = QVBoxLayout()
            cell.setSpacing(theme.px(2))
            cell.addWidget(self._captions[name])
            cell.addWidget(part)
            grid.addLayout(cell, at // 3, 1 + at % 3)
        rows = QVBoxLayout()
        rows.setSpacing(theme.px(6))
        for name in _CHIPS:
            line = QHBoxLayout()
            self._captions[name].setFixedWidth(theme.px(HEAD))
            line.addWidget(self._captions[name])
            line.addWidget(self.chips[name], 1)
            rows.addLayout(line)
        grid.addLayout(rows, 3, 1, 1, 3)
        for column in (1, 2, 3):
            grid.setColumnStretch(column, 1)

    def show_draft(self, draft: CampaignDraft | None, lists: Sequence[ListTold], *, begun: bool) -> None:
        """`begun`: when it chooses, and within what chance decides, stands for good."""
        self._draft, say = draft, self._tongue
        known = [one.list_id for one in lists]
        named = {one.list_id: say(filled(words.LISTED, name=one.name, customers=f"{one.customers:,}")) for one in lists}
        other = draft.more_list_id if draft else ""
        self._lists = ["", *known, *([other] if other and other not in known else [])]
        fill(self.trigger, [say(words.TRIGGERS[one]) for one in Trigger])
        fill(self.priority, [str(one) for one in LEVELS])
        fill(self.more_list, [say(words.NO_LIST), *(named.get(one, one) for one in self._lists[1:])])
        if draft is None:
            return
        self.trigger.setCurrentIndex(list(Trigger).index(draft.trigger))
        self.priority.setCurrentIndex(draft.priority if draft.priority in LEVELS else -1)
        self.more_list.setCurrentIndex(self._lists.index(draft.more_list_id))
        for name, field in self.fields.items():
            text = getattr(draft, name)
            if field.text() != text and not field.hasFocus():
                field.setText(text)
        self.trigger.setEnabled(not begun)
        self.chips["strata"].setEnabled(not begun)
        self.fields["at_least"].setEnabled(bool(draft.model))
        self._show_chips()

    def retranslate(self) -> None:
        say = self._tongue
        for name, caption in self._captions.items():
            caption.set_words(say(words.SELDOM[name]))
        named: tuple[tuple[str, QWidget], ...] = (
            ("trigger", self.trigger), ("priority", self.priority), ("more_list_id", self.more_list),
            *self.fields.items(), *self.chips.items(),
        )  # fmt: skip
        for name, part in named:
            part.setAccessibleName(say(words.SELDOM[name]))
        for name in ("areas", "grids"):
            self.fields[name].setPlaceholderText(say(words.EVERYWHERE))
        self.trigger.setToolTip(say(words.TRIGGER_TOLD))
        self.chips["strata"].setToolTip(say(words.STRATA_TOLD))

    def _show_chips(self) -> None:
        draft, say = self._draft, self._tongue
        if draft is None:
            return
        options = {
            "values": [(one.value, say(VALUES[one.value])) for one in Value],
            "tiers": [(one.value, say(TIER_NAMES[one])) for one in Tier],
            "strata": [(code, say(text)) for code, text in words.STRATA.items()],
        }
        for name, row in self.chips.items():
            on = getattr(draft, name)
            row.show_chips([ChipSpec(code, text, on=code in on) for code, text in options[name]])

    def _turn(self, name: str, code: str) -> None:
        if self._draft is not None:
            on: list[str] = getattr(self._draft, name)
            kind = {"values": Value, "tiers": Tier, "strata": str}[name]
            left = [one for one in on if one != code]
            self._put(name, left if code in on else [*on, kind(code)])
            self._show_chips()

    def _put(self, name: str, value: object) -> None:
        if self._draft is not None:
            setattr(self._draft, name, value)
            self.edited.emit()

"""What a campaign changed: those drawn to be called beside those held out, with intervals, and what was expected."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.desk.effect_taking import file_name, take_effect
from core.domain.campaign import CampaignState
from core.domain.errors import ServerUnreachable
from core.domain.text import filled
from core.sync.campaigns import AskCampaigns
from core.wire.campaign_effect import EFFECT_DAY, EFFECT_DAYS, CampaignEffect, Looked
from core.wire.campaigns import Campaigns, CampaignTold
from desktop import theme
from desktop.campaigning import effect_words as words
from desktop.campaigning.campaign_list import CampaignList
from desktop.campaigning.effect_rows import (
    VERDICT_TONES,
    before_rows,
    compared_rows,
    forecast_rows,
    group_rows,
    looked_name,
    told_interval,
)
from desktop.campaigning.parts import CampaigningContext, three_cards, within_card
from desktop.campaigning.whiskers import Whisker, WhiskerView
from desktop.keys.caps import cap
from desktop.keys.planning import CONDUCTING, Conduct
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.keyed import keyed
from desktop.widgets.kpi_tile import TileRow
from desktop.widgets.label import Label
from desktop.widgets.part_tabs import Part
from desktop.widgets.small_table import SmallTable
from desktop.widgets.values import Tile, Tone

LEFT, RIGHT = 240, 420
MOST_PROBLEMS = 6


class EffectPart(Part):
    def __init__(self, context: CampaigningContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._tongue, self._ask = context, context.tongue, AskCampaigns(context.ask)
        self._rows: tuple[CampaignTold, ...] = ()
        self._id = ""
        self.effect: CampaignEffect | None = None
        self._reading = self._unreachable = False
        self._ticket = 0
        """an answer that a later question has overtaken is dropped"""
        self._list_card, self._main_card, self._side_card = Card(), Card(), Card()
        self.list = CampaignList(self._tongue)
        self.days, self.export = ChoiceBox(), QPushButton()
        self.verdict, self._cautions = Label(size=15, bold=True, wrap=True), Label(size=13, tone=Tone.WARN, wrap=True)
        self.tiles, self.whiskers = TileRow(), WhiskerView()
        self._points, self._known = Label(size=12, tone=Tone.MUTED, wrap=True), Label(size=12, tone=Tone.MUTED)
        self.compared, self.forecast = SmallTable(), SmallTable()
        self.group, self.groups, self.group_whiskers = ChoiceBox(), SmallTable(most=8), WhiskerView()
        self.before, self._cannot = SmallTable(), Label(size=12, tone=Tone.MUTED, wrap=True)
        self._heads = [Label(size=13, bold=True, tone=Tone.MUTED) for _ in range(3)]
        self._problems = Label(size=13, wrap=True)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        self.retranslate()

    def _lay_out(self) -> None:
        self._list_card.add(self.list, 1)
        head = QHBoxLayout()
        head.addWidget(self.days)
        head.addStretch(1)
        head.addWidget(self.export)
        self._main_card.add(head)
        self._main_card.add(
            within_card(
                _column(
                    self.verdict, self._cautions, self.tiles, self._points, self.whiskers, self.compared, self._known
                )
            ),
            1,
        )
        self._side_card.add(
            within_card(
                _column(self._heads[0], self.forecast, self.group, self.group_whiskers, self.groups, self._heads[1],
                        self.before, self._cannot, self._heads[2], self._problems)
            ),
            1,
        )  # fmt: skip
        three_cards(self, self._list_card, self._main_card, self._side_card, widths=(LEFT, RIGHT))

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.days.activated.connect(lambda _: self._choose(self._id))
        self.group.activated.connect(lambda _: self._show_groups())
        self.export.clicked.connect(self._write)
        acts = {
            Conduct.EXPORT: self._write, Conduct.DAYS: self.days.setFocus, Conduct.GROUPS: self.group.setFocus,
        }  # fmt: skip
        for conduct, act in acts.items():
            keyed(self, CONDUCTING[conduct][0], act)
        self.days.setToolTip(cap(CONDUCTING[Conduct.DAYS][0]))
        self.group.setToolTip(cap(CONDUCTING[Conduct.GROUPS][0]))

    def refresh(self) -> None:
        self._reading = True
        self._context.network_lane(self._ask.every, self._take_rows, self._failed)

    def _take_rows(self, found: Campaigns) -> None:
        self._unreachable = False
        self._rows = tuple(one for one in found.campaigns if one.state is not CampaignState.DRAFT)
        ids = [one.id for one in self._rows]
        if self._id not in ids:
            # What is over has more to tell than what has just begun.
            over = [one.id for one in self._rows if one.state is CampaignState.ENDED]
            self._id, self.effect = (over or ids or [""])[0], None
        self._show_list()
        self._read()

    def _failed(self, error: Exception) -> None:
        self._reading = False
        self._unreachable = isinstance(error, ServerUnreachable)
        if not self._unreachable:
            self._context.show_error(error)
        self._show()

    def _read(self) -> None:
        campaign_id, days = self._id, EFFECT_DAYS[max(self.days.currentIndex(), 0)]
        if not campaign_id:
            self._reading = False
            self._show()
            return
        self._reading = True
        self._show()
        self._ticket += 1
        ticket = self._ticket
        self._context.network_lane(
            lambda: self._ask.effect(campaign_id, days),
            lambda effect: self._take(effect) if ticket == self._ticket else None,
            lambda error: self._failed(error) if ticket == self._ticket else None,
        )

    def _take(self, effect: CampaignEffect) -> None:
        if effect.campaign_id == self._id:
            self.effect, self._reading = effect, False
            self._show()

    def retranslate(self) -> None:
        say = self._tongue
        self._list_card.set_title(say(words.CAMPAIGNS))
        self.list.setAccessibleName(say(words.CAMPAIGNS))
        self.export.setText(f"{say(words.EXPORT)}  {cap(CONDUCTING[Conduct.EXPORT][0])}")
        self.export.setAccessibleName(say(words.EXPORT))
        at = self.days.currentIndex() if self.days.count() else EFFECT_DAYS.index(EFFECT_DAY)
        self.days.clear()
        self.days.addItems([say(filled(words.DAYS, days=str(one))) for one in EFFECT_DAYS])
        self.days.setCurrentIndex(at)
        self.days.setAccessibleName(say(words.EFFECT))
        self.group.setAccessibleName(say(filled(words.GROUPS_OF, group="…")))
        for head, text in zip(self._heads, (words.FORECAST, words.BEFORE_AFTER, words.PROBLEMS), strict=True):
            head.set_words(say(text))
        self._points.set_words(f"{say(words.POINTS)} · {say(words.GREY)}")
        self._show_list()
        self._show()

    # Showing

    def _show_list(self) -> None:
        self.list.show_campaigns(self._rows, self._id, empty=words.READING if self._reading else words.NONE_YET)

    def _show(self) -> None:
        say, effect = self._tongue, self.effect
        self._main_card.set_title(say(effect.name) if effect else say(words.EFFECT))
        self.export.setEnabled(effect is not None)
        shown = (self.tiles, self._points, self.whiskers, self.compared, self._known, self._side_card)
        for part in shown:
            part.setVisible(effect is not None)
        if effect is None:
            waiting = words.READING if self._reading else words.NOT_READ if self._rows else words.NONE_YET
            self.verdict.set_words(say(words.OFFLINE if self._unreachable else waiting), Tone.MUTED)
            self._cautions.set_words("")
            return
        self.verdict.set_words(say(effect.words), VERDICT_TONES[effect.verdict])
        self._cautions.set_words("\n".join(say(one) for one in effect.cautions))
        self._cautions.setVisible(bool(effect.cautions))
        self._show_figures(effect)
        self._show_side(effect)
        self._name_groups(effect)
        self._show_groups()

    def _show_figures(self, effect: CampaignEffect) -> None:
        say = self._tongue
        tiles = (
            (words.TREATED, effect.treated), (words.CONTROL, effect.control), (words.DISPATCHED, effect.dispatched),
            *([(words.REACHED, effect.reached), (words.AGREED, effect.agreed)] if effect.by_call else []),
        )  # fmt: skip
        self.tiles.set_tiles([Tile(say(name), f"{figure:,}") for name, figure in tiles])
        rows = [
            Whisker(say(looked_name(one)), one.effect, told_interval(one.effect, say), one.few)
            for one in effect.compared
            # Of what nobody did, a letter's orders say, nothing is drawn.
            if one.looked is Looked.ON_NET or one.treated.met or one.control.met
        ]
        self.whiskers.show_rows(rows, name=say(words.TABLE), empty=say(words.NOTHING_DRAWN))
        self.compared.setAccessibleName(say(words.TABLE))
        self.compared.set_table([say(one) for one in words.COLUMNS], compared_rows(effect, say))
        known = effect.known_until.isoformat() if effect.known_until else "—"
        self._known.set_words(say(filled(words.KNOWN_UNTIL, day=known)))

    def _show_side(self, effect: CampaignEffect) -> None:
        say = self._tongue
        forecast, before = forecast_rows(effect, say), before_rows(effect, say)
        self.forecast.setAccessibleName(say(words.FORECAST))
        self.forecast.set_table([say(one) for one in words.FORECAST_COLUMNS], forecast)
        self.forecast.setVisible(bool(forecast))
        self._heads[0].set_words(say(words.FORECAST if forecast else words.NO_FORECAST))
        self.before.setAccessibleName(say(words.BEFORE_AFTER))
        self.before.set_table([say(one) for one in words.BEFORE_COLUMNS], before)
        for part in (self._heads[1], self.before, self._cannot):
            part.setVisible(bool(before))
        self._cannot.set_words(say(effect.cannot_show) if effect.cannot_show else "")
        problems = [
            f"· {say(filled(words.PROBLEM, name=one.name, calls=f'{one.calls:,}'))}"
            for one in effect.problems[:MOST_PROBLEMS]
        ]
        self._problems.set_words("\n".join(problems))
        self._heads[2].setVisible(bool(problems))

    def _name_groups(self, effect: CampaignEffect) -> None:
        say, at = self._tongue, max(self.group.currentIndex(), 0)
        names = [words.GROUP_NAMES[code] for code in effect.groups if code in words.GROUP_NAMES]
        self.group.clear()
        self.group.addItems([say(filled(words.GROUPS_OF, group=name)) for name in names])
        self.group.setCurrentIndex(min(at, self.group.count() - 1))
        self.group.setVisible(bool(names))

    def _show_groups(self) -> None:
        say, effect = self._tongue, self.effect
        codes = [code for code in effect.groups if code in words.GROUP_NAMES] if effect else []
        at = self.group.currentIndex()
        groups = effect.groups[codes[at]] if effect and 0 <= at < len(codes) else ()
        drawn = [
            Whisker(say(one.name), one.effect, f"{100 * one.effect.value:+.1f}", one.few)
            for one in groups if one.effect is not None
        ]  # fmt: skip
        self.group_whiskers.show_rows(drawn, name=self.group.currentText(), empty=say(words.NOTHING_DRAWN))
        self.group_whiskers.setVisible(bool(drawn))
        self.groups.setAccessibleName(self.group.currentText())
        self.groups.set_table([say(one) for one in words.GROUP_COLUMNS], group_rows(groups, say))
        self.groups.setVisible(bool(groups))

    # Acting

    def _choose(self, campaign_id: str) -> None:
        self._id, self.effect = campaign_id, None
        self._read()

    def _write(self) -> None:
        effect = self.effect
        if effect is None:
            return
        desk, lang = self._context.desk, self._tongue.lang
        path = self.folder() / file_name(desk, effect)
        self._context.network_lane(
            lambda: take_effect(desk, effect, path, lang),
            lambda _: self._context.say(filled(words.WRITTEN, path=str(path)), Tone.OK),
            self._context.show_error,
        )

    def folder(self) -> Path:
        """Where workbooks are put: the account's own documents."""
        found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(found) if found else Path.home()


def _column(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, theme.px(6), 0)
    column.setSpacing(theme.px(8))
    for part in parts:
        column.addWidget(part)
    return holder

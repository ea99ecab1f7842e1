"""Campaigns: all of them at the left, the one in hand on one page, whom it would reach at the right."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.domain.campaign import CampaignState
from core.domain.clock import CHINA
from core.domain.text import Text, filled
from core.wire.campaigns import ListReport
from desktop.campaigning import campaign_words as words
from desktop.campaigning.campaign_figures import CampaignFigures
from desktop.campaigning.campaign_form import CampaignForm, Choices
from desktop.campaigning.campaign_list import STATE_TONES, CampaignList
from desktop.campaigning.campaigns_presenter import CampaignsPresenter
from desktop.campaigning.parts import CampaigningContext, three_cards, within_card
from desktop.keys.caps import cap
from desktop.keys.planning import CONDUCTING, Conduct
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox, fill
from desktop.widgets.keyed import keyed
from desktop.widgets.part_tabs import Part
from desktop.widgets.values import Tone

LEFT, RIGHT = 268, 372
SETTLE_MS = 700
"""after the last key: then the draft is kept and counted"""
_SAID: dict[CampaignState, Text] = {
    CampaignState.RUNNING: words.STARTED, CampaignState.PAUSED: words.PAUSED_, CampaignState.STOPPED: words.STOPPED_,
}  # fmt: skip


class CampaignsPart(Part):
    def __init__(self, context: CampaigningContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._tongue = context, context.tongue
        self.presenter = CampaignsPresenter(
            context.desk, context.ask, lane=context.network_lane, store_lane=context.store_lane, changed=self._show,
            counted=self._show_figures, show_error=context.show_error, moved=self._told_moved,
        )  # fmt: skip
        self._list_card, self._form_card, self._side_card = Card(), Card(), Card()
        self.list = CampaignList(self._tongue)
        self.new = QPushButton()
        self.form = CampaignForm(self._tongue, context.scenario_name)
        self.figures = CampaignFigures(self._tongue, self.presenter)
        self.start, self.pause, self.stop = QPushButton(), QPushButton(), QPushButton()
        self.whom, self.make_list = ChoiceBox(), QPushButton()
        self._listing = QWidget()
        self.start.setProperty("kind", "primary")
        self._sure = False
        """to stop: asked once"""
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        self.retranslate()

    def _lay_out(self) -> None:
        self._list_card.add(self.list, 1)
        self._list_card.add(self.new)
        self.form_scroll = within_card(self.form)
        self._form_card.add(self.form_scroll, 1)
        buttons = QHBoxLayout()
        for button in (self.stop, self.pause):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.start)
        self._form_card.add(buttons)
        self._side_card.add(self.figures, 1)
        listing = QHBoxLayout(self._listing)
        listing.setContentsMargins(0, 0, 0, 0)
        listing.addWidget(self.whom, 1)
        listing.addWidget(self.make_list)
        self._side_card.add(self._listing)
        three_cards(self, self._list_card, self._form_card, self._side_card, widths=(LEFT, RIGHT))

    def _connect(self) -> None:
        p = self.presenter
        self.list.chosen.connect(self._choose)
        self.new.clicked.connect(self.begin)
        self.form.edited.connect(self._edited)
        self.form.unfolded.connect(self._bring_down)
        self.form.rules_chosen.connect(self._chose_rules)
        self.start.clicked.connect(self._start)
        self.pause.clicked.connect(lambda: p.move(CampaignState.PAUSED))
        self.stop.clicked.connect(self._stop)
        self.make_list.clicked.connect(self._make_list)
        self._settle.timeout.connect(p.keep)
        acts = {
            Conduct.NEW: self.begin, Conduct.START: self._start, Conduct.STOP: self._stop,
            Conduct.MORE: self.form.more.click, Conduct.LIST: self.make_list.click,
            Conduct.PAUSE: lambda: p.move(CampaignState.PAUSED) if self.pause.isEnabled() else None,
        }  # fmt: skip
        for conduct, act in acts.items():
            keyed(self, CONDUCTING[conduct][0], act)

    def refresh(self) -> None:
        if not self._settle.isActive():
            self.presenter.load()

    def retranslate(self) -> None:
        say = self._tongue
        self._list_card.set_title(say(words.CAMPAIGNS))
        self.list.setAccessibleName(say(words.CAMPAIGNS))
        self.new.setText(f"{say(words.NEW)}  {cap(CONDUCTING[Conduct.NEW][0])}")
        self.new.setAccessibleName(say(words.NEW))
        self.make_list.setText(f"{say(words.MAKE_LIST)}  {cap(CONDUCTING[Conduct.LIST][0])}")
        self.make_list.setAccessibleName(say(words.MAKE_LIST))
        self.whom.setAccessibleName(say(words.WHOSE_LIST))
        fill(self.whom, [say(text) for text in words.WHOM_LISTED.values()])
        self.form.retranslate()
        self._show()

    # Showing

    def _show(self) -> None:
        p, say = self.presenter, self._tongue
        empty = words.READING if p.reading else words.NONE_YET
        self.list.show_campaigns(p.rows, p.draft.id if p.draft else "", empty=empty)
        self._list_card.set_note(f"{len(p.rows):,}" if p.rows else "")
        begun = p.state not in (None, CampaignState.DRAFT)
        choices = Choices(p.rules, p.lists, p.models, self._context.desk_scenarios(), p.offers)
        self.form.show_draft(p.draft, choices, editable=p.editable, begun=begun)
        self._form_card.set_title((p.draft.name if p.draft else "") or say(words.NEW))
        state = p.state
        if state is not None:
            self._form_card.set_note(say(words.STATES[state]), STATE_TONES[state])
        else:
            self._form_card.set_note("")
        self._show_figures()

    def _show_figures(self) -> None:
        p, say = self.presenter, self._tongue
        begun = p.state not in (None, CampaignState.DRAFT)
        self._side_card.set_title(say(words.STANDS if begun else words.LOOK))
        self._listing.setVisible(begun)
        kept = f"{p.kept_at.astimezone(CHINA):%H:%M:%S}" if p.kept_at else ""
        self._side_card.set_note(say(filled(words.KEPT, time=kept)) if kept else "")
        self.figures.show_figures()
        start = (
            words.RESUME if p.state is CampaignState.PAUSED else words.CONFIRM if self._must_confirm else words.START
        )
        for button, text, key in (
            (self.start, start, Conduct.START), (self.pause, words.PAUSE, Conduct.PAUSE),
            (self.stop, words.STOP_AGAIN if self._sure else words.STOP, Conduct.STOP),
        ):  # fmt: skip
            button.setText(f"{say(text)}  {cap(CONDUCTING[key][0])}")
            button.setAccessibleName(say(text))
        self.start.setEnabled(self._startable)
        self.pause.setEnabled(p.state is CampaignState.RUNNING)
        self.stop.setEnabled(p.state in (CampaignState.RUNNING, CampaignState.PAUSED))

    @property
    def _startable(self) -> bool:
        p = self.presenter
        if p.counting or self._settle.isActive():
            return False
        return p.state is CampaignState.PAUSED or (p.state is CampaignState.DRAFT and p.terms is not None)

    @property
    def _must_confirm(self) -> bool:
        """Starting was refused, while the count says that somebody would be reached."""
        p = self.presenter
        return p.state is CampaignState.DRAFT and p.trouble is not None and p.preview is not None

    def _bring_down(self) -> None:
        """What was unfolded comes into sight, once it stands."""
        QTimer.singleShot(0, self, lambda: self.form_scroll.ensureWidgetVisible(self.form.seldom))

    # Acting

    def begin(self) -> None:
        self._keep_now()
        self.presenter.begin()
        self.form.name.setFocus()

    def _keep_now(self) -> None:
        """What was typed a moment ago waits for nothing once another campaign comes in hand."""
        self._sure = False
        if self._settle.isActive():
            self._settle.stop()
            self.presenter.keep()

    def _choose(self, campaign_id: str) -> None:
        self._keep_now()
        self.presenter.open(campaign_id)

    def _edited(self) -> None:
        self.presenter.touched()
        draft = self.presenter.draft
        self._form_card.set_title((draft.name if draft else "") or self._tongue(words.NEW))
        self._settle.start()
        self._show_figures()

    def _chose_rules(self, rules: list[str]) -> None:
        self.presenter.choose_rules(rules)
        self._show()
        self._edited()

    def _start(self) -> None:
        if self._startable:
            self.presenter.move(CampaignState.RUNNING, confirmed=self._must_confirm)

    def _stop(self) -> None:
        if not self.stop.isEnabled():
            return
        if self._sure:
            self.presenter.move(CampaignState.STOPPED)
        self._sure = not self._sure
        self._show_figures()

    def _make_list(self) -> None:
        """Of those in hand; a survey or a callback of another campaign chooses from it."""
        told = self.presenter.told
        if told is None or not self._listing.isVisibleTo(self):
            return
        whom = list(words.WHOM_LISTED)[max(0, self.whom.currentIndex())]
        name = self._tongue(filled(words.LIST_NAME, campaign=told.name, whom=words.WHOM_LISTED[whom]))

        def done(report: ListReport) -> None:
            said = filled(words.LISTED, name=report.name, customers=f"{report.customers:,}")
            self._context.say(said, Tone.OK)

        self.presenter.make_list(whom, name, done)

    def _told_moved(self, state: CampaignState) -> None:
        if state in _SAID:
            self._context.say(_SAID[state], Tone.OK)

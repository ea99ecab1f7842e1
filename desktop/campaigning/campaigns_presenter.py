"""Campaigns as a planner leads them: drafted, counted, started, paused, stopped. No widgets; the server on a worker."""

from collections.abc import Callable
from datetime import datetime

from core.desk.campaign_draft import CampaignDraft, Unread, draft_of, new_draft, read_draft
from core.desk.desk import Desk
from core.desk.offer_names import offer_names
from core.domain.campaign import Audience, CampaignState, CampaignTerms, Forecast
from core.domain.clock import local_day, moment_id
from core.domain.errors import Refused, ServerUnreachable
from core.domain.text import Text
from core.sync.ask import Ask
from core.sync.campaigns import AskCampaigns
from core.sync.screening import AskScreening
from core.wire.campaigns import (
    CampaignLists,
    CampaignModels,
    CampaignPreview,
    Campaigns,
    CampaignTold,
    ListFromCampaign,
    ListReport,
    ListTold,
    ModelTold,
    NextSegments,
    SetCampaignState,
    Whom,
)
from core.wire.screening import RuleRow, Rules, RuleStanding
from desktop.lane import Lane

LONGEST_NAME = 80
"""of a list"""
_Read = tuple[Campaigns, Rules, CampaignLists, CampaignModels]
_USABLE = frozenset({RuleStanding.SHIPPED, RuleStanding.OWN})


class CampaignsPresenter:
    """`changed` is told when rows or the campaign in hand are others, `counted` when figures came."""

    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        *,
        lane: Lane,
        store_lane: Lane,
        changed: Callable[[], None],
        counted: Callable[[], None],
        show_error: Callable[[Exception], None],
        moved: Callable[[CampaignState], None],
    ) -> None:
        self._desk, self._lane, self._store_lane = desk, lane, store_lane
        self._ask, self._rules_ask = AskCampaigns(ask), AskScreening(ask)
        self._changed, self._counted, self._show_error, self._moved = changed, counted, show_error, moved
        self.rows: tuple[CampaignTold, ...] = ()
        self.rules: tuple[RuleRow, ...] = ()
        self.lists: tuple[ListTold, ...] = ()
        self.models: tuple[ModelTold, ...] = ()
        self.offers: dict[str, Text] = {}
        """names by id"""
        self.draft: CampaignDraft | None = None
        self.told: CampaignTold | None = None
        """the campaign in hand as the server has it; None: not saved yet"""
        self.preview: CampaignPreview | None = None
        self.segments: NextSegments | None = None
        self.counting = self.reading = self.unreachable = False
        self.trouble: Text | None = None
        """why it cannot be counted or started"""
        self.kept_at: datetime | None = None
        self._ticket = 0
        self._unkept = False
        self._aside: dict[str, CampaignDraft] = {}
        """what was typed and could not be kept yet, by campaign, while another one is in hand"""
        self._begun = ""
        """the new one that the server does not know yet"""
        self._sent = set[str]()
        """on their way to the server"""

    # Reading

    def load(self) -> None:
        if self.reading:
            return
        self.reading = True
        self._lane(self._read, self._take, self._failed)
        self._store_lane(lambda: offer_names(self._desk), self._take_offers, self._show_error)
        self._changed()

    def _take_offers(self, names: dict[str, Text]) -> None:
        self.offers = names
        self._changed()

    def _read(self) -> _Read:
        return self._ask.every(), self._rules_ask.rules(), self._ask.lists(), self._models_of_server()

    def _models_of_server(self) -> CampaignModels:
        try:
            return self._ask.models()
        except Refused:
            # A model that cannot be read, or a server that tells of none: campaigns can be stopped all the same.
            return CampaignModels()

    def _take(self, found: _Read) -> None:
        campaigns, rules, lists, models = found
        self.reading = self.unreachable = False
        self.rows = campaigns.campaigns
        self.rules = tuple(one for one in rules.rules if one.standing in _USABLE and one.rule.scenario)
        self.lists, self.models = lists.lists, models.models
        if self.draft is None and self.rows:
            self.open(self.rows[0].id)
            return
        if self.told is not None:
            self.told = next((one for one in self.rows if self.told and one.id == self.told.id), self.told)
        self._changed()

    def _failed(self, error: Exception) -> None:
        self.reading = self.counting = False
        self.unreachable = isinstance(error, ServerUnreachable)
        if not self.unreachable:
            self._show_error(error)
        self._changed()

    # The campaign in hand

    def open(self, campaign_id: str) -> None:
        told = next((one for one in self.rows if one.id == campaign_id), None)
        if told is not None:
            self._set_aside()
            aside = self._aside.pop(campaign_id, None)
            self.told, self.draft, self.kept_at = told, aside or draft_of(_terms(told)), None
            self._unkept = aside is not None
            self.preview = self.segments = self.trouble = None
            self._ticket += 1
            self.counting = False
            self._changed()
            if told.state is CampaignState.DRAFT:
                self.look()
            elif told.runs_dry is not None and (told.runs_dry.dry or told.runs_dry.likely):
                self._look_further(told.id)

    def begin(self) -> None:
        """A new one; where one was begun before that could not be kept yet, that one."""
        self._set_aside()
        now = self._desk.moment().wall
        begun = None if self._begun in self._sent else self._aside.pop(self._begun, None)
        self.draft = begun or new_draft(f"c-{moment_id(now)}", local_day(now))
        self._begun, self._unkept = self.draft.id, begun is not None
        self._ticket += 1
        self.counting = False
        self.told = self.preview = self.segments = self.trouble = self.kept_at = None
        self._changed()

    def touched(self) -> None:
        """Something of the draft was typed or chosen."""
        self._unkept = True

    def _set_aside(self) -> None:
        if self.draft is not None and self._unkept:
            self._aside[self.draft.id] = self.draft
        self._unkept = False

    def choose_rules(self, rules: list[str]) -> None:
        """Whom any of them matches. The first brings its script where none is chosen."""
        if self.draft is not None:
            self.draft.rules = list(rules)
            row = next((one for one in self.rules if rules and one.rule.id == rules[0]), None)
            if row is not None and not self.draft.scenario:
                self.draft.scenario = row.rule.scenario

    @property
    def state(self) -> CampaignState | None:
        return self.told.state if self.told else None

    @property
    def editable(self) -> bool:
        return self.draft is not None and self.state in (None, CampaignState.DRAFT, CampaignState.RUNNING,
                                                         CampaignState.PAUSED)  # fmt: skip

    @property
    def terms(self) -> CampaignTerms | None:
        found = read_draft(self.draft) if self.draft else None
        return found if isinstance(found, CampaignTerms) else None

    @property
    def unread(self) -> Unread | None:
        """What keeps the draft from being counted."""
        found = read_draft(self.draft) if self.draft else None
        return found if isinstance(found, Unread) else None

    def keep(self) -> None:
        """The terms as they stand go to the server; a draft is counted then."""
        terms = self.terms
        if terms is None or self.draft is None:
            self._counted()
            return
        self._ticket += 1
        ticket, new = self._ticket, self.told is None
        self._sent.add(terms.id)
        self.trouble, self.counting = None, self.state in (None, CampaignState.DRAFT)
        self._counted()
        self._lane(
            lambda: self._ask.draft(terms) if new else self._ask.change(terms),
            lambda told: self._take_kept(ticket, told),
            lambda error: self._not_kept(ticket, terms.id, error),
        )

    def _not_kept(self, ticket: int, campaign_id: str, error: Exception) -> None:
        self._sent.discard(campaign_id)
        self._not_counted(ticket, error)

    def _take_kept(self, ticket: int, told: CampaignTold) -> None:
        self._sent.discard(told.id)
        others = [one for one in self.rows if one.id != told.id]
        was = next((at for at, one in enumerate(self.rows) if one.id == told.id), 0)
        self.rows = (*others[:was], told, *others[was:])
        if self._begun == told.id:
            self._begun = ""
        if self.draft is None or self.draft.id != told.id:
            # Kept while another one came in hand: what was set aside stands on the server now.
            self._aside.pop(told.id, None)
            self._changed()
            return
        self.told = told
        self.kept_at = self._desk.moment().wall
        if ticket == self._ticket:
            self._unkept = False
        self._changed()
        if ticket == self._ticket and told.state is CampaignState.DRAFT:
            self.look()

    def look(self) -> None:
        """Whom starting it now would choose, hold out and call."""
        if self.told is None:
            return
        self._ticket += 1
        ticket, campaign_id = self._ticket, self.told.id
        self.counting = True
        self._counted()
        self._lane(
            lambda: self._ask.preview(campaign_id),
            lambda found: self._take_preview(ticket, found),
            lambda error: self._not_counted(ticket, error),
        )

    def _take_preview(self, ticket: int, found: CampaignPreview) -> None:
        if ticket == self._ticket:
            self.preview, self.counting = found, False
            self._counted()

    def _not_counted(self, ticket: int, error: Exception) -> None:
        if ticket != self._ticket:
            return
        self.counting, self.preview = False, None
        if isinstance(error, Refused):
            self.trouble = _told_whole(error)
            self._counted()
        else:
            self._failed(error)

    def _look_further(self, campaign_id: str) -> None:
        def take(found: NextSegments) -> None:
            if self._is_in_hand(campaign_id):
                self.segments = found
                self._counted()

        self._lane(lambda: self._ask.next_segments(campaign_id), take, self._failed)

    # Its life

    def move(self, state: CampaignState, *, confirmed: bool = False) -> None:
        if self.told is None:
            return
        campaign_id = self.told.id
        asked = SetCampaignState(state=state, confirmed=confirmed)
        self.counting = True
        self._counted()
        self._lane(lambda: self._ask.move(campaign_id, asked), self._take_moved,
                   lambda error: self._not_moved(campaign_id, error))  # fmt: skip

    def _is_in_hand(self, campaign_id: str) -> bool:
        """Another one may have been opened while the server answered."""
        return self.told is not None and self.told.id == campaign_id

    def _take_moved(self, told: CampaignTold) -> None:
        self._moved(told.state)
        self.rows = tuple(told if one.id == told.id else one for one in self.rows)
        if self._is_in_hand(told.id):
            self.counting = False
            self.preview = self.trouble = None
            self.open(told.id)
        self._changed()

    def _not_moved(self, campaign_id: str, error: Exception) -> None:
        if self._is_in_hand(campaign_id):
            self.counting = False
            if isinstance(error, Refused):
                self.trouble = _told_whole(error)
        self._show_error(error)
        self._counted()

    def make_list(self, whom: Whom, name: str, done: Callable[[ListReport], None]) -> None:
        """TASK-14: those of its members, to be surveyed or called back by another campaign."""
        if self.told is None:
            return
        asked = ListFromCampaign(campaign_id=self.told.id, whom=whom, name=name[:LONGEST_NAME])
        list_id = f"l-{moment_id(self._desk.moment().wall)}"

        def take(report: ListReport) -> None:
            done(report)
            self.load()

        self._lane(lambda: self._ask.list_from(list_id, asked), take, self._show_error)


def _terms(told: CampaignTold) -> CampaignTerms:
    """What the planner stated, without what the server tells beside it."""
    audience = Audience(**{name: getattr(told.audience, name) for name in Audience.__struct_fields__})
    forecast = Forecast(**{name: getattr(told.forecast, name) for name in Forecast.__struct_fields__})
    stated = {name: getattr(told, name) for name in CampaignTerms.__struct_fields__}
    return CampaignTerms(**stated | {"audience": audience, "forecast": forecast})


def _told_whole(error: Refused) -> Text:
    """Why not, and what there is instead, such as the areas that there are."""
    why, then = error.message, error.next_step
    return Text(f"{why.zh}{then.zh}", f"{why.en} {then.en}".strip())

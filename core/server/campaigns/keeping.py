"""What the server does for campaigns unasked: ends those whose time is over, chooses anew from a new snapshot, looks at
who was held, and dispatches as desks have room."""

import structlog

from core.domain.campaign import Barrier, CampaignState, Trigger
from core.domain.campaign_notes import being_chosen
from core.domain.clock import local_day
from core.domain.errors import InputError
from core.server.campaigns.apart import LONGEST_S, Begun, Engine
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.campaigns.life import end_past, take_back_left
from core.server.campaigns.newest import newest_snapshot
from core.server.campaigns.relooking import look_again
from core.server.campaigns.taking_in import let_go
from core.server.db import campaigns
from core.server.db.campaigns import Kept
from core.server.db.engine import Unit

_log = structlog.get_logger("stayline.campaigns")


class CampaignKeeper:
    """Keeps campaigns round by round; one choosing at a time."""

    def __init__(self, engine: Engine, *, longest_s: float = LONGEST_S) -> None:
        self._engine, self._longest_s = engine, longest_s
        self._begun: Begun | None = None

    def keep(self) -> None:
        """A round. Choosing runs beside it, and the round never waits for it."""
        database = self._engine.database
        end_past(database)
        take_back_left(database)
        self._choose()
        if self._begun is None or self._begun.wait(0):
            # Whoever is choosing draws as well: the two must not draw the same customer.
            look_again(database)
        dispatch_campaigns(database, actor="server")

    def keep_all(self) -> int:
        """A round in which all that is due is chosen, for who has the engine here; how many were dispatched."""
        end_past(self._engine.database)
        take_back_left(self._engine.database)
        while (begun := self._begin()) is not None:
            begun.value()
        look_again(self._engine.database)
        return dispatch_campaigns(self._engine.database, actor="server")

    def close(self) -> None:
        """End the child, if one is at work; the next server begins anew at once."""
        if self._begun is not None:
            self._begun.end()
            let_go(self._engine.database, self._begun.campaign_id, self._begun.at)

    def _choose(self) -> None:
        if self._begun is not None and not self._begun.wait(0) and self._begun.lasts_s > self._longest_s:
            # Its mark stays for a while, so that the other campaigns come first.
            self._begun.end()
        if self._begun is not None and self._begun.wait(0):
            try:
                self._begun.value()
            except InputError as error:
                _log.error("choosing members failed", campaign=self._begun.campaign_id, error=str(error))
            self._begun = None
        if self._begun is None:
            self._begun = self._begin()

    def _begin(self) -> Begun | None:
        """What is due."""
        with self._engine.database.read() as unit:
            running = [one for one in campaigns.every(unit, [CampaignState.RUNNING]) if _may_choose(unit, one)]
            if not running:
                return None
            newest = newest_snapshot(self._engine.data, unit.tenant)
            due = next((one.campaign.id for one in running if _is_due(unit, one, newest)), "")
            rested = next((one.campaign.id for one in running if _is_rested(unit, one, newest)), "")
        if due:
            return self._engine.choose_again(due)
        return self._engine.ask_rested(rested) if rested else None


def _may_choose(unit: Unit, kept: Kept) -> bool:
    on = kept.campaign.starts_on <= local_day(unit.now) <= kept.campaign.ends_on
    return on and not being_chosen(kept.standing, unit.now)


def _is_due(unit: Unit, kept: Kept, newest: str) -> bool:
    """ID-03, 06: a daily one once a day and with each new snapshot; one at will until it was chosen once, and with each
    list that is brought in anew. What was held is tried again with a new snapshot, and each day."""
    standing = kept.standing
    if standing.chosen_on is None or standing.lists_chosen != standing.lists_brought:
        return True
    other_day = standing.chosen_on < local_day(unit.now)
    if standing.why is not None:
        return newest != standing.chosen_from or other_day
    if kept.campaign.trigger is not Trigger.DAILY:
        return False
    return newest != standing.chosen_from or (not newest and other_day)


def _is_rested(unit: Unit, kept: Kept, newest: str) -> bool:
    """One at will chooses once: whom it left in peace then is asked for by each new snapshot."""
    asked = kept.standing.rested_by or kept.standing.chosen_from
    if not newest or newest == asked or kept.standing.chosen_on is None:
        return False
    return campaigns.any_held_by(unit, kept.campaign.id, Barrier.REST)

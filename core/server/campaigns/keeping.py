"""What the server does for campaigns unasked: ends those whose time is over, chooses anew from a new snapshot, looks at
who was held, and dispatches as desks have room."""

from datetime import timedelta

import structlog

from core.domain.campaign import CampaignState, Trigger
from core.domain.clock import local_day
from core.domain.errors import InputError
from core.server.campaigns.apart import Begun, Engine
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.campaigns.life import end_past, take_back_left
from core.server.campaigns.newest import newest_snapshot
from core.server.campaigns.relooking import look_again
from core.server.db import campaigns
from core.server.db.campaigns import Kept
from core.server.db.engine import Unit

_AGAIN = timedelta(minutes=30)
"""after a choosing that failed"""
_log = structlog.get_logger("stayline.campaigns")


class CampaignKeeper:
    """Keeps campaigns round by round; one choosing at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
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
        while (due := self._due()) is not None:
            self._engine.choose_again(due.campaign.id).value()
        look_again(self._engine.database)
        return dispatch_campaigns(self._engine.database, actor="server")

    def close(self) -> None:
        """End the child, if one is at work."""
        if self._begun is not None:
            self._begun.end()

    def _choose(self) -> None:
        if self._begun is not None and self._begun.wait(0):
            try:
                self._begun.value()
            except InputError as error:
                _log.error("choosing members failed", campaign=self._begun.campaign_id, error=str(error))
            self._begun = None
        if self._begun is None and (due := self._due()) is not None:
            self._begun = self._engine.choose_again(due.campaign.id)

    def _due(self) -> Kept | None:
        with self._engine.database.read() as unit:
            running = campaigns.every(unit, [CampaignState.RUNNING])
            if not running:
                return None
            newest = newest_snapshot(self._engine.data, unit.tenant)
            return next((one for one in running if self._is_due(unit, one, newest)), None)

    @staticmethod
    def _is_due(unit: Unit, kept: Kept, newest: str) -> bool:
        """ID-03: a daily one once a day and with each new snapshot; one at will until it was chosen once."""
        campaign, standing, today = kept.campaign, kept.standing, local_day(unit.now)
        if not campaign.starts_on <= today <= campaign.ends_on:
            return False
        since = standing.choosing_since
        if since is not None and unit.now - since < _AGAIN:
            return False
        if standing.chosen_on is None:
            return True
        if standing.why is not None and newest != standing.chosen_from:
            return True
        if campaign.trigger is not Trigger.DAILY:
            return False
        return newest != standing.chosen_from or (not newest and standing.chosen_on < today)

"""What a planner asks of the server about campaigns, their effect and their lists; each raises what `Ask` does."""

from urllib.parse import quote

import msgspec

from core.domain.campaign import CampaignTerms
from core.sync.ask import Ask
from core.wire.campaign_effect import CampaignEffect
from core.wire.campaigns import (
    CampaignLists,
    CampaignModels,
    CampaignPreview,
    Campaigns,
    CampaignTold,
    ListFromCampaign,
    ListReport,
    NextSegments,
    PutCampaignList,
    SetCampaignState,
)
from core.wire.list_files import ListFile, ListLook
from core.wire.task_types import TaskTypes, TurnType

LOOKED_WITHIN_S = 120.0
"""the largest file has a few hundred thousand rows, each of which the server checks: ten seconds where it is idle"""


class AskCampaigns:
    """To be asked from a job off the window's thread."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def every(self) -> Campaigns:
        """Those that run first, then the newest, with what has come of each."""
        return self._ask.asked("GET", "/campaigns", Campaigns)

    def draft(self, terms: CampaignTerms) -> CampaignTold:
        """Nobody is chosen before it is started. Raises Refused where the terms cannot be used."""
        return self._ask.asked("POST", "/campaigns", CampaignTold, body=msgspec.json.encode(terms))

    def change(self, terms: CampaignTerms) -> CampaignTold:
        return self._ask.asked("PUT", _path(terms.id), CampaignTold, body=msgspec.json.encode(terms))

    def preview(self, campaign_id: str) -> CampaignPreview:
        """Whom starting it would choose, hold out and call; nothing is kept."""
        return self._ask.asked("GET", f"{_path(campaign_id)}/preview", CampaignPreview)

    def next_segments(self, campaign_id: str) -> NextSegments:
        """Whom to go on with once its list runs dry."""
        return self._ask.asked("GET", f"{_path(campaign_id)}/next", NextSegments)

    def move(self, campaign_id: str, asked: SetCampaignState) -> CampaignTold:
        """Start, pause, resume, stop. Raises Refused with what keeps it."""
        body = msgspec.json.encode(asked)
        return self._ask.asked("POST", f"{_path(campaign_id)}/state", CampaignTold, body=body)

    def lists(self) -> CampaignLists:
        return self._ask.asked("GET", "/campaign-lists", CampaignLists)

    def models(self) -> CampaignModels:
        """Churn models that a campaign can go by, the newest first."""
        return self._ask.asked("GET", "/campaign-models", CampaignModels)

    def list_from(self, list_id: str, asked: ListFromCampaign) -> ListReport:
        """A new list of a campaign's members. Raises Refused where there is none of them."""
        path = f"/campaign-lists/{quote(list_id, safe='')}/from"
        return self._ask.asked("POST", path, ListReport, body=msgspec.json.encode(asked))

    def task_types(self) -> TaskTypes:
        """Which types of task are switched on where, and the places that there are."""
        return self._ask.asked("GET", "/task-types", TaskTypes)

    def turn_type(self, asked: TurnType) -> TaskTypes:
        """Raises Refused where no customer lives there."""
        return self._ask.asked("PUT", "/task-types", TaskTypes, body=msgspec.json.encode(asked))

    def look_at(self, file: ListFile) -> ListLook:
        """What stands in a file of a list; nothing is kept. Raises Refused where it is no list."""
        path, body = "/campaign-list-files/looked", msgspec.json.encode(file)
        return self._ask.asked("POST", path, ListLook, body=body, within_s=LOOKED_WITHIN_S)

    def put_list(self, list_id: str, asked: PutCampaignList) -> ListReport:
        """A list, or a part of one. Raises Refused where it cannot be kept."""
        path = f"/campaign-lists/{quote(list_id, safe='')}"
        return self._ask.asked("PUT", path, ListReport, body=msgspec.json.encode(asked))

    def effect(self, campaign_id: str, days: int) -> CampaignEffect:
        """What became of those drawn to be called beside those held out, so many days after the draw."""
        return self._ask.asked("GET", f"{_path(campaign_id)}/effect", CampaignEffect, query={"days": str(days)})


def _path(campaign_id: str) -> str:
    return f"/campaigns/{quote(campaign_id, safe='')}"

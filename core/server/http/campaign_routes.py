"""Campaigns: drafted, looked at, started, paused, stopped; lists that they choose from."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from litestar import Request, get, post, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain import decoding
from core.domain.campaign import CampaignState, CampaignTerms
from core.domain.errors import InputError
from core.domain.people import Right
from core.server.campaigns import drafting, life, list_sources, lists, lists_kept, naming, telling
from core.server.campaigns.apart import Engine
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.campaigns.refusing import CampaignRefused, unusable
from core.server.campaigns.renewing import take_back_unlisted
from core.server.http.guards import asked_by
from core.server.http.problems import Malformed
from core.server.http.services import Services
from core.server.planner.messages import Question
from core.wire.campaigns import (
    LIST_ROWS_MOST,
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

Id = Annotated[str, Parameter(max_length=80)]


def campaign_routes(services: Services) -> list[HTTPRouteHandler]:
    return [*_terms(services), *_life(services), *_lists(services)]


def _terms(services: Services) -> list[HTTPRouteHandler]:
    route, database = asked_by(services, Right.PLAN), services.database

    @get("/v1/campaigns", operation_id="campaigns", **route)
    def every() -> Campaigns:
        """All of them, those that run first, with what has come of each."""
        with database.read() as unit:
            return telling.all_told(unit)

    @get("/v1/campaigns/{campaign_id:str}", operation_id="campaign", **route)
    def one(campaign_id: Id) -> CampaignTold:
        """One campaign with its members, what came of its tasks, and whether it will run dry."""
        with _plainly(), database.read() as unit:
            return telling.told(unit, drafting.found(unit, campaign_id))

    @post("/v1/campaigns", operation_id="draftCampaign", status_code=200, **route)
    def draft(request: Request[Any, Any, Any], data: CampaignTerms) -> CampaignTold:
        """A draft: nobody is chosen before it is started."""
        with _plainly(), database.write() as unit:
            naming.refuse_strange_model(unit, services.data, data)
            return telling.told(unit, drafting.draft(unit, data, by=request.user.staff_number))

    @put("/v1/campaigns/{campaign_id:str}", operation_id="changeCampaign", **route)
    def change(request: Request[Any, Any, Any], campaign_id: Id, data: CampaignTerms) -> CampaignTold:
        """Other terms: of a draft any, of one under way its bounds and a wider audience."""
        if campaign_id != data.id:
            raise Malformed("the id in the path is another than that of the campaign")
        with _plainly(), database.write() as unit:
            naming.refuse_strange_model(unit, services.data, data)
            return telling.told(unit, drafting.change(unit, data, by=request.user.staff_number))

    return [every, one, draft, change]


def _life(services: Services) -> list[HTTPRouteHandler]:
    route, database = asked_by(services, Right.PLAN), services.database
    engine = Engine(database, services.data)

    def there(campaign_id: str) -> CampaignState:
        with database.read() as unit:
            return drafting.found(unit, campaign_id).state

    @get("/v1/campaigns/{campaign_id:str}/preview", operation_id="previewCampaign", **route)
    def preview(request: Request[Any, Any, Any], campaign_id: Id) -> CampaignPreview:
        """Whom starting it would choose, hold out and call, and what bars the others; nothing is kept."""
        with _plainly():
            there(campaign_id)
            body = services.planner.ask(Question.CAMPAIGN, campaign_id.encode(), who=request.user.staff_number)
            return decoding.decode(body, CampaignPreview)

    @get("/v1/campaigns/{campaign_id:str}/next", operation_id="nextSegments", **route)
    def further(request: Request[Any, Any, Any], campaign_id: Id) -> NextSegments:
        """Whom to go on with once its list runs dry."""
        with _plainly():
            there(campaign_id)
            body = services.planner.ask(Question.NEXT_SEGMENTS, campaign_id.encode(), who=request.user.staff_number)
            return decoding.decode(body, NextSegments)

    @post("/v1/campaigns/{campaign_id:str}/state", operation_id="moveCampaign", status_code=200, **route)
    def moved(request: Request[Any, Any, Any], campaign_id: Id, data: SetCampaignState) -> CampaignTold:
        """Started, paused, resumed, stopped: tasks that nobody opened are gone from desks with it."""
        by = request.user.staff_number
        with _plainly():
            if there(campaign_id) is CampaignState.DRAFT and data.state is CampaignState.RUNNING:
                engine.start(campaign_id, by=by, confirmed=data.confirmed)
            else:
                life.set_state(database, campaign_id, data.state, by=by, why=data.why)
            if data.state is CampaignState.RUNNING:
                dispatch_campaigns(database, actor=by)
            with database.read() as unit:
                return telling.told(unit, drafting.found(unit, campaign_id))

    return [preview, further, moved]


def _lists(services: Services) -> list[HTTPRouteHandler]:
    route, database = asked_by(services, Right.PLAN), services.database

    @get("/v1/campaign-lists", operation_id="campaignLists", **route)
    def every() -> CampaignLists:
        """Lists that were brought in for campaigns, the newest first."""
        with database.read() as unit:
            return CampaignLists(lists=lists_kept.told(unit))

    @put("/v1/campaign-lists/{list_id:str}", operation_id="putCampaignList", **route)
    def kept(request: Request[Any, Any, Any], list_id: Id, data: PutCampaignList) -> ListReport:
        """Who is on it, and what is wrong with which row. Longer lists come in parts, the later ones appended."""
        if len(data.rows) > LIST_ROWS_MOST:
            raise Malformed(f"at most {LIST_ROWS_MOST} rows")
        with _plainly(), database.write() as unit:
            report = lists.put_list(unit, list_id, data, by=request.user.staff_number)
        if not data.part:
            take_back_unlisted(database, list_id)
        return report

    @post("/v1/campaign-lists/{list_id:str}/from", operation_id="listFromCampaign", status_code=200, **route)
    def brought(request: Request[Any, Any, Any], list_id: Id, data: ListFromCampaign) -> ListReport:
        """Members of another campaign, by what came of it (TASK-14)."""
        with _plainly():
            with database.read() as unit:
                drafting.found(unit, data.campaign_id)
                if lists_kept.name_of(unit, list_id) is not None:
                    # Campaigns under way may choose from it, and would take their members off.
                    raise unusable("已有这个编号的名单。", "A list of that id is there.")
                found = list_sources.members_of(unit, data.campaign_id, data.whom)
            by = request.user.staff_number
            return lists.put_whole(database, list_id, found, name=data.name, append=False, by=by)

    @get("/v1/campaign-models", operation_id="campaignModels", **route)
    def models() -> CampaignModels:
        """Churn models that a campaign can go by, the newest first."""
        with _plainly():
            return CampaignModels(models=naming.models_told(services.data, database.tenant))

    return [every, kept, brought, models]


@contextmanager
def _plainly() -> Iterator[None]:
    """What is wrong with a campaign is answered in its own words."""
    try:
        yield
    except InputError as error:
        raise CampaignRefused(error) from error

"""Planners read the base without persons; planners and team leads read what surveys brought."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.people import Right
from core.server import planning
from core.server.access.bookmark import BadBookmark, Bookmarks
from core.server.db import audit
from core.server.db.audit import Action
from core.server.http.guards import asked_by
from core.server.http.problems import Malformed
from core.server.http.services import Services
from core.wire.base import MOST_CUSTOMERS, SURVEY_DAYS, SURVEY_DAYS_MOST, BasePage, SurveyResults


def planning_routes(services: Services) -> list[HTTPRouteHandler]:
    @get("/v1/base", operation_id="base", **asked_by(services, Right.PLAN))
    def base(
        request: Request[Any, Any, Any],
        start: Annotated[int, Parameter(ge=0, le=2**40)] = 0,
        limit: Annotated[int, Parameter(ge=1, le=MOST_CUSTOMERS)] = MOST_CUSTOMERS,
        after: Annotated[str, Parameter(max_length=1_000)] = "",
    ) -> BasePage:
        """Customers without a person, in pages; each page that was read is on record.

        `after` is the bookmark of the page before; without one the page begins after the first `start` customers."""
        with services.database.write() as unit:
            audit.write(unit, writer=request.user.staff_number, action=Action.BASE_READ, start=start, limit=limit)
            bookmarks = Bookmarks.of(unit)
        try:
            with services.database.read() as unit:
                return planning.base_page(unit, start, limit, bookmarks, after=after)
        except BadBookmark as error:
            raise Malformed("no bookmark of this server") from error

    @get("/v1/surveys/{scenario:str}", operation_id="surveyResults", **asked_by(services, Right.SEE_TEAM))
    def survey(
        request: Request[Any, Any, Any],
        scenario: Annotated[str, Parameter(max_length=80)],
        days: Annotated[int, Parameter(ge=1, le=SURVEY_DAYS_MOST)] = SURVEY_DAYS,
    ) -> SurveyResults:
        """Answers of the last `days` days: all of them for planners, the own team's for its lead."""
        with services.database.read() as unit:
            return planning.survey_results(unit, scenario, caller=request.user, days=days)

    return [base, survey]

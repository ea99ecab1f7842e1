"""Planners begin care that an event sets off, for an area or for customers whom they name."""

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.errors import InputError, Refused
from core.domain.people import Right
from core.server.access.bookmark import BadBookmark
from core.server.care_pages import begin_page, care_areas
from core.server.http.guards import asked_by
from core.server.http.problems import Malformed
from core.server.http.services import Services
from core.wire.care import BeginCare, CareAreas, CareBegun

LONGEST_NAME = 200


def care_routes(services: Services) -> list[HTTPRouteHandler]:
    plans = asked_by(services, Right.PLAN)

    @get("/v1/care/areas", operation_id="careAreas", **plans)
    def areas() -> CareAreas:
        """Where customers live, and how many of them."""
        return care_areas(services.database)

    @post("/v1/care/{code:str}", operation_id="beginCare", status_code=200, **plans)
    def begin(
        request: Request[Any, Any, Any], code: Annotated[str, Parameter(max_length=80)], data: BeginCare
    ) -> CareBegun:
        """Counts, or begins, the class for these customers; each page that was begun is on record."""
        if any(len(one) > LONGEST_NAME for one in (code, data.area, *data.customers)):
            raise Malformed("a text that is too long")
        try:
            return begin_page(services.database, code, data, by=request.user.staff_number)
        except BadBookmark as error:
            raise Malformed("no bookmark of this server") from error
        except InputError as error:
            raise Refused(
                code="no_care", title=error.title, message=error.message, next_step=error.next_step
            ) from error

    return [areas, begin]

"""A desk asks whether the reason for a call still holds: as the task is opened, and before its number is dialled."""

from typing import Annotated, Any

from litestar import Request, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.people import Right
from core.server.http.guards import asked_by
from core.server.http.problems import Malformed
from core.server.http.services import Services
from core.server.rechecking.asking import NotOnYourDesk, recheck
from core.wire.recheck import RecheckAsk, RecheckTold


def recheck_routes(services: Services) -> list[HTTPRouteHandler]:
    @post("/v1/tasks/{task_id:str}/recheck", operation_id="recheck", status_code=200, **asked_by(services, Right.CALL))
    def asked(
        request: Request[Any, Any, Any], task_id: Annotated[str, Parameter(max_length=80)], data: RecheckAsk
    ) -> RecheckTold:
        """As billing and CRM say it within a second; a task whose reason is gone is closed by this."""
        if len(data.number) > 40:
            raise Malformed("too long a number")
        try:
            return recheck(services.database, services.standing, request.user, task_id, data)
        except NotOnYourDesk as error:
            raise NotFoundException from error

    return [asked]

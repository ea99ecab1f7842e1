"""Planners switch types of task on and off (TASK-17)."""

from typing import Any

from litestar import Request, get, put
from litestar.handlers import HTTPRouteHandler

from core.domain.errors import InputError
from core.domain.people import Right
from core.server import task_types
from core.server.campaigns.refusing import CampaignRefused
from core.server.http.guards import asked_by
from core.server.http.services import Services
from core.wire.task_types import TaskTypes, TurnType


def task_type_routes(services: Services) -> list[HTTPRouteHandler]:
    route, database = asked_by(services, Right.PLAN), services.database

    @get("/v1/task-types", operation_id="taskTypes", **route)
    def told() -> TaskTypes:
        """What is switched where, and the places that there are."""
        with database.read() as unit:
            return task_types.told(unit)

    @put("/v1/task-types", operation_id="turnTaskType", **route)
    def turned(request: Request[Any, Any, Any], data: TurnType) -> TaskTypes:
        """For the whole site, an area or a grid; what a grid says counts before its area, that before the site."""
        try:
            with database.write() as unit:
                task_types.turn(unit, data, by=request.user.staff_number)
        except InputError as error:
            raise CampaignRefused(error) from error
        with database.read() as unit:
            return task_types.told(unit)

    return [told, turned]

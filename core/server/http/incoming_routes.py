"""Events of other systems come in, and their senders ask what became of them (ID-24, TASK-09, 11, 13)."""

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.people import Right
from core.domain.task import TaskState
from core.server.http.guards import asked_by
from core.server.http.services import Services
from core.server.incoming import taking
from core.server.incoming.giving_out import give_at_once
from core.wire.incoming import IncomingEvent, IncomingState


def incoming_routes(services: Services) -> list[HTTPRouteHandler]:
    route = asked_by(services, Right.PLAN)

    @post("/v1/incoming", operation_id="takeEvent", status_code=200, **route)
    def taken(request: Request[Any, Any, Any], data: IncomingEvent) -> IncomingState:
        """It becomes a task at a desk that is there within seconds, or is kept aside; the same id changes nothing."""
        database, who = services.database, request.user.staff_number
        came = taking.take_event(database, who, data)
        if came.task_state != TaskState.WAITING:
            return came
        give_at_once(database, came.task, heard=services.hearing.all(), actor=who)
        with database.read() as unit:
            return taking.state_of(unit, data.id)

    @get("/v1/incoming/{event_id:str}", operation_id="event", **route)
    def told(event_id: Annotated[str, Parameter(max_length=60)]) -> IncomingState:
        """What became of it, and whose task it is."""
        try:
            with services.database.read() as unit:
                return taking.state_of(unit, event_id)
        except taking.NoSuchEvent as error:
            raise NotFoundException from error

    return [taken, told]

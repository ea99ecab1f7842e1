"""Tickets of the hotline and of e-channels come in, and their senders ask what came of them (CHANNEL-03)."""

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.people import Right
from core.server.cases import tickets
from core.server.http.guards import asked_by
from core.server.http.services import Services
from core.wire.casework import HotlineTicket, TicketState


def ticket_routes(services: Services) -> list[HTTPRouteHandler]:
    route = asked_by(services, Right.PLAN)

    @post("/v1/tickets", operation_id="raiseTicket", status_code=200, **route)
    def raised(request: Request[Any, Any, Any], data: HotlineTicket) -> TicketState:
        """A task of the one who knows the customer; the same id again changes nothing."""
        return tickets.take_ticket(services.database, request.user, data)

    @get("/v1/tickets/{ticket_id:str}", operation_id="ticket", **route)
    def told(ticket_id: Annotated[str, Parameter(max_length=60)]) -> TicketState:
        """Whose task it is, how the last call went, whether a repair case is open."""
        try:
            return tickets.state(services.database, ticket_id)
        except tickets.NoSuchTicket as error:
            raise NotFoundException from error

    return [raised, told]

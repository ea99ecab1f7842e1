"""Gateways tell what came of what campaigns sent."""

from typing import Any
from uuid import UUID

from litestar import Request, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler

from core.domain.outreach import OutgoingContact
from core.domain.people import Right
from core.server.http.guards import asked_by
from core.server.http.services import Services
from core.server.outreach.moving import NoSuchContact, report
from core.wire.outreach import ContactReport


def outreach_routes(services: Services) -> list[HTTPRouteHandler]:
    route = asked_by(services, Right.PLAN)

    @post("/v1/outreach/{contact_id:uuid}/report", operation_id="reportContact", status_code=200, **route)
    def reported(request: Request[Any, Any, Any], contact_id: UUID, data: ContactReport) -> OutgoingContact:
        """What came of it; told again, or too late, it changes nothing."""
        try:
            return report(services.database, contact_id, data, by=request.user.staff_number)
        except NoSuchContact as error:
            raise NotFoundException from error

    return [reported]

"""Planners bring lists in as files from their desk."""

from typing import Any

from litestar import Request, post
from litestar.handlers import HTTPRouteHandler

from core.domain.errors import InputError
from core.domain.people import Right
from core.server.campaigns.refusing import CampaignRefused
from core.server.http.guards import asked_by
from core.server.http.services import Services
from core.wire.campaigns import ListReport
from core.wire.list_files import BringList, ListFile, ListLook


def list_file_routes(services: Services) -> list[HTTPRouteHandler]:
    route = asked_by(services, Right.PLAN)

    @post("/v1/campaign-list-files/looked", operation_id="lookAtListFile", status_code=200, **route)
    def looked(data: ListFile) -> ListLook:
        """What stands in it and what each column seems to be; nothing is kept."""
        # Workbooks are read by what a start does without.
        from core.server.campaigns.list_upload import look

        try:
            return look(services.database, data)
        except InputError as error:
            raise CampaignRefused(error) from error

    @post("/v1/campaign-list-files", operation_id="bringListFile", status_code=200, **route)
    def brought(request: Request[Any, Any, Any], data: BringList) -> ListReport:
        """The whole list, or nothing of it; what is wrong with which row."""
        from core.server.campaigns.list_upload import bring

        try:
            return bring(services.database, data, by=request.user.staff_number)
        except InputError as error:
            raise CampaignRefused(error) from error

    return [looked, brought]

"""The next task for an agent who asks: those who ask at the same time share a transaction."""

import asyncio
from typing import Any

from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from sqlalchemy.exc import SQLAlchemyError

from core.domain.people import Right
from core.server.claiming import TOGETHER, claim_next
from core.server.grouping import Grouped
from core.server.http.guards import asked_by
from core.server.http.services import Services
from core.wire.claiming import Claimed


def claim_routes(services: Services) -> list[HTTPRouteHandler]:
    line: Grouped[str, Claimed] = Grouped(
        lambda asking: claim_next(services.database, asking), most=TOGETHER, shared=(SQLAlchemyError,)
    )

    @post("/v1/tasks/next", operation_id="nextTask", status_code=200, **asked_by(services, Right.CALL, waits=True))
    async def next_task(request: Request[Any, Any, Any]) -> Claimed:
        """The first task in line that the caller may be given, on their desk from now on; or why there is none.

        Asked again, it gives another one."""
        return await asyncio.wrap_future(line.ask(request.user.staff_number))

    return [next_task]

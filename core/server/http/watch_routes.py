"""For those who watch the server or write against it: whether it works, its figures, the API's own description."""

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from core.server.condition import Condition
from core.server.db.schema import setting
from core.server.http.openapi import complete
from core.server.http.problems import (
    contacts_stopped,
    errands_stopped,
    housekeeping_stopped,
    jobs_stopped,
    orders_stopped,
    unwritable,
)
from core.server.http.services import Services


def watch_routes(services: Services) -> list[HTTPRouteHandler]:
    condition = Condition(services.database)

    @get("/health", sync_to_thread=True, include_in_schema=False)
    def health() -> Response[bytes]:
        """200 while what agents record is taken, orders leave and tasks are given out; else 503 with what is wrong."""
        with services.database.read() as unit:
            unit.conn.execute(setting.select().limit(1))
        found = condition.trouble()
        if found is not None:
            return unwritable(found)
        if services.orders.died:
            return orders_stopped()
        if services.errands.died:
            return errands_stopped()
        if services.jobs.died:
            return jobs_stopped()
        if services.contacts.died:
            return contacts_stopped()
        if services.housekeeping.died:
            return housekeeping_stopped()
        return Response(b'{"status":"ok"}', media_type="application/json")

    @get("/metrics", sync_to_thread=True, include_in_schema=False)
    def metrics() -> Response[bytes]:
        return Response(services.metrics.render(), media_type="text/plain; version=0.0.4; charset=utf-8")

    @get("/v1/openapi.json", sync_to_thread=True, include_in_schema=False)
    def openapi(request: Request[Any, Any, Any]) -> Response[bytes]:
        document: dict[str, Any] = complete(request.app.openapi_schema.to_schema())
        return Response(msgspec.json.encode(document), media_type="application/vnd.oai.openapi+json")

    return [health, metrics, openapi]

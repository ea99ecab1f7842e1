"""Pull and push: the bytes of the one go out as they are kept, the items of the other are read one by one."""

import asyncio
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.server.http.bell import of_agent, of_team
from core.server.http.guards import asked_by
from core.server.http.nul import EACH_FOR_ITSELF
from core.server.http.problems import Malformed
from core.server.http.services import Services
from core.server.sync.cursor import BadCursor
from core.server.sync.decode import BadBatch, Decoded, decode_batch
from core.server.sync.pull import DEFAULT_LIMIT, MAX_LIMIT
from core.server.sync.pull import pull as pull_page
from core.server.sync.push import push as push_items
from core.wire.pull import BAD_CURSOR
from core.wire.push import AuthorityAsked, AuthorityWithdrawn

_JSON = "application/json"
_TOLD_AT_ONCE = (AuthorityAsked, AuthorityWithdrawn)


class UnknownCursor(Malformed):
    """The desk must fetch all again; no other refusal may make it."""

    code = BAD_CURSOR


def sync_routes(services: Services) -> list[HTTPRouteHandler]:
    @get("/v1/pull", operation_id="pull", **asked_by(services))
    def pull(
        request: Request[Any, Any, Any],
        cursor: Annotated[str, Parameter(max_length=100)] = "",
        limit: Annotated[int, Parameter(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    ) -> Response[bytes]:
        """Changes since the cursor, each the newest state of one object that the caller may see, or its tombstone."""
        try:
            page = pull_page(
                services.database,
                staff_number=request.user.staff_number,
                rights=request.user.rights,
                cursor=cursor,
                limit=limit,
            )
        except BadCursor as error:
            raise UnknownCursor("cursor") from error
        services.metrics.changes.inc(page.changes)
        return Response(page.body, media_type=_JSON)

    @post("/v1/push", operation_id="push", status_code=200, opt=EACH_FOR_ITSELF, **asked_by(services, waits=True))
    async def push(request: Request[Any, Any, Any]) -> Response[bytes]:
        """An answer per item, in their order; the same item again is answered `duplicate`."""
        body = await request.body()
        return await asyncio.to_thread(take, request, body)

    def take(request: Request[Any, Any, Any], body: bytes) -> Response[bytes]:
        try:
            items = decode_batch(body)
        except BadBatch as error:
            raise Malformed(f"batch: {error}") from error
        answers = push_items(services.database, request.user, items)
        for answer in answers.answers:
            services.metrics.items.labels(answer.verdict.value).inc()
        if any(isinstance(entry, Decoded) and isinstance(entry.item, _TOLD_AT_ONCE) for entry in items):
            services.bell.ring(of_team(request.user.agent.team), of_agent(request.user.staff_number))
        return Response(msgspec.json.encode(answers), media_type=_JSON)

    return [pull, push]

"""Who asks is settled before anything of the request is read."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from core.domain.people import Right
from core.server.access.caller import Caller
from core.server.http.compression import MAX_OF_STRANGERS
from core.server.http.openapi import PROBLEMS, SIGNED_IN
from core.server.http.services import Services

AT_THE_DOOR: dict[str, Any] = {"status_code": 200, "request_max_body_size": MAX_OF_STRANGERS}
"""what routes state that take a body of whom nobody knows yet"""
Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]


def signed_in(services: Services, *needed: Right) -> Guard:
    """A guard that lets through enabled users with all of the rights; the handler finds them as `request.user`."""

    async def guard(connection: Connection, _handler: BaseRouteHandler) -> None:
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotAuthorizedException
        caller: Caller = await asyncio.to_thread(services.sessions.authenticate, token.strip())
        if not caller.rights.issuperset(needed):
            raise PermissionDeniedException
        services.hearing.note(caller.staff_number, services.database.clock())
        connection.scope["user"] = caller

    return guard


def asked_by(services: Services, *needed: Right, waits: bool = False) -> dict[str, Any]:
    """What routes state alike that callers with all of the rights ask.

    `waits`: the handler is a coroutine; any other runs on a thread of its own."""
    stated = {"responses": PROBLEMS, "guards": [signed_in(services, *needed)], "security": SIGNED_IN}
    return stated if waits else stated | {"sync_to_thread": True}

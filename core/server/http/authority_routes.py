"""Requests for more authority: what changed, at once or as soon as it does, and a lead's answer."""

import asyncio
import time
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.authority import AuthorityCase
from core.domain.people import Right
from core.server.access.caller import Caller
from core.server.authority import NoSuchRequest, answer, teams_of
from core.server.db import authority
from core.server.http.bell import of_agent, of_team
from core.server.http.guards import asked_by
from core.server.http.services import Services
from core.wire.authority import LONGEST_WAIT_S, AuthorityAnswer, AuthorityNews

LOOK_ANYWAY_S = 1.0
"""between two looks where another server process may have written, which rings no bell here"""


def authority_routes(services: Services) -> list[HTTPRouteHandler]:
    @get("/v1/authority", operation_id="authorityNews", **asked_by(services, waits=True))
    async def news(
        request: Request[Any, Any, Any],
        after: Annotated[int, Parameter(ge=0, le=2**62)] = 0,
        wait_s: Annotated[int, Parameter(ge=0, le=LONGEST_WAIT_S)] = 0,
    ) -> AuthorityNews:
        """Answers at once where there is news, else when there is some or the wait is over."""
        return await _news(services, request.user, after, wait_s)

    @post(
        "/v1/authority/{request_id:str}/answer",
        operation_id="answerAuthority",
        status_code=200,
        **asked_by(services, Right.ANSWER_AUTHORITY),
    )
    def answered(
        request: Request[Any, Any, Any],
        request_id: Annotated[str, Parameter(max_length=36)],
        data: AuthorityAnswer,
    ) -> AuthorityCase:
        """Granted, granted less or refused, once; the agent's desk learns of it at once."""
        try:
            settled = answer(services.database, request.user, request_id, data)
        except NoSuchRequest as error:
            raise NotFoundException from error
        services.bell.ring(of_agent(settled.case.request.agent), of_team(settled.team))
        return settled.case

    return [news, answered]


async def _news(services: Services, caller: Caller, after: int, wait_s: int) -> AuthorityNews:
    """The listener comes first: what is committed between the look and the wait rings it."""
    until = time.monotonic() + wait_s
    teams = await asyncio.to_thread(_teams, services, caller)
    topics = None if teams is None else frozenset({of_agent(caller.staff_number), *map(of_team, teams)})
    with services.bell.listening(topics) as listener:
        while True:
            found = await asyncio.to_thread(_look, services, caller, teams, after)
            left_s = until - time.monotonic()
            if found.cases or found.cursor < after or left_s <= 0 or services.bell.silent:
                return found
            await listener.heard(left_s if services.alone else min(left_s, LOOK_ANYWAY_S))


def _teams(services: Services, caller: Caller) -> frozenset[str] | None:
    with services.database.read() as unit:
        return teams_of(unit, caller)


def _look(services: Services, caller: Caller, teams: frozenset[str] | None, after: int) -> AuthorityNews:
    with services.database.read() as unit:
        cases, cursor = authority.newer(unit, after, staff_number=caller.staff_number, teams=teams)
        return AuthorityNews(cases=tuple(cases), cursor=cursor, server_time=unit.now)

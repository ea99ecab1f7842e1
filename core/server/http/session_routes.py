"""Saying hello, signing in, staying signed in, signing out."""

from typing import Any

from litestar import Request, delete, get, post
from litestar.handlers import HTTPRouteHandler

from core import __version__
from core.domain.people import Agent
from core.server.http.guards import AT_THE_DOOR, signed_in
from core.server.http.openapi import PROBLEMS, SIGNED_IN
from core.server.http.services import Services
from core.server.leases import renew_leases
from core.wire import API
from core.wire.session import Hello, Refresh, Session, SignIn


def session_routes(services: Services) -> list[HTTPRouteHandler]:
    @get("/v1/hello", sync_to_thread=True, operation_id="hello", responses=PROBLEMS)
    def hello() -> Hello:
        """Lets a client know that this is a Stayline server, and how one may sign in."""
        return Hello(
            product="Stayline",
            version=__version__,
            api=API,
            server_time=services.database.clock(),
            organisation=services.organisation.offered(),
        )

    @post("/v1/session", sync_to_thread=True, operation_id="signIn", responses=PROBLEMS, **AT_THE_DOOR)
    def sign_in(data: SignIn, request: Request[Any, Any, Any]) -> Session:
        """Throttled after wrong passwords; the answer is then 429 with Retry-After."""
        session = services.sessions.sign_in(data, address=request.client.host if request.client else "")
        renew_leases(services.database, session.agent.staff_number)
        return session

    @post("/v1/session/refresh", sync_to_thread=True, operation_id="refresh", responses=PROBLEMS, **AT_THE_DOOR)
    def refresh(data: Refresh) -> Session:
        """New tokens; also tells that the person is there, which renews the leases of their tasks."""
        session = services.sessions.refresh(data.refresh_token)
        renew_leases(services.database, session.agent.staff_number)
        return session

    guards = [signed_in(services)]

    @delete(
        "/v1/session",
        sync_to_thread=True,
        operation_id="signOut",
        responses=PROBLEMS,
        guards=guards,
        security=SIGNED_IN,
    )
    def sign_out(request: Request[Any, Any, Any]) -> None:
        """Ends the session with all of its tokens."""
        services.sessions.sign_out(request.user)

    @get("/v1/me", sync_to_thread=False, operation_id="me", responses=PROBLEMS, guards=guards, security=SIGNED_IN)
    def me(request: Request[Any, Any, Any]) -> Agent:
        """The person signed in, as they stand now."""
        agent: Agent = request.user.agent
        return agent

    return [hello, sign_in, refresh, sign_out, me]

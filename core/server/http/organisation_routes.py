"""Signing in by an account of the organisation, beside the staff number and its password."""

from typing import Any

from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler

from core.server.http.guards import AT_THE_DOOR
from core.server.http.openapi import PROBLEMS
from core.server.http.services import Services
from core.server.leases import renew_leases
from core.wire.organisation import SignInByCode, SignInPage
from core.wire.session import Session

_PATH = "/v1/sessions/oidc"


def organisation_routes(services: Services) -> list[HTTPRouteHandler]:
    @get(_PATH, sync_to_thread=True, operation_id="signInPage", responses=PROBLEMS)
    def page() -> SignInPage:
        """Where the desk's browser signs in; 404 where the server knows passwords alone, 503 without the provider."""
        return services.organisation.page()

    @post(_PATH, sync_to_thread=True, operation_id="signInByCode", responses=PROBLEMS, **AT_THE_DOOR)
    def sign_in(data: SignInByCode, request: Request[Any, Any, Any]) -> Session:
        """Throttled after failures as signing in by password is."""
        session = services.organisation.sign_in(data, address=request.client.host if request.client else "")
        renew_leases(services.database, session.agent.staff_number)
        return session

    return [page, sign_in]

"""The application: routes, problems, compression, metrics, put together."""

import time
from collections.abc import Iterable

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.utils.sync import AsyncCallable

from core import __version__
from core.domain import decoding
from core.server.http.authority_routes import authority_routes
from core.server.http.campaign_routes import campaign_routes
from core.server.http.care_routes import care_routes
from core.server.http.claim_routes import claim_routes
from core.server.http.compression import MAX_PLAIN, App, Message, Receive, Scope, Send, Zstd
from core.server.http.customer_routes import customer_routes
from core.server.http.effect_routes import effect_routes
from core.server.http.event_routes import EVENTS, event_routes
from core.server.http.incoming_routes import incoming_routes
from core.server.http.list_file_routes import list_file_routes
from core.server.http.nul import refuse_nul
from core.server.http.openapi import COMPONENTS
from core.server.http.organisation_routes import organisation_routes
from core.server.http.outreach_routes import outreach_routes
from core.server.http.planning_routes import planning_routes
from core.server.http.problems import HANDLERS
from core.server.http.recheck_routes import recheck_routes
from core.server.http.review_routes import review_routes
from core.server.http.screening_routes import screening_routes
from core.server.http.services import Services
from core.server.http.session_routes import session_routes
from core.server.http.store_routes import store_routes
from core.server.http.sync_routes import sync_routes
from core.server.http.task_type_routes import task_type_routes
from core.server.http.team_routes import team_routes
from core.server.http.ticket_routes import ticket_routes
from core.server.http.tip_routes import tip_routes
from core.server.http.watch_routes import watch_routes

_NO_STORE = (b"cache-control", b"no-store")


def build_app(services: Services, *more: HTTPRouteHandler) -> App:
    """The ASGI application; nothing in it is global. `more` routes stand behind all that the others do."""
    app = Litestar(
        [
            *session_routes(services),
            *organisation_routes(services),
            *sync_routes(services),
            *claim_routes(services),
            *event_routes(services),
            *customer_routes(services),
            *tip_routes(services),
            *ticket_routes(services),
            *incoming_routes(services),
            *recheck_routes(services),
            *outreach_routes(services),
            *authority_routes(services),
            *planning_routes(services),
            *care_routes(services),
            *screening_routes(services),
            *list_file_routes(services),
            *campaign_routes(services),
            *effect_routes(services),
            *task_type_routes(services),
            *store_routes(services),
            *team_routes(services),
            *review_routes(services),
            *watch_routes(services),
            *more,
        ],
        before_request=refuse_nul,
        exception_handlers=HANDLERS,
        openapi_config=OpenAPIConfig(
            title="Stayline",
            version=__version__,
            path="/v1/schema",
            render_plugins=[JsonRenderPlugin(path="/plain.json")],
            components=COMPONENTS,
        ),
        request_max_body_size=MAX_PLAIN,
        logging_config=None,
        debug=False,
    )
    _meet_bodies(app)
    _wrap_once(app)
    return _observed(Zstd(app), services)  # type: ignore[arg-type]


def _meet_bodies(app: Litestar) -> None:
    """Litestar reads bodies by decoders of its own, on the loop: beside threads that decode, so all are met before."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if handler.parsed_data_field is not None:
                decoding.decoder(handler.parsed_data_field.annotation)


def _wrap_once(app: Litestar) -> None:
    """A handler that runs on a thread is wrapped for it each time its path is registered: where a second method shares
    the path, what the first gives would be one more coroutine, and answered with 500 where it is a Response."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            outer = handler.fn
            while isinstance(outer, AsyncCallable) and isinstance(outer.func, AsyncCallable):
                outer.func = outer.func.func


def _observed(app: App, services: Services) -> App:
    """Counts and times each request by its route's template, never by its path."""

    async def observed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _kept_by_nobody(message["headers"])
            await send(message)

        began = time.perf_counter()
        await app(scope, receive, watch)
        route = scope.get("path_template") or "none"
        services.metrics.requests.labels(route, str(status)).inc()
        # A stream is open for as long as its desk listens: no time to answer.
        if route != EVENTS:
            services.metrics.seconds.labels(route).observe(time.perf_counter() - began)

    return observed


def _kept_by_nobody(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """No proxy and no browser may keep what is told of customers; a stream says so by itself."""
    given = list(headers)
    return given if any(name.lower() == b"cache-control" for name, _ in given) else [*given, _NO_STORE]

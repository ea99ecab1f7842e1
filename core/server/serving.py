"""Running the server: a socket bound beforehand, uvicorn on it, and the housekeeping beside it."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import structlog
import uvicorn

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db.engine import Database
from core.server.departments.service import Departments, errands_leaving
from core.server.housekeeping import housekeeping
from core.server.http.app import build_app
from core.server.http.bell import Bell
from core.server.http.patience import PatientFor
from core.server.http.services import Services
from core.server.jobs.running import Where
from core.server.jobs.service import jobs_running
from core.server.open_files import allow_many
from core.server.orders.service import Ways, ordering
from core.server.outreach.port import OutreachPort
from core.server.outreach.service import contacts_leaving
from core.server.parent import when_parent_ends
from core.server.rechecking.port import StandingPort
from core.server.tls import Tls

_log = structlog.get_logger("stayline.serve")


@dataclass(frozen=True, slots=True)
class Options:
    host: str = "127.0.0.1"
    port: int = 0
    """0 takes a free one"""
    announce: bool = False
    """one JSON line on standard output once listening"""
    die_with_parent: bool = False
    housekeeping_s: float = 60.0
    """between two runs; 0 for none"""
    tls: Tls | None = None
    """the server's own; without, it speaks plain HTTP to this machine or to the proxy in front of it"""
    ways: Ways = field(default_factory=Ways)
    """by which orders leave"""
    departments: Departments = field(default_factory=Departments)
    """by which errands leave, and stores are asked"""
    standing: StandingPort | None = None
    """who says how customers stand now"""
    jobs: Where | None = None
    """on which data jobs run at their hours; None: they do not"""
    outreach: OutreachPort | None = None
    """by which texts, automated calls and visits of campaigns leave"""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; raises InputError where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small parts at once only where a socket names its protocol; else the second part of an answer waits
    # until the first is acknowledged, 40 ms a request.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(512)
    except OSError as error:
        sock.close()
        raise InputError(
            title=Text("无法监听", "Cannot listen"),
            message=Text(f"{host}:{port} 不可用：{error.strerror}。", f"{host}:{port}: {error.strerror}."),
            next_step=Text("请换一个端口，或停止占用它的程序。", "Choose another port, or stop who holds it."),
        ) from error
    return sock


def serve(database: Database, folder: Path, options: Options) -> None:
    """Serve until told to stop by a signal; finishes the requests that are running."""
    allow_many()
    sock = bind(options.host, options.port)
    host, port = sock.getsockname()[:2]
    services = replace(Services.of(database, folder), stores=options.departments.stores, standing=options.standing)
    app: Any = build_app(services)
    config = uvicorn.Config(
        app,
        http=PatientFor,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=10,
        server_header=False,
        ssl_certfile=options.tls.certificate if options.tls else None,
        ssl_keyfile=options.tls.private_key if options.tls else None,
    )
    scheme = "http" if options.tls is None else "https"
    server = _Server(config, services.bell, lambda: _announce(scheme, host, port) if options.announce else None)
    # uvicorn raises the signal that stopped it once more: by then it must not end us in mid-clean-up.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: None)
    if options.die_with_parent:
        when_parent_ends(server.stop)
    _log.info("listening", host=host, port=str(port))
    try:
        with (
            housekeeping(services, options.housekeeping_s),
            ordering(database, options.ways, services.orders),
            errands_leaving(database, options.departments, services.errands),
            jobs_running(database, options.jobs, services.jobs),
            contacts_leaving(database, options.outreach, services.contacts),
        ):
            asyncio.run(server.serve(sockets=[sock]))
    finally:
        services.watch.close()
        services.planner.close()
        sock.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, bell: Bell, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._bell, self._ready = bell, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Whoever waits for news would hold up the end by as long as they wait.
        self._bell.fall_silent()
        await super().shutdown(sockets=sockets)

    def stop(self) -> None:
        """From any thread: finish what runs, then end."""
        self.should_exit = True


def _announce(scheme: str, host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(json.dumps({"url": f"{scheme}://{shown}:{port}", "pid": os.getpid()}) + "\n")
    # The reader may be gone already; the server need not go with it.
    with suppress(BrokenPipeError):
        sys.stdout.flush()

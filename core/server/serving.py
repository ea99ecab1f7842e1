"""Running the server: a socket bound beforehand, uvicorn on it, and the housekeeping beside it."""

import asyncio
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from core.domain.errors import ContentError, InputError, StaylineError
from core.domain.text import Text
from core.server.authority import expire
from core.server.commands.say import told
from core.server.db.engine import Database
from core.server.dispatching import dispatch_waiting
from core.server.http.app import build_app
from core.server.http.bell import Bell, of_agent, of_team
from core.server.http.services import Services
from core.server.leases import reap
from core.server.orders.forgetting import forget_ended
from core.server.orders.service import Ways, ordering
from core.server.parent import when_parent_ends
from core.server.publishing import publish_shipped

_NOT_PUBLISHED = Text(
    "内容文件有误，没有发布；坐席继续使用上次发布的内容。改正后重新启动服务即可。",
    "The content has mistakes and was not published; desks keep what was published last. Correct it and start again.",
)
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
    ways: Ways = field(default_factory=Ways)
    """by which orders leave"""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; raises InputError where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
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
    sock = bind(options.host, options.port)
    host, port = sock.getsockname()[:2]
    services = Services.of(database, folder)
    app: Any = build_app(services)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=10, server_header=False
    )
    server = _Server(config, services.bell, lambda: _announce(host, port) if options.announce else None)
    # uvicorn raises the signal that stopped it once more: by then it must not end us in mid-clean-up.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: None)
    if options.die_with_parent:
        when_parent_ends(server.stop)
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_house, args=(services, options.housekeeping_s, stop), name="housekeeping")
    keeper.start()
    _log.info("listening", host=host, port=str(port))
    try:
        with ordering(database, options.ways, services.orders):
            asyncio.run(server.serve(sockets=[sock]))
    finally:
        stop.set()
        keeper.join()
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


def _announce(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(json.dumps({"url": f"http://{shown}:{port}", "pid": os.getpid()}) + "\n")
    # The reader may be gone already; the server need not go with it.
    with suppress(BrokenPipeError):
        sys.stdout.flush()


def _keep_house(services: Services, every_s: float, stop: threading.Event) -> None:
    if every_s <= 0:
        return
    database = services.database
    _guarded("publish", lambda: _publish(database))
    while not stop.is_set():
        _guarded("reap", lambda: reap(database))
        _guarded("authority", lambda: _end_old_requests(services))
        _guarded("orders", lambda: forget_ended(database))
        _guarded("dispatch", lambda: dispatch_waiting(database, actor="server"))
        stop.wait(every_s)


def _end_old_requests(services: Services) -> None:
    for ended in expire(services.database):
        services.bell.ring(of_agent(ended.case.request.agent), of_team(ended.team))


def _publish(database: Database) -> None:
    """What came newer with the program; whoever started the server sees why it does not go out."""
    try:
        publish_shipped(database, checked=False)
    except ContentError as error:
        said = [_NOT_PUBLISHED.zh, _NOT_PUBLISHED.en, *told(error)]
        sys.stderr.write("\n".join(said) + "\n")
        raise


def _guarded(what: str, run: Callable[[], object]) -> None:
    """A database that is away for a while, or a wrong content file, must not end the housekeeping."""
    try:
        run()
    except SQLAlchemyError as error:
        _log.error("housekeeping failed", what=what, error=type(error).__name__)
    except StaylineError as error:
        _log.error("housekeeping failed", what=what, error=str(error))

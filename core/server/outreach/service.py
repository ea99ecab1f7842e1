"""The worker beside the API: contacts leave in a thread of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from core.server.db.engine import Database
from core.server.outreach.port import OutreachPort
from core.server.outreach.worker import OutreachWorker
from core.server.outside.rounds import at_work
from core.server.watched_thread import WatchedThread

_log = structlog.get_logger("stayline.contacts")


@contextmanager
def contacts_leaving(database: Database, port: OutreachPort | None, seen: WatchedThread) -> Iterator[None]:
    """Until the block ends."""
    if port is None:
        _log.info("texts, automated calls and visits of campaigns wait: no gateway is set")
        yield
        return
    with at_work(OutreachWorker(database, port), "contacts", seen):
        yield

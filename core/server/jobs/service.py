"""Jobs beside the API: a thread that begins once the server listens."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from core.server.db.engine import Database
from core.server.jobs.running import Runner, Where
from core.server.watched_thread import WatchedThread

_END_S = 20.0


@contextmanager
def jobs_running(database: Database, place: Where | None, seen: WatchedThread) -> Iterator[None]:
    """Jobs run at their hours until the block ends; what runs then is ended and taken up at the next start."""
    if place is None:
        yield
        return
    runner, stop = Runner(database, place), threading.Event()
    thread = threading.Thread(target=_run, args=(database, runner, stop), name="jobs")
    thread.start()
    seen.started(thread)
    try:
        yield
    finally:
        seen.ended()
        stop.set()
        runner.stop()
        thread.join(_END_S)


def _run(database: Database, runner: Runner, stop: threading.Event) -> None:
    # huey imports every store that it might use: no desk waits for that.
    from core.server.jobs.consumer import consume
    from core.server.jobs.looking import claim_due

    consume(lambda: claim_due(database), runner.run, stop)

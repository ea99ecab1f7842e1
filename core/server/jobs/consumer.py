"""huey looks each minute and runs what is claimed: its queue lives in memory, since the rows of runs are what lasts."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import msgspec
import structlog
from huey import MemoryHuey, crontab
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy.exc import SQLAlchemyError

from core.domain import decoding
from core.server.jobs.claim import Claim
from core.server.logs import where as place_of

_LOOK_S = 1.0
_END_S = 15.0
_log = structlog.get_logger("stayline.jobs")


class JsonSerializer(Serializer):  # type: ignore[misc]
    """Instead of pickle: what is queued is a name and a few words."""

    def _serialize(self, data: Message) -> bytes:
        return msgspec.json.encode(tuple(data))

    def _deserialize(self, data: bytes) -> Message:
        message = Message(*decoding.plain(data))
        return message._replace(args=tuple(message.args))


def huey_of(look: Callable[[], Claim | None], run: Callable[[Claim], object]) -> MemoryHuey:
    """Looks each minute; what it finds is run by the worker, one after the other."""
    made = MemoryHuey("stayline", results=False, utc=False, serializer=JsonSerializer())

    def run_claimed(body: str) -> None:
        run(decoding.decode(body, Claim))

    queued = made.task(name="run")(run_claimed)

    def look_now() -> None:
        claim = _guarded(look)
        if claim is not None:
            queued(msgspec.json.encode(claim).decode())

    made.periodic_task(crontab(), name="look")(look_now)
    return made


def _guarded(look: Callable[[], Claim | None]) -> Claim | None:
    """A database that is away for a while must not be told as a failure of huey's."""
    try:
        return look()
    except SQLAlchemyError as error:
        _log.error("jobs wait for the database", error=type(error).__name__)
    except Exception as error:
        # Nor may one job whose content cannot be read keep the others from being looked at in the next minute.
        _log.error("jobs wait after an unexpected error", **place_of(error))
    return None


def consume(look: Callable[[], Claim | None], run: Callable[[Claim], object], stop: threading.Event) -> None:
    """Until it is to stop; ends before that only where one of huey's threads has."""
    # Three lines each minute that nothing was due.
    logging.getLogger("huey").setLevel(logging.WARNING)
    consumer: Any = huey_of(look, run).create_consumer(
        workers=1, periodic=True, initial_delay=0.2, max_delay=2.0, scheduler_interval=5, check_worker_health=False
    )
    # Not `consumer.start`: that would take the server's own signals.
    threads = [consumer.scheduler, *(thread for _, thread in consumer.worker_threads)]
    for thread in threads:
        thread.start()
    while not stop.wait(_LOOK_S) and all(thread.is_alive() for thread in threads):
        continue
    consumer.stop_flag.set()
    for thread in threads:
        thread.join(_END_S)

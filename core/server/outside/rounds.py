"""Working off what is to leave, row by row: claimed before the other side is asked, moved after it has answered.

The row is the outbox. Who dies in between leaves a row that falls due again, and its id keeps the other side from
doing it twice. No transaction is open while the other side is waited for.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Generic, Protocol, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from core.domain.errors import StaylineError
from core.server.db.engine import Database, Unit
from core.server.logs import where
from core.server.outside.down import PortDown, PortRefused
from core.server.watched_thread import WatchedThread

AT_ONCE = 50
LONGEST_PAUSE_S = 60.0
LONGEST_REFUSED_S = 900.0
"""between two tries of a row that the other side does not take while it takes others"""
_TRIES_TO_LONGEST, _FAILURES_TO_LONGEST = 17, 6
"""beyond these a pause is the longest: a power without end would overflow after a day"""


class Waits(Protocol):
    """A row that is to be worked on, as it was read."""

    @property
    def tries(self) -> int: ...

    @property
    def key(self) -> str: ...


D = TypeVar("D", bound=Waits)


@dataclass
class Side(Generic[D]):
    """One other system: which rows are its, what is done with one, and until when it is left alone."""

    name: str
    due: Callable[[Unit, int], Sequence[D]]
    claim: Callable[[Unit, D], D | None]
    """the row as it is now, this worker's for a while; None where another has it"""
    work: Callable[[D], None]
    rest: Callable[[Unit, D, datetime], None]
    failures: int = 0
    rests_until: float = 0.0
    """monotonic seconds"""


class Rounds:
    """`round` is one look at all that is due; `run` goes on until stopped."""

    def __init__(self, database: Database, what: str, sides: Sequence[Side[Any]]) -> None:
        """`what`: of which things the log speaks."""
        self._database, self._what = database, what
        self._sides: list[Side[Any]] = list(sides)
        self._log = structlog.get_logger(f"stayline.{what}")

    def run(self, stop: threading.Event, *, every_s: float = 1.0) -> None:
        while not stop.is_set():
            try:
                self.round(stop.is_set)
            except SQLAlchemyError as error:
                # A database that is away for a while must not end the worker.
                self._log.error(f"{self._what} wait for the database", error=type(error).__name__)
            except Exception as error:
                # Nor may anything else: a worker that is gone leaves all that comes later where it is.
                self._log.error(f"{self._what} wait after an unexpected error", **where(error))
            stop.wait(every_s)

    def round(self, stopped: Callable[[], bool] = lambda: False) -> int:
        """Gives how many were worked on."""
        return sum(self._round(side, stopped) for side in self._sides if monotonic() >= side.rests_until)

    def again(self, side: Side[D], one: D, *, longest_s: float = LONGEST_PAUSE_S) -> None:
        """Later and later, up to a minute or so long."""
        pause = timedelta(seconds=min(1.5 ** min(one.tries, _TRIES_TO_LONGEST), longest_s))
        with self._database.write() as unit:
            side.rest(unit, one, unit.now + pause)

    def _round(self, side: Side[D], stopped: Callable[[], bool]) -> int:
        with self._database.read() as unit:
            due = side.due(unit, AT_ONCE)
        done = 0
        for one in due:
            if stopped():
                break
            with self._database.write() as unit:
                claimed = side.claim(unit, one)
            if claimed is None:
                continue
            try:
                side.work(claimed)
            except PortRefused as error:
                # Else a few that are never taken would keep the side resting, and with it all that it would take.
                self.again(side, one, longest_s=LONGEST_REFUSED_S)
                self._log.warning("not taken", side=side.name, id=one.key, tries=one.tries, why=str(error))
                continue
            except PortDown as error:
                self._rest(side, one, error)
                break
            except StaylineError as error:
                # Moved meanwhile by a command or a correction: the next look finds it as it is.
                self._log.info("moved meanwhile", side=side.name, id=one.key, error=str(error))
            except SQLAlchemyError:
                raise
            except Exception as error:
                # One that cannot be worked on must not hold up those behind it.
                self._log.error("cannot be worked on", side=side.name, id=one.key, **where(error))
                self.again(side, one)
                continue
            side.failures, done = 0, done + 1
        return done

    def _rest(self, side: Side[D], one: D, error: PortDown) -> None:
        """A side that is down is left alone for a while, and a row that brings it down for longer and longer."""
        side.failures += 1
        pause_s = min(2.0 ** min(side.failures, _FAILURES_TO_LONGEST), LONGEST_PAUSE_S)
        side.rests_until = monotonic() + pause_s
        self.again(side, one)
        self._log.warning("no answer", side=side.name, id=one.key, why=str(error), again_in_s=pause_s)


@contextmanager
def at_work(rounds: Rounds, name: str, seen: WatchedThread) -> Iterator[None]:
    """A thread of its own goes round until the block ends; what is asked then is given its deadline."""
    stop = threading.Event()
    thread = threading.Thread(target=rounds.run, args=(stop,), name=name)
    thread.start()
    seen.started(thread)
    try:
        yield
    finally:
        seen.ended()
        stop.set()
        thread.join()

"""The port to billing and CRM, and its adapter over HTTP; one that is silent is left alone for a while."""

import os
import threading
from collections.abc import Callable
from time import monotonic
from typing import Protocol
from urllib.parse import quote

import msgspec
import structlog

from core.domain.recheck import Standing
from core.server.outside.down import PortDown, PortRefused
from core.server.outside.peer import Peer
from core.server.outside.reading import read_answer
from core.wire.recheck import StandingAsk

VARIABLE, TOKEN_VARIABLE = "STAYLINE_BILLING", "STAYLINE_BILLING_TOKEN"
"""a token comes by the environment alone: a process list shows options"""
DEADLINE_S = 0.8
"""the desk waits for a second, the way to here included"""
_AT_ONCE = 16
"""asked at the same time: a billing system that hangs must not take all threads of the API"""
_FAILURES, _REST_S = 3, 20.0
"""after so many in a row nobody is asked for so long"""
_log = structlog.get_logger("stayline.recheck")


class StandingPort(Protocol):
    """How a customer stands now. Raises PortDown, and ends within a second whatever the other side does."""

    def standing(self, customer_id: str, number: str) -> Standing | None:
        """None for a customer whom the other side does not know."""
        ...


class HttpStanding:
    """A StandingPort over `POST /standing/{customer_id}`, as `core.wire.recheck` says."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def standing(self, customer_id: str, number: str) -> Standing | None:
        asked = msgspec.json.encode(StandingAsk(number=number))
        answer = self._peer.ask(f"/standing/{quote(customer_id, safe='')}", asked)
        if answer is None:
            return None
        found = read_answer(answer, Standing)
        if found.as_of.tzinfo is None or (found.paid_at is not None and found.paid_at.tzinfo is None):
            raise PortRefused("a time without its zone")
        return found


class Patient:
    """A StandingPort that asks another one, few at a time, and not at all while it is silent."""

    def __init__(self, port: StandingPort, *, clock: Callable[[], float] = monotonic) -> None:
        self._port, self._clock = port, clock
        self._room = threading.BoundedSemaphore(_AT_ONCE)
        self._lock = threading.Lock()
        self._failures, self._rests_until = 0, 0.0

    def standing(self, customer_id: str, number: str) -> Standing | None:
        with self._lock:
            if self._clock() < self._rests_until:
                raise PortDown("it was silent a moment ago")
        if not self._room.acquire(blocking=False):
            raise PortDown("too many ask at once")
        try:
            found = self._port.standing(customer_id, number)
        except PortRefused:
            # It is there, and speaks: what it says of one customer makes nobody else wait.
            raise
        except PortDown as error:
            self._failed(error)
            raise
        finally:
            self._room.release()
        with self._lock:
            self._failures = 0
        return found

    def _failed(self, error: PortDown) -> None:
        with self._lock:
            self._failures += 1
            if self._failures < _FAILURES:
                return
            self._failures, self._rests_until = 0, self._clock() + _REST_S
        _log.warning("billing does not answer", why=str(error), again_in_s=_REST_S)


def standing_port(where: str, *, crm: str = "") -> StandingPort | None:
    """By address, `https://…`; empty: by the environment, else the CRM's where that speaks HTTP, else none.

    Raises InputError."""
    where = where or os.environ.get(VARIABLE, "")
    token = os.environ.get(TOKEN_VARIABLE, "")
    if not where:
        where = crm or os.environ.get("STAYLINE_CRM", "")
        token = token or os.environ.get("STAYLINE_CRM_TOKEN", "")
        if "://" not in where:
            return None
    return Patient(HttpStanding(Peer(where, token=token, deadline_s=DEADLINE_S)))

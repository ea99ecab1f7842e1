"""How long the server waits for a request: who opens connections and says nothing, or a letter a minute, is let go."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

WAIT_S = 30.0
"""for a request to be there as a whole, or for as much of it as a poor line carries in that time"""
MUCH = 100_000
"""bytes of a request for which it has `WAIT_S` more"""
_THERE = (h11.DONE, h11.MUST_CLOSE, h11.CLOSED, h11.ERROR)


class PatientFor(H11Protocol):
    """uvicorn ends connections that rest between two requests; this one those on which a request does not come.

    Answers may take their time: an open stream of events is no request that is waited for."""

    wait_s = WAIT_S

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._patience: asyncio.TimerHandle | None = None
        self._came = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state in _THERE:
            self._rest()
            return
        self._came += len(data)
        if self._patience is None or self._came >= MUCH:
            self._rest()
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._patience = self.loop.call_later(self.wait_s, self._let_go)

    def _rest(self) -> None:
        self._came = 0
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _let_go(self) -> None:
        self._patience = None
        # Not `close`: that would wait for whoever does not read either.
        self.transport.abort()

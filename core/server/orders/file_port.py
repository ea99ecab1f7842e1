"""A CRM that takes files: each order a file in `out`, each answer a file of the same name in `in`.

For systems that load files by night. `out/<id>.json` is an `OrderOut`, `in/<id>.json` an `OrderAnswer`; a file appears
whole or not at all, and what is in `out` is never written again.
"""

import os
from pathlib import Path
from uuid import UUID

import msgspec

from core.server.orders.port import PortDown
from core.wire.crm import OrderAnswer, OrderOut, Verdict

RECEIVED = OrderAnswer(verdict=Verdict.RECEIVED)


class FileOrders:
    """An OrderPort over a folder."""

    def __init__(self, folder: Path) -> None:
        self._out, self._in = folder / "out", folder / "in"

    def place(self, order: OrderOut) -> OrderAnswer:
        known = self.look(order.id)
        if known is not None:
            return known
        try:
            self._write(self._out / f"{order.id}.json", msgspec.json.encode(order))
        except OSError as error:
            raise PortDown(type(error).__name__) from error
        return RECEIVED

    def look(self, order_id: UUID) -> OrderAnswer | None:
        name = f"{order_id}.json"
        try:
            if (answer := self._in / name).exists():
                return msgspec.json.decode(answer.read_bytes(), type=OrderAnswer)
            return RECEIVED if (self._out / name).exists() else None
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise PortDown(f"{name}: {type(error).__name__}") from error

    def _write(self, path: Path, body: bytes) -> None:
        for folder in (self._out, self._in):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = path.with_suffix(".new")
        with open(new, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)

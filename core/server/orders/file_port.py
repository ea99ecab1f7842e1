"""A CRM that takes files: each order a file in `out`, each answer a file of the same name in `in`.

For systems that load files by night. `out/<id>.json` is an `OrderOut`, `in/<id>.json` an `OrderAnswer`; a file appears
whole or not at all, and what is in `out` is never written again.
"""

from pathlib import Path
from uuid import UUID

import msgspec

from core.server.outside.file_box import FileBox
from core.server.outside.reading import read_answer
from core.wire.crm import OrderAnswer, OrderOut, Verdict

RECEIVED = OrderAnswer(verdict=Verdict.RECEIVED)


class FileOrders:
    """An OrderPort over a folder."""

    def __init__(self, folder: Path) -> None:
        self._box = FileBox(folder)

    def place(self, order: OrderOut) -> OrderAnswer:
        known = self.look(order.id)
        if known is not None:
            return known
        self._box.put(f"{order.id}.json", msgspec.json.encode(order))
        return RECEIVED

    def look(self, order_id: UUID) -> OrderAnswer | None:
        name = f"{order_id}.json"
        answer = self._box.answer(name)
        if answer is not None:
            return read_answer(answer, OrderAnswer)
        return RECEIVED if self._box.has_left(name) else None

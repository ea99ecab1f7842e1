"""Rejected rows on their way to the file: a batch at a time it is asked which of their customers are there already.

A refusal of calls in such a row binds all the same.
"""

from collections.abc import Sequence

from msgspec import Struct

from core.domain.customer import Care, Document
from core.domain.text import Text
from core.server.importing.rejects import Rejects
from core.server.importing.sink import BATCH, ImportedCustomer, Sink

_EARLIER_STAYS = Text(zh="；该客户此前已导入，其记录保持原样", en="; the customer's earlier record stays as it was")
_BUT_REFUSED = Text(zh="，但已设为不再外呼", en=", but for a do-not-call")


class _Rejected(Struct, frozen=True):
    number: int
    reason: Text
    cells: Sequence[str]
    customer: str
    refused: bool


class SetAside:
    """Keeps rejected rows in their order; holds one batch in memory."""

    def __init__(self, rejects: Rejects, sink: Sink) -> None:
        self._rejects, self._sink = rejects, sink
        self._waiting: list[_Rejected] = []
        self.earlier_kept = self.do_not_call = 0

    def add(self, number: int, reason: Text, cells: Sequence[str], *, customer: str, refused: bool) -> None:
        """`customer`: the id of whom the row speaks, empty where it cannot be told; `refused`: wants no calls."""
        self._waiting.append(_Rejected(number, reason, cells, customer, refused))
        if len(self._waiting) >= BATCH:
            self.write()

    def write(self) -> None:
        """Write those that wait."""
        asked = sorted({row.customer for row in self._waiting if row.customer})
        known = self._sink.known(asked) if asked else frozenset()
        refusing = {row.customer for row in self._waiting if row.refused} & known
        if refusing:
            # A refusal is final: it does not wait until somebody has mended the rest of the row.
            self.do_not_call += len(refusing - self._sink.refusing(sorted(refusing)))
            opted_out = [Document(id=customer, care=Care(opted_out=True)) for customer in sorted(refusing)]
            self._sink.put([ImportedCustomer(document, None) for document in opted_out])
        for row in self._waiting:
            reason = row.reason
            if row.customer in known:
                self.earlier_kept += 1
                reason = _joined(reason, _EARLIER_STAYS)
            if row.customer in refusing:
                reason = _joined(reason, _BUT_REFUSED)
            self._rejects.add(row.number, reason, row.cells)
        self._waiting.clear()


def _joined(one: Text, other: Text) -> Text:
    return Text(one.zh + other.zh, one.en + other.en)

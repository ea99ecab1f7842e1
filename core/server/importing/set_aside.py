"""Rejected rows on their way to the file: a batch at a time it is asked which of their customers are there already.

A refusal of calls in such a row binds all the same, whether its customer was there before or comes with this list.
"""

from collections.abc import Sequence

from msgspec import Struct

from core.domain.customer import Care, Document
from core.domain.text import Text
from core.server.importing.rejects import Rejects
from core.server.importing.sink import BATCH, ImportedCustomer, Sink

_EARLIER_STAYS = Text(zh="；该客户此前已导入，其记录保持原样", en="; the customer's earlier record stays as it was")
_BUT_REFUSED = Text(zh="，但已设为不再外呼", en=", but for a do-not-call")
_REFUSED = Text(zh="；该客户已设为不再外呼", en="; the customer is set to do-not-call")


class _Rejected(Struct, frozen=True):
    number: int
    reason: Text
    cells: Sequence[str]
    customer: str
    above: bool
    refused: bool


class SetAside:
    """Keeps rejected rows in their order; holds one batch in memory."""

    def __init__(self, rejects: Rejects, sink: Sink) -> None:
        self._rejects, self._sink = rejects, sink
        self._waiting: list[_Rejected] = []
        self._unbound: set[str] = set()
        """customers who want no calls and whom no row has brought in so far"""
        self.earlier_kept = self.do_not_call = 0

    def add(
        self, number: int, reason: Text, cells: Sequence[str], *, customer: str, above: bool, refused: bool
    ) -> None:
        """`customer`: the id of whom the row speaks, empty where it cannot be told; `refused`: wants no calls.

        `above`: a row above in this list brought the customer in.
        """
        self._waiting.append(_Rejected(number, reason, cells, customer, above, refused))

    @property
    def full(self) -> bool:
        """A batch waits: to be written once the customers of the rows above are stored."""
        return len(self._waiting) >= BATCH

    def finish(self) -> None:
        """Write what waits, all customers of the list being stored."""
        self.write()
        late = sorted(self._unbound)
        for start in range(0, len(late), BATCH):
            self._bind(self._sink.known(late[start : start + BATCH]))

    def write(self) -> None:
        """Write those that wait."""
        asked = sorted({row.customer for row in self._waiting if row.customer})
        known = self._sink.known(asked) if asked else frozenset()
        wanting = {row.customer for row in self._waiting if row.refused}
        self._unbound |= wanting - known
        self._bind(known & wanting)
        for row in self._waiting:
            reason, bound = row.reason, row.refused and row.customer in known
            if row.above:
                reason = _joined(reason, _REFUSED) if bound else reason
            elif row.customer in known:
                self.earlier_kept += 1
                reason = _joined(reason, _EARLIER_STAYS)
                reason = _joined(reason, _BUT_REFUSED) if bound else reason
            self._rejects.add(row.number, reason, row.cells)
        self._waiting.clear()

    def _bind(self, refusing: frozenset[str]) -> None:
        """A refusal is final: it does not wait until somebody has mended the rest of the row."""
        if not refusing:
            return
        self.do_not_call += len(refusing - self._sink.refusing(sorted(refusing)))
        opted_out = [Document(id=customer, care=Care(opted_out=True)) for customer in sorted(refusing)]
        self._sink.put([ImportedCustomer(document, None) for document in opted_out])


def _joined(one: Text, other: Text) -> Text:
    return Text(one.zh + other.zh, one.en + other.en)

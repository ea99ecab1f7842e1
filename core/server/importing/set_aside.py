"""Rejected rows on their way to the file: a batch at a time it is asked which of their customers are there already.

A refusal of calls in such a row binds all the same, whether its customer was there before or comes with this list. So
does a consent to sales that is withheld, of who was there; a stranger has nothing yet that could sell.
"""

from collections.abc import Sequence

from msgspec import Struct

from core.compliance.moments import CONSENT
from core.domain.customer import Care, Document
from core.domain.text import Text
from core.server.importing.rejects import Rejects
from core.server.importing.sink import BATCH, ImportedCustomer, Sink

_EARLIER_STAYS = Text(zh="；该客户此前已导入，其记录保持原样", en="; the customer's earlier record stays as it was")
_BUT_REFUSED = Text(zh="，但已设为不再外呼", en=", but for a do-not-call")
_BUT_WITHHELD = Text(zh="，但已记下不同意营销", en=", but for the consent to sales, which is withheld")
_REFUSED = Text(zh="；该客户已设为不再外呼", en="; the customer is set to do-not-call")


class _Rejected(Struct, frozen=True):
    number: int
    reason: Text
    cells: Sequence[str]
    customer: str
    above: bool
    refused: bool
    withheld: bool
    numbers: tuple[str, ...]


class SetAside:
    """Keeps rejected rows in their order; holds one batch in memory."""

    def __init__(self, rejects: Rejects, sink: Sink) -> None:
        self._rejects, self._sink = rejects, sink
        self._waiting: list[_Rejected] = []
        self.earlier_kept = self.do_not_call = self.consent_withheld = 0

    def add(
        self,
        number: int,
        reason: Text,
        cells: Sequence[str],
        *,
        customer: str,
        above: bool,
        refused: bool,
        withheld: bool,
        numbers: tuple[str, ...],
    ) -> None:
        """`customer`: the id of whom the row speaks, empty where it cannot be told; `refused`: wants no calls;
        `withheld`: agrees to none that sell.

        `above`: a row above in this list brought the customer in; `numbers`: those that the row holds.
        """
        self._waiting.append(_Rejected(number, reason, cells, customer, above, refused, withheld, numbers))

    @property
    def full(self) -> bool:
        """A batch waits: to be written once the customers of the rows above are stored."""
        return len(self._waiting) >= BATCH

    def write(self) -> None:
        """Write those that wait."""
        asked = sorted({row.customer for row in self._waiting if row.customer})
        known = self._sink.known(asked) if asked else frozenset()
        wanting = [row for row in self._waiting if row.refused]
        numbers = sorted({number for row in wanting for number in row.numbers})
        self._bind(frozenset(row.customer for row in wanting if row.customer), known, numbers)
        self._withhold(frozenset(row.customer for row in self._waiting if row.withheld and row.customer in known))
        for row in self._waiting:
            reason, earlier = row.reason, row.customer in known and not row.above
            if earlier:
                self.earlier_kept += 1
                reason = _joined(reason, _EARLIER_STAYS)
            if row.refused:
                reason = _joined(reason, _BUT_REFUSED if earlier else _REFUSED)
            elif row.withheld and earlier:
                reason = _joined(reason, _BUT_WITHHELD)
            self._rejects.add(row.number, reason, row.cells)
        self._waiting.clear()

    def _bind(self, refusing: frozenset[str], known: frozenset[str], numbers: list[str]) -> None:
        """A refusal is final: it waits neither until the rest of the row is mended nor until its customer comes."""
        if not refusing and not numbers:
            return
        self.do_not_call += len(refusing - self._sink.refusing(sorted(refusing)))
        opted_out = [Document(id=customer, care=Care(opted_out=True)) for customer in sorted(refusing & known)]
        if opted_out:
            self._sink.put([ImportedCustomer(document, None) for document in opted_out])
        strangers = sorted(refusing - known)
        if strangers or numbers:
            self._sink.refuse(strangers, numbers)

    def _withhold(self, customers: frozenset[str]) -> None:
        documents = [Document(id=customer, indicators={CONSENT: False}) for customer in sorted(customers)]
        self.consent_withheld += len(documents)
        if documents:
            self._sink.put([ImportedCustomer(document, None) for document in documents])


def _joined(one: Text, other: Text) -> Text:
    return Text(one.zh + other.zh, one.en + other.en)

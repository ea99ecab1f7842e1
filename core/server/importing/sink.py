"""Where imported customers go: the database implements this."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from core.domain.customer import Document
from core.domain.indicator import Indicator
from core.domain.task import Task

BATCH = 1_000


class ImportedCustomer(Struct, frozen=True):
    document: Document
    task: Task | None
    """None where a list only adds a refusal to whom it knows already.

    Its id is the same at each run of the same list; without pinyin, which is added where customers are loaded.
    """
    remarks: frozenset[str] = frozenset()
    """the document's indicators that are remarks: one for each text is enough, whatever list brought it"""


class PutCounts(Struct, frozen=True):
    """What a batch did; the three add up to its length."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


class Sink(Protocol):
    def indicators(self, catalogue: list[Indicator]) -> None:
        """The list's indicators, before its customers."""

    def known(self, customer_ids: Sequence[str]) -> frozenset[str]:
        """Which of these customers are there already."""

    def refusing(self, customer_ids: Sequence[str]) -> frozenset[str]:
        """Of which of these customers a refusal of calls was heard already."""

    def refuse(self, customer_ids: Sequence[str], numbers: Sequence[str]) -> None:
        """Keep refusals of customers who are not there, and of numbers: whoever comes as one of them, or has or gets
        one of the numbers, is not called."""

    def put(self, batch: list[ImportedCustomer]) -> PutCounts:
        """At most 1,000 customers in one transaction.

        A task is left alone where one of the same id exists, whatever its state, or where the customer has an open one.
        """

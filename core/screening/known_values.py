"""What a snapshot knows of customers who were named by somebody else, such as a list."""

from collections.abc import Collection
from typing import Any

import ibis

from core.screening.frame import Frame
from core.screening.matching import BATCH
from core.screening.snapshots.writing import CUSTOMER_ID


def values_of(frame: Frame, customers: Collection[str], names: frozenset[str]) -> dict[str, dict[str, Any]]:
    """By customer id the values of these factors; of whom the snapshot does not hold there is nothing."""
    if not customers:
        return {}
    wanted = ibis.memtable({CUSTOMER_ID: sorted(customers)}, schema=ibis.schema({CUSTOMER_ID: "string"}))
    table = frame.table.semi_join(wanted, CUSTOMER_ID)
    asked = sorted(names)
    narrow = type(frame.compiler())(table, frame.library, frame.moment)
    columns: dict[str, Any] = {f"value_{at}": narrow.value(name) for at, name in enumerate(asked)}
    found: dict[str, dict[str, Any]] = {}
    for batch in table.select(customer_id=table[CUSTOMER_ID], **columns).to_pyarrow().to_batches(max_chunksize=BATCH):
        for row in batch.to_pylist():
            found[row["customer_id"]] = {name: row[f"value_{at}"] for at, name in enumerate(asked)}
    return found

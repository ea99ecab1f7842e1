"""What became of a snapshot's customers, as a table beside it."""

from collections.abc import Mapping
from datetime import date, timedelta

import pyarrow as pa

ENDED, CALLED = "left_within", "was_called"
"""columns: 1 left within the days, 0 not, `GONE` before; whether anybody called them in these days"""
GONE = -1


def fates(left_on: Mapping[str, date], called: frozenset[str], day: date, within_days: int) -> pa.Table:
    """Of the customers of whom there is anything to say."""
    last = day + timedelta(days=within_days)
    ended = {who: (GONE if end <= day else int(end <= last)) for who, end in left_on.items()}
    everyone = sorted(ended.keys() | called)
    return pa.table(
        {
            "customer_id": pa.array(everyone, pa.string()),
            ENDED: pa.array([ended.get(who, 0) for who in everyone], pa.int8()),
            CALLED: pa.array([who in called for who in everyone], pa.bool_()),
        }
    )

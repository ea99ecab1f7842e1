"""Which calls can tell of a problem."""

import numpy as np

from core.review.choice import Choice, rows_of
from core.review.frame import Frame


def talked(frame: Frame, choice: Choice, *, most: int) -> tuple[list[int], int]:
    """Rows of the calls chosen with somebody on the line, evenly thinned to about `most`; and how many there are."""
    calls = frame.calls
    rows = rows_of(calls, choice)
    chosen = np.arange(len(calls)) if rows is None else rows
    found = chosen[(calls["connected"] | calls["inbound"])[chosen]]
    return found[:: max(1, -(-len(found) // most))].tolist(), len(found)

"""How far the customers whom a model scores have moved since it learnt, in the words of its own report."""

from core.domain.text import Text
from core.screening.model.cautioning import in_one, of_drift
from core.screening.snapshots.scored import Scored


def drifted(scored: Scored) -> Text | None:
    """In one line the columns that moved, the farthest first; None where none did."""
    said = list(of_drift(scored.shifts))
    if not said:
        return None
    head = Text(
        f"模型 {scored.model} 训练以来客户有变化（看了快照 {scored.snapshot} 的 {scored.shifts_of} 位）",
        f"Customers have moved since model {scored.model} learnt, by {scored.shifts_of} of snapshot {scored.snapshot}",
    )
    return in_one(head, said)

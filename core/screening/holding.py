"""ID-10: all that holds a rule on a snapshot: its sources, and a model that counts and has not scored it."""

from core.domain.factor import Library
from core.domain.text import Text
from core.screening.model.published import published_model
from core.screening.snapshots.health import holding
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Fault, FaultKind, Snapshot
from core.screening.snapshots.scored import RISK, Scores


def all_holding(shelf: Shelf, snapshot: Snapshot, library: Library, names: frozenset[str]) -> list[Fault]:
    """What holds a rule that asks for these factors."""
    return [*holding(snapshot, library, names), *_unscored(shelf, snapshot, library.asked_by(names))]


def _unscored(shelf: Shelf, snapshot: Snapshot, asked: frozenset[str]) -> list[Fault]:
    model = published_model(shelf.data, shelf.tenant) if RISK in asked else ""
    if not model:
        return []
    scored = Scores(shelf.data, shelf.tenant).find(snapshot.id, model)
    # A score of other bytes under the same name would be of customers who are not these.
    if scored is not None and scored.snapshot_sha256 == snapshot.sha256:
        return []
    why = Text(
        f"模型 {model} 没有给它评分，请运行 stayline-server model score",
        f"model {model} has not scored it: run stayline-server model score",
    )
    return [Fault(kind=FaultKind.UNSCORED, factor=RISK, why=why)]

"""ID-10: all that holds a rule on a snapshot: its sources, and the model whose score it asks for."""

from core.domain.errors import InputError
from core.domain.factor import Library
from core.domain.text import Text
from core.screening.model.published import published_model
from core.screening.snapshots.health import holding
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Fault, FaultKind, Snapshot
from core.screening.snapshots.scored import RISK, Scores


def all_holding(shelf: Shelf, snapshot: Snapshot, library: Library, names: frozenset[str]) -> list[Fault]:
    """What holds a rule that asks for these factors.

    Where a model counts its score stands for the factor `RISK`: then what the model asks for holds the rule, and not
    what became of a column of that name."""
    asked = library.asked_by(names)
    model = published_model(shelf.data, shelf.tenant) if RISK in asked else ""
    if not model:
        return holding(snapshot, library, names)
    base = frozenset(one for one in asked if library.factors[one].working is None) - {RISK}
    try:
        columns = _columns(shelf, model) & library.factors.keys()
    except InputError as error:
        return [*holding(snapshot, library, base), _fault(error.message)]
    return [*holding(snapshot, library, base | columns), *_unscored(shelf, snapshot, model)]


def _columns(shelf: Shelf, model: str) -> frozenset[str]:
    from core.screening.model.keeping import Models

    return frozenset(one.name for one in Models(shelf.data, shelf.tenant).find(model).columns)


def _unscored(shelf: Shelf, snapshot: Snapshot, model: str) -> list[Fault]:
    scored = Scores(shelf.data, shelf.tenant).find(snapshot.id, model)
    # A score of other bytes under the same name would be of customers who are not these.
    if scored is not None and scored.snapshot_sha256 == snapshot.sha256:
        return []
    why = Text(
        f"模型 {model} 没有给它评分，请运行 stayline-server model score",
        f"model {model} has not scored it: run stayline-server model score",
    )
    return [_fault(why)]


def _fault(why: Text) -> Fault:
    return Fault(kind=FaultKind.UNSCORED, factor=RISK, why=why)

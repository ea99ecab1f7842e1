"""What the model that counts goes by, of customers of a snapshot that it scored."""

from collections.abc import Collection, Mapping

from core.domain.factor import Factor
from core.domain.text import Text
from core.screening.model.published import published_model
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.scored import Scores


def told_why(
    shelf: Shelf, snapshot: Snapshot, customers: Collection[str], factors: Mapping[str, Factor], *, model: str = ""
) -> dict[str, tuple[Text, ...]]:
    """By customer; empty where that model (the published one by default) has not scored the snapshot.

    Raises InputError where the model is not what was kept."""
    chosen = model or published_model(shelf.data, shelf.tenant)
    if not customers or not chosen or Scores(shelf.data, shelf.tenant).find(snapshot.id, chosen) is None:
        return {}
    from core.screening.model.keeping import Models
    from core.screening.model.why import why

    models = Models(shelf.data, shelf.tenant)
    record = models.find(chosen)
    return why(record, models.booster(record), shelf.path(snapshot.id), snapshot, customers, factors)

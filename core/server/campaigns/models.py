"""The model that a campaign chooses by: found, and its column of chances beside the snapshot. For a process apart."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from core.domain.text import Text
from core.screening.model.keeping import Models
from core.screening.model.record import Record
from core.screening.model.why import why
from core.screening.snapshots.scored import Scored, Scores
from core.server.campaigns.naming import PUBLISHED, none_published
from core.server.screening.running import Desk
from core.server.screening.scoring import score_snapshot

_BY = "server"


class Model(NamedTuple):
    record: Record
    models: Models
    """the folder that keeps it, with its trees"""
    scored: Scored


def scored_model(desk: Desk, data: Path, name: str) -> Model:
    """The model, and the snapshot scored by it: where it was not yet it is now.

    Raises InputError where there is no such model, none is published, or it was trained on another schema."""
    models = Models(data, desk.database.tenant)
    wanted = models.published_id() if name == PUBLISHED else name
    if not wanted:
        raise none_published()
    record = models.find(wanted)
    scores = Scores(data, desk.database.tenant)
    scored = scores.find(desk.snapshot.id, record.id)
    if scored is None or _of_another(scored, record, desk):
        # On record and noted, so that it goes when its period is over.
        scored = score_snapshot(desk.database, data, desk.snapshot, model=record.id, by=_BY)
    else:
        scores.check(scored)
    return Model(record, models, scored)


def _of_another(scored: Scored, record: Record, desk: Desk) -> bool:
    """The model learnt anew, or somebody was erased from the snapshot since: the rows are not those of the file."""
    return (scored.trees_sha256, scored.snapshot_sha256) != (record.trees_sha256, desk.snapshot.sha256)


def model_words(model: Model, desk: Desk, customers: Collection[str]) -> Mapping[str, tuple[Text, ...]]:
    """By customer what raised the chance, the strongest first."""
    path = desk.shelf.path(desk.snapshot.id)
    return why(model.record, model.models.booster(model.record), path, desk.snapshot, customers, desk.library.factors)

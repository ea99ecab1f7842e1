"""ID-04: a snapshot scored by the model that counts, on record; the scores are a factor of it from then on."""

from pathlib import Path

from core.domain.data_periods import Kept
from core.screening.model.keeping import Models
from core.screening.model.scoring import score
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.scored import Scored, Scores
from core.server.db import audit
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.purge.files import note_written
from core.server.screening.progress import Progress, unheard


def score_snapshot(
    database: Database, data: Path, snapshot: Snapshot, *, model: str = "", by: str, progress: Progress = unheard
) -> Scored:
    """By that model, else the published one, else the newest.

    Raises InputError where there is no model, either of the two was altered, or the snapshot is of another schema than
    the model was trained on."""
    models, scores = Models(data, database.tenant), Scores(data, database.tenant)
    record, shelf = models.find(model), Shelf(data, database.tenant)
    shelf.check(snapshot)
    scored = score(
        record, models.booster(record), shelf, snapshot, scores, at=database.clock(), progress=progress
    )  # fmt: skip
    with database.write() as unit:
        audit.write(
            unit, writer=by, action=Action.SNAPSHOT_SCORED, object_=snapshot.id, model=record.id, rows=scored.rows,
            sha256=scored.sha256,
        )  # fmt: skip
        for file in (scores.record(snapshot.id, record.id), scores.path(snapshot.id, record.id)):
            note_written(unit, Kept.SNAPSHOTS, file)
    return scored

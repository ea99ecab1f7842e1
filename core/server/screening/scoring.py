"""ID-04: a snapshot scored by the model that counts, on record; the scores are a factor of it from then on."""

from pathlib import Path

from core.domain.data_periods import Kept
from core.domain.errors import InputError
from core.domain.text import Text
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
    the model was trained on, or somebody was erased from it meanwhile."""
    models, scores = Models(data, database.tenant), Scores(data, database.tenant)
    record, shelf = models.find(model), Shelf(data, database.tenant)
    shelf.check(snapshot)
    scored = score(
        record, models.booster(record), shelf, snapshot, scores, at=database.clock(), progress=progress
    )  # fmt: skip
    if shelf.named(snapshot.id).sha256 != snapshot.sha256:
        # Row by row the chances would be other customers', and the column would name whoever was erased.
        scores.forget(snapshot.id, record.id)
        raise _erased_meanwhile(snapshot.id)
    with database.write() as unit:
        audit.write(
            unit, writer=by, action=Action.SNAPSHOT_SCORED, object_=snapshot.id, model=record.id, rows=scored.rows,
            sha256=scored.sha256,
        )  # fmt: skip
        for file in (scores.record(snapshot.id, record.id), scores.path(snapshot.id, record.id)):
            note_written(unit, Kept.SNAPSHOTS, file)
    return scored


def _erased_meanwhile(snapshot_id: str) -> InputError:
    return InputError(
        title=Text("评分期间快照有客户被删除", "A customer was erased while the snapshot was scored"),
        message=Text(
            f"快照 {snapshot_id} 在评分期间删去了要求删除的客户，这次评分不再对应，已丢弃。",
            f"Somebody was erased from snapshot {snapshot_id} while it was scored: the scores fit no more.",
        ),
        next_step=Text("请重新运行 model score。", "Run model score once more."),
    )

"""From which snapshot on later ones are measured: what was too little once may be all there is from now on."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from core.screening.snapshots.record import Snapshot
from core.server.db import audit, settings
from core.server.db.audit import Action
from core.server.db.engine import Unit

_KEY = "snapshots_measured_from"


def accept(unit: Unit, snapshot: Snapshot, *, by: str) -> None:
    """ID-10: as few customers and values as in this one are right; on record. What is held on it stays held, later
    snapshots are measured by it."""
    settings.write(unit, _KEY, snapshot.taken_at.isoformat())
    audit.write(
        unit, writer=by, action=Action.SNAPSHOT_ACCEPTED, object_=snapshot.id, sha256=snapshot.sha256,
        faults=len(snapshot.faults),
    )  # fmt: skip


def measured_by(unit: Unit, earlier: Sequence[Snapshot], taken_at: datetime) -> list[Snapshot]:
    """Of these snapshots those that one of that moment is measured by; the one that was accepted has no faults."""
    kept = settings.read(unit, _KEY)
    from_ = datetime.fromisoformat(kept) if kept else None
    if from_ is None or from_ >= taken_at:
        return list(earlier)
    return [
        structs.replace(one, faults=[]) if one.taken_at == from_ else one for one in earlier if one.taken_at >= from_
    ]

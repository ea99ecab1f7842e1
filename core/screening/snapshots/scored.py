"""A model's chance of leaving of every customer of a snapshot: a column of its own beside the snapshot, row by row.

It lies beside and not inside: a snapshot is never written again, and another model may score it later.
"""

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from core.domain import decoding
from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.shift import Shift
from core.screening.snapshots.digests import digest_of
from core.screening.snapshots.record import written

FOLDER = "scores"
_AT_ONCE = timedelta(days=1)
RISK = "churn_risk"
"""the factor whose values the scores are, wherever a snapshot has them; delivered ones stand where it has none"""


class Scored(Struct, frozen=True, kw_only=True):
    """What is kept beside the column."""

    snapshot: str
    snapshot_sha256: str
    model: str
    trees_sha256: str
    at: datetime
    rows: int
    sha256: str
    size: int
    """bytes"""
    mean: float | None
    """of the chances; None of nobody"""
    shifts: list[Shift] = []
    """columns that the model goes by and that moved since training far enough to be told, the farthest first"""
    shifts_of: int = 0
    """customers by whom that was told: each so-manieth of many; 0: an older program did not look"""


class Scores:
    """The scored columns of one data folder and tenant."""

    def __init__(self, data: Path, tenant: str = "main") -> None:
        self.folder = data / FOLDER / tenant

    def path(self, snapshot_id: str, model_id: str) -> Path:
        """Where the column is, or would be."""
        return self.folder / f"{snapshot_id}@{model_id}.parquet"

    def record(self, snapshot_id: str, model_id: str) -> Path:
        return self.folder / f"{snapshot_id}@{model_id}.json"

    def find(self, snapshot_id: str, model_id: str) -> Scored | None:
        """None where that model did not score it. Raises InputError where what is there was altered."""
        record, path = self.record(snapshot_id, model_id), self.path(snapshot_id, model_id)
        if not record.exists():
            return None
        try:
            found = decoding.decode(record.read_bytes(), Scored)
        except (msgspec.DecodeError, OSError) as error:
            raise _altered(snapshot_id) from error
        if not path.exists() or path.stat().st_size != found.size:
            raise _altered(snapshot_id)
        return found

    def of(self, snapshot_id: str) -> list[Scored]:
        """What models said of that snapshot. Raises InputError where any of it was altered."""
        return [one for model in self.models(snapshot_id) if (one := self.find(snapshot_id, model)) is not None]

    def models(self, snapshot_id: str) -> list[str]:
        """Which models have a record or a column there, whole or not."""
        there = self.folder.glob(f"{snapshot_id}@*.*")
        return sorted({path.stem.split("@", 1)[1] for path in there if path.suffix in (".json", ".parquet")})

    def at_the_time(self, snapshot_id: str, taken_at: datetime) -> str:
        """The model that scored it first, while nobody knew yet who would leave; empty where none did."""
        timely = [one for one in self.of(snapshot_id) if one.at <= taken_at + _AT_ONCE]
        return min(timely, key=lambda one: (one.at, one.model)).model if timely else ""

    def check(self, scored: Scored) -> None:
        """Raises InputError where the file is not byte for byte what was written."""
        if not self.whole(scored):
            raise _altered(scored.snapshot)

    def whole(self, scored: Scored) -> bool:
        """Whether the file is byte for byte what was written. Raises OSError."""
        return digest_of(self.path(scored.snapshot, scored.model)) == scored.sha256

    def keep(self, scored: Scored) -> None:
        """The record; the column counts once it is there."""
        place = self.record(scored.snapshot, scored.model)
        partial = place.with_suffix(".json.partial")
        partial.unlink(missing_ok=True)
        partial.write_bytes(written(scored))
        partial.chmod(0o400)
        partial.replace(place)

    def forget(self, snapshot_id: str, model_id: str) -> None:
        """What that model said of that snapshot; the record goes first."""
        self.record(snapshot_id, model_id).unlink(missing_ok=True)
        self.path(snapshot_id, model_id).unlink(missing_ok=True)

    def drop(self, snapshot_id: str) -> None:
        """All that models said of that snapshot; records go first."""
        for ending in ("json", "parquet"):
            for path in self.folder.glob(f"{snapshot_id}@*.{ending}"):
                path.unlink(missing_ok=True)


def _altered(snapshot_id: str) -> InputError:
    return InputError(
        title=Text("评分被改动", "The scores were altered"),
        message=Text(
            f"快照 {snapshot_id} 的评分与算出时不同，不能用来派单。",
            f"The scores of snapshot {snapshot_id} are not what was worked out; nobody is called by them.",
        ),
        next_step=Text("请运行 stayline-server model score 重新评分。", "Run stayline-server model score again."),
    )

"""The folder of snapshots: a Parquet file and its record each; listed, found and checked."""

from datetime import datetime
from pathlib import Path

import msgspec

from core.domain import decoding
from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.moment_names import free_name
from core.screening.snapshots.digests import digest_now
from core.screening.snapshots.record import Snapshot, written
from core.screening.snapshots.scored import Scores
from core.screening.snapshots.sweeping import sweep

FOLDER = "snapshots"


class Shelf:
    """The snapshots of one data folder and tenant."""

    def __init__(self, data: Path, tenant: str = "main") -> None:
        self.data, self.folder, self.tenant = data, data / FOLDER, tenant

    def path(self, snapshot_id: str) -> Path:
        return self.folder / f"{snapshot_id}.parquet"

    def record(self, snapshot_id: str) -> Path:
        """Beside it, what is known of it."""
        return self.folder / f"{snapshot_id}.json"

    def new_id(self, taken_at: datetime) -> str:
        return free_name(self.folder, taken_at)

    def keep(self, snapshot: Snapshot) -> None:
        """Write the record; it is read only once it is whole."""
        place = self.record(snapshot.id)
        partial = place.with_suffix(".json.partial")
        partial.unlink(missing_ok=True)
        partial.write_bytes(written(snapshot))
        partial.chmod(0o400)
        partial.replace(place)

    def all(self) -> list[Snapshot]:
        """Oldest first. Raises InputError where a record cannot be read."""
        found = [self._read(path) for path in sorted(self.folder.glob("*.json"))]
        return sorted((one for one in found if one.tenant == self.tenant), key=lambda one: (one.taken_at, one.id))

    def before(self, moment: datetime) -> list[Snapshot]:
        """Those that tell of an earlier moment, whenever they were taken; oldest first."""
        return [one for one in self.all() if one.taken_at < moment]

    def newest(self) -> Snapshot | None:
        every = self.all()
        return every[-1] if every else None

    def find(self, snapshot_id: str = "") -> Snapshot:
        """That snapshot, or the newest; raises InputError where there is none or its file has another length."""
        found = self.named(snapshot_id)
        path = self.path(found.id)
        if not path.exists() or path.stat().st_size != found.size:
            raise _altered(found.id)
        return found

    def named(self, snapshot_id: str = "") -> Snapshot:
        """The same by its record alone, whatever became of its file; raises InputError where there is none."""
        every = self.all()
        named = [one for one in every if not snapshot_id or one.id == snapshot_id]
        if not named:
            raise _none(snapshot_id, [one.id for one in every])
        return named[-1]

    def check(self, snapshot: Snapshot) -> None:
        """Raises InputError where the file is not byte for byte what was taken."""
        try:
            digest = digest_now(self.path(snapshot.id))
        except OSError as error:
            raise _altered(snapshot.id) from error
        if digest != snapshot.sha256:
            raise _altered(snapshot.id)

    def sweep(self, now: datetime) -> None:
        """What was never written to its end, of snapshots and scores."""
        sweep(self.folder, now)
        sweep(Scores(self.data, self.tenant).folder, now)

    def drop(self, snapshot: Snapshot) -> None:
        """The record goes first: what is half gone is no snapshot."""
        self.record(snapshot.id).unlink(missing_ok=True)
        self.path(snapshot.id).unlink(missing_ok=True)
        Scores(self.data, self.tenant).drop(snapshot.id)

    def _read(self, path: Path) -> Snapshot:
        try:
            return decoding.decode(path.read_bytes(), Snapshot)
        except (msgspec.DecodeError, OSError) as error:
            raise _altered(path.stem) from error


def _none(snapshot_id: str, known: list[str]) -> InputError:
    return InputError(
        title=Text("没有快照", "No snapshot"),
        message=Text(
            f"没有“{snapshot_id}”这个快照。" if snapshot_id else "这里还没有快照。",
            f"There is no snapshot “{snapshot_id}”." if snapshot_id else "There is no snapshot here yet.",
        ),
        next_step=Text(
            f"现有：{'、'.join(known[-5:])}。" if known else "请先运行 stayline-server snapshot take。",
            f"There are: {', '.join(known[-5:])}." if known else "Run stayline-server snapshot take first.",
        ),
    )


def _altered(snapshot_id: str) -> InputError:
    return InputError(
        title=Text("快照被改动", "The snapshot was altered"),
        message=Text(
            f"快照 {snapshot_id} 与取得时不同，不能用来派单。",
            f"Snapshot {snapshot_id} is not what was taken; nobody is called by it.",
        ),
        next_step=Text("请重新取一次快照。", "Take a snapshot anew."),
    )

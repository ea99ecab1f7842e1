"""Which snapshot is the newest, from the records alone: the server asks every round, and needs no engine for it."""

from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from core.domain import decoding

_FOLDER = "snapshots"


class _Record(Struct, frozen=True):
    """Of `core.screening.snapshots.record.Snapshot` what is asked here."""

    id: str
    taken_at: datetime
    tenant: str = "main"


def newest_snapshot(data: Path, tenant: str) -> str:
    """Its id; empty where there is none. A record that cannot be read is passed over: who uses it will say so."""
    found = [one for path in (data / _FOLDER).glob("*.json") if (one := _read(path)) and one.tenant == tenant]
    return max(found, key=lambda one: (one.taken_at, one.id)).id if found else ""


def _read(path: Path) -> _Record | None:
    try:
        return decoding.decode(path.read_bytes(), _Record)
    except (msgspec.DecodeError, OSError):
        return None

"""What writing left behind where it was ended in its midst: half a snapshot of customers whom no purge would find."""

from datetime import datetime, timedelta
from pathlib import Path

_LONGEST = timedelta(days=1)
"""that anything here is written for"""


def sweep(folder: Path, now: datetime) -> int:
    """Deletes what has been half there for longer than a day: parts, and columns without a record. How many files."""
    files = [*folder.glob("*.partial"), *(one for one in folder.glob("*.parquet") if not _recorded(one))]
    gone = [one for one in files if _older(one, now)]
    for one in gone:
        one.unlink(missing_ok=True)
    return len(gone)


def _recorded(column: Path) -> bool:
    return column.with_suffix(".json").exists()


def _older(file: Path, now: datetime) -> bool:
    try:
        return file.stat().st_mtime < (now - _LONGEST).timestamp()
    except FileNotFoundError:
        return False

"""Folders in memory, for proofs that ask nothing of disks: who is killed loses nothing there that a disk would keep."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SHARED = Path("/dev/shm")


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """A new folder; among the machine's other temporary ones where it has no memory for files."""
    place = _SHARED if _SHARED.is_dir() and os.access(_SHARED, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="stayline-prove-", dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder)

"""What takes long to make is made once and kept under `.cache/bench`, by name; a half-made one is thrown away.

A name carries the digest of the files that make it, so that a change of schema or generator makes it anew.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / ".cache" / "bench"


def kept(name: str, depends_on: Iterable[Path], make: Callable[[Path], None]) -> Path:
    """The folder `name`, made by `make` where it is not there yet; older ones of that name go."""
    target = CACHE / f"{name}-{_digest(depends_on)}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            for old in CACHE.glob(f"{name}-*"):
                shutil.rmtree(old)
            unfinished = CACHE / f"unfinished-{name}"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.replace(target)
    return target


def _digest(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            total.update(file.read_bytes())
    return total.hexdigest()[:12]

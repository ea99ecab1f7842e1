"""Whether a file is still what it was, without reading gigabytes of it each time."""

import hashlib
import time
from pathlib import Path

_SETTLED_NS = 2_000_000_000
"""a file that was touched less than that ago may be touched again at what a file system takes for the same moment"""
_Stamp = tuple[int, int, int, int]
_known: dict[Path, tuple[_Stamp, str]] = {}
"""of this process: files that were read whole, how they stood then, and what was found"""


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_now(path: Path) -> str:
    """The same, from memory where this process has read the file and nobody has touched it since: whoever writes to a
    file or puts another in its place changes its inode, size or times. Raises OSError."""
    stamp = _stamp(path)
    if (known := _known.get(path)) is not None and known[0] == stamp:
        return known[1]
    found = digest_of(path)
    if _stamp(path) == stamp and time.time_ns() - stamp[-1] > _SETTLED_NS:
        _known[path] = stamp, found
    return found


def _stamp(path: Path) -> _Stamp:
    held = path.stat()
    return held.st_ino, held.st_size, held.st_mtime_ns, held.st_ctime_ns

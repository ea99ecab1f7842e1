"""A snapshot that this process has read whole is not read again, and is never taken for whole after it was touched."""

import os
from pathlib import Path

import pytest

from core.screening.snapshots import digests

BEFORE, AFTER = b"as it was taken", b"as it was TAKEN"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read, in order."""
    found: list[Path] = []
    whole = digests.digest_of

    def reading(path: Path) -> str:
        found.append(path)
        return whole(path)

    monkeypatch.setattr(digests, "digest_of", reading)
    return found


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are taken for settled at once: nobody waits two seconds here."""
    monkeypatch.setattr(digests, "_SETTLED_NS", 0)


@pytest.mark.usefixtures("settled")
def test_a_file_that_nobody_touched_is_read_once(tmp_path: Path, read: list[Path]) -> None:
    # DATA-02
    path = tmp_path / "taken.parquet"
    path.write_bytes(BEFORE)
    assert digests.digest_now(path) == digests.digest_now(path) == digests.digest_of(path)
    assert read.count(path) == 2, "once for the first, once here"


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_was_altered_is_never_answered_from_memory(tmp_path: Path, *, replaced: bool) -> None:
    # DATA-02
    path, other = tmp_path / "taken.parquet", tmp_path / "other"
    path.write_bytes(BEFORE)
    first, held = digests.digest_now(path), path.stat()
    touched = other if replaced else path
    touched.write_bytes(AFTER)
    os.utime(touched, ns=(held.st_atime_ns, held.st_mtime_ns))
    while touched.stat().st_ctime_ns == held.st_ctime_ns:
        # The file system's clock goes in steps of some milliseconds, for which a file is not settled elsewhere.
        touched.write_bytes(AFTER)
        os.utime(touched, ns=(held.st_atime_ns, held.st_mtime_ns))
    if replaced:
        other.replace(path)
    assert digests.digest_now(path) != first
    assert digests.digest_now(path) == digests.digest_of(path)


def test_a_file_that_was_written_just_now_is_read_again(tmp_path: Path, read: list[Path]) -> None:
    # DATA-02
    path = tmp_path / "taken.parquet"
    path.write_bytes(BEFORE)
    digests.digest_now(path)
    digests.digest_now(path)
    assert read == [path, path]

"""What the disk refuses is told apart, each with what is safe and what to do; all goes on once the disk does."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlcipher3 import dbapi2
from store_kit import saved

from core.domain.errors import StoreDisk, StoreFailing, StoreForbidden, StoreForeign, StoreFull, StoreReadOnly
from core.store import disk, files
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store

ANSWERS = [
    (errno.ENOSPC, StoreFull, "清理磁盘"),
    (errno.EDQUOT, StoreFull, "清理磁盘"),
    (errno.EROFS, StoreReadOnly, "解除写保护"),
    (errno.EACCES, StoreForbidden, "权限"),
    (errno.EPERM, StoreForbidden, "权限"),
    (errno.EIO, StoreFailing, "检查磁盘"),
    (errno.ESTALE, StoreFailing, "检查磁盘"),
]


def refusing(code: int) -> Callable[..., int]:
    def open_(*_: object, **__: object) -> int:
        raise OSError(code, os.strerror(code))

    return open_


@contextmanager
def protected(store: Store) -> Iterator[None]:
    """The store's own connection refuses to write, with SQLite's code for it."""
    with store._work.connect() as connection:
        raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA query_only = ON")
    yield
    raw.execute("PRAGMA query_only = OFF")


@pytest.mark.parametrize(("code", "told", "to_do"), ANSWERS)
def test_a_folder_that_cannot_be_made_ready_says_why(
    tmp_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch, code: int, told: type[StoreDisk], to_do: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refusing(code))
        with pytest.raises(told) as caught:
            open_store(tmp_path / "s", key)
    assert to_do in caught.value.next_step.zh
    assert caught.value.message.en
    open_store(tmp_path / "s", key).close()


@pytest.mark.parametrize(("code", "told", "to_do"), ANSWERS)
def test_a_save_that_is_refused_asks_the_disk_why(
    store: Store, monkeypatch: pytest.MonkeyPatch, code: int, told: type[StoreDisk], to_do: str
) -> None:
    kept = saved(None)
    with protected(store):
        monkeypatch.setattr(os, "open", refusing(code))
        with pytest.raises(told) as caught:
            store.save(kept)
    assert to_do in caught.value.next_step.zh
    store.save(kept)
    assert store.outbox_state().waiting == 1


def test_a_database_that_alone_is_protected_is_not_called_full(store: Store) -> None:
    with protected(store), pytest.raises(StoreReadOnly):
        store.save(saved(None))
    assert not (store.folder / disk._PROBE).exists()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes are POSIX")
def test_another_account_of_the_computer_is_told_that_it_has_no_right(store: Store) -> None:
    # Root may do all; what counts is who the process is at the moment.
    (store.folder / files.WORK).chmod(0o400)
    store.folder.chmod(0o777)
    for above in (store.folder.parent, *store.folder.parent.parents):
        if above.stat().st_uid == os.geteuid() and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)
    before = os.geteuid()
    with protected(store):
        if before == 0:
            os.seteuid(65534)
        try:
            with pytest.raises(StoreForbidden):
                store.save(saved(None))
        finally:
            os.seteuid(before)


def test_a_disk_that_fails_while_reading_is_no_full_disk(store: Store) -> None:
    class Failing(dbapi2.OperationalError):
        sqlite_errorcode = 266  # SQLITE_IOERR_READ

    def fail(*_: object) -> None:
        raise Failing("disk I/O error")

    event.listen(store._reader, "before_cursor_execute", fail)
    with pytest.raises(StoreFailing):
        store.drafts()
    event.remove(store._reader, "before_cursor_execute", fail)
    assert store.drafts() == []


def test_windows_names_for_it_are_known() -> None:
    def told(windows: int) -> StoreDisk | None:
        error = OSError(errno.EACCES, "")
        error.winerror = windows  # type: ignore[attr-defined]
        return disk.of_os_error(error)

    assert isinstance(told(19), StoreReadOnly)
    assert isinstance(told(1117), StoreFailing)
    assert isinstance(told(5), StoreForbidden)


def test_a_file_in_the_way_of_the_folder_is_not_taken_for_a_store(tmp_path: Path, key: StoreKey) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreForeign):
        open_store(tmp_path / "file", key)
    with pytest.raises(StoreForeign):
        open_store(tmp_path / "file" / "store", key)
    assert (tmp_path / "file").read_text() == "in the way"

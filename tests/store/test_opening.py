"""Whose store it is, whether its key fits, and what becomes of damage: nothing of the work is ever deleted."""

import json
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from store_kit import NOW, a_document, a_page, a_task, answered, asking, put, saved

from core.domain.errors import StoreError, StoreForeign, StoreInUse, StoreLocked
from core.store import files
from core.store.key import StoreKey, new_key
from core.store.opening import open_store
from core.store.store import Store


def worked_in(folder: Path, key: StoreKey) -> str:
    """A store with a task and an outcome, closed again; the outcome's id."""
    store = open_store(folder, key)
    store.apply(a_page(put(a_task(1)), put(a_document(1)), cursor="5"), now=NOW)
    kept = saved(a_task(2))
    store.save(kept)
    store.close()
    return str(kept.id)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith("work")}


def test_a_wrong_key_is_refused_and_changes_nothing(tmp_path: Path, key: StoreKey) -> None:
    worked_in(tmp_path, key)
    before = contents(tmp_path)
    with pytest.raises(StoreLocked) as caught:
        open_store(tmp_path, new_key())
    assert caught.value.next_step.zh
    assert contents(tmp_path) == before
    open_store(tmp_path, key).close()


@pytest.mark.parametrize("body", [b"not a database at all" * 400, os.urandom(8192)])
def test_a_foreign_file_is_refused_and_kept(tmp_path: Path, key: StoreKey, body: bytes) -> None:
    (tmp_path / files.WORK).write_bytes(body)
    with pytest.raises(StoreForeign):
        open_store(tmp_path, key)
    assert (tmp_path / files.WORK).read_bytes() == body
    assert not (tmp_path / files.CHECK).exists(), "the key of a foreign folder is not noted as its key"


def test_a_plain_database_is_refused(tmp_path: Path, key: StoreKey) -> None:
    with sqlite3.connect(tmp_path / files.WORK) as plain:
        plain.execute("CREATE TABLE outcome (id TEXT)")
    plain.close()
    with pytest.raises(StoreForeign):
        open_store(tmp_path, key)


def test_another_programs_encrypted_database_is_refused(tmp_path: Path, key: StoreKey) -> None:
    from core.store.engine import raw_connection

    other = raw_connection(tmp_path / files.WORK, key)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(StoreForeign):
        open_store(tmp_path, key)


def test_a_newer_store_asks_for_a_newer_program(tmp_path: Path, key: StoreKey) -> None:
    from core.store.engine import raw_connection

    worked_in(tmp_path, key)
    later = raw_connection(tmp_path / files.WORK, key)
    later.execute("PRAGMA user_version = 99")
    later.close()
    with pytest.raises(StoreForeign) as caught:
        open_store(tmp_path, key)
    assert "newer" in caught.value.message.en


def test_a_damaged_mirror_is_set_aside_and_work_is_whole(tmp_path: Path, key: StoreKey) -> None:
    outcome_id = worked_in(tmp_path, key)
    mirror = tmp_path / files.MIRROR
    mirror.write_bytes(os.urandom(mirror.stat().st_size))
    store = open_store(tmp_path, key)
    assert store.cursor() == "", "the sync fetches it all again"
    assert [str(item.id) for item in store.pending(9)] == [outcome_id]
    store.close()
    assert len(list(tmp_path.glob("mirror.db.damaged-*"))) == 1


def test_damaged_work_is_refused_and_kept(tmp_path: Path, key: StoreKey) -> None:
    worked_in(tmp_path, key)
    work = tmp_path / files.WORK
    damaged = os.urandom(work.stat().st_size)
    work.write_bytes(damaged)
    with pytest.raises(StoreForeign):
        open_store(tmp_path, key)
    assert work.read_bytes() == damaged


@pytest.mark.parametrize("name", [files.MIRROR, files.WORK])
def test_a_flipped_bit_is_noticed(tmp_path: Path, key: StoreKey, name: str) -> None:
    # Reliability S6. The integrity check looks at every page; a mirror is fetched again, work is refused.
    worked_in(tmp_path, key)
    path = tmp_path / name
    whole = bytearray(path.read_bytes())
    for place in range(100, len(whole), max(1, len(whole) // 25)):
        flipped = bytearray(whole)
        flipped[place] ^= 0x10
        path.write_bytes(flipped)
        files.touch_private(tmp_path / files.SUSPECT)
        if name == files.WORK:
            with pytest.raises(StoreForeign):
                open_store(tmp_path, key)
        else:
            store = open_store(tmp_path, key)
            assert store.cursor() == ""
            store.close()
            path.unlink()


def test_damage_met_while_reading_is_told_and_looked_at_next_time(tmp_path: Path, key: StoreKey) -> None:
    store = open_store(tmp_path, key)
    store.apply(a_page(*(put(a_task(n)) for n in range(500)), cursor="5"), now=NOW)
    store.close()
    path = tmp_path / files.MIRROR
    body = bytearray(path.read_bytes())
    half = len(body) // 8192 * 4096
    body[half:] = os.urandom(len(body) - half)
    path.write_bytes(body)
    store = open_store(tmp_path, key)
    with pytest.raises(StoreForeign) as met:
        store.queue(asking(), offset=0, limit=500)
    assert "重新打开程序" in met.value.next_step.zh, "what mends it is to begin again, not to wait for somebody"
    assert "start it again" in met.value.next_step.en
    store.save(saved(None))
    store.close()
    store = open_store(tmp_path, key)
    assert (store.cursor(), len(store.pending(9))) == ("", 1)
    store.close()


def test_a_second_window_is_told_so(store: Store, key: StoreKey) -> None:
    with pytest.raises(StoreInUse) as caught:
        open_store(store.folder, key)
    assert caught.value.message.zh
    store.save(saved(None))


def test_after_closing_every_call_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError):
        store.counts(asking())


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_files_are_private_to_the_user(tmp_path: Path, key: StoreKey) -> None:
    os.umask(0o022)
    store = open_store(tmp_path / "s", key)
    store.save(saved(None))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "s").iterdir()}
    store.close()
    assert {"work.db-wal", "work.db", "mirror.db"} <= set(modes)
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o700


def test_no_name_or_number_lies_readable_in_any_file(
    tmp_path: Path, key: StoreKey, reopened: Callable[[], Store]
) -> None:
    # Reliability S4, with a plain database as the control that must be readable.
    def traces(folder: Path) -> list[str]:
        return [p.name for p in folder.rglob("*") if p.is_file() and any(c in p.read_bytes() for c in canaries)]

    canaries = (b"10077788899", "吴文静".encode())
    store = open_store(tmp_path / "canary", key)
    task = a_task(1)
    store.apply(a_page(put(task), put(a_document(1, numbers=("10077788899",)))), now=NOW)
    store.save(saved(task, note="吴文静 10077788899"))
    store.find("吴文静", now=NOW)
    assert traces(tmp_path / "canary") == []
    store.close()
    assert traces(tmp_path / "canary") == []
    (tmp_path / "plain").mkdir()
    with sqlite3.connect(tmp_path / "plain" / "x.db") as plain:
        plain.execute("CREATE TABLE t (x)")
        plain.execute("INSERT INTO t VALUES (?)", (json.dumps("10077788899"),))
    plain.close()
    assert traces(tmp_path / "plain") == ["x.db"]


def test_errors_of_the_database_show_no_parameters(store: Store) -> None:
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError) as caught, store._work.begin() as work:
        work.exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("10077788899",))
    assert "10077788899" not in str(caught.value)


@pytest.mark.parametrize("lost", ["missing", "empty"])
def test_work_that_is_gone_is_told_and_not_made_anew(tmp_path: Path, key: StoreKey, lost: str) -> None:
    worked_in(tmp_path, key)
    (tmp_path / files.WORK).unlink()
    if lost == "empty":
        (tmp_path / files.WORK).touch()
    with pytest.raises(StoreForeign) as told:
        open_store(tmp_path, key)
    assert "work.db" in told.value.message.zh
    assert not files.has_store(tmp_path)


def test_a_first_creation_that_was_cut_short_goes_on(tmp_path: Path, key: StoreKey) -> None:
    open_store(tmp_path, key).close()
    (tmp_path / files.WORK).unlink()
    open_store(tmp_path, key).close()
    assert files.has_store(tmp_path)


def test_a_mirror_older_than_the_work_beside_it_learns_what_the_server_tells_next(
    tmp_path: Path, key: StoreKey
) -> None:
    # A copy of the folder that was made while the program ran has its files as of different moments.
    folder, older = tmp_path / "desk", tmp_path / "older"
    with closing(open_store(folder, key)) as store:
        store.apply(a_page(put(a_task(1)), put(a_document(1)), cursor="1"), now=NOW)
    shutil.copytree(folder, older)
    with closing(open_store(folder, key)) as store:
        for number in range(2, 9):
            store.apply(a_page(put(a_task(number)), cursor=str(number)), now=NOW)
        done = saved(a_task(1))
        store.save(done)
        store.settle(answered(done.id))
    for name in (files.WORK, f"{files.WORK}-wal"):
        if (folder / name).exists():
            shutil.copy(folder / name, older / name)
    with closing(open_store(older, key)) as store:
        assert on_the_desk(store) == [], "called, as the work says"
        # The server gives it out once more: nobody was reached.
        store.apply(a_page(put(a_task(1)), cursor="9"), now=NOW)
        assert on_the_desk(store) == ["T0001"]


def on_the_desk(store: Store) -> list[str]:
    return [row.task_id for row in store.queue(asking(), offset=0, limit=99)]

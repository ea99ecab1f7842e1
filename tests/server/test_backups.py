"""A backup is whole and private, a restore equals it to the row, and neither overwrites anything."""

import argparse
import hashlib
import io
import resource
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from server_kit import document, task

from core.server.backups import check_backup
from core.server.cli import main
from core.server.commands.place import opened
from core.server.db import audit, schema, settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.loading import load
from core.server.migrations import HEAD
from tests.server_process import ServerProcess

_OWN = {"audit", "audit_head", "setting", "written_file"}
"""tables that a restore itself writes to"""


def hashes(file: Path) -> dict[str, str]:
    """Of each table, its rows in order."""
    with closing(sqlite3.connect(file)) as conn:
        tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        rows = {table: sorted(map(repr, conn.execute(f"SELECT * FROM {table}"))) for table in tables}
    return {table: hashlib.sha256("\n".join(lines).encode()).hexdigest() for table, lines in rows.items()}


def run(data: Path, *words: str) -> int:
    return main([*words, "--data", str(data)])


def fill(data: Path, start: int, count: int) -> None:
    database = Database(open_engine(sqlite_url(data)))
    load(database, [(document(n), task(n)) for n in range(start, start + count)])
    database.close()


@pytest.fixture
def data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(tmp_path / "data", "init") == 0
    fill(tmp_path / "data", 1, 40)
    capsys.readouterr()
    return tmp_path / "data"


def test_a_restore_brings_back_what_the_backup_held(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # R15
    backup = tmp_path / "b.db"
    assert run(data, "backup", str(backup)) == 0
    assert "40 customers, 40 tasks" in capsys.readouterr().out
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    held = hashes(backup)
    assert held == hashes(data / "stayline.db")
    fill(data, 100, 10)
    before = hashes(data / "stayline.db")

    assert run(data, "restore", str(backup)) == 0
    said = capsys.readouterr().out
    restored = hashes(data / "stayline.db")
    assert {t: h for t, h in restored.items() if t not in _OWN} == {t: h for t, h in held.items() if t not in _OWN}
    assert stat.S_IMODE((data / "stayline.db").stat().st_mode) == 0o600
    (aside,) = data.glob("stayline.db.before-restore-????????-??????")
    assert hashes(aside) == before, "what was there can still be had"
    assert str(aside) in said
    assert hashes(backup) == held


def test_what_customers_asked_for_since_the_backup_is_named_and_the_copy_put_aside_is_told_in_its_time(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # R15, PIPL art. 47: who was erased is back, who wants no calls would be called
    assert run(data, "backup", str(tmp_path / "b.db")) == 0
    assert run(data, "erase", "C1") == 0
    assert run(data, "erase", "C2", "--no-calls") == 0
    capsys.readouterr()
    assert run(data, "restore", str(tmp_path / "b.db")) == 0
    said = capsys.readouterr().out
    assert "Erased after the backup and back again; erase them: C1, C2\n" in said
    assert "Refused calls after the backup, to be noted again: C2 and 1 number of nobody here\n" in said
    (aside,) = data.glob("stayline.db.before-restore-????????-??????")
    with closing(sqlite3.connect(data / "stayline.db")) as conn:
        noted = conn.execute("SELECT path FROM written_file WHERE kind = 'backups'").fetchall()
    assert (str(aside),) in noted


def test_a_journal_that_a_killed_command_left_is_put_aside_with_its_database(data: Path, tmp_path: Path) -> None:
    # R15: it would be rolled back into the restored one.
    backup = tmp_path / "b.db"
    assert run(data, "backup", str(backup)) == 0
    (data / "stayline.db-journal").touch()
    assert run(data, "restore", str(backup)) == 0
    assert not (data / "stayline.db-journal").exists()


def test_both_stand_in_the_audit_and_desks_pull_anew(data: Path, tmp_path: Path) -> None:
    marks, actions = [], []
    for words in (("backup", str(tmp_path / "b.db")), ("restore", str(tmp_path / "b.db"))):
        assert run(data, *words) == 0
        database = Database(open_engine(sqlite_url(data)))
        with database.read() as unit:
            assert audit.verify(unit) == []
            marks.append(settings.feed_mark(unit))
            actions = [row.action for row in unit.conn.execute(schema.audit.select().order_by(schema.audit.c.at))]
        database.close()
    assert actions[-2:] == ["backup", "restore"]
    assert marks[0] != marks[1]


def test_a_backup_of_a_database_that_is_written_is_of_one_moment(data: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        for start in range(1_000, 9_000, 20):
            if stop.is_set():
                return
            fill(data, start, 20)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for nth in range(3):
            assert run(data, "backup", str(tmp_path / f"b{nth}.db")) == 0
            contents = check_backup(tmp_path / f"b{nth}.db")
            assert contents.customers == contents.tasks, "each batch is there as a whole or not at all"
    finally:
        stop.set()
        writer.join()


def test_a_damaged_database_is_put_aside_and_replaced(data: Path, tmp_path: Path) -> None:
    assert run(data, "backup", str(tmp_path / "b.db")) == 0
    (data / "stayline.db").write_bytes(b"scribble" * 10_000)
    assert run(data, "audit") == 1
    assert run(data, "restore", str(tmp_path / "b.db")) == 0
    assert run(data, "audit") == 0


def test_a_backup_in_which_a_value_was_changed_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # R15: SQLite's own check sees the structure alone.
    backup = tmp_path / "b.db"
    assert run(data, "backup", str(backup)) == 0
    whole = backup.read_bytes()
    backup.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    before = hashes(data / "stayline.db")
    assert run(data, "restore", str(backup)) == 1
    assert "b.db.sha256" in capsys.readouterr().err
    assert hashes(data / "stayline.db") == before
    backup.write_bytes(whole)
    (tmp_path / "b.db.sha256").unlink()
    assert run(data, "restore", str(backup)) == 0
    assert "没有 b.db.sha256" in capsys.readouterr().out


def test_a_folder_that_lacks_only_its_database_takes_a_restore_and_a_mistyped_one_is_not_made(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # R15
    assert run(data, "backup", str(tmp_path / "b.db")) == 0
    assert run(tmp_path / "new", "restore", str(tmp_path / "b.db")) == 1
    assert "Make the folder, or run stayline-server init first" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
    (tmp_path / "new").mkdir()
    assert run(tmp_path / "new", "restore", str(tmp_path / "b.db")) == 0
    assert check_backup(tmp_path / "new" / "stayline.db").customers == 40


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda file: file.unlink(), "there is no such file"),
        (lambda file: file.write_bytes(b"text" * 4_000), "it is damaged"),
        (lambda file: _cut(file), "it is damaged"),
        (lambda file: _sql(file, "DROP TABLE alembic_version"), "it is no backup of Stayline"),
        (lambda file: _sql(file, f"UPDATE alembic_version SET version_num = '{int(HEAD) + 1:04}'"), "a newer program"),
    ],
)
def test_a_backup_that_does_not_hold_changes_nothing(
    data: Path, tmp_path: Path, spoil: Callable[[Path], object], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "b.db"
    assert run(data, "backup", str(backup)) == 0
    before = hashes(data / "stayline.db")
    spoil(backup)
    assert run(data, "restore", str(backup)) == 1
    error = capsys.readouterr().err
    assert why in error
    assert "The present data are unchanged" in error
    assert hashes(data / "stayline.db") == before
    assert not list(data.glob("*restor*"))


def _cut(file: Path) -> None:
    body = bytearray(file.read_bytes())
    body[len(body) // 2 :] = b"\xff" * (len(body) - len(body) // 2)
    file.write_bytes(body)


def _sql(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as conn:
        conn.execute(statement)
        conn.commit()


def test_a_name_that_is_taken_is_left_alone(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.db").write_text("mine")
    assert run(data, "backup", str(tmp_path / "b.db")) == 1
    assert "Choose another name" in capsys.readouterr().err
    assert (tmp_path / "b.db").read_text() == "mine"


def test_a_folder_that_is_not_there_is_said_before_anything_is_on_record(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "backup", str(tmp_path / "gone" / "b.db")) == 1
    assert "is not there. Make it first" in capsys.readouterr().err
    assert run(data, "audit") == 0
    assert check_backup(data / "stayline.db").audit_entries == 1


@contextmanager
def disk_with_room_for(size: int) -> Iterator[None]:
    """Writing beyond it fails, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_does_not_take_the_copy_is_named_and_left_clean(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # R15
    fill(data, 1_000, 200)
    assert run(data, "backup", str(tmp_path / "whole.db")) == 0
    (tmp_path / "new").mkdir()
    before, room = hashes(data / "stayline.db"), (data / "stayline.db").stat().st_size // 2
    capsys.readouterr()
    with disk_with_room_for(room):
        assert run(data, "backup", str(tmp_path / "b.db")) == 1
        told = capsys.readouterr().err
        assert f"{tmp_path / 'b.db'}" in told
        assert "stayline.db" not in told, "the database is not to blame"
        assert run(tmp_path / "new", "restore", str(tmp_path / "whole.db")) == 1
        told = capsys.readouterr().err
        assert f"{tmp_path / 'new' / 'stayline.db'}" in told
    assert not list(tmp_path.glob("b.db*"))
    assert not list((tmp_path / "new").glob("*restor*"))
    after = hashes(data / "stayline.db")
    assert {t: h for t, h in after.items() if t not in _OWN} == {t: h for t, h in before.items() if t not in _OWN}


def test_a_database_that_is_served_is_backed_up_but_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ServerProcess(tmp_path / "server") as server:
        assert run(server.folder, "backup", str(tmp_path / "b.db")) == 0
        assert run(server.folder, "restore", str(tmp_path / "b.db")) == 1
        assert "in use by another stayline-server" in capsys.readouterr().err


def test_a_database_that_a_command_has_open_is_not_replaced_beneath_it(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "backup", str(tmp_path / "b.db")) == 0
    with opened(argparse.Namespace(data=data, database=None, tenant="main")):
        assert run(data, "audit") == 0, "beside each other commands may work"
        assert run(data, "restore", str(tmp_path / "b.db")) == 1
        assert "Another stayline-server command is using" in capsys.readouterr().err
    assert run(data, "restore", str(tmp_path / "b.db")) == 0


def test_postgresql_is_sent_to_its_own_tools(capsys: pytest.CaptureFixture[str]) -> None:
    address = ("--database", "postgresql://stayline:open-sesame@127.0.0.1:1/stayline")
    for command in ("backup", "restore"):
        assert main([command, "b.dump", *address]) == 1
        error = capsys.readouterr().err
        assert "pg_dump --format=custom" in error
        assert "pg_restore" in error
        assert "open-sesame" not in error


def test_users_of_the_backup_can_sign_in_again(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a-long-password\n"))
    assert (
        run(data, "user", "add", "7", "--name", "何静", "--role", "team_lead", "--team", "n", "--password-stdin") == 0
    )
    assert run(data, "backup", str(tmp_path / "b.db")) == 0
    (tmp_path / "new").mkdir()
    assert run(tmp_path / "new", "restore", str(tmp_path / "b.db")) == 0
    capsys.readouterr()
    assert run(tmp_path / "new", "user", "list") == 0
    assert "7\t何静" in capsys.readouterr().out

"""An import that is killed half way is on record as begun, and the same command again completes it."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from core.server.cli import main
from core.server.db import refusals, schema
from core.server.db.engine import Database, open_engine, sqlite_url

ROWS = 2_500
_DIES_AFTER_ONE_BATCH = """
import os, signal, sys
from core.server import loading
from core.server.cli import main

load = loading.load
def once(*given, **named):
    load(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)
loading.load = once
main(sys.argv[1:])
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "名单.csv"
    rows = (f"100{at:08d},{chr(0x5E00 + at)}{chr(0x6700 + at)},59\n" for at in range(ROWS))
    path.write_text("手机号码,客户姓名,套餐费\n" + "".join(rows), "utf-8")
    return path


def read(data: Path) -> tuple[list[tuple[int, bool]], list[str], int, int]:
    """Runs as (accepted, finished), the audit's actions, customers, tasks."""
    database = Database(open_engine(sqlite_url(data)))
    with database.read() as unit:
        runs = unit.conn.execute(schema.import_run.select().order_by(schema.import_run.c.started_at)).all()
        entries = unit.conn.execute(schema.audit.select().order_by(schema.audit.c.seq)).all()
        customers = len(unit.conn.execute(schema.customer.select()).all())
        tasks = len(unit.conn.execute(schema.task.select()).all())
    database.close()
    actions = [entry.action for entry in entries if entry.action.startswith("import")]
    ids = {msgspec.json.decode(entry.payload)["run"] for entry in entries if entry.action == "import_begun"}
    assert ids == {run.id for run in runs}, "the audit names the runs"
    return [(run.accepted, run.finished_at is not None) for run in runs], actions, customers, tasks


def test_a_killed_import_is_on_record_and_completed_by_the_next(
    tmp_path: Path, listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-06
    data = tmp_path / "data"
    assert main(["init", "--data", str(data)]) == 0
    words = ["import", str(listed), "--scenario", "4g-upgrade", "--data", str(data)]
    killed = subprocess.run(
        [sys.executable, "-c", _DIES_AFTER_ONE_BATCH, *words], cwd=Path(__file__).parents[2], timeout=120,
        capture_output=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -9, killed.stderr
    runs, actions, customers, _ = read(data)
    assert runs == [(0, False)]
    assert actions == ["import_begun"]
    assert 0 < customers < ROWS
    capsys.readouterr()

    assert main(words) == 0
    assert "was never finished; this one completes it" in capsys.readouterr().out
    runs, actions, customers, tasks = read(data)
    assert runs == [(0, False), (ROWS, True)]
    assert actions == ["import_begun", "import_begun", "import"]
    assert (customers, tasks) == (ROWS, ROWS)

    assert main(words) == 0
    assert "never finished" not in capsys.readouterr().out


def test_a_list_that_is_refused_leaves_no_run(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert main(["init", "--data", str(data)]) == 0
    (tmp_path / "l.csv").write_text("流量,通话\n3,4\n", "utf-8")
    assert main(["import", str(tmp_path / "l.csv"), "--scenario", "4g-upgrade", "--data", str(data)]) == 1
    assert read(data)[0] == []


def test_a_list_of_the_ids_that_are_kept_here_brings_no_doubles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-06, ID-07, TASK-16
    base, data = tmp_path / "base.csv", tmp_path / "data"
    base.write_text("客户编号,手机号码,客户姓名\nA-1,10000000001,吴文静\nA-2,10000000002,何静\n", "utf-8")
    words = ["--scenario", "4g-upgrade", "--no-tasks", "--data", str(data)]
    assert main(["init", "--data", str(data)]) == 0
    assert main(["import", str(base), *words]) == 0
    database = Database(open_engine(sqlite_url(data)))
    with database.read() as unit:
        first, second = sorted(unit.conn.execute(schema.customer.select()).all(), key=lambda one: one.name)[::-1]
    back = tmp_path / "back.csv"
    back.write_text(f"客户编号,黑名单,余额\n{first.id},是,5\nA-2,否,6\n{second.id},是,一百\nB-9,否,7\n", "utf-8")
    capsys.readouterr()
    assert main(["import", str(back), *words]) == 0
    said = capsys.readouterr().out
    assert "1 new" in said
    with database.read() as unit:
        names = {one.id: one.name for one in unit.conn.execute(schema.customer.select())}
        assert {names[one] for one in names if refusals.is_opted_out(unit, one)} == {first.name, second.name}
    database.close()
    assert len(names) == 3


def test_a_list_can_bring_customers_alone_for_campaigns_to_choose_from(tmp_path: Path) -> None:
    # ID-06
    few = tmp_path / "base.csv"
    few.write_text("手机号码,客户姓名,套餐费\n10000000001,吴文静,59\n10000000002,何静,79\n", "utf-8")
    data = tmp_path / "data"
    assert main(["init", "--data", str(data)]) == 0
    assert main(["import", str(few), "--scenario", "4g-upgrade", "--no-tasks", "--data", str(data)]) == 0
    runs, _actions, customers, tasks = read(data)
    assert (runs, customers, tasks) == ([(2, True)], 2, 0)

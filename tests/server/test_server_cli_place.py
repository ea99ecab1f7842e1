"""A command works on the database that there is: none is made by mistake, and messages name the one that is meant."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from core.domain.customer import Care
from core.server.cli import main
from core.server.db import customers, refusals, schema
from core.server.db.engine import Database, open_engine, sqlite_url

COMMANDS = [
    ("audit",),
    ("dispatch",),
    ("export", "outcomes", "out.csv"),
    ("import", "list.csv", "--scenario", "4g-upgrade"),
    ("serve", "--port", "0"),
    ("site", "show"),
    ("site", "set", "--cap-24h", "2"),
    ("user", "list"),
    ("user", "add", "1", "--name", "何静", "--role", "team_lead", "--team", "n", "--password-stdin"),
    ("user", "change", "1", "--name", "何静"),
    ("user", "disable", "1"),
    ("user", "password", "1", "--password-stdin"),
]


@pytest.fixture(autouse=True)
def list_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list.csv").write_text("手机号码,客户姓名\n10000000001,吴文静\n", "utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: "-".join(words[:2]))
@pytest.mark.parametrize("there", ["nothing", "a folder", "an empty file"])
def test_a_place_without_database_is_refused_and_left_as_it_is(
    words: tuple[str, ...], there: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    if there != "nothing":
        data.mkdir()
    if there == "an empty file":
        (data / "stayline.db").touch()
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    assert main([*words, "--data", str(data)]) == 1
    error = capsys.readouterr().err
    assert str(data / "stayline.db") in error
    assert "stayline-server init" in error
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before
    assert not (data / "stayline.db").exists() or (data / "stayline.db").stat().st_size == 0


@pytest.mark.postgres
def test_an_empty_server_database_is_refused_without_showing_its_password(
    postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "--database", postgres_url]) == 1
    assert "stayline-server init" in capsys.readouterr().err
    assert main(["init", "--database", postgres_url]) == 0
    assert main(["audit", "--database", postgres_url]) == 0
    assert "***@" in capsys.readouterr().out or "@" not in postgres_url


def test_a_password_in_the_address_is_not_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--database", "postgresql://stayline:open-sesame@127.0.0.1:1/stayline"]) == 1
    error = capsys.readouterr().err
    assert "open-sesame" not in error
    assert "postgresql://stayline:***@127.0.0.1:1/stayline" in error
    assert main(["audit", "--database", "no address at all"]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_audit_names_the_database_and_how_much_it_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # ROLE-03
    data = tmp_path / "data"
    assert main(["init", "--data", str(data)]) == 0
    assert main(["site", "set", "--cap-24h", "2", "--data", str(data)]) == 0
    capsys.readouterr()
    with_entries = "审计链完整：{0}，共查 {1} 条。 / Every chain of {0} holds; {2} checked."
    assert main(["audit", "--data", str(data)]) == 0
    said, sealed = capsys.readouterr().out.splitlines()
    assert said.startswith(f"审计链完整：{data / 'stayline.db'}，共查 ")
    number = int(said.split("共查 ")[1].split(" ")[0])
    entries = "1 entry" if number == 1 else f"{number} entries"
    assert number >= 1
    assert said == with_entries.format(data / "stayline.db", number, entries)
    assert sealed == "已封存 0 条链。 / 0 chains sealed.", "a server does it as it runs"


def test_one_is_said_in_the_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ("--data", str(tmp_path / "data"))
    assert main(["init", *data]) == 0
    assert main(["import", "list.csv", "--scenario", "4g-upgrade", "--dispatch", *data]) == 0
    said = capsys.readouterr().out
    assert "1 row: 1 accepted" in said
    assert "0 tasks given out, 1 waits" in said
    assert main(["export", "outcomes", "out.csv", *data]) == 0
    assert "0 rows exported" in capsys.readouterr().out


def test_a_day_that_is_none_is_said_without_the_names_of_functions(capsys: pytest.CaptureFixture[str]) -> None:
    for day in ("foo", "2026-02-30", "0001-01-01"):
        with pytest.raises(SystemExit) as wrong:
            main(["export", "outcomes", "out.csv", "--since", day])
        assert wrong.value.code == 2
        error = capsys.readouterr().err
        assert "_day" not in error
        assert f"'{day}' is no day; write it as 2026-11-22" in error


def test_cause_and_advice_are_two_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["init", "--data", str(tmp_path / "file" / "data")]) == 1
    zh, en = capsys.readouterr().err.splitlines()
    assert "。请用 --data" in zh
    assert ". Name one" in en


def test_ctrl_c_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("core.server.commands.audit.opened", interrupted)
    assert main(["audit", "--data", str(tmp_path)]) == 130
    (line,) = capsys.readouterr().err.splitlines()
    assert "已中断" in line
    assert "Interrupted" in line


def test_an_import_tells_what_is_uncertain_refused_absent_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-06, OUTCOME-11
    data = ("--data", str(tmp_path / "data"))
    listed = tmp_path / "名单.csv"
    header = "手机号码,客户姓名,套餐信息,套餐费,备注"
    listed.write_text(f"{header}\n10000000001,吴文静,畅享,59,\n10000000002,单芳,畅享,59,请勿致电\n", "utf-8")
    assert main(["init", *data]) == 0
    assert main(["import", str(listed), "--scenario", "4g-upgrade", *data]) == 0
    said = capsys.readouterr().out
    assert "? 套餐信息  →  plan  （列名相近" in said
    assert "  手机号码  →  number\n" in said
    assert "1 column is uncertain (marked ?)" in said
    assert "1 个客户要求不再致电" in said
    assert "1 customer newly set to do-not-call" in said
    assert main(["import", str(listed), "--scenario", "4g-upgrade", *data]) == 0
    assert "do-not-call" not in capsys.readouterr().out, "nothing is new when the same list comes again"
    listed.write_text(f"{header}\n10000000001,吴文静,畅享,-59,\n10000000002,单芳,畅享,不详,\n", "utf-8")
    with listed.open("a", encoding="utf-8") as file:
        file.write("10000000003,何静,畅享,59,\n")
    assert main(["import", str(listed), "--scenario", "4g-upgrade", *data]) == 0
    said = capsys.readouterr().out
    assert "`套餐费`: 1 cell such as “不详” taken as having no value." in said
    assert "1 of the rejected rows is of customers imported earlier, whose records stay as they were." in said


def test_the_log_says_things_once(tmp_path: Path) -> None:
    script = (
        "import logging; from core.server import logs; logs.configure(); "
        "logging.getLogger('uvicorn.error').info('Started', extra={'color_message': 'Started in colours'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    assert '"event": "Started"' in done.stderr
    assert "colour" not in done.stderr
    assert "color_message" not in done.stderr


def test_a_refusal_in_a_second_row_withdraws_the_task_that_the_first_row_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-06, OUTCOME-11
    data = ("--data", str(tmp_path / "data"))
    listed = tmp_path / "名单.csv"
    rows = "10000000001,吴文静,59,\n10000000002,单芳,59,\n10000000002,单芳,59,请勿致电\n"
    listed.write_text(f"手机号码,客户姓名,套餐费,备注\n{rows}", "utf-8")
    assert main(["init", *data]) == 0
    capsys.readouterr()
    for said_once in (True, False):
        assert main(["import", str(listed), "--scenario", "4g-upgrade", *data]) == 0
        said = capsys.readouterr().out
        assert ("1 customer newly set to do-not-call" in said) is said_once
    with Database(open_engine(sqlite_url(tmp_path / "data"))).read() as unit:
        states = unit.conn.execute(select(schema.task.c.state)).scalars().all()
    assert sorted(states) == ["cancelled", "waiting"]


def test_a_refusal_in_a_rejected_row_waits_for_its_customer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # ID-06, OUTCOME-11
    data = ("--data", str(tmp_path / "data"))
    listed = tmp_path / "名单.csv"
    assert main(["init", *data]) == 0
    for fee, remark, refused in ((-5, "请勿致电", True), (-5, "请勿致电", False), (5, "", False), (5, "", False)):
        capsys.readouterr()
        listed.write_text(f"姓名,手机号,月租,备注\n王一一,10000010001,{fee},{remark}\n", "utf-8")
        assert main(["import", str(listed), "--scenario", "vip-care", "--map", "月租=plan_fee", *data]) == 0
        assert ("1 customer newly set to do-not-call" in capsys.readouterr().out) is refused
    with Database(open_engine(sqlite_url(tmp_path / "data"))).read() as unit:
        blocks = unit.conn.execute(select(schema.task.c.block)).scalars().all()
        customer_id = unit.conn.execute(select(schema.customer.c.id)).scalar_one()
        care = customers.section(unit, customer_id, "care", Care)
        refused = refusals.is_opted_out(unit, customer_id)
    assert blocks == ["opted_out"]
    assert refused
    assert care is not None
    assert care.opted_out

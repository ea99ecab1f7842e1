"""The command line: plain words, exit statuses, and what it leaves in the database."""

import io
import re
import stat
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from server_kit import agent
from sqlalchemy import select

from core.server.access.passwords import hash_password
from core.server.access.sessions import Sessions, Unauthenticated
from core.server.access.throttle import Throttle
from core.server.access.tokens import Signer
from core.server.cli import main
from core.server.db import audit, people, schema, settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.db.migrate import upgrade
from core.wire.session import SignIn


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def made(data: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A data folder with a database in it."""
    assert run(data, "init") == 0
    capsys.readouterr()
    return data


def run(data: Path, *words: str) -> int:
    return main([*words, "--data", str(data)])


def add_user(data: Path, monkeypatch: pytest.MonkeyPatch, password: str = "a-long-password") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return run(data, "user", "add", "1027", "--name", "苏梅", "--role", "vip_specialist", "--team", "A",
               "--skill", "vip-care", "--area", "东岭区", "--password-stdin")  # fmt: skip


def test_init_publishes_the_shipped_content(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "init", "--hotline", "10000") == 0
    assert run(data, "init") == 0
    said = capsys.readouterr().out
    assert "0 pieces" in said
    assert str(data / "stayline.db") in said
    assert f"Next: add people with stayline-server user add … --data {data}" in said
    assert stat.S_IMODE((data / "stayline.db").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_an_administrator_sees_who_is_signed_in_and_ends_it(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # S5
    made = data
    made.mkdir()
    database = Database(open_engine(sqlite_url(made)))
    upgrade(database.engine)
    with database.write() as unit:
        settings.prepare(unit)
        people.put(unit, agent("1027"), password_hash=hash_password("a-long-password"))
    doors = Sessions(database, Signer.of_folder(made), Throttle(database))
    at_home, at_work = (
        doors.sign_in(
            SignIn(staff_number="1027", password="a-long-password", device=device), address="127.0.0.1"
        ).access_token
        for device in ("HOME-7", "DESK-12")
    )
    capsys.readouterr()
    assert run(made, "user", "sessions") == 0
    lines = capsys.readouterr().out.splitlines()
    assert ["HOME-7" in line for line in lines] == [True, False]
    assert run(made, "user", "sign-out", "1027", "--session", "z") == 1
    assert run(made, "user", "sign-out", "1027", "--session", lines[0].split("\t")[0]) == 0
    with pytest.raises(Unauthenticated) as error:
        doors.authenticate(at_home)
    assert error.value.code == "signed_out"
    assert doors.authenticate(at_work).staff_number == "1027"
    assert run(made, "user", "sign-out", "1027") == 0
    with pytest.raises(Unauthenticated):
        doors.authenticate(at_work)
    capsys.readouterr()
    assert run(made, "user", "sessions", "1027") == 0
    assert "没有人登录" in capsys.readouterr().out
    with database.read() as unit:
        written = unit.conn.execute(select(schema.audit.c.action, schema.audit.c.object)).all()
        assert written.count(("sessions_ended", "1027")) == 2
        assert audit.verify(unit) == []
    database.close()
    assert run(made, "user", "sign-out", "404") == 1


def test_a_demo_does_not_get_into_a_centre_at_work(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a-long-password\n"))
    assert (
        run(made, "user", "add", "5500", "--name", "陈立", "--role", "planner", "--team", "P", "--password-stdin") == 0
    )
    capsys.readouterr()
    assert run(made, "demo", "--customers", "20", "--tasks", "5") != 0
    assert "这里不是演示库" in capsys.readouterr().err
    assert run(made, "user", "list") == 0
    assert "1027" not in capsys.readouterr().out


def test_a_disabled_users_tasks_wait_for_others_at_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "demo", "--customers", "60", "--tasks", "40") == 0
    capsys.readouterr()
    assert run(data, "user", "disable", "2043") == 0
    assert re.search(r"收回 \d+ 个任务待派发", capsys.readouterr().out)


def test_users(made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    # ROLE-01, ROLE-03
    assert add_user(made, monkeypatch) == 0
    assert run(made, "user", "disable", "1027") == 0
    assert run(made, "user", "list") == 0
    assert "1027\t苏梅\tVIP 专席\tVIP specialist\tA\tvip-care\t停用 disabled" in capsys.readouterr().out
    database = Database(open_engine(sqlite_url(made)))
    with database.read() as unit:
        account = people.get(unit, "1027")
        assert audit.verify(unit) == []
    database.close()
    assert account is not None
    assert account.disabled
    assert account.agent.areas == ("东岭区",)
    assert account.password_hash.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("user", "disable", "404"), "没有工号 404"),
        (("user", "password", "404"), "没有工号 404"),
        (("user", "add", "9", "--name", "何静", "--role", "team_lead", "--team", "n"), "No password"),
        (("export", "sms", "out.txt"), "请用 .csv 或 .xlsx"),
        (("import", "no-such-file.csv", "--scenario", "4g-upgrade"), "no-such-file.csv"),
        (("import", "no-such-file.csv", "--scenario", "x"), "4g-upgrade"),
    ],
)
def test_errors_are_plain(
    made: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(made, *words) == 1
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error


def test_a_short_password_is_refused(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add_user(made, monkeypatch, "short") == 1
    assert "密码太短" in capsys.readouterr().err


def test_what_is_no_database_is_said_plainly(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data.mkdir()
    (data / "stayline.db").write_bytes(b"not a database at all" * 100)
    for words in (("init",), ("audit",)):
        assert run(data, *words) == 1
        error = capsys.readouterr().err
        assert "Traceback" not in error
        assert all(str(data / "stayline.db") in line for line in error.splitlines())


def test_an_import_becomes_tasks_on_desks(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-06, ROLE-03
    monkeypatch.setattr("sys.stdin", io.StringIO("a-long-password\n"))
    run(made, "user", "add", "2043", "--name", "何俊", "--role", "outbound_representative", "--team", "A",
        "--skill", "4g-upgrade", "--password-stdin")  # fmt: skip
    listed = tmp_path / "名单.csv"
    listed.write_text("手机号码,客户姓名,套餐名称\n10000000001,吴文静,畅享\n10000000002,单芳,畅享\n,,\n", "utf-8")
    assert run(made, "import", str(listed), "--scenario", "4g-upgrade", "--dispatch") == 0
    assert run(made, "import", str(listed), "--scenario", "4g-upgrade") == 0
    assert "0 new, 0 changed, 2 unchanged" in capsys.readouterr().out
    database = Database(open_engine(sqlite_url(made)))
    with database.read() as unit:
        rows = unit.conn.execute(schema.task.select()).all()
        runs = unit.conn.execute(schema.import_run.select()).all()
    database.close()
    assert [(row.assigned_to, row.state) for row in rows] == [("2043", "assigned")] * 2
    assert [(row.rows, row.accepted) for row in runs] == [(2, 2), (2, 2)]


def test_a_small_demo_is_worked_through(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "demo", "--customers", "60", "--tasks", "20") == 0
    assert "60 new customers" in capsys.readouterr().out
    assert run(data, "audit") == 0
    assert str(data / "stayline.db") in capsys.readouterr().out
    out = data / "outcomes.csv"
    assert run(data, "export", "outcomes", str(out), "--since", "2020-01-01") == 0
    assert out.read_text("utf-8-sig").startswith("编号 id,")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["serve", "--help"], ["user", "add", "--help"]):
        with pytest.raises(SystemExit) as done:
            main(words)
        assert done.value.code == 0
    with pytest.raises(SystemExit) as wrong:
        main(["nonsense"])
    assert wrong.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_scenario_or_port_mistyped_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    # ROLE-03, ID-06: a task without a script would reach an agent
    listed = tmp_path / "list.csv"
    listed.write_text("手机号码,姓名\n10012345678,吴文静\n", encoding="utf-8")
    for words in (
        ["import", str(listed), "--scenario", "4g-upgrad"],
        ["user", "add", "2054", "--name", "何静", "--role", "outbound_representative", "--team", "n", "--skill", "4g"],
        ["serve", "--port", "99999"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "core.server.cli", *words, "--data", str(tmp_path / "data")],
            capture_output=True,
            text=True,
            input="",
            timeout=60,
        )
        assert done.returncode != 0
        assert "Traceback" not in done.stderr
        assert "4g-upgrade" in done.stderr or "65535" in done.stderr


def test_a_staff_number_that_exists_is_not_replaced_but_changed(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # ROLE-01, ROLE-03
    assert add_user(made, monkeypatch) == 0
    before = account(made)
    assert add_user(made, monkeypatch, "another-password") == 1
    error = capsys.readouterr().err
    assert "工号 1027 已属于苏梅，未作改动。" in error
    assert "user change" in error
    assert account(made) == before

    assert run(made, "user", "change", "1027", "--team", "south", "--daily-target", "60") == 0
    assert "team, team_name, daily_target" in capsys.readouterr().out
    after = account(made)
    assert after.password_hash == before.password_hash
    assert after.agent == msgspec.structs.replace(before.agent, team="south", team_name="south", daily_target=60)
    assert run(made, "user", "change", "1027", "--no-areas", "--skill", "4g-upgrade", "--skill", "vip-care") == 0
    assert (account(made).agent.areas, account(made).agent.skills) == ((), ("4g-upgrade", "vip-care"))
    capsys.readouterr()
    assert run(made, "user", "change", "1027", "--skill", "vip-care", "--skill", "4g-upgrade") == 0
    assert "Nothing of user 1027 has changed" in capsys.readouterr().out
    assert run(made, "user", "change", "404", "--name", "何静") == 1
    assert "没有工号 404" in capsys.readouterr().err


# ROLE-01: whose rights were raised, from what
def test_a_changed_account_is_on_record_with_what_it_was(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert add_user(made, monkeypatch) == 0
    before = account(made).agent
    assert run(made, "user", "change", "1027", "--role", "administrator", "--name", "何静", "--no-areas") == 0
    database = Database(open_engine(sqlite_url(made)))
    with database.read() as unit:
        statement = select(schema.audit.c.payload).where(schema.audit.c.action == "user_changed")
        (payload,) = unit.conn.execute(statement).scalars()
    assert msgspec.json.decode(payload) == {
        "changed": "name,role,areas",
        "role": f"{before.role} → administrator",
        "areas": f"{','.join(before.areas)} → ",
    }
    database.engine.dispose()


def test_a_team_keeps_its_name_when_somebody_joins_it(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, *name in (("1", "--team-name", "北区一班"), ("2",)):
        monkeypatch.setattr("sys.stdin", io.StringIO("a-long-password\n"))
        assert run(made, "user", "add", number, "--name", "何静", "--role", "team_lead", "--team", "north", *name,
                   "--password-stdin") == 0  # fmt: skip
    assert account(made, "1").agent.team_name == account(made, "2").agent.team_name == "北区一班"


def account(data: Path, staff_number: str = "1027") -> people.Account:
    database = Database(open_engine(sqlite_url(data)))
    with database.read() as unit:
        found = people.get(unit, staff_number)
    database.close()
    assert found is not None
    return found

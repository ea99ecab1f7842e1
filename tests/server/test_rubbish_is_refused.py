"""What cannot stand is refused in plain words when it is typed, and nothing of it gets into the database."""

import io
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from core.server.cli import main
from core.server.db import schema
from core.server.db.engine import Database, open_engine, sqlite_url

PASSWORD = b"a-long-password\n"
GOOD = {"--name": "何静", "--team": "north"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "data"
    assert main(["init", "--data", str(folder)]) == 0
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A database of its own for each test."""
    return Path(shutil.copytree(made, tmp_path / "data"))


def add(data: Path, monkeypatch: pytest.MonkeyPatch, staff_number: str, password: bytes, **named: str) -> int:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(password), "utf-8"))
    words = [word for pair in (GOOD | named).items() for word in pair]
    return main(["user", "add", *words, "--role", "team_lead", "--password-stdin", "--data", str(data), staff_number])


def staff(data: Path) -> list[str]:
    database = Database(open_engine(sqlite_url(data)))
    with database.read() as unit:
        found = list(unit.conn.execute(select(schema.app_user.c.staff_number)).scalars())
    database.close()
    return found


def plain(said: str, *words: str) -> None:
    assert all(word in said for word in words)
    assert "Traceback" not in said
    assert len(said.splitlines()) == 2, "a line of Chinese and one of English"
    assert len(said) < 400


# ROLE-01
@pytest.mark.parametrize(
    "staff_number", ["", "20 51", "../../x", "20\n51", "２０５１", "9" * 5_000, " 2051", "\udcff", "九"]
)
def test_a_staff_number_that_nobody_can_type_is_refused(
    staff_number: str, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(data, monkeypatch, staff_number, PASSWORD) == 1
    plain(capsys.readouterr().err, "不能用", "cannot be a staff number")
    assert staff(data) == []


# ROLE-01, ROLE-03
@pytest.mark.parametrize(
    "named",
    [
        {"--name": ""},
        {"--name": "  "},
        {"--name": "何\n静"},
        {"--team": "  "},
        {"--team": "n" * 41},
        {"--team-name": ""},
        {"--area": " "},
        {"--daily-target": "-5"},
        {"--daily-target": "9" * 20},
    ],
)
def test_parts_of_an_account_that_say_nothing_are_refused(
    named: dict[str, str], data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(data, monkeypatch, "2051", PASSWORD, **named) == 1
    plain(capsys.readouterr().err, "不能", "cannot be")
    assert staff(data) == []
    assert add(data, monkeypatch, "2051", PASSWORD) == 0
    capsys.readouterr()
    words = [word for pair in named.items() for word in pair]
    assert main(["user", "change", "2051", *words, "--data", str(data)]) == 1
    plain(capsys.readouterr().err, "不能", "cannot be")


# ROLE-01
@pytest.mark.parametrize("password", [b" " * 10 + b"\n", b"\xff\xfe\xfd long enough\n", b"ten\x00zeroes\x00\n"])
def test_a_password_that_is_none_is_refused(
    password: bytes, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(data, monkeypatch, "2051", password) == 1
    plain(capsys.readouterr().err, "密码", "Password cannot be")
    assert staff(data) == []


@pytest.mark.parametrize("words", [("--customers", "-5"), ("--customers", "0"), ("--tasks", "-1")])
def test_a_demo_of_less_than_nothing_makes_no_database(
    words: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", *words, "--data", str(tmp_path / "none")]) == 1
    plain(capsys.readouterr().err, "不能是", "cannot be")
    assert not (tmp_path / "none").exists()


# TASK-16
@pytest.mark.parametrize(
    "words",
    [
        ("--call-from", "21:00", "--call-until", "20:00"),
        ("--call-from", "20:00"),
        ("--cap-24h", "0"),
        ("--cap-24h", "-1"),
        ("--cap-24h", "1000"),
        ("--cap-30d", "0"),
        ("--name-zh", ""),
        ("--name-en", "  "),
        ("--hotline", ""),
        ("--hotline", "abc"),
        ("--offline-limit-h", "99999999999999999999"),
        ("--offline-limit-h", "0"),
        ("--calendar", "xx"),
    ],
)
def test_a_setting_that_stops_or_unprotects_the_centre_is_refused(
    words: tuple[str, ...], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("--data", str(data))
    assert main(["site", "show", *place]) == 0
    before = capsys.readouterr().out
    assert main(["site", "set", *words, *place]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert main(["site", "show", *place]) == 0
    assert capsys.readouterr().out == before


# TASK-16
def test_a_calendar_that_is_not_there_is_told_with_those_that_are(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", "set", "--calendar", "../calendars/cn", "--data", str(data)]) == 1
    plain(capsys.readouterr().err, "没有叫 ../calendars/cn 的日历", "可选：cn、training", "There are: cn, training")


# TASK-16
@pytest.mark.parametrize(
    "words",
    [
        ("--site-name", "  "),
        ("--site-name", ""),
        ("--site-name", "中" * 121),
        ("--site-name", "示范\n中心"),
        ("--site-name-en", "\x07"),
        ("--hotline", " "),
        ("--hotline", "1" * 33),
    ],
)
def test_a_centre_without_a_name_that_can_be_read_out_is_not_made(
    words: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", *words, "--data", str(tmp_path / "none")]) == 1
    plain(capsys.readouterr().err, "不能用", "cannot be")
    assert not (tmp_path / "none").exists()


def test_each_name_of_a_centre_is_taken_at_init(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--data", str(tmp_path / "data"))
    assert main(["init", "--site-name-en", "East Ridge", *place]) == 0
    assert main(["site", "show", *place]) == 0
    assert "East Ridge" in capsys.readouterr().out
    assert main(["init", "--site-name", "东岭中心", *place]) == 0
    assert main(["site", "show", *place]) == 0
    said = capsys.readouterr().out
    assert said.count("东岭中心") == 2
    assert "East Ridge" not in said

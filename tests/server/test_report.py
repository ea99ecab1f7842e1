"""The report for a schedule: the review's figures by command, as far as one may see, each on record."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from python_calamine import CalamineWorkbook
from server_kit import NOON, add_agent, agent, given, saved, send
from sqlalchemy import func, select

from core.domain.call import CallRecord, Direction
from core.domain.clock import utc_now
from core.domain.errors import InputError
from core.domain.outcome import Contact
from core.domain.people import Role
from core.server.cli import main
from core.server.commands.report import period
from core.server.db import audit, authority
from core.server.db.engine import Database
from core.server.db.schema import audit as entries
from core.server.db.schema import outcome

TODAY = date(2026, 11, 22)


@pytest.fixture
def worked(sqlite: Database) -> list[str]:
    return work(sqlite)


def work(database: Database) -> list[str]:
    """Two teams with calls on one day; gives the options that lead a command there."""
    for index, (who, team, contact, success) in enumerate(
        [("1", "A", Contact.OWNER, True), ("1", "A", Contact.UNANSWERED, False), ("2", "B", Contact.OWNER, False)]
    ):
        caller = add_agent(database, agent(who, team=team, team_name=f"{team}班"))
        mine = given(database, index + 1, to=who)
        call = CallRecord(
            direction=Direction.OUTBOUND, number=f"100{index + 1:08d}", dialled_at=NOON - timedelta(minutes=5),
            ended_at=NOON - timedelta(minutes=3), talk_time_s=60 if contact is Contact.OWNER else 0,
        )  # fmt: skip
        item = saved(mine, who, call=call, contact=contact, success=success, result="no_answer", recorded_at=NOON)
        assert send(database, caller, item).answers[0].verdict == "accepted", send(database, caller, item)
    add_agent(database, agent("3001", role=Role.TEAM_LEAD, team="A", team_name="A班"))
    return ["--database", database.engine.url.render_as_string(hide_password=False), "--period", "2026-11"]


def report(worked: list[str], file: Path, *options: str) -> int:
    return main(["report", str(file), *worked, *options])


def told(file: Path) -> Any:
    return json.loads(file.read_text())


def test_the_figures_are_those_of_the_database(database: Database, tmp_path: Path) -> None:
    worked = work(database)
    assert report(worked, tmp_path / "r.json") == 0
    found = told(tmp_path / "r.json")
    with database.read() as unit:
        by_team = dict(
            unit.conn.execute(select(outcome.c.team_id, func.count()).group_by(outcome.c.team_id)).all()  # type: ignore[arg-type]
        )
        owners = unit.conn.execute(select(func.count()).where(outcome.c.contact == "owner")).scalar_one()
    assert found["all"]["calls"]["value"] == sum(by_team.values()) == 3
    assert {one["code"]: one["figures"]["calls"]["value"] for one in found["by"]["team"]} == by_team
    assert found["all"]["success_rate"] | {"low": 0, "high": 0} == {
        "value": 1 / owners, "part": 1, "of": owners, "low": 0, "high": 0,
    }  # fmt: skip
    assert found["before"]["calls"]["value"] == 0
    assert found["before"]["connect_rate"]["value"] is None


def test_a_workbook_and_a_list_say_the_same(worked: list[str], tmp_path: Path) -> None:
    assert report(worked, tmp_path / "r.xlsx", "--lang", "en") == 0
    book = CalamineWorkbook.from_path(tmp_path / "r.xlsx")
    agents = book.get_sheet_by_name("By agent").to_python()
    assert [row[1:3] for row in agents[1:]] == [["1", 2], ["2", 1], ["", 3]]
    calls = book.get_sheet_by_name("Calls").to_python()
    assert len(calls) == 4
    assert report(worked, tmp_path / "r.csv", "--sheet", "team") == 0
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["班组代码"], row["拨打"]) for row in rows] == [("A", "2"), ("B", "1")]
    assert report(worked, tmp_path / "short.xlsx", "--no-calls") == 0
    assert "通话明细" not in CalamineWorkbook.from_path(tmp_path / "short.xlsx").sheet_names


def test_as_a_lead_it_is_the_own_team_and_who_may_not_export_gets_nothing(
    worked: list[str], sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(worked, tmp_path / "r.json", "--as", "3001") == 0
    assert [one["code"] for one in told(tmp_path / "r.json")["by"]["team"]] == ["A"]
    assert report(worked, tmp_path / "other.json", "--as", "3001", "--team", "B") == 1
    assert report(worked, tmp_path / "agent.json", "--as", "2") == 1
    said = capsys.readouterr().err
    assert "own team alone" in said
    assert "no right to export" in said
    assert not (tmp_path / "other.json").exists()
    assert not (tmp_path / "agent.json").exists()
    with sqlite.read() as unit:
        (kept,) = unit.conn.execute(select(entries).where(entries.c.action == "export")).all()
        assert audit.verify(unit) == []
    assert (kept.writer, kept.object) == ("3001", "report")
    assert msgspec.json.decode(kept.payload)["form"] == "json"


def test_a_mistyped_name_is_told_instead_of_an_empty_report(
    worked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(worked, tmp_path / "r.json", "--scenario", "4g-upgrad") == 1
    assert report(worked, tmp_path / "r.json", "--team", "spring") == 1
    assert report(worked, tmp_path / "r.pdf") == 1
    assert report(worked, tmp_path / "report") == 1
    said = capsys.readouterr().err
    assert "班组有：A（A班）、B（B班）" in said
    assert "has no suffix" in said
    assert "Calls are of: 4g-upgrade" in said
    assert ".xlsx, .csv or .json" in said


def test_a_period_without_calls_is_a_report_of_nothing_and_says_so(
    worked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(worked, tmp_path / "r.json", "--period", "2026-01") == 0
    assert told(tmp_path / "r.json")["by"] == {key: [] for key in ("team", "role", "agent", "scenario", "dealer")}
    assert report(worked, tmp_path / "r.xlsx", "--period", "2026-01") == 0
    assert capsys.readouterr().out.count("这段时间没有外呼") == 2
    assert report(worked, tmp_path / "r.json") == 0
    assert "没有外呼" not in capsys.readouterr().out


def test_as_a_deputy_it_is_both_teams(worked: list[str], sqlite: Database, tmp_path: Path) -> None:
    # ROLE-02
    with sqlite.write() as unit:
        authority.put_deputy(unit, "B", "3001", utc_now() + timedelta(days=1))
    assert report(worked, tmp_path / "r.json", "--as", "3001") == 0
    assert [one["code"] for one in told(tmp_path / "r.json")["by"]["team"]] == ["A", "B"]
    assert report(worked, tmp_path / "r.json", "--as", "3001", "--team", "B") == 0
    assert [one["code"] for one in told(tmp_path / "r.json")["by"]["team"]] == ["B"]


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-10-03", date(2026, 10, 3), date(2026, 10, 3)),
        ("2026-10-03..2026-11-01", date(2026, 10, 3), date(2026, 11, 1)),
        ("yesterday", date(2026, 11, 21), date(2026, 11, 21)),
        ("last-week", date(2026, 11, 9), date(2026, 11, 15)),
        ("this-week", date(2026, 11, 16), TODAY),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31)),
        ("this-month", date(2026, 11, 1), TODAY),
    ],
)
def test_periods_as_a_schedule_writes_them(word: str, first: date, last: date) -> None:
    assert period(word, TODAY) == (first, last)


@pytest.mark.parametrize("word", ["", "october", "2026-13", "2026-10-05..2026-10-01"])
def test_what_is_no_period_is_refused(word: str) -> None:
    with pytest.raises(InputError):
        period(word, TODAY)

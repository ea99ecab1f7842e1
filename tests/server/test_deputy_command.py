"""A lead who is away is stood in for by the lead of another team, on record, up to a day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ready_database import fill
from server_kit import agent

from core.domain.clock import CHINA
from core.domain.people import Role
from core.server.cli import main
from core.server.db import audit, authority, people, schema, settings
from core.server.db.engine import Database, open_engine, sqlite_url

TOMORROW = f"{datetime.now(CHINA) + timedelta(days=1):%Y-%m-%d}"


@pytest.fixture
def place(tmp_path: Path) -> list[str]:
    database = Database(open_engine(sqlite_url(tmp_path)))
    fill(database.engine)
    with database.write() as unit:
        settings.prepare(unit)
        people.put(unit, agent("8", role=Role.TEAM_LEAD), password_hash="-")
        people.put(unit, agent("9", role=Role.TEAM_LEAD, team="B", team_name="二班"), password_hash="-")
        people.put(unit, agent("1"), password_hash="-")
    database.close()
    return ["--data", str(tmp_path)]


def told(capsys: pytest.CaptureFixture[str]) -> str:
    streams = capsys.readouterr()
    return streams.out + streams.err


def test_a_deputy_stands_in_until_that_day_and_it_is_on_record(
    place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    # VIP-07
    assert main(["deputy", "set", "A", "9", "--until", TOMORROW, *place]) == 0
    assert main(["deputy", "list", *place]) == 0
    assert f"A\t9\t{TOMORROW}" in told(capsys)
    database = Database(open_engine(sqlite_url(Path(place[1]))), clock=lambda: datetime.now(UTC))
    with database.read() as unit:
        assert authority.deputised(unit, "9") == {"A"}
        rows = unit.conn.execute(schema.audit.select().where(schema.audit.c.action == "deputy_set")).all()
        assert [row.object for row in rows] == ["9"]
        assert audit.verify(unit) == []
    database.close()
    assert main(["deputy", "end", "A", "9", *place]) == 0
    assert main(["deputy", "list", *place]) == 0
    assert "没有代班班长" in told(capsys)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["set", "A", "1", "--until", TOMORROW], "另一个班组的班长"),
        (["set", "A", "8", "--until", TOMORROW], "另一个班组的班长"),
        (["set", "Z", "9", "--until", TOMORROW], "没有班组 Z"),
        (["set", "A", "7", "--until", TOMORROW], "没有工号 7"),
        (["set", "A", "9", "--until", "2020-01-01"], "今天或以后"),
        (["end", "A", "9"], "没有代 A 班"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    place: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str], why: str
) -> None:
    assert main(["deputy", *arguments, *place]) == 1
    assert why in told(capsys)

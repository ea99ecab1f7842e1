"""Who has left the net comes as a list; what it does not say plainly is told by line and changes nothing."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from ready_database import fill
from review_kit import frame_of, lead
from server_kit import add_agent, agent, document, given, number_of, saved, send

from core.domain.clock import local_day, utc_now
from core.domain.errors import InputError
from core.review.frame import LEFT, ON_NET
from core.server.cli import main
from core.server.db import settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.loading import load
from core.server.review.departure_file import read_departures
from core.server.review.departures import keep_departures, on_net_day
from core.server.review.reading import departures

AS_OF = date(2026, 12, 20)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_list_by_id_or_number_tells_who_left(sqlite: Database, tmp_path: Path, encoding: str) -> None:
    # KPI-01
    one, chief = add_agent(sqlite, agent("2043")), lead(sqlite)
    for index in (1, 2, 3):
        send(sqlite, one, saved(given(sqlite, index, to="2043"), "2043"))
    file = tmp_path / "left.csv"
    lines = (
        "客户,离网日期",
        "C1,2026-11-25",
        f"{number_of(2)},2026/11/26",
        "C9,20261127",
        "C3,昨天",
        "C3,2027-01-01",
        "",
    )
    file.write_text("\r\n".join(lines), encoding)
    found = read_departures(sqlite, file, as_of=AS_OF)
    assert found.left == {"C1": date(2026, 11, 25), "C2": date(2026, 11, 26)}
    assert found.unknown == (4,)
    assert found.unreadable == (5, 6)
    assert keep_departures(sqlite, found.left, as_of=AS_OF, by="boss") == 2
    assert sorted(frame_of(sqlite, chief).calls["on_net_7"].tolist()) == [LEFT, LEFT, ON_NET]


def test_a_day_that_was_wrong_is_corrected_and_one_that_is_to_come_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # KPI-01, EVAL-01
    database = Database(open_engine(sqlite_url(tmp_path)))
    fill(database.engine)
    with database.write() as unit:
        settings.prepare(unit)
    load(database, [(document(at), None) for at in (1, 2)])
    today = local_day(utc_now())

    def brought(*lines: str, days: int, more: Sequence[str] = ()) -> int:
        file, as_of = tmp_path / "left.csv", (today + timedelta(days=days)).isoformat()
        file.write_text("\n".join(("客户,离网日期", *lines)), "utf-8")
        return main(["on-net", str(file), "--as-of", as_of, *more, "--data", str(tmp_path)])

    def known() -> tuple[date | None, dict[str, date]]:
        with database.read() as unit:
            return on_net_day(unit), departures(unit, ["C1", "C2"])

    first, second = f"C1,{today - timedelta(days=9)}", f"C2,{today - timedelta(days=1)}"
    assert brought(first, days=30) == 1
    assert "is still to come" in capsys.readouterr().err
    assert brought(days=0) == 1
    assert "--nobody" in capsys.readouterr().err
    assert brought("C1,昨天", days=0) == 1
    strangers = [f"{name},{today - timedelta(days=40)}" for name in ("C0001", "C0002", "C0003")]
    assert brought(*strangers, days=0) == 1, "ids of another spelling would say that nobody left"
    told = capsys.readouterr().err
    assert ("of 3" in told, "C0001" in told, "--nobody" in told) == (True, True, True)
    assert known() == (None, {})
    assert brought(*strangers, days=-21, more=["--nobody"]) == 0
    assert brought(days=-20, more=["--nobody"]) == 0
    assert brought(first, second, days=0) == 0
    assert brought(first, days=-3) == 0
    assert "bring this one again with --correct" in capsys.readouterr().out
    assert known() == (today, {"C1": today - timedelta(days=9), "C2": today - timedelta(days=1)})
    assert brought(first, days=-3, more=["--correct"]) == 0
    assert known() == (today - timedelta(days=3), {"C1": today - timedelta(days=9)})
    keep_departures(database, {}, as_of=date(2999, 1, 1), by="boss")
    assert brought(first, days=-2) == 0
    assert known()[0] == today - timedelta(days=2), "kept by a program before this one"
    database.close()


def test_a_file_that_is_not_there_is_told_plainly(sqlite: Database, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read_departures(sqlite, tmp_path / "none.csv", as_of=AS_OF)
    assert "CSV" in told.value.next_step.zh

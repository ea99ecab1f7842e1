"""Who has left the net comes as a list; what it does not say plainly is told by line and changes nothing."""

from datetime import date
from pathlib import Path

import pytest
from review_kit import frame_of, lead
from server_kit import add_agent, agent, given, number_of, saved, send

from core.domain.errors import InputError
from core.review.frame import LEFT, ON_NET
from core.server.db.engine import Database
from core.server.review.departure_file import read_departures
from core.server.review.departures import keep_departures

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


def test_a_file_that_is_not_there_is_told_plainly(sqlite: Database, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read_departures(sqlite, tmp_path / "none.csv", as_of=AS_OF)
    assert "CSV" in told.value.next_step.zh

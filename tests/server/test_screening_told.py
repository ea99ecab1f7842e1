"""What a run of rules says of itself: whom it looked at, and whom it did not come to."""

from pathlib import Path

import pytest
from server_kit import StillClock, document

from core.server import cli
from core.server.commands.told_screening import tell_outcomes
from core.server.db.engine import Database
from core.server.loading import load
from core.server.screening.arrivals import tell
from core.server.screening.running import Desk, run
from core.server.screening.taking import take

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""
BOTH = {"voice_last_month": 0, "data_last_month": 0, "sms_last_month": 0, "tenure": 30, "churn_risk": 0.9}


def test_whom_a_limit_leaves_out_is_said_and_not_counted_as_free_of_tasks(
    sqlite: Database, tmp_path: Path, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-05: the first rule takes all that the limit allows; the other one comes to nobody
    load(sqlite, [(document(at, indicators=BOTH), None) for at in range(1, 7)])
    take(sqlite, tmp_path, by="planner")
    desk = Desk(sqlite, tmp_path)
    found = run(
        desk, desk.named(["zero-usage", "flagged-by-model"]), scenario="", limit=2, confirmed=True, by="planner"
    )
    assert [(one.matched, one.made, one.unseen) for one in found] == [(6, 2, 4), (6, 0, 6)]
    tell_outcomes(found)
    first, rest, second = capsys.readouterr().out.splitlines()
    assert "2 new tasks" in first
    assert "the other 4 customers were not looked at" in rest
    assert "6 match" in second
    assert "the limit was reached before" in second
    assert "have a task already" not in second
    assert run(desk, desk.named(["zero-usage"]), scenario="", limit=0, confirmed=True, by="planner")[0].unseen == 0


def test_factors_are_told_in_both_languages_and_an_empty_snapshot_is_questioned(
    sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-08, ID-10
    place = ["--data", str(tmp_path)]
    assert cli.main(["screen", "factors", "payment", *place]) == 0
    first = capsys.readouterr().out.splitlines()[0].split("\t")
    assert len(first) == 5
    assert all(" / " in one for one in first[1:]), first
    assert cli.main(["screen", "factors", *place]) == 0
    units = {one.split("\t")[2] for one in capsys.readouterr().out.splitlines() if "\t" in one}
    assert units.isdisjoint({"fen", "yes_no", "text", "date", "integer"})
    assert cli.main(["snapshot", "take", "--here", *place]) == 0
    assert "There is no customer here" in capsys.readouterr().err


def test_what_is_told_of_a_source_after_the_snapshot_stands_beside_it(
    sqlite: Database, tmp_path: Path, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-10
    load(sqlite, [(document(1, indicators=BOTH), None)])
    place = ["--data", str(tmp_path)]
    assert cli.main(["snapshot", "arrived", "billing", "--at", "2026-01-01T03:00", *place]) == 0
    take(sqlite, tmp_path, by="planner")
    capsys.readouterr()
    assert cli.main(["snapshot", "health", *place]) == 0
    assert "since then" not in capsys.readouterr().out
    clock.forward(minutes=1)
    with sqlite.write() as unit:
        tell(unit, ["crm"], at=unit.now, failed="文件不完整", by="planner")
    assert cli.main(["snapshot", "health", *place]) == 0
    said = capsys.readouterr().out
    assert "since then" in said
    assert "failed: 文件不完整" in said


def test_a_delivery_of_nobody_who_is_known_here_says_so(
    sqlite: Database, tmp_path: Path, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    # DATA-01
    load(sqlite, [(document(1, indicators=BOTH), None)])
    place = ["--here", "--data", str(tmp_path)]
    for ids, told in (("X1 X2 X3", True), ("X1 X2 C1", False)):
        file = tmp_path / "day.csv"
        file.write_text("\n".join(["customer_id,tenure", *(f"{one},3" for one in ids.split())]) + "\n", "utf-8")
        clock.forward(minutes=1)
        assert cli.main(["snapshot", "load", str(file), *place]) == 0
        assert ("None of the 3 customers looked up is known here" in capsys.readouterr().out) is told

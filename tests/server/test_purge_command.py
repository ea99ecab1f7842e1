"""The commands: counts and reasons in words, a trial run that changes nothing, files, one customer who asks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from server_kit import NOON, StillClock, add_agent, agent, given, number_of, saved, send, verdicts

from core.domain.call import CallRecord, Direction
from core.domain.data_periods import Kept
from core.server.cli import main
from core.server.commands.erase import ROWS
from core.server.db.engine import Database
from core.server.purge.erasing import UNDER_ID
from core.server.purge.files import note_written
from core.server.purge.keeping import keep_periods


@pytest.fixture
def old(sqlite: Database, clock: StillClock) -> Database:
    """Two customers who were called years before the command runs, by the machine's own clock."""
    clock.now = NOON - timedelta(days=3 * 365)
    he = add_agent(sqlite, agent())
    for index in (1, 2):
        task = given(sqlite, index, to="2043", created_at=clock.now)
        call = CallRecord(direction=Direction.OUTBOUND, number=number_of(index), dialled_at=clock.now, talk_time_s=90)
        item = saved(task, "2043", success=True, call=call, recorded_at=clock.now)
        assert verdicts(send(sqlite, he, item)) == ["accepted"]
    return sqlite


def test_a_trial_run_counts_and_the_real_one_says_what_became_of_it(
    old: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, changed, copy = tmp_path / "mine.csv", tmp_path / "changed.csv", tmp_path / "backup.db"
    for file, kind in ((mine, Kept.EXPORTS), (changed, Kept.REJECTS), (copy, Kept.BACKUPS)):
        file.write_text("a")
        with old.write() as unit:
            note_written(unit, kind, file)
    changed.write_text("mended by somebody")
    place = ["--data", str(tmp_path)]
    assert main(["purge", "--dry-run", "--why", *place]) == 0
    said = capsys.readouterr().out
    assert "customers: 2 older than 365 days" in said
    assert "个人信息保护法第十九条" in said
    assert "nothing was deleted" in said
    assert mine.exists()
    assert main(["purge", *place]) == 0
    said = capsys.readouterr().out
    assert "customers: 2" in said
    assert f"{changed} was changed" in said
    assert f"Backup {copy} is older" in said
    assert "written anew" in said
    assert (mine.exists(), changed.exists(), copy.exists()) == (False, True, True)
    assert main(["audit", *place]) == 0
    assert main(["purge", *place]) == 0
    assert "customers: 0" in capsys.readouterr().out


def test_one_customer_is_erased_by_number_and_what_stays_is_said(
    old: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--data", str(tmp_path)]
    assert main(["erase", "--number", number_of(9), *place]) == 1
    assert "Nobody has that number" in capsys.readouterr().err
    assert main(["erase", "--number", number_of(2), "--no-calls", *place]) == 0
    said = capsys.readouterr().out
    assert "Customer C2 is erased" in said
    assert "1 outcome without name" in said
    assert "whose desk a task was on 1" in said
    assert "tasks 1" in said
    assert "calls stay refused" in said
    assert main(["erase", "C2", *place]) == 1


def test_the_server_purges_at_night_and_once_a_day(old: Database, clock: StillClock) -> None:
    clock.now = NOON
    # In China it is noon: whoever may be called now is not kept waiting.
    assert not keep_periods(old)
    assert not keep_periods(old)
    clock.forward(hours=12)
    assert keep_periods(old)
    assert not keep_periods(old)
    clock.forward(days=3, hours=12)
    # A machine that is off at night gets round to it by day.
    assert keep_periods(old)


def test_a_clock_that_leaps_ahead_for_some_hours_costs_no_data(old: Database, clock: StillClock) -> None:
    # R13: what is gone is gone for good
    assert not keep_periods(old)
    clock.now = clock.now + timedelta(days=400)
    for _ in range(20):
        assert not keep_periods(old)
        clock.forward(hours=1)
    clock.now -= timedelta(days=400)
    assert [keep_periods(old) for _ in _days(clock, 3)] == [False, False, True], "put right, it goes on as before"
    clock.forward(days=400)
    assert [keep_periods(old) for _ in _days(clock, 3)] == [False, False, True], "where it stays so, it is the time"


def _days(clock: StillClock, how_many: int) -> Iterator[int]:
    for day in range(how_many):
        yield day
        clock.forward(days=1)


# Reliability S8
def test_each_kind_of_row_that_stays_under_the_id_has_its_words() -> None:
    assert {table.name for table in UNDER_ID} == set(ROWS)

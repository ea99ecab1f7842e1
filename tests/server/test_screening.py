"""Snapshots of the database and what comes of rules on them: held where a source failed, once for each customer."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from msgspec import structs
from server_kit import StillClock, document
from sqlalchemy import delete, select

from core.domain.clock import local_day
from core.domain.customer import Care
from core.domain.errors import InputError
from core.domain.indicator import Indicator, IndicatorType
from core.domain.task import Block, Task, TaskState
from core.domain.text import Text
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import FaultKind, Snapshot
from core.screening.snapshots.writing import CUSTOMER_ID, TAKEN_AT
from core.server import cli
from core.server.db import customers, tasks
from core.server.db.engine import Database
from core.server.db.schema import audit
from core.server.db.schema import customer as customer_table
from core.server.db.schema import task as task_table
from core.server.loading import load, load_indicators
from core.server.review.departures import keep_departures
from core.server.screening.arrivals import tell
from core.server.screening.loading import load_files
from core.server.screening.running import Desk, Outcome, run
from core.server.screening.taking import take

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""
SILENT: dict[str, Any] = {"voice_last_month": 0, "data_last_month": 0, "sms_last_month": 0, "tenure": 30}
BUSY: dict[str, Any] = {"voice_last_month": 200, "data_last_month": 9_000, "sms_last_month": 4, "tenure": 30}
REST = {"dials_month": 3}


class Centre:
    """A few customers, and the folder of their snapshots."""

    def __init__(self, database: Database, data: Path, clock: StillClock) -> None:
        self.database, self.data, self.clock = database, data, clock

    def know(self, *indicators: dict[str, Any], start: int = 1, **sections: Any) -> None:
        made = [document(at, indicators=one, **sections) for at, one in enumerate(indicators, start)]
        load(self.database, [(one, None) for one in made])

    def snapshot(self) -> Snapshot:
        self.clock.forward(hours=1)
        return take(self.database, self.data, by="planner")

    def run(self, *names: str, **options: Any) -> list[Outcome]:
        desk = Desk(self.database, self.data)
        asked: dict[str, Any] = {"scenario": "", "limit": 0, "confirmed": True, "by": "planner"} | options
        return run(desk, desk.named(names), **asked)

    def tell(self, source: str, **words: Any) -> None:
        with self.database.write() as unit:
            tell(unit, [source], **({"at": unit.now, "by": "planner"} | words))

    def waiting(self) -> list[Task]:
        with self.database.read() as unit:
            ids = unit.conn.execute(select(task_table.c.id).order_by(task_table.c.customer_id)).scalars().all()
            return [found for one in ids if (found := tasks.get(unit, one))]


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path / "data", clock)


@pytest.fixture
def anywhere(database: Database, tmp_path: Path, clock: StillClock) -> Centre:
    """On SQLite and on PostgreSQL."""
    return Centre(database, tmp_path / "data", clock)


def kinds(snapshot: Snapshot) -> set[tuple[FaultKind, str, str]]:
    return {(one.kind, one.source, one.factor) for one in snapshot.faults}


def test_who_left_since_the_snapshot_is_called_by_no_rule_but_those_of_win_back(anywhere: Centre) -> None:
    # ID-11, WINBACK-01: the night's snapshot knows nothing of the list that comes in the morning
    anywhere.know(SILENT, SILENT)
    anywhere.snapshot()
    today = local_day(anywhere.clock.now)
    keep_departures(anywhere.database, {"C1": today}, as_of=today, by="planner")
    (told,) = anywhere.run("zero-usage")
    assert (told.made, told.gone) == (1, 1)
    assert [one.customer_id for one in anywhere.waiting()] == ["C2"]
    anywhere.clock.forward(days=40)
    anywhere.snapshot()
    (back,) = anywhere.run("win-back-lately-left")
    assert (back.made, back.gone) == (1, 0)


def test_a_snapshot_is_a_file_that_nobody_alters_unseen(centre: Centre) -> None:
    # DATA-02
    centre.know(SILENT, BUSY | {"note_of_the_day": "not in the catalogue"})
    made = centre.snapshot()
    shelf = Shelf(centre.data)
    path = shelf.path(made.id)
    table = pq.read_table(path)
    assert table.column_names[0] == CUSTOMER_ID
    assert table.column(CUSTOMER_ID).to_pylist() == ["C1", "C2"]
    assert len(table.column_names) > 440
    assert table.schema.metadata[TAKEN_AT.encode()].decode() == made.taken_at.isoformat()
    assert (made.owner, made.rows, path.stat().st_mode & 0o777) == ("planner", 2, 0o400)
    shelf.check(made)
    path.chmod(0o600)
    altered = bytearray(path.read_bytes())
    altered[len(altered) // 2] ^= 1
    path.write_bytes(altered)
    with pytest.raises(InputError, match="altered"):
        centre.run("zero-usage")
    assert centre.waiting() == []


def test_what_other_systems_bring_is_a_factor_too(centre: Centre) -> None:
    # ID-08
    group = Text("导入名单 甲", "Imported list A")
    more = Indicator(
        name="import:a:评分", label=Text("评分", "Score"), group=group, source=group, type=IndicatorType.INTEGER
    )
    load_indicators(centre.database, "import:a", [more])
    centre.know({"import:a:评分": 7})
    made = centre.snapshot()
    assert pq.read_table(Shelf(centre.data).path(made.id)).column("import:a:评分").to_pylist() == [7]


def test_a_failed_or_late_source_holds_its_rules_until_it_comes(centre: Centre) -> None:
    # ID-09, ID-10
    centre.know(SILENT)
    centre.tell("billing", failed="文件不完整")
    held = centre.snapshot()
    assert kinds(held) == {(FaultKind.FAILED, "billing", "")}
    with pytest.raises(InputError) as refused:
        centre.run("zero-usage")
    assert "文件不完整" in refused.value.message.zh
    assert "计费系统" in refused.value.message.zh
    desk = Desk(centre.database, centre.data)
    assert not desk.faults(desk.rules["moment-first"]), "what does not hang on it goes on"
    centre.tell("billing")
    centre.clock.forward(hours=30)
    assert kinds(centre.snapshot()) == {(FaultKind.LATE, "billing", "")}
    centre.tell("billing")
    assert centre.snapshot().faults == []
    assert centre.run("zero-usage")[0].made == 1


def test_bad_input_is_told_before_anybody_is_called(centre: Centre) -> None:
    # ID-10
    centre.know(*[SILENT | {"payment_last": "2026-10-01", "age": 40} for _ in range(30)])
    assert centre.snapshot().faults == []
    wrong = {"payment_last": "0000-00-00", "data_last_month": "无", "age": None}
    centre.know(*[SILENT | wrong for _ in range(30)])
    assert kinds(centre.snapshot()) == {
        (FaultKind.UNUSABLE, "billing", "payment_last"),
        (FaultKind.UNUSABLE, "billing", "data_last_month"),
        (FaultKind.NULLS_ROSE, "crm", "age"),
    }
    with pytest.raises(InputError) as days:
        centre.run("zero-usage")
    assert "类型不对" in days.value.message.zh
    day = next(one for one in Desk(centre.database, centre.data).snapshot.faults if one.factor == "payment_last")
    assert day.why.en.endswith("are no possible day"), "0000-00-00 is a day by its type"
    centre.run("many-complaints")
    assert centre.waiting() == []


def test_half_a_snapshot_holds_everything(centre: Centre, tmp_path: Path, clock: StillClock) -> None:
    # ID-10
    centre.know(*[SILENT for _ in range(3)])
    many = centre.snapshot()
    shelf = Shelf(centre.data)
    (shelf.folder / f"{many.id}.json").chmod(0o600)
    shelf.keep(Snapshot(**{name: getattr(many, name) for name in many.__struct_fields__} | {"rows": 7}))
    assert (FaultKind.SHRUNK, "", "") in kinds(centre.snapshot())
    with pytest.raises(InputError, match="has 3 customers"):
        centre.run("zero-usage")


def test_what_a_killed_command_left_goes_with_a_later_snapshot(centre: Centre) -> None:
    # DATA-02: personal data that no purge would find
    centre.know(SILENT)
    kept = centre.snapshot()
    folder, scores = Shelf(centre.data).folder, centre.data / "scores" / "main"
    scores.mkdir(parents=True)
    old = [folder / "20260101-000000.partial", folder / "20260101-000001.parquet", scores / "a@b.partial"]
    fresh = folder / "20260102-000000.partial"
    for one in (*old, fresh):
        one.write_bytes(b"C1")
    for one in (*old, Shelf(centre.data).path(kept.id)):
        os.utime(one, (0, (centre.clock.now - timedelta(days=2)).timestamp()))
    os.utime(fresh, (0, centre.clock.now.timestamp()))
    centre.snapshot()
    assert not any(one.exists() for one in old)
    assert fresh.exists()
    assert Shelf(centre.data).find(kept.id) == kept


def test_exactly_half_is_too_little(centre: Centre) -> None:
    # ID-10
    centre.know(*[SILENT for _ in range(4)])
    centre.snapshot()
    with centre.database.write() as unit:
        unit.conn.execute(delete(customer_table).where(customer_table.c.id.in_(["C3", "C4"])))
    assert (FaultKind.SHRUNK, "", "") in kinds(centre.snapshot())


def test_what_is_missing_a_second_night_is_still_missing_until_somebody_says_that_it_is_right(
    centre: Centre, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    # ID-10
    whole = SILENT | {"payment_last": "2026-10-01", "age": 40}
    centre.know(*[whole for _ in range(30)])
    assert centre.snapshot().faults == []
    centre.know(*[dict.fromkeys(whole) | {"tenure": 3} for _ in range(30)])
    first = kinds(centre.snapshot())
    assert (FaultKind.GONE, "billing", "") in first
    assert (FaultKind.NULLS_ROSE, "crm", "age") in first
    assert kinds(centre.snapshot()) == first, "the night before is no measure: it was short itself"
    with pytest.raises(InputError):
        centre.run("zero-usage")
    place = ["--data", str(centre.data), "--database", f"sqlite:///{tmp_path / 'stayline.db'}"]
    assert cli.main(["snapshot", "accept", *place]) == 0
    assert "Later snapshots are measured by" in capsys.readouterr().out
    assert centre.snapshot().faults == []
    with centre.database.read() as unit:
        assert "snapshot_accepted" in unit.conn.execute(select(audit.c.action)).scalars().all()


def test_a_whole_snapshot_releases_what_two_short_nights_held(centre: Centre) -> None:
    # ID-10
    whole = SILENT | {"payment_last": "2026-10-01"}
    centre.know(*[whole for _ in range(30)])
    centre.snapshot()
    centre.know(*[dict.fromkeys(whole) | {"tenure": 3} for _ in range(30)])
    centre.snapshot()
    centre.know(*[whole for _ in range(30)])
    assert centre.snapshot().faults == []


def test_a_snapshot_of_a_day_past_knows_nothing_of_what_came_later(centre: Centre, tmp_path: Path) -> None:
    # ID-04, DATA-02: neither who left since, nor the values of a later snapshot
    centre.know({"home_building_rivals": 1}, {"home_building_rivals": 1})
    later = centre.snapshot()
    gone = {"C1": local_day(centre.clock.now) - timedelta(days=5), "C2": local_day(centre.clock.now)}
    keep_departures(centre.database, gone, as_of=local_day(centre.clock.now), by="planner")
    path = tmp_path / "past.csv"
    path.write_text("customer_id,home_building_rivals\nC1,0\nC2,0\n", "utf-8")
    past = load_files(
        centre.database, centre.data, [path], by="planner", said={}, taken_at=later.taken_at - timedelta(days=3)
    ).snapshot
    assert past.before == ""
    table = pq.read_table(Shelf(centre.data).path(past.id)).sort_by(CUSTOMER_ID)
    assert table.column("left_on").to_pylist() == [gone["C1"], None]
    assert centre.snapshot().before == later.id


def test_a_snapshot_of_the_same_moment_takes_no_other_ones_place(centre: Centre, tmp_path: Path) -> None:
    # DATA-02: a day past is loaded until it is right, and what was wrong dropped
    centre.know(SILENT)
    path, day = tmp_path / "past.csv", centre.clock.now - timedelta(days=30)

    def loaded(rivals: int) -> Snapshot:
        path.write_text(f"customer_id,home_building_rivals\nC1,{rivals}\n", "utf-8")
        return load_files(centre.database, centre.data, [path], by="planner", said={}, taken_at=day).snapshot

    shelf = Shelf(centre.data)
    first, *others = (loaded(at) for at in range(3))
    shelf.drop(first)
    last = loaded(3)
    assert [one.sha256 for one in shelf.all()] == [one.sha256 for one in (*others, last)]
    for one in shelf.all():
        shelf.check(one)


def test_a_damaged_snapshot_is_told_in_words_and_can_be_dropped(
    centre: Centre, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    # DATA-02
    centre.know(SILENT)
    made = centre.snapshot()
    Shelf(centre.data).path(made.id).unlink()
    place = ["--data", str(centre.data), "--database", f"sqlite:///{tmp_path / 'stayline.db'}"]
    assert cli.main(["snapshot", "list", "--check", *place]) == 1
    assert "was altered" in capsys.readouterr().err
    assert cli.main(["snapshot", "drop", made.id, made.id, *place]) == 0
    assert Shelf(centre.data).all() == []


@pytest.mark.parametrize("here", [["--here"], []])
def test_a_snapshot_damaged_within_is_told_in_words_by_a_process_apart_too(
    centre: Centre, here: list[str], capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    # DATA-02
    centre.know(SILENT)
    path = Shelf(centre.data).path(centre.snapshot().id)
    path.chmod(0o600)
    whole = bytearray(path.read_bytes())
    whole[-200:-8] = b"x" * 192
    path.write_bytes(whole)
    place = ["--data", str(centre.data), "--database", f"sqlite:///{tmp_path / 'stayline.db'}"]
    assert cli.main(["screen", "preview", "zero-usage", *place, *here]) == 1
    said = capfd.readouterr().err
    assert "snapshot list --check" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("verb", [["load", "none.csv"], ["arrived", "billing"]])
def test_a_moment_of_the_year_1_is_refused_in_words(
    centre: Centre, verb: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = ["--data", str(centre.data), "--database", f"sqlite:///{tmp_path / 'stayline.db'}"]
    assert cli.main(["snapshot", *verb, "--at", "0001-01-01T00:00", *place]) == 1
    assert "no moment that has passed" in capsys.readouterr().err


def test_who_is_found_gets_one_task_that_says_why(anywhere: Centre) -> None:
    # ID-01, ID-12, ID-13, TASK-02
    anywhere.know(SILENT, BUSY, SILENT | REST, SILENT | {"churn_risk": 0.7})
    anywhere.snapshot()
    (done,) = anywhere.run("zero-usage")
    assert (done.matched, done.resting, done.made) == (3, 1, 2)
    found = anywhere.waiting()
    assert [one.customer_id for one in found] == ["C1", "C4"]
    one = found[0]
    assert (one.state, one.scenario, one.reason.zh) == (
        TaskState.WAITING,
        "zero-usage",
        "上月零通话零流量；在网 30 个月",
    )
    assert {use.name: use.value.zh for use in one.in_use}["voice_last_month"] == "0 分钟"
    with anywhere.database.read() as unit:
        care = customers.section(unit, "C4", "care", Care)
    assert care is not None
    assert [(warning.code, warning.risk) for warning in care.warnings] == [("zero_usage", 0.7)]
    assert anywhere.run("zero-usage", "flagged-by-model")[0].made == 0, "whoever has an open task is not taken twice"
    assert len(anywhere.waiting()) == 2
    with anywhere.database.write() as unit:
        tasks.change(unit, one, structs.replace(one, state=TaskState.CANCELLED))
    assert anywhere.run("zero-usage")[0].made == 0, "nor once more of the same snapshot"
    anywhere.snapshot()
    assert anywhere.run("zero-usage")[0].made == 1


def test_the_likeliest_to_leave_are_called_first_and_a_bad_number_is_not(centre: Centre) -> None:
    centre.know(*[SILENT | {"churn_risk": risk} for risk in (0.61, 0.9)])
    bad = document(3, indicators=SILENT | {"churn_risk": 0.7})
    assert bad.contact is not None
    bad.contact.numbers[0].bad = True
    load(centre.database, [(bad, None)])
    centre.snapshot()
    assert centre.run("flagged-by-model", limit=2)[0].made == 2
    assert [(one.customer_id, one.block) for one in centre.waiting()] == [("C2", None), ("C3", Block.BAD_NUMBER)]


def test_a_rule_that_matches_too_many_waits_for_a_word_and_one_that_matches_nobody_says_so(
    centre: Centre, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    centre.know(SILENT, BUSY)
    centre.snapshot()
    with pytest.raises(InputError, match=r"50\.0% of all"):
        centre.run("zero-usage", confirmed=False)
    assert centre.waiting() == []
    place = ["--data", str(centre.data), "--database", f"sqlite:///{tmp_path / 'stayline.db'}", "--here"]
    assert cli.main(["screen", "run", "zero-usage", "broadband-demolition", "--confirm", *place]) == 0
    said = capsys.readouterr().out
    assert "broadband-demolition：没有客户命中，没有派单。 / broadband-demolition: nobody matches" in said
    assert "1 new task" in said
    assert cli.main(["screen", "preview", "--all", *place]) == 0
    said = capsys.readouterr().out
    assert "上月语音 ＝ 0 分钟 且" in said
    assert "1（50.0%）" in said
    (one,) = Shelf(centre.data).all()
    assert cli.main(["snapshot", "health", *place[:-1]]) == 0
    assert "没有因子或规则被暂停" in capsys.readouterr().out
    assert cli.main(["snapshot", "drop", one.id, *place[:-1]]) == 0
    assert Shelf(centre.data).all() == []
    assert not list(Shelf(centre.data).folder.glob("*.parquet"))


def test_an_earlier_snapshot_tells_what_is_new(centre: Centre) -> None:
    # BB-01: a rival signs in a building we served alone
    centre.know({"home_building_rivals": 0}, {"home_building_rivals": 1})
    centre.snapshot()
    assert centre.run("broadband-new-rival")[0].matched == 0
    centre.know({"home_building_rivals": 1}, {"home_building_rivals": 1})
    centre.snapshot()
    assert [one.customer_id for one in centre.waiting()] == []
    assert centre.run("broadband-new-rival")[0].made == 1
    assert [one.customer_id for one in centre.waiting()] == ["C1"]
    assert centre.clock.now - timedelta(hours=2) <= centre.waiting()[0].created_at

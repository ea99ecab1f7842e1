"""Who asks to be erased goes out of the snapshots and their scores too, whatever cuts it short (S8, DATA-02)."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from msgspec import structs
from server_kit import StillClock, document
from sqlalchemy import select

from core.domain.clock import CHINA
from core.domain.data_periods import Kept
from core.domain.errors import InputError
from core.screening.factor_files import shipped_library
from core.screening.frame import opened_frame
from core.screening.snapshots.digests import digest_of
from core.screening.snapshots.erasing import without
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot, written
from core.screening.snapshots.scored import RISK, Scored, Scores
from core.screening.snapshots.writing import CUSTOMER_ID
from core.server.cli import main
from core.server.db import schema
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.jobs.looking import claim_due
from core.server.loading import load
from core.server.purge.erasing import erase
from core.server.purge.files import note_written
from core.server.purge.from_snapshots import take_out
from core.server.purge.purging import purge
from core.server.screening.taking import take


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def taken(database: Database, data: Path, clock: StillClock) -> Snapshot:
    """Of three customers, a day ago."""
    load(database, [(document(at, indicators={"tenure": 30 + at}), None) for at in (1, 2, 3)])
    found = take(database, data, by="planner")
    clock.forward(days=1)
    return found


def ids(shelf: Shelf, snapshot: Snapshot) -> list[str]:
    return pq.read_table(shelf.path(snapshot.id)).column(CUSTOMER_ID).to_pylist()


def scored(database: Database, data: Path, snapshot: Snapshot) -> Scored:
    """As a model would: a column row by row."""
    scores = Scores(data, database.tenant)
    place = scores.path(snapshot.id, "M")
    place.parent.mkdir(parents=True)
    pq.write_table(pa.table({CUSTOMER_ID: ["C1", "C2", "C3"], RISK: [0.1, 0.2, 0.3]}), place)
    made = Scored(
        snapshot=snapshot.id, snapshot_sha256=snapshot.sha256, model="M", trees_sha256="", at=snapshot.taken_at,
        rows=3, sha256=digest_of(place), size=place.stat().st_size, mean=0.2,
    )  # fmt: skip
    scores.keep(made)
    with database.write() as unit:
        for file in (place, scores.record(snapshot.id, "M")):
            note_written(unit, Kept.SNAPSHOTS, file)
    return made


# S8, DATA-02
def test_their_row_goes_out_of_the_file_and_the_rest_stays_as_it_was(
    database: Database, data: Path, taken: Snapshot
) -> None:
    shelf = Shelf(data, database.tenant)
    before = pq.read_table(shelf.path(taken.id))
    erase(database, "C2", by="test")
    assert take_out(database, data, by="test").rows == 1
    now = shelf.find(taken.id)
    shelf.check(now)
    assert (now.rows, now.erased, now.taken_sha256, now.owner) == (2, 1, taken.sha256, "planner")
    after = pq.read_table(shelf.path(taken.id))
    assert after.equals(before.take([0, 2]))
    assert after.schema.metadata == before.schema.metadata
    assert not list(shelf.folder.glob("*.partial"))
    assert not list(shelf.folder.glob("*.next"))
    with database.read() as unit:
        rows = unit.conn.execute(select(schema.audit.c.action, schema.audit.c.object)).all()
    assert (Action.SNAPSHOT_ERASED.value, taken.id) in [tuple(row) for row in rows]
    assert take_out(database, data, by="test").rows == 0


# S8: the scores lie row by row beside it
def test_the_scores_follow_row_by_row(database: Database, data: Path, taken: Snapshot) -> None:
    scored(database, data, taken)
    erase(database, "C2", by="test")
    take_out(database, data, by="test")
    scores, now = Scores(data, database.tenant), Shelf(data, database.tenant).find(taken.id)
    found = scores.find(taken.id, "M")
    assert found is not None
    scores.check(found)
    assert (found.rows, found.snapshot_sha256) == (2, now.sha256)
    column = pq.read_table(scores.path(taken.id, "M"))
    assert column.to_pydict() == {CUSTOMER_ID: ["C1", "C3"], RISK: [0.1, 0.3]}


# S8: nor is it kept for longer
def test_the_files_go_when_their_period_from_the_first_day_is_over(
    database: Database, data: Path, taken: Snapshot, clock: StillClock
) -> None:
    scored(database, data, taken)
    clock.forward(days=300)
    erase(database, "C2", by="test")
    take_out(database, data, by="test")
    clock.forward(days=102)
    assert purge(database, by="test", cleaning=False).counts[Kept.SNAPSHOTS] == 4
    assert not [path for path in data.rglob("*") if path.is_file()]


# S8
@pytest.mark.parametrize("moved", [False, True])
def test_what_is_cut_short_is_brought_to_its_end_by_the_next(
    sqlite: Database, data: Path, clock: StillClock, moved: bool
) -> None:
    load(sqlite, [(document(at), None) for at in (1, 2, 3)])
    snapshot = take(sqlite, data, by="planner")
    clock.forward(days=1)
    erase(sqlite, "C2", by="test")
    shelf = Shelf(data)
    half = without(shelf, snapshot, ["C2"], until=clock.now)
    record = shelf.record(snapshot.id)
    record.with_name(f"{snapshot.id}.json.next").write_bytes(written(half.snapshot))
    if moved:
        half.files[shelf.path(snapshot.id)].replace(shelf.path(snapshot.id))
        with pytest.raises(InputError):
            shelf.find(snapshot.id)
    take_out(sqlite, data, by="test")
    now = shelf.find(snapshot.id)
    shelf.check(now)
    assert (now.rows, now.erased, ids(shelf, now)) == (2, 1, ["C1", "C3"])
    assert not list(shelf.folder.glob("*.next"))


# S8: who came back with a list is a customer again
def test_what_was_taken_after_they_came_back_holds_them(sqlite: Database, data: Path, clock: StillClock) -> None:
    load(sqlite, [(document(at), None) for at in (1, 2)])
    first = take(sqlite, data, by="planner")
    clock.forward(days=1)
    erase(sqlite, "C2", by="test")
    clock.forward(days=1)
    load(sqlite, [(document(2), None)])
    clock.forward(days=1)
    second = take(sqlite, data, by="planner")
    shelf = Shelf(data)
    assert ids(shelf, second) == ["C1", "C2"]
    assert ids(shelf, first) == ["C1"], "taken out as the next one was kept"


# S8
def test_the_command_takes_them_out_at_once_and_says_so(
    sqlite: Database, tmp_path: Path, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.now -= timedelta(days=900)
    load(sqlite, [(document(at), None) for at in (1, 2)])
    snapshot = take(sqlite, tmp_path, by="planner")
    assert main(["erase", "C2", "--data", str(tmp_path)]) == 0
    assert "1 row of who asked to be erased taken out of 1 snapshot" in capsys.readouterr().out
    shelf = Shelf(tmp_path)
    assert ids(shelf, snapshot) == ["C1"]
    with sqlite.read() as unit:
        noted = unit.conn.execute(select(schema.written_file.c.path, schema.written_file.c.digest)).all()
    for path, digest in noted:
        assert hashlib.sha256(Path(path).read_bytes()).digest() == bytes(digest)
    assert structs.replace(shelf.find(snapshot.id), erased=0) != snapshot


# S8: of millions a file takes minutes, and a night's pass takes out all who asked by day
def test_the_command_may_leave_the_files_to_the_night(
    sqlite: Database, tmp_path: Path, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    load(sqlite, [(document(at), None) for at in (1, 2, 3)])
    snapshot, shelf = take(sqlite, tmp_path, by="planner"), Shelf(tmp_path)
    for one in ("C1", "C2"):
        assert main(["erase", one, "--at-night", "--data", str(tmp_path)]) == 0
        assert "Snapshots wait for the night" in capsys.readouterr().out
    assert ids(shelf, snapshot) == ["C1", "C2", "C3"]
    clock.forward(days=1)
    take(sqlite, tmp_path, by="planner")
    assert ids(shelf, snapshot) == ["C3"]
    assert shelf.find(snapshot.id).erased == 2


# S8: also where no snapshot is taken that night
def test_the_server_itself_takes_them_out_at_night(
    sqlite: Database, tmp_path: Path, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    load(sqlite, [(document(at), None) for at in (1, 2, 3)])
    snapshot, shelf, place = take(sqlite, tmp_path, by="planner"), Shelf(tmp_path), ["--data", str(tmp_path)]
    assert main(["erase", "C1", *place]) == 0
    assert ids(shelf, snapshot) == ["C2", "C3"]
    clock.forward(hours=26)
    assert claim_due(sqlite) is None, "nobody waits"
    erase(sqlite, "C2", by="test", at_night=True)
    assert claim_due(sqlite) is None, "it is two in the afternoon"
    clock.forward(hours=13, minutes=11)
    claim = claim_due(sqlite)
    assert claim is not None
    assert claim.due.astimezone(CHINA).strftime("%H:%M") == "03:10"
    assert main(["jobs", "list", *place]) == 0
    assert "Take who asked to be erased out of the snapshots" in capsys.readouterr().out
    for words in claim.runs:
        assert main([*words, *place, "--here"]) == 0
    assert ids(shelf, snapshot) == ["C3"]
    clock.forward(days=1)
    assert claim_due(sqlite) is None


# S8
def test_a_night_that_could_not_take_them_out_fails_and_is_not_the_last(
    sqlite: Database, tmp_path: Path, clock: StillClock
) -> None:
    load(sqlite, [(document(at), None) for at in (1, 2)])
    place = Shelf(tmp_path).path(take(sqlite, tmp_path, by="planner").id)
    erase(sqlite, "C2", by="test", at_night=True)
    whole = place.read_bytes()
    place.chmod(0o600)
    place.write_bytes(whole[:100])
    clock.forward(days=1)
    claim = claim_due(sqlite)
    assert claim is not None
    assert main([*claim.runs[0], "--data", str(tmp_path), "--here"]) == 1
    clock.forward(days=1)
    assert claim_due(sqlite) is not None


# S8
def test_two_erasures_of_one_moment_both_go_out(database: Database, data: Path, taken: Snapshot) -> None:
    shelf = Shelf(data, database.tenant)
    erase(database, "C1", by="test")
    take_out(database, data, by="test")
    erase(database, "C2", by="test")
    assert take_out(database, data, by="test").rows == 1
    assert ids(shelf, taken) == ["C3"]


# S8
def test_a_snapshot_that_cannot_be_read_holds_up_none_of_the_others_and_is_named(
    database: Database, data: Path, taken: Snapshot, clock: StillClock
) -> None:
    shelf = Shelf(data, database.tenant)
    second = take(database, data, by="planner")
    clock.forward(days=1)
    place = shelf.path(taken.id)
    place.chmod(0o600)
    place.write_bytes(place.read_bytes()[:100])
    (shelf.folder / f"{second.id}.json.next").write_bytes(b"")
    erase(database, "C2", by="test")
    done = take_out(database, data, by="test")
    assert (done.snapshots, done.rows, done.left) == (1, 1, (taken.id,))
    assert ids(shelf, second) == ["C1", "C3"]


# S8, DATA-02
def test_what_somebody_altered_is_not_whole_after_an_erasure(database: Database, data: Path, taken: Snapshot) -> None:
    shelf = Shelf(data, database.tenant)
    scored(database, data, taken)
    place = shelf.path(taken.id)
    table = pq.read_table(place).replace_schema_metadata(None)
    place.chmod(0o600)
    pq.write_table(table, place)
    erase(database, "C2", by="test")
    assert take_out(database, data, by="test").rows == 1
    assert ids(shelf, taken) == ["C1", "C3"]
    with pytest.raises(InputError):
        shelf.check(shelf.named(taken.id))
    assert Scores(data, database.tenant).find(taken.id, "M") is None, "its rows were those of another file"


# S8
def test_what_was_cut_short_is_in_nobodys_way(database: Database, data: Path, taken: Snapshot) -> None:
    shelf = Shelf(data, database.tenant)
    partial = shelf.path(taken.id).with_name(f"{taken.id}.erased.partial")
    partial.write_bytes(b"cut short")
    partial.chmod(0o400)
    erase(database, "C2", by="test")
    assert take_out(database, data, by="test").rows == 1


# S8, ID-04
@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
def test_scores_of_the_file_of_before_are_not_joined_to_the_one_of_now(
    database: Database, data: Path, taken: Snapshot
) -> None:
    shelf = Shelf(data, database.tenant)
    erase(database, "C2", by="test")
    take_out(database, data, by="test")
    made = scored(database, data, taken)
    assert made.snapshot_sha256 != shelf.named(taken.id).sha256
    frame = opened_frame(shelf, shelf.named(taken.id), shipped_library(), frozenset({RISK}), model="M")
    assert RISK not in frame.table.columns or not frame.table[RISK].notnull().any().to_pyarrow().as_py()

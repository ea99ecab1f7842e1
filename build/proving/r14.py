"""R14: each released schema is brought up to the newest although the program is killed in the middle, losing nothing.

Quick: from 2 revisions of the server's SQLite, 3 kills each; full: from every revision, on SQLite and PostgreSQL,
50 kills each. Each table of the old schema holds rows. A first migration that nobody kills says how many statements
there are and what has to stand there in the end; kills hit after statements spread over all of them, and one counts
that was seen to die there. After each all must be as before it, rows and columns; then the migration is run to its end.
The control commits after every statement: each of its kills hits the old database anew.
"""

import os
import random
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache, partial
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cluster import Cluster, is_postgres, new_database
from cores import branched_off
from desk_process import Killable
from memory import folder_in_memory
from old_rows import Held, held, put
from proof import Proof, Scale, Side, worst
from sqlalchemy import Connection as Db
from sqlalchemy import Engine, event, make_url

from core.server import migrations
from core.server.db import migrate
from core.server.db.engine import open_engine, sqlite_url
from core.server.migrations import HEAD

_LAST = int(HEAD)
_CHANGES = ("CREATE", "ALTER", "INSERT", "UPDATE", "DROP", "DELETE")
_KILLED = -9
_CONTROL_KILLS = 4
_PRELOADED = (
    "r14",
    "alembic.command",
    "alembic.config",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.postgresql",
)
New = Callable[[], str]
"""the URL of a new, empty database"""


def prove(scale: Scale, _folder: Path) -> Proof:
    kills = scale.of(quick=3, full=50)
    revisions = [f"{n:04d}" for n in range(1, _LAST)] if scale is Scale.FULL else ["0001", f"{_LAST - 3:04d}"]
    # Who is killed, and not the machine, loses nothing by lying in memory. A schema waits for its kills: the cores are
    # shared by as many schemas.
    with (
        folder_in_memory() as folder,
        branched_off(None if scale is Scale.FULL else 1) as cores,
        ExitStack() as running,
    ):
        on = [partial(_file_in, folder)]
        if scale is Scale.FULL:
            on.append(partial(new_database, running.enter_context(Cluster(folder / "pg", fsync="off")).url()))
        asked = [cores.submit(run, new, one, kills) for one in revisions for new in on]
        control = cores.submit(each_committed, on[0]).result()
        sides = [one.result() for one in asked]
    summed = {name: sum(int(side.figures[name]) for side in sides) for name in sides[0].figures}
    product = Side(holds=worst(*sides), figures={"schemas": len(sides), **summed})
    return Proof(what="migrations killed half-way", product=product, control=control)


def _file_in(folder: Path) -> str:
    return sqlite_url(Path(tempfile.mkdtemp(dir=folder)))


def run(new: New, revision: str, kills: int) -> Side:
    """Make the old schema with rows, kill its migration again and again, then let it end."""
    before, whole, statements = unharmed(new, revision)
    url = _made_old(new(), revision)
    torn = killed = 0
    for after in points(statements, kills, random.Random(int(revision))):
        killed += kill(url, after, atomic=True)
        torn += held(url) != before
    brought_up = _ends(url)
    lost = whole.lost_in(held(url)) + before.fewer_in(whole)
    return Side(
        holds=killed == kills and not torn and brought_up and held(url) == whole and not lost and before.count > 0,
        figures={
            "kills": killed,
            "statements": statements,
            "torn": torn,
            "not brought up": int(not brought_up),
            "rows": before.count,
            "rows lost": lost,
        },
    )


def each_committed(new: New) -> Side:
    """From the first schema, a fresh one for every kill."""
    before, _whole, statements = unharmed(new, "0001")
    killed = torn = stuck = 0
    for after in points(statements, _CONTROL_KILLS, random.Random(14)):
        url = _made_old(new(), "0001")
        killed += kill(url, after, atomic=False)
        torn += held(url) != before
        stuck += not _ends(url)
    figures = {"kills": killed, "torn": torn, "not brought up": stuck}
    # One that was never killed shows nothing of what a kill does.
    return Side(holds=killed < _CONTROL_KILLS or torn < killed or not stuck, figures=figures)


@cache
def unharmed(new: New, revision: str) -> tuple[Held, Held, int]:
    """The old schema with its rows, the newest after a migration that nobody kills, and that one's statements."""
    url = _made_old(new(), revision)
    before, seen = held(url), 0

    def count() -> None:
        nonlocal seen
        seen += 1

    engine = open_engine(url)
    _at_each_change(engine, lambda _connection: count())
    migrate.upgrade(engine)
    engine.dispose()
    return before, held(url), seen


def points(statements: int, kills: int, rng: random.Random) -> list[int]:
    """After which statements to kill: spread over all of them from the first to the last, and in any order."""
    edges = [1 + number * statements // kills for number in range(kills + 1)]
    found = [rng.randint(first, max(first, after - 1)) for first, after in pairwise(edges)]
    found[-1] = statements
    rng.shuffle(found)
    return found


def kill(url: str, after: int, *, atomic: bool) -> bool:
    """Whether a process was seen to die in its migration, right after that statement."""
    process = Killable(_migrate, url, after, atomic, preload=_PRELOADED)
    told = process.told(within_s=60)
    process.wait(60)
    code = process.exit_code
    process.close()
    return told == ("killed after", after) and code == _KILLED


def _migrate(pipe: Connection, url: str, after: int, atomic: bool) -> None:
    """Kills itself after so many statements that change something."""
    engine, seen = open_engine(url), 0

    def changed(connection: Db) -> None:
        nonlocal seen
        seen += 1
        if not atomic:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("COMMIT")
            # Who is killed, and not the machine, loses nothing by it.
            raw.execute("PRAGMA synchronous=OFF")
            raw.execute("BEGIN IMMEDIATE")
        if seen == after:
            pipe.send(("killed after", seen))
            os.kill(os.getpid(), -_KILLED)

    _at_each_change(engine, changed)
    migrate.upgrade(engine)
    pipe.send(("done", seen))


def _at_each_change(engine: Engine, act: Callable[[Db], None]) -> None:
    @event.listens_for(engine, "after_cursor_execute")
    def _(connection: Db, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(_CHANGES):
            act(connection)


def _ends(url: str) -> bool:
    """Whether a migration that nobody kills brings it up now."""
    engine = open_engine(url)
    try:
        return migrate.upgrade(engine)
    except Exception:
        # A half-made schema cannot be told from a foreign one: that is the finding.
        return False
    finally:
        engine.dispose()


def _made_old(url: str, revision: str) -> str:
    """The same URL, once that schema with its rows is there: a file is copied from the first of its kind."""
    file = make_url(url).database
    if is_postgres(url) or file is None:
        _make_old(url, revision)
    else:
        Path(file).write_bytes(_old_file(revision))
    return url


@cache
def _old_file(revision: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        _make_old(sqlite_url(Path(folder)), revision)
        return Path(folder, "stayline.db").read_bytes()


def _make_old(url: str, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    engine = open_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        put(connection)
    # The last connection that closes writes the log into the file.
    engine.dispose()

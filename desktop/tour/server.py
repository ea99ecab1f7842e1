"""The tour's server: the product's own process with demo data in its own folder, stopped and started again; the demo's
CRM and departments beside it, which stay."""

import json
import select
import subprocess
import sys
from pathlib import Path

from desktop.tour.waiting import NotSeen

START_LIMIT_S = 30.0
MAKE_LIMIT_S = 120.0


class TourServer:
    """Keeps its port over a restart, as a server behind one address does."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url = folder, ""
        self._port = 0
        self._crm: subprocess.Popen[bytes] | None = None
        self._crm_url = ""
        self._departments: subprocess.Popen[bytes] | None = None
        self._departments_url = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._log = folder / "server.log"

    @property
    def database(self) -> Path:
        return self.folder / "stayline.db"

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def make(self) -> None:
        """The demo city; and, as its numbers cannot be dialled, calling hours round the clock."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._run("demo")
        self._run("site", "set", "--call-from", "00:00", "--call-until", "24:00", "--calendar", "training")

    def start(self) -> None:
        """Start it where it does not run; raises NotSeen with its last words where it does not come up."""
        if self._process is not None:
            return
        if self._crm is None:
            self._crm, self._crm_url = self._started("demo-crm", "--data", self.folder / "crm", "--die-with-parent")
        if self._departments is None:
            self._departments, self._departments_url = self._started(
                "demo-departments", "--data", self.folder / "departments", "--die-with-parent"
            )
        self._process, self.url = self._started(
            "serve", "--data", self.folder, "--port", self._port, "--announce", "--die-with-parent",
            "--crm", self._crm_url, "--sms", self._crm_url, "--outreach", self._crm_url,
            "--departments", self._departments_url,
        )  # fmt: skip
        self._port = int(self.url.rsplit(":", 1)[1])

    def _started(self, *command: object) -> tuple[subprocess.Popen[bytes], str]:
        """The process with the address that it announces."""
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                _command(*command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], START_LIMIT_S)
        line = process.stdout.readline() if ready else b""
        if not line:
            _end(process)
            raise NotSeen(f"{command[0]} did not start: " + self._log.read_text("utf-8", "replace")[-2000:])
        return process, str(json.loads(line)["url"])

    def stop(self) -> None:
        """End the process, and wait until it has gone."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)

    def close(self) -> None:
        """End it, and what stands beside it."""
        self.stop()
        beside = [one for one in (self._crm, self._departments) if one is not None]
        self._crm = self._departments = None
        for one in beside:
            _end(one)

    def _run(self, *arguments: object) -> None:
        with self._log.open("ab") as log:
            done = subprocess.run(
                _command(*arguments, "--data", self.folder), stdout=log, stderr=log, timeout=MAKE_LIMIT_S, check=False
            )
        if done.returncode:
            raise NotSeen(f"{arguments[0]} failed: " + self._log.read_text("utf-8", "replace")[-2000:])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(START_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stdout is not None
    process.stdout.close()


def _command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "core.server.cli", *(str(one) for one in arguments)]

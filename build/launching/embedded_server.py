"""The server of this machine: a process of its own on a free loopback port, gone when the launcher is."""

import json
import selectors
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from launching.children import Children, CouldNotStart

START_LIMIT_S = 60.0
PRACTICE = ("--call-from", "00:00", "--call-until", "24:00", "--calendar", "training")
"""The demo's numbers cannot be dialled, so it may be tried at any hour; caps and refusals hold as everywhere."""


def make_demo(children: Children, data: Path, *, customers: int | None) -> None:
    """Fill the server's folder with a city's demo data; raises CouldNotStart where that fails."""
    size = ["--customers", str(customers)] if customers else []
    for command in (("demo", *size), ("site", "set", *PRACTICE)):
        # What they say on standard output is for scripts; progress and errors come on the other.
        status = children.start(_server(*command, "--data", str(data)), stdout=subprocess.DEVNULL).wait()
        if status != 0:
            raise CouldNotStart(f"The demo data could not be made (status {status}); the next start begins again.")


def start_crm(children: Children, data: Path, *, log: Path) -> str:
    """The address of the demo's CRM and SMS gateway, a process of their own; raises CouldNotStart."""
    return _started(children, _server("demo-crm", "--data", str(data / "crm"), "--die-with-parent"), log, "demo's CRM")


def start_departments(children: Children, data: Path, *, log: Path) -> str:
    """The address of the demo's departments and stores, a process of their own; raises CouldNotStart."""
    command = _server("demo-departments", "--data", str(data / "departments"), "--die-with-parent")
    return _started(children, command, log, "demo's departments")


def start_server(
    children: Children, data: Path, *, log: Path, crm: str = "", departments: str = "", unasked: bool = True
) -> str:
    """The address of the server once it listens; raises CouldNotStart with the end of its log where it does not.

    `crm` is where its orders go and their confirmations come from, `departments` where its work orders go; empty: they
    wait. Not `unasked`: it does nothing by itself.
    """
    command = _server("serve", "--data", str(data), "--port", "0", "--announce", "--die-with-parent")
    command += [] if unasked else ["--housekeeping-seconds", "0"]
    outside = ["--crm", crm, "--sms", crm, "--outreach", crm] if crm else []
    outside += ["--departments", departments] if departments else []
    return _started(children, [*command, *outside], log, "server")


def _started(children: Children, command: list[str], log: Path, name: str) -> str:
    with log.open("ab") as said:
        process = children.start(command, stdout=subprocess.PIPE, stderr=said)
    assert process.stdout is not None
    line = _first_line(process.stdout)
    try:
        url = json.loads(line)["url"]
    except (ValueError, KeyError, TypeError) as error:
        raise CouldNotStart(f"The {name} did not start. Its last words ({log}):\n{_last_words(log)}") from error
    # Nobody reads on: a pipe that fills up would stop the server.
    threading.Thread(target=_drain, args=(process.stdout,), daemon=True).start()
    return str(url)


def _server(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "core.server.cli", *arguments]


def _first_line(stream: IO[bytes]) -> bytes:
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        return stream.readline() if selector.select(START_LIMIT_S) else b""


def _drain(stream: IO[bytes]) -> None:
    try:
        while stream.read(65536):
            continue
    except ValueError:
        # The launcher has closed the pipe: it is ending.
        return


def _last_words(log: Path, lines: int = 8) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:])

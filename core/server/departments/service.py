"""The worker beside the API: which system the departments are behind, and its thread."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from core.domain.text import Text
from core.server.db.engine import Database
from core.server.departments.file_port import FileDepartments
from core.server.departments.http_port import HttpDepartments
from core.server.departments.port import DepartmentPort, StorePort
from core.server.departments.worker import ErrandWorker
from core.server.outside.file_box import FileBox
from core.server.outside.peer import Peer
from core.server.outside.place import exchange_folder
from core.server.outside.rounds import at_work
from core.server.watched_thread import WatchedThread

VARIABLE = "STAYLINE_DEPARTMENTS"
TOKEN_VARIABLE = "STAYLINE_DEPARTMENTS_TOKEN"
"""a token comes by the environment alone: a process list shows options"""
_log = structlog.get_logger("stayline.errands")


@dataclass(frozen=True, slots=True)
class Departments:
    """Where errands go; None: there is no such system, and errands wait and are exported."""

    port: DepartmentPort | None = None
    stores: StorePort | None = None
    """None as well where files are exchanged: a store's free times are of the moment"""


def departments(where: str) -> Departments:
    """By address, `https://…`, or a folder: one that is there, or whose name begins as a path's.

    Empty: by the environment, else none. Raises InputError.
    """
    where = where or os.environ.get(VARIABLE, "")
    if not where:
        return Departments()
    if "://" not in where:
        folder = exchange_folder(where, what=Text("部门系统", "departments' system"))
        return Departments(port=FileDepartments(FileBox(folder)))
    port = HttpDepartments(Peer(where, token=os.environ.get(TOKEN_VARIABLE, "")))
    return Departments(port=port, stores=port)


@contextmanager
def errands_leaving(database: Database, by: Departments, seen: WatchedThread) -> Iterator[None]:
    """Errands are worked off in a thread of its own until the block ends."""
    if by.port is None:
        _log.info("errands wait: no departments' system is set")
        yield
        return
    with at_work(ErrandWorker(database, by.port), "errands", seen):
        yield

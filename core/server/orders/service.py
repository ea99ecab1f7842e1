"""The worker beside the API: which CRM and which gateway it talks to, and its thread."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db.engine import Database
from core.server.orders.file_port import FileOrders
from core.server.orders.http_port import HttpConfirmations, HttpOrders
from core.server.orders.port import ConfirmationPort, OrderPort
from core.server.orders.worker import OrderWorker
from core.server.outside.peer import Peer
from core.server.watched_thread import WatchedThread

CRM_VARIABLE, SMS_VARIABLE = "STAYLINE_CRM", "STAYLINE_SMS"
CRM_TOKEN_VARIABLE, SMS_TOKEN_VARIABLE = "STAYLINE_CRM_TOKEN", "STAYLINE_SMS_TOKEN"
"""tokens come by the environment alone: a process list shows options"""
_PATHS = ("/", "./", "../", "~")
"""how a folder begins that may be made"""
_log = structlog.get_logger("stayline.orders")


@dataclass(frozen=True, slots=True)
class Ways:
    """Where orders go and confirmations come from; None: there is no such system, and orders wait."""

    crm: OrderPort | None = None
    confirmations: ConfirmationPort | None = None


def ways(crm: str, sms: str) -> Ways:
    """By address, `https://…`; for a CRM also a folder: one that is there, or whose name begins as a path's.

    Empty: by the environment, else none. Raises InputError.
    """
    crm, sms = crm or os.environ.get(CRM_VARIABLE, ""), sms or os.environ.get(SMS_VARIABLE, "")
    return Ways(
        crm=_crm(crm) if crm else None,
        confirmations=HttpConfirmations(Peer(sms, token=os.environ.get(SMS_TOKEN_VARIABLE, ""))) if sms else None,
    )


def _crm(where: str) -> OrderPort:
    if "://" in where:
        return HttpOrders(Peer(where, token=os.environ.get(CRM_TOKEN_VARIABLE, "")))
    folder = Path(where).expanduser()
    # A bare name that is no folder yet is rather an address whose scheme was forgotten: orders would end in a corner.
    may_be_made = where.startswith(_PATHS) and not folder.exists()
    if not folder.is_dir() and not may_be_made:
        raise _nowhere(where)
    return FileOrders(folder)


def _nowhere(where: str) -> InputError:
    return InputError(
        title=Text("CRM 的去处不明", "It is not clear where the CRM is"),
        message=Text(f"{where} 既不是网址，也不是文件夹。", f"{where} is neither an address nor a folder."),
        next_step=Text(
            "网址请写成 https://主机/路径；新文件夹请以 /、./ 或 ~ 开头。",
            "Write an address as https://host/path, and begin a new folder with /, ./ or ~.",
        ),
    )


@contextmanager
def ordering(database: Database, by: Ways, seen: WatchedThread) -> Iterator[None]:
    """Orders are worked off in a thread of its own until the block ends; what is asked then is given its deadline."""
    if by.crm is None and by.confirmations is None:
        _log.info("orders wait: neither CRM nor SMS gateway is set")
        yield
        return
    stop = threading.Event()
    worker = OrderWorker(database, crm=by.crm, confirmations=by.confirmations)
    thread = threading.Thread(target=worker.run, args=(stop,), name="orders")
    thread.start()
    seen.started(thread)
    try:
        yield
    finally:
        seen.ended()
        stop.set()
        thread.join()

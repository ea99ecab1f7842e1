"""The worker beside the API: which CRM and which gateway it talks to, and its thread."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from core.domain.text import Text
from core.server.db.engine import Database
from core.server.orders.file_port import FileOrders
from core.server.orders.http_port import HttpConfirmations, HttpOrders
from core.server.orders.port import ConfirmationPort, OrderPort
from core.server.orders.worker import OrderWorker
from core.server.outside.peer import Peer
from core.server.outside.place import exchange_folder
from core.server.outside.rounds import at_work
from core.server.watched_thread import WatchedThread

CRM_VARIABLE, SMS_VARIABLE = "STAYLINE_CRM", "STAYLINE_SMS"
CRM_TOKEN_VARIABLE, SMS_TOKEN_VARIABLE = "STAYLINE_CRM_TOKEN", "STAYLINE_SMS_TOKEN"
"""tokens come by the environment alone: a process list shows options"""
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
    return FileOrders(exchange_folder(where, what=Text("CRM", "CRM")))


@contextmanager
def ordering(database: Database, by: Ways, seen: WatchedThread) -> Iterator[None]:
    """Orders are worked off in a thread of its own until the block ends; what is asked then is given its deadline."""
    if by.crm is None and by.confirmations is None:
        _log.info("orders wait: neither CRM nor SMS gateway is set")
        yield
        return
    worker = OrderWorker(database, crm=by.crm, confirmations=by.confirmations)
    with at_work(worker, "orders", seen):
        yield

"""When the sync begins: once the queue stands, so that what it imports does not hold up the first page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QObject, Qt, QTimer

if TYPE_CHECKING:
    from core.sync.syncer import Syncer

AFTER_MS, AT_LATEST_MS = 30, 2_000
"""after the queue stands, and whatever becomes of it"""


def begin_sync_after(queue: QAbstractItemModel, syncer: "Syncer", parent: QObject) -> None:
    first, at_latest = QTimer(parent), QTimer(parent)
    for timer, interval_ms in ((first, AFTER_MS), (at_latest, AT_LATEST_MS)):
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
    once = Qt.ConnectionType.SingleShotConnection
    first.timeout.connect(syncer.start, once)
    at_latest.timeout.connect(first.start)
    queue.modelReset.connect(first.start, once)
    at_latest.start()

"""R12: results that cannot be uploaded for over a minute although the server is there raise an alarm in the window.

Both scales: a real server, store and sync, and the window's own watch, which is shown what the sync says at ages from
0 to 600 s of the waiting result: while uploads are answered "busy", and after an offline day that ends. It must speak
beyond 60 s and not before.
The control's watch is not told how old the oldest result is: it counts what waits, as a plain status line does.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from cutting_proxy import CALM, CuttingProxy, Fault
from desk_process import KEY, PASSWORD, agent, pairs, task_of
from proof import Proof, Scale, Side
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from server_process import ServerProcess
from store_kit import saved

from core.calling import Moment
from core.domain.text import Text
from core.store.opening import open_store
from core.store.store import Store
from core.sync.sign_in import sign_in_online
from core.sync.status import SyncStatus
from core.sync.syncer import Syncer
from core.sync.transport import Transport
from desktop.shell.sync_watch import STUCK_S, SyncWatch
from desktop.widgets.values import Tone

AGES_S = (0, 30, 59, 61, 90, 600)
_PATIENCE_S = 20


def prove(scale: Scale, folder: Path) -> Proof:
    app = QApplication.instance() or QApplication([])
    who = agent(0)
    with ServerProcess(folder / "server") as server:
        server.add_user(who)
        server.load(pairs(1, 2, who.staff_number))
        with CuttingProxy(server.url, seed=12, faults=CALM) as proxy:
            status = stuck_status(folder / "desk", proxy, who.staff_number)
    product = watched(status, lambda one: one)
    control = watched(status, lambda one: msgspec.structs.replace(one, oldest_waiting_at=None))
    del app
    return Proof(what="alarm for results that stay here", product=product, control=control)


def stuck_status(folder: Path, proxy: CuttingProxy, staff_number: str) -> SyncStatus:
    """What the real sync says while the server answers, but takes nothing."""
    store: Store = open_store(folder, KEY)
    transport = Transport(proxy.url, read_s=5)
    sign_in_online(store, transport, staff_number, PASSWORD)
    heard: list[SyncStatus] = []
    stuck = threading.Event()

    def listen(news: object) -> None:
        if isinstance(news, SyncStatus):
            heard.append(news)
            if news.waiting and news.last_error is not None:
                stuck.set()

    proxy.faults = {Fault.BUSY: 1}
    store.save(saved(task_of(1, staff_number), agent=staff_number, recorded_at=datetime.now(UTC)))
    syncer = Syncer(store, transport, listen, poll_s=600, longest_pause_s=0.2)
    syncer.start()
    came = stuck.wait(_PATIENCE_S)
    syncer.stop()
    store.close()
    if not came:
        raise RuntimeError("the sync did not say that anything waits")
    return heard[-1]


def watched(status: SyncStatus, told: Callable[[SyncStatus], SyncStatus]) -> Side:
    """At which ages the window spoke."""
    spoke = [age for age in AGES_S if _speaks(told(status), age)]
    late = [age for age in AGES_S if age > STUCK_S]
    return Side(
        holds=spoke == late,
        figures={
            "ages looked at": len(AGES_S),
            "alarms due": len(late),
            "alarms raised in time": len(set(spoke) & set(late)),
            "raised for nothing": len(set(spoke) - set(late)),
        },
    )


@dataclass(kw_only=True)
class _Clock:
    wall: datetime

    def moment(self) -> Moment:
        return Moment(self.wall, 0.0)

    @property
    def local_ahead(self) -> timedelta:
        return timedelta()


@dataclass(kw_only=True)
class _Signed:
    """What the watch needs of an open desk."""

    syncer: Any
    desk: _Clock
    clock: _Clock
    offline: bool = False


class _Line:
    """The footer, which needs a whole window around it."""

    def show_sync(self, _status: SyncStatus, _now: datetime) -> None:
        pass


@dataclass(kw_only=True)
class _Told:
    status: SyncStatus


def _speaks(status: SyncStatus, age_s: int) -> bool:
    said: list[Tone] = []
    oldest = status.oldest_waiting_at or datetime.now(UTC)
    clock = _Clock(wall=oldest + timedelta(seconds=age_s))
    parent = QObject()

    def say(_text: Text, tone: Tone) -> None:
        said.append(tone)

    entered: Any = _Signed(syncer=_Told(status=status), desk=clock, clock=clock)
    line: Any = _Line()
    watch = SyncWatch(entered, line, say=say, parent=parent)
    watch.take(status)
    return Tone.BAD in said

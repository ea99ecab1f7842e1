"""S5: who is disabled is refused at the next request, and an offline desk past its limit shows nothing and is wiped.

Same at both scales: a real server and a desk that holds customers. The account is stopped: the next request is refused,
customers leave the desk at that contact, unsent outcomes stay. Another desk stays away for longer than its limit,
by sign-in, by a restart and left running.
The control is a desk that goes by the password alone and keeps what it has.
"""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue

import requests
from desk_process import KEY, PASSWORD, agent, pairs, task_of
from proof import Proof, Scale, Side
from server_process import ServerProcess
from store_kit import asking, saved

from core.desk.session_ended import refusal_in
from core.domain.errors import SignInRefused
from core.store.opening import open_store
from core.store.store import Store
from core.sync.session import remembered
from core.sync.sign_in import resume, sign_in_offline, sign_in_online
from core.sync.status import SyncState, SyncStatus
from core.sync.syncer import Syncer
from core.sync.transport import Transport

_PATIENCE_S = 30.0
_NOBODY = "http://127.0.0.1:1"


def prove(_scale: Scale, folder: Path) -> Proof:
    with ServerProcess(folder / "server") as server:
        refused, left, kept = _stopped(server, folder / "stopped")
        past, within, running, shown = _away(server, folder / "away")
    product = Side(
        holds=refused and left == 0 and kept == 1 and past == 2 and within and running == 1,
        figures={
            "refused at the next request": int(refused),
            "customers left after contact": left,
            "unsent outcomes kept": kept,
            "ways in past the limit that are shut": past,
            "desks left running past it that are shut": running,
        },
    )
    # What the password alone opens: all that the desk holds.
    control = Side(holds=shown == 0, figures={"customers readable past the limit": shown})
    return Proof(what="stopped accounts and desks that stay away", product=product, control=control)


def _desk(server: ServerProcess, folder: Path, number: int) -> tuple[Store, Transport]:
    who = agent(number)
    server.add_user(who)
    server.load(pairs(1 + number * 10, 3, who.staff_number))
    store, transport = open_store(folder, KEY), Transport(server.url, read_s=10)
    sign_in_online(store, transport, who.staff_number, PASSWORD)
    _until(store, transport, SyncState.ONLINE)
    return store, Transport(server.url, read_s=10)


def _until(store: Store, transport: Transport, state: SyncState) -> None:
    """One go of the sync, until it says so."""
    import threading

    seen = threading.Event()
    syncer = Syncer(
        store, transport, lambda news: seen.set() if isinstance(news, SyncStatus) and news.state is state else None
    )
    syncer.start()
    came = seen.wait(_PATIENCE_S)
    syncer.stop()
    if not came:
        raise RuntimeError(f"the sync never said {state.value}")


def _stopped(server: ServerProcess, folder: Path) -> tuple[bool, int, int]:
    store, transport = _desk(server, folder, 0)
    with closing(store):
        held = remembered(store)
        assert held is not None
        server.disable(agent(0).staff_number)
        bearer = {"Authorization": f"Bearer {held.access_token}"}
        refused = requests.get(server.url + "/v1/me", headers=bearer, timeout=20).status_code == 401
        store.save(saved(task_of(1, agent(0).staff_number), agent=agent(0).staff_number, recorded_at=datetime.now(UTC)))
        _until(store, transport, SyncState.SIGNED_OUT)
        left = sum(store.customer(f"C{n:04d}") is not None for n in (1, 2, 3))
        return refused, left, store.outbox_state().waiting


def _away(server: ServerProcess, folder: Path) -> tuple[int, bool, int, int]:
    """Ways in that are shut past the limit, whether one is open within it, whether a desk that was left running is
    shut, and what the files hold."""
    store, _transport = _desk(server, folder, 1)
    staff_number = agent(1).staff_number
    with closing(store):
        limit = remembered(store)
        assert limit is not None
        hours = limit.site.offline_limit_h
        soon, late = (datetime.now(UTC) + timedelta(hours=h) for h in (hours - 1, hours + 1))
        within = sign_in_offline(store, staff_number, PASSWORD, clock=lambda: soon) is not None
        shut = int(resume(store, clock=lambda: late) is None)
        try:
            sign_in_offline(store, staff_number, PASSWORD, clock=lambda: late)
        except SignInRefused:
            shut += 1
        running = _left_running(store, timedelta(hours=hours))
        return shut, within, running, store.counts(asking(datetime.now(UTC))).total


def _left_running(store: Store, limit: timedelta) -> int:
    """1 where a sync that reaches nobody goes on within the limit, and past it ends the session here."""
    steady, heard = [0.0], SimpleQueue[SyncStatus]()
    syncer = Syncer(
        store,
        Transport(_NOBODY, read_s=1),
        lambda news: heard.put(news) if isinstance(news, SyncStatus) else None,
        steady_s=lambda: steady[0],
    )
    syncer.start()
    try:
        within = heard.get(timeout=_PATIENCE_S)
        steady[0] = limit.total_seconds()
        syncer.retry_now()
        past = heard.get(timeout=_PATIENCE_S)
    finally:
        syncer.stop()
    return int(refusal_in(within) is None and refusal_in(past) is not None)

"""The client killed in mid-commit: what was acknowledged is there, outcomes equal outbox rows, the files are whole."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from uuid import UUID

import pytest
from store_kit import NOW, a_page, a_task, put

from core.store.engine import raw_connection
from core.store.key import StoreKey
from core.store.opening import open_store

TESTS = Path(__file__).parent.parent
WRITER = """
import sys, threading
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from store_kit import NOW, a_page, a_task, put, saved
from core.store.key import StoreKey
from core.store.opening import open_store

store = open_store(Path({folder!r}), StoreKey("5a" * 32))

def pull():
    for n in range(100_000):
        store.apply(a_page(*(put(a_task(i, priority=n % 9)) for i in range(60)), cursor=str(n)), now=NOW)

threading.Thread(target=pull, daemon=True).start()
while True:
    kept = saved(a_task(70), note="x" * 300, callback_at=NOW)
    store.save(kept)
    print(kept.id, flush=True)
"""


def killed_after(folder: Path, acknowledged: int) -> list[str]:
    """Ids that a writing process had acknowledged when it was killed."""
    program = WRITER.format(root=str(TESTS.parent), tests=str(TESTS), folder=str(folder))
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    assert process.stdout is not None
    ids = [process.stdout.readline().strip() for _ in range(acknowledged)]
    os.kill(process.pid, signal.SIGKILL)
    ids += process.stdout.read().split()
    process.wait()
    watchdog.cancel()
    process.stdout.close()
    return [one for one in ids if len(one) == 36]


@pytest.mark.parametrize("acknowledged", [1, 17, 60])
def test_nothing_acknowledged_is_lost(tmp_path: Path, key: StoreKey, acknowledged: int) -> None:
    # Reliability R2, quick scale
    ids: list[str] = []
    for _ in range(2):
        ids += killed_after(tmp_path, acknowledged)
    store = open_store(tmp_path, key)
    assert len(ids) >= 2 * acknowledged
    assert all(store.saved(UUID(one)) for one in ids)
    items = {item.id for item in store.pending(100_000)}
    assert {UUID(one) for one in ids} <= items
    store.apply(a_page(put(a_task(1))), now=NOW)
    store.close()
    for name in ("work.db", "mirror.db"):
        connection = raw_connection(tmp_path / name, key)
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if name == "work.db":
            (outcomes,) = connection.execute("SELECT count(*) FROM outcome").fetchone()
            assert outcomes == len(items)
        else:
            (tally,) = connection.execute("SELECT sum(tasks) FROM tally").fetchone()
            assert (tally,) == connection.execute("SELECT count(*) FROM task").fetchone()
        connection.close()

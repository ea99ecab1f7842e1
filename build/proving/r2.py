"""R2: a desk killed in mid-commit: the files are whole, and each outcome has its row in the outbox or was uploaded.

Quick: 20 kills; full: 500. The writer saves and settles without a pause and is killed after a random moment; after
each kill the files are opened and compared with what the writer had said.
The control keeps outcome and outbox row in two commits instead of one.
"""

import random
import time
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import uuid4

from desk_process import KEY, Killable, Work, agent, task_of
from proof import Proof, Scale, Side
from store_kit import answered, saved

from core.store import files
from core.store.engine import raw_connection
from core.store.opening import open_store

_FEW_MS = 0.03


def prove(scale: Scale, folder: Path) -> Proof:
    kills = scale.of(quick=20, full=500)
    product = run(folder / "product", product_writer, kills)
    control = run(folder / "control", two_commits, min(kills, 20))
    return Proof(what="kills of a desk in mid-commit", product=product, control=control)


def run(folder: Path, work: Work, kills: int) -> Side:
    """Kill after kill on the same store."""
    rng, said = random.Random(2), set[str]()
    unequal = damaged = 0
    with closing(open_store(folder, KEY)):
        pass
    for _ in range(kills):
        writer = Killable(work, folder)
        first = writer.told(within_s=30)
        time.sleep(rng.uniform(0, _FEW_MS))
        said |= {one for one in (first, *writer.close()) if one is not None}
        whole, equal = looked_at(folder)
        damaged += not whole
        unequal += not equal
    with closing(raw_connection(folder / files.WORK, KEY)) as connection:
        kept = {row[0] for row in connection.execute("SELECT id FROM outcome")}
    lost = len(said - kept)
    return Side(
        holds=not (damaged or unequal or lost) and len(said) >= kills,
        figures={
            "kills": kills,
            "acknowledged": len(said),
            "lost": lost,
            "files damaged": damaged,
            "times outbox and outcomes differed": unequal,
        },
    )


def looked_at(folder: Path) -> tuple[bool, bool]:
    """Whether work.db is whole, and whether each outcome waits in the outbox or was taken by the server."""
    with closing(raw_connection(folder / files.WORK, KEY)) as connection:
        # Read, checkpoint, then check: pages that are in the log alone would be taken for damage.
        connection.execute("SELECT count(*) FROM outcome").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        whole = not connection.execute("PRAGMA cipher_integrity_check").fetchall()
        whole = whole and connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (outcomes,) = connection.execute("SELECT count(*) FROM outcome").fetchone()
        (waiting,) = connection.execute("SELECT count(*) FROM outbox WHERE kind = 'outcome'").fetchone()
        (uploaded,) = connection.execute("SELECT count(*) FROM outcome WHERE upload = 'uploaded'").fetchone()
    return whole, outcomes == waiting + uploaded


def product_writer(pipe: Connection, folder: Path) -> None:
    """Saves as the window does; every third is answered by the server."""
    store = open_store(folder, KEY)
    who = agent(0).staff_number
    for number in range(1, 100_000):
        kept = saved(task_of(number, who), agent=who, recorded_at=datetime.now(UTC), note="字" * 80)
        store.save(kept)
        pipe.send(str(kept.id))
        if number % 3 == 0:
            store.settle(answered(kept.id))


def two_commits(pipe: Connection, folder: Path) -> None:
    """The outcome in one commit, its outbox row in the next."""
    connection = raw_connection(folder / files.WORK, KEY)
    connection.execute("PRAGMA synchronous = FULL")
    columns = (
        "id, root_id, root_at, recorded_at, customer_id, scenario, contact, success, talk_time_s, opt_out, name,"
        " words, body, upload"
    )
    for _ in range(100_000):
        one = str(uuid4())
        values = (one, one, 0, 0, "C1", "4g-upgrade", "owner", 1, 0, 0, "", "", b"{}", "waiting")
        connection.execute(f"INSERT INTO outcome ({columns}) VALUES ({', '.join('?' * len(values))})", values)
        pipe.send(one)
        row = (one, "outcome", b"{}", 0, "waiting")
        connection.execute("INSERT INTO outbox (id, kind, body, at, state) VALUES (?, ?, ?, ?, ?)", row)

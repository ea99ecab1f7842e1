"""R8: PostgreSQL killed or gone for good: no acknowledged outcome is lost, and the standby acknowledges within 10 s.

Quick: 2 kills -9 of the primary and 1 failover, full: 50 and 10. Outcomes are pushed by the product's own code without
a pause; what it answered is acknowledged. A failover kills the primary and promotes a synchronous standby.
The control's standby is one that nobody waits for.
"""

import time
from pathlib import Path

from cluster import Cluster, opened
from proof import Proof, Scale, Side, worst
from server_kit import add_agent, agent, document, opens, saved, send
from sqlalchemy import create_engine, make_url, select, text
from sqlalchemy.exc import DBAPIError

from core.server.access.caller import Caller
from core.server.db import schema
from core.server.db.engine import Database, open_engine
from core.server.loading import load
from core.wire.push import Verdict

GOAL_S = 10.0
_PATIENCE_S = 60.0
_BEFORE_KILL = 15
_STANDBY = "synchronous_standby_names"


def prove(scale: Scale, folder: Path) -> Proof:
    kills, failovers = scale.of(quick=2, full=50), scale.of(quick=1, full=10)
    sides = [_kills(folder / "kills", kills)]
    sides += [_failover(folder / f"failover-{n}", careful=True) for n in range(failovers)]
    control = _failover(folder / "control", careful=False)
    figures = {name: sum(int(side.figures[name]) for side in sides) for name in ("acknowledged", "lost")}
    slowest = max(float(side.figures["s until the next"]) for side in sides)
    return Proof(
        what="PostgreSQL killed, and failed over",
        product=Side(
            holds=worst(*sides),
            figures={"kills": kills, "failovers": failovers, **figures, "s until the next at most": slowest},
        ),
        control=control,
    )


def _push(database: Database, caller: Caller, count: int) -> list[str]:
    """The ids that were acknowledged."""
    said = []
    for _ in range(count):
        item = saved(None, caller.staff_number, customer_id="C1")
        if send(database, caller, item).answers[0].verdict is Verdict.ACCEPTED:
            said.append(str(item.id))
    return said


def _first_again(database: Database, caller: Caller, within_s: float = _PATIENCE_S) -> float:
    """Seconds until an outcome is acknowledged once more."""
    start = time.monotonic()
    while time.monotonic() - start < within_s:
        try:
            if _push(database, caller, 1):
                return time.monotonic() - start
        except DBAPIError:
            time.sleep(0.05)
    return within_s


def _lost(database: Database, said: list[str]) -> int:
    with database.read() as unit:
        kept = {str(one) for one in unit.conn.execute(select(schema.outcome.c.id)).scalars()}
    return sum(one not in kept for one in said)


def _ready(database: Database) -> Caller:
    caller = add_agent(database, agent("1", areas=()))
    load(database, [(document(1), None)])
    opens(database, caller)
    return caller


def _kills(folder: Path, kills: int) -> Side:
    said: list[str] = []
    slowest = 0.0
    with Cluster(folder) as cluster, opened(cluster.new_database()) as database:
        caller = _ready(database)
        for _ in range(kills):
            said += _push(database, caller, _BEFORE_KILL)
            cluster.kill()
            began = time.monotonic()
            cluster.start()
            _first_again(database, caller)
            slowest = max(slowest, time.monotonic() - began)
        lost = _lost(database, said)
    return _side(said, lost, slowest)


def _failover(folder: Path, *, careful: bool) -> Side:
    """The primary goes for good; the standby takes over and is asked what it has."""
    primary = Cluster(folder / "one", wal_level="replica", max_wal_senders="4", hot_standby="on")
    with primary:
        url = primary.new_database()
        standby = _standby(primary, folder / "two")
        with standby, opened(url) as database:
            _wait_for_standby(primary)
            caller = _ready(database)
            if not careful:
                _stop_waiting(primary)
                _hold_back(standby)
            said = _push(database, caller, _BEFORE_KILL)
            primary.kill()
            began = time.monotonic()
            standby.run("pg_ctl", "promote", "-D", str(standby.data), "-w", "-t", "30")
            moved = make_url(standby.url()).set(database=make_url(url).database).render_as_string(hide_password=False)
            after = Database(open_engine(moved))
            try:
                _first_again(after, caller, _PATIENCE_S if careful else 1.0)
                late = time.monotonic() - began
                lost = _lost(after, said)
            finally:
                after.close()
    return _side(said, lost, late)


def _side(said: list[str], lost: int, late: float) -> Side:
    return Side(
        holds=lost == 0 and late <= GOAL_S and len(said) >= _BEFORE_KILL,
        figures={"acknowledged": len(said), "lost": lost, "s until the next": late},
    )


def _standby(primary: Cluster, folder: Path) -> Cluster:
    standby = Cluster(folder, hot_standby="on", primary_conninfo=f"{primary.conninfo} application_name=two")
    primary.run(
        "pg_basebackup", "-d", primary.conninfo, "-D", str(standby.data), "-X", "stream", "-c", "fast", "--no-sync"
    )
    (standby.data / "standby.signal").touch()
    standby.give(standby.data / "standby.signal")
    return standby


def _admin(cluster: Cluster, statement: str) -> int:
    """Runs it outside of a transaction; how many rows it gave."""
    engine = create_engine(cluster.url(), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            found = connection.execute(text(statement))
            return len(found.fetchall()) if found.returns_rows else 0
    finally:
        engine.dispose()


def _wait_for_standby(primary: Cluster) -> None:
    """From now on a commit is one when the standby has it too."""
    _admin(primary, f"ALTER SYSTEM SET {_STANDBY} = 'two'")
    _admin(primary, "SELECT pg_reload_conf()")
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        if _admin(primary, "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"):
            return
        time.sleep(0.05)
    raise RuntimeError("the standby never came")


def _hold_back(standby: Cluster) -> None:
    """A standby that is behind, as one is that nobody waits for."""
    standby.kill()
    standby.set(recovery_min_apply_delay="0", primary_conninfo="")
    standby.start()


def _stop_waiting(primary: Cluster) -> None:
    _admin(primary, f"ALTER SYSTEM RESET {_STANDBY}")
    _admin(primary, "SELECT pg_reload_conf()")

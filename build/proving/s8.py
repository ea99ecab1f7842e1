"""S8: after its period a customer is gone from tables, indexes, search and journal, on the server and on the desk.

Quick: 3 customers with notes, numbers and names that occur nowhere else, called from a real desk; full: 300. They stand
in an exported file too, in a list that a planner brought, in what they answered to a campaign's text, and in events
that came by their numbers before they were known here. One of them asks to be erased, and is looked for in a snapshot
that was taken before. Two years pass, the purge runs, the desk pulls. Then every byte is searched: SQLite's files,
PostgreSQL's whole data folder with its write-ahead log, the decrypted pages of the desk's files, the exported file.
What must stay is asked for: ids of items, the audit's chain, the refusal of a number, results in the figures.
The control deletes the same rows as anybody would, without emptying what was deleted out of the bytes, and knows of
no file: each place, bytes of either database, desk, exported file and snapshot, has to hold something there by itself.
That somebody who looks for them finds them is seen before anything is cleaned.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import msgspec
import pyarrow.parquet as pq
from cluster import Cluster, is_postgres, opened
from decrypted import pages
from proof import Figure, Proof, Scale, Side
from server_kit import StillClock, add_agent, agent, document, number_of, saved, send, stored, task
from sqlalchemy import delete, event

from core.domain import decoding
from core.domain.campaign import Route
from core.domain.data_periods import Kept
from core.domain.outcome import Outcome
from core.domain.outreach import ContactState, OutgoingContact
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.writing import CUSTOMER_ID
from core.server.access.caller import Caller
from core.server.campaigns.lists import put_list
from core.server.db import audit, customers, outreach, refusals, schema
from core.server.db.engine import Database, sqlite_url
from core.server.incoming.taking import take_event
from core.server.loading import load
from core.server.outreach.moving import report
from core.server.purge.erasing import erase
from core.server.purge.files import note_written
from core.server.purge.from_snapshots import take_out
from core.server.purge.purging import purge
from core.server.screening.taking import take
from core.server.sync.pull import pull
from core.store import files
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.wire.campaigns import ListRow, PutCampaignList
from core.wire.incoming import IncomingEvent
from core.wire.outreach import ContactReport
from core.wire.pull import PullPage

_KEY = StoreKey("5a" * 32)
_NOTE, _NAME = "金丝雀客户备注", "金雀儿"
_DAYS = 2 * 365
_BEGAN = datetime(2026, 11, 23, 4, tzinfo=UTC)
_SETTINGS = {"wal_recycle": "off", "min_wal_size": "32MB", "fsync": "off"}
"""as SECURITY.md asks of a site: segments of the log that are done with are removed, and not kept to be written over"""
Clean = Callable[[Database], None]
Found = dict[str, int]
"""figures by name"""


def prove(scale: Scale, folder: Path) -> Proof:
    count = scale.of(quick=3, full=300)
    with Cluster(folder / "postgres", **_SETTINGS) as cluster:
        sides = [_on_both(cluster, folder / clean.__name__, count, clean) for clean in (_purge, _rows_alone)]
    what = "bytes searched after retention, server and desk"
    return Proof(what=what, product=_side(sides[0]), control=_lacking(sides[1]))


def _on_both(cluster: Cluster, place: Path, count: int, clean: Clean) -> Found:
    for name in ("sqlite", "postgres"):
        (place / name).mkdir(parents=True)
    lite = _run(sqlite_url(place / "sqlite"), place / "sqlite", place / "desk", count, clean)
    return _both(lite, _run(cluster.new_database(), cluster.data, place / "postgres" / "desk", count, clean))


_PLACES = ("hits in SQLite", "hits in PostgreSQL", "hits on desks", "exported files", "snapshot rows", "snapshots")


def _both(lite: Found, post: Found) -> Found:
    return {name: lite.get(name, 0) + post.get(name, 0) for name in {**lite, **post}}


def _side(found: Found) -> Side:
    """Whether nothing is left where nothing may be, and all that has to stay."""
    clean = not any(found[name] for name in (*_PLACES, "found by looking"))
    return Side(
        holds=clean and not found["of what must stay lost"] and not found["not there before"], figures=_told(found)
    )


def _lacking(found: Found) -> Side:
    """The control, which holds as soon as one of the places alone is clean."""
    return Side(holds=not all(found[name] for name in _PLACES), figures=_told(found))


def _told(found: Found) -> dict[str, Figure]:
    return {name: count for name, count in found.items() if name != "bytes"} | {
        "MB searched": round(found["bytes"] / 1e6)
    }


def _run(url: str, data: Path, desk: Path, count: int, clean: Clean) -> Found:
    clock = StillClock(_BEGAN)
    words = _canaries(count)
    with _database(url, clock, careful=clean is _purge) as database:
        caller = add_agent(database, agent("1"))
        with closing(open_store(desk, _KEY)) as store:
            exported = _work(database, caller, store, clock, desk.with_name(f"{desk.name}.csv"), count)
            _pull(database, caller, store, clock)
            before = _held(database, store, count) + _searched(database, count)
            shelf = desk.with_name(f"{desk.name}-data")
            taken = _in_snapshot(database, shelf, f"C{count}", clean)
            clock.forward(days=_DAYS)
            clean(database)
            _pull(database, caller, store, clock)
            lost = _lost(database, caller, clean)
            found = _searched(database, count)
    read = [path for path in data.rglob("*") if path.is_file()]
    here = f"hits in {'PostgreSQL' if is_postgres(url) else 'SQLite'}"
    return {
        "customers": count,
        "not there before": 4 * count - before,
        here: sum(_hits(path.read_bytes(), words) for path in read),
        "hits on desks": sum(_hits(page, words) for name in _desk_files(desk) for page in pages(name, _KEY)),
        "found by looking": found,
        "exported files": int(exported.exists()),
        "snapshot rows": taken,
        "snapshots": sum(1 for path in shelf.rglob("*.parquet")),
        "of what must stay lost": lost,
        "bytes": sum(path.stat().st_size for path in read),
    }


@contextmanager
def _database(url: str, clock: StillClock, *, careful: bool) -> Iterator[Database]:
    with opened(url, clock) as database:
        if not careful and database.engine.dialect.name == "sqlite":
            # As SQLite is, unless somebody asks for more.
            database.engine.dispose()
            event.listen(database.engine, "begin", lambda conn: conn.exec_driver_sql("PRAGMA secure_delete=OFF"))
        yield database


def _canaries(count: int) -> list[bytes]:
    words = [_NOTE, _NAME, *(number_of(n) for n in range(1, count + 1))]
    return [word.encode() for word in words]


def _work(database: Database, caller: Caller, store: Store, clock: StillClock, file: Path, count: int) -> Path:
    """Customers come with a list, are called from the desk, and leave in a file."""
    for n in range(1, count + 1):
        told = IncomingEvent(id=f"E{n}", kind="sales-lead", number=f"86-0{number_of(n)}", at=clock.now)
        assert take_event(database, "crm", told).why is not None
        one = document(n)
        assert one.identity is not None
        one.identity.name = _NAME
        load(database, [(one, task(n, to="1"))])
    _pull(database, caller, store, clock)
    for n in range(1, count + 1):
        of = stored(database, f"T{n}")
        call = saved(of, "1", note=f"{_NOTE}{n}", success=True, opt_out=n == 1)
        call = msgspec.structs.replace(call, outcome=_called(call.outcome, n))
        store.save(call)
        store.settle(send(database, caller, *(item.body for item in store.pending(10))))
    _campaigned(database, clock, count)
    file.write_text("\n".join(number_of(n) + _NAME for n in range(1, count + 1)))
    with database.write() as unit:
        note_written(unit, Kept.EXPORTS, file)
    return file


def _campaigned(database: Database, clock: StillClock, count: int) -> None:
    """On a planner's list, with the planner's words; and reached by a text, which they answered in their own."""
    asked = PutCampaignList(
        name="L", rows=tuple(ListRow(number=number_of(n), reason=_NOTE) for n in range(1, count + 1))
    )
    for n in range(1, count + 1):
        contact = OutgoingContact(
            id=uuid4(),
            campaign_id="K",
            customer_id=f"C{n}",
            route=Route.SMS,
            state=ContactState.SENT,
            made_at=clock.now,
        )
        with database.write() as unit:
            outreach.add(unit, [contact])
        told = ContactReport(state=ContactState.ANSWERED, reply=f"{_NAME} {number_of(n)}")
        assert report(database, contact.id, told).reply
    with database.write() as unit:
        put_list(unit, "L", asked, by="9")


def _called(value: Outcome, n: int) -> Outcome:
    return msgspec.structs.replace(value, call=msgspec.structs.replace(value.call, number=number_of(n)))


def _pull(database: Database, caller: Caller, store: Store, clock: StillClock) -> None:
    more = True
    while more:
        found = pull(database, staff_number="1", rights=caller.rights, cursor=store.cursor(), limit=100)
        page = decoding.decode(found.body, PullPage)
        store.apply(page, now=clock.now)
        more = page.more


def _held(database: Database, store: Store, count: int) -> int:
    """Customers whose words are there before anything is done about them, on the server and on the desk."""
    with database.read() as unit:
        there = customers.known(unit, [f"C{n}" for n in range(1, count + 1)])
    return len(there) + sum(bool(store.outcomes_of(f"C{n}", _BEGAN)) for n in range(1, count + 1))


def _in_snapshot(database: Database, shelf: Path, customer_id: str, clean: Clean) -> int:
    """Rows of who asks to be erased in a snapshot that was taken before, once that is done."""
    snapshot = take(database, shelf, by="9")
    if clean is _purge:
        erase(database, customer_id, by="9")
        take_out(database, shelf, by="9")
    ids = pq.read_table(Shelf(shelf).path(snapshot.id), columns=[CUSTOMER_ID]).column(0).to_pylist()
    return ids.count(customer_id)


def _searched(database: Database, count: int) -> int:
    """Customers that somebody who looks for them finds."""
    with database.read() as unit:
        by_name = customers.find(unit, number="", text=_NAME, limit=count)
        by_number = [customers.find(unit, number=number_of(n), text="", limit=1) for n in range(1, count + 1)]
    return len(by_name) + sum(map(len, by_number))


def _lost(database: Database, caller: Caller, clean: Clean) -> int:
    """Of what has to stay, how much does not."""
    with database.read() as unit:
        items = unit.conn.execute(schema.item.select()).all()
        results = unit.conn.execute(schema.outcome.select().where(schema.outcome.c.success)).all()
        holds = not audit.verify(unit)
        refused = refusals.met(unit, {"somebody else": [number_of(1)]})
    expected = clean is _purge
    return (not items) + (not holds) + (not refused) + (expected and not results)


def _desk_files(desk: Path) -> list[Path]:
    named = [desk / (name + tail) for name in (files.MIRROR, files.WORK) for tail in ("", "-wal")]
    return [path for path in named if path.exists()]


def _hits(body: bytes, words: list[bytes]) -> int:
    return sum(word in body for word in words)


def _purge(database: Database) -> None:
    purge(database, by="server")


def _rows_alone(database: Database) -> None:
    """Every row that names a customer, but for refusals."""
    with database.write() as unit:
        for table in reversed(schema.metadata.sorted_tables):
            named = "customer_id" in table.c and table is not schema.opt_out
            if named or table in (schema.customer, schema.content):
                unit.conn.execute(delete(table).where(table.c.tenant_id == unit.tenant))

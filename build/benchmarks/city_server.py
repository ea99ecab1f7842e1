"""A real server with invented customers that one agent is to call, made once; and the process that serves them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import msgspec
from bench_cache import ROOT, kept
from frame import Plan
from launching.children import Children
from launching.embedded_server import start_server

from core.demo.people import AGENTS, PASSWORD
from core.demo.world import World
from core.domain import decoding
from core.domain.customer import Document
from core.domain.task import Block, Task, TaskCustomer, TaskState, TaskType, Tier
from core.domain.text import Text
from core.server.access.passwords import hash_password
from core.server.db import people, settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.db.migrate import upgrade
from core.server.loading import BATCH, load, load_indicators
from core.server.publishing import publish_shipped
from core.wire.session import Site

AGENT = next(agent for agent in AGENTS if agent.staff_number == "1027")
SITE = Site(
    name_zh="演示中心", name_en="Demo centre", official_hotline="10000", call_from="00:00", call_until="24:00",
    cap_24h=999, cap_30d=999, calendar="training", complaint_rest_d=0,
)  # fmt: skip
"""whom a rule would bar on the real server was never sent to a desk; here every task is one desk's"""
_MADE_BY = tuple(ROOT / "core" / name for name in ("demo", "domain", "server/db", "server/loading"))
_SCENARIOS = ("4g-upgrade", "broadband-disconnect", "vip-care")


def size(plan: Plan) -> int:
    """How many customers: ten thousand, fewer for a smoke run."""
    return 300 if plan.smoke else 10_000


@contextmanager
def serving(count: int) -> Iterator[str]:
    """The address of a server process on a copy of the city of `count` customers."""
    made = kept(f"city-{count}", (*_MADE_BY, Path(__file__)), lambda folder: _fill(folder, count))
    with tempfile.TemporaryDirectory(prefix="stayline-city-") as folder, Children(cwd=ROOT) as children:
        data = shutil.copytree(made, Path(folder) / "server")
        yield start_server(children, data, log=Path(folder) / "server.log")


def _fill(folder: Path, count: int) -> None:
    """Customers as the demo invents them, each with a task at the one desk that is to pull them all."""
    database = Database(open_engine(sqlite_url(folder)))
    upgrade(database.engine)
    world = World(customers=count, tasks=1)
    with database.write() as unit:
        settings.prepare(unit)
        settings.put_site(unit, SITE)
        people.put(unit, AGENT, password_hash=hash_password(PASSWORD))
    publish_shipped(database)
    load_indicators(database, "demo", world.indicators())
    documents = enumerate(world.documents())
    while batch := [(document, _task(index, document)) for index, document in islice(documents, BATCH)]:
        load(database, batch)
    database.close()


def _task(index: int, document: Document) -> Task:
    who, contact = document.identity, document.contact
    now = datetime.now(UTC)
    return Task(
        id=f"B{index:07d}",
        customer_id=document.id,
        type=TaskType.KEY_CUSTOMER_CALL,
        scenario=_SCENARIOS[index % len(_SCENARIOS)],
        state=TaskState.ASSIGNED,
        priority=index % 10,
        reason=Text("合约下月到期", "Contract ends next month"),
        customer=TaskCustomer(
            name=who.name if who else "",
            numbers=tuple(number.number for number in contact.numbers) if contact else (),
            tier=who.tier if who else Tier.NONE,
        ),
        block=_block(document),
        area=who.area if who else "",
        created_at=now,
        assigned_to=AGENT.staff_number,
        # However old the cached city is when it is served.
        lease_expires_at=now + timedelta(days=3650),
    )


def _block(document: Document) -> Block | None:
    """As dispatch would mark those whom nobody may or can call."""
    if document.care is not None and document.care.opted_out:
        return Block.OPTED_OUT
    numbers = document.contact.numbers if document.contact else []
    return Block.BAD_NUMBER if numbers and all(number.bad for number in numbers) else None


def plain_pages(url: str, token: str, limit: int) -> Iterator[bytes]:
    """Every page of the pull as the server composes it, unpacked."""
    import urllib.request

    cursor, more = "", True
    while more:
        asked = urllib.request.Request(
            f"{url}/v1/pull?cursor={cursor}&limit={limit}", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(asked) as answer:
            page = answer.read()
        said = decoding.decode(page, _Tail)
        cursor, more = said.cursor, said.more
        yield page


class _Tail(msgspec.Struct):
    cursor: str
    more: bool

"""A desk's store with a queue of any size, filled by the product as a pull fills it, and kept between runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import made_tasks
import msgspec
from bench_cache import ROOT, kept
from frame import Plan

from core.content.shipped import shipped
from core.desk.desk import Desk
from core.desk.folder import folder_of
from core.domain.people import Agent, Role
from core.store import Store, StoreKey, open_store
from core.sync.session import remember
from core.wire.pull import Change, ContentDocument, Kind, PullPage
from core.wire.session import Session, Site

SERVER = "http://127.0.0.1:9"
"""nobody listens there: the desk is offline, as a start without the network is"""
KEY = "5a" * 32
"""of invented data that lie in a cache folder"""
ENTRY = "benchmark"
"""under which the key lies in the benchmark's own keyring"""
AGENT = Agent(
    staff_number="2043", name="何俊", role=Role.OUTBOUND_REPRESENTATIVE, team="spring", team_name="春雨班",
    skills=("vip-care", "broadband-disconnect", "4g-upgrade"), areas=("临江区", "东岭区", "北港区"),
)  # fmt: skip
SITE = Site(name_zh="演示中心", name_en="Demo centre", official_hotline="10000", call_from="00:00", call_until="24:00")
_PAGE = 2000
_MADE_BY = (
    ROOT / "core/desk/folder.py",
    *(
        ROOT / "core/store" / name
        for name in ("migrations", "mirror_schema.py", "placing.py", "pulling.py", "search_words.py", "work_schema.py")
    ),
)


def size(plan: Plan) -> int:
    """How many tasks: a hundred thousand, fewer for a smoke run."""
    return 5_000 if plan.smoke else 100_000


def data_folder(count: int) -> Path:
    """The desktop's data folder with one desk of `count` tasks, its key in the keyring under ENTRY."""
    made_by = (*_MADE_BY, Path(made_tasks.__file__), Path(__file__))
    data = kept(f"queue-{count}", made_by, lambda folder: _fill(folder, count))
    with opened(data) as store:
        # The last session is of today, whenever the store was made: an old one would have run out.
        remember(store, _session(), datetime.now(UTC))
    return data


def desk_folder(data: Path) -> Path:
    return folder_of(data, SERVER, AGENT.staff_number)


@contextmanager
def opened(data: Path) -> Iterator[Store]:
    store = open_store(desk_folder(data), StoreKey(KEY))
    try:
        yield store
    finally:
        store.close()


def desk_of(store: Store) -> Desk:
    """The desk at the moment at which the tasks were made."""
    from core.calling import moments

    return Desk(store=store, agent=AGENT, site=SITE, moment=moments(lambda: made_tasks.NOW))


def _fill(data: Path, count: int) -> None:
    folder = desk_folder(data)
    folder.mkdir(parents=True)
    (folder / "key.json").write_text(f'{{"format":1,"kind":"keyring","entry":"{ENTRY}"}}')
    tasks = made_tasks.tasks(count, agent=AGENT.staff_number)
    with opened(data) as store:
        store.apply(_page(_content(), cursor="0"), now=made_tasks.NOW)
        while changes := [_change(task) for task in islice(tasks, _PAGE)]:
            store.apply(_page(changes, cursor=changes[-1].key), now=made_tasks.NOW)


def _page(changes: list[Change], *, cursor: str) -> PullPage:
    return PullPage(changes=changes, cursor=cursor, more=False, server_time=made_tasks.NOW)


def _change(task: dict[str, object]) -> Change:
    return Change(kind=Kind.TASK, key=str(task["id"]), body=msgspec.Raw(made_tasks.encoded(task)))


def _content() -> list[Change]:
    """Of the scenarios that the tasks have: each entry of the filter finds something."""
    pieces = [
        ContentDocument(kind=one.kind, name=one.name, version=one.version, body=msgspec.Raw(one.body))
        for one in shipped()
        if one.kind not in ("script", "dispositions") or one.name in made_tasks.SCENARIOS
    ]
    return [
        Change(kind=Kind.CONTENT, key=f"{one.kind}/{one.name}", body=msgspec.Raw(msgspec.json.encode(one)))
        for one in pieces
    ]


def _session() -> Session:
    return Session(
        access_token="benchmark", access_expires_in_s=900, refresh_token="benchmark", agent=AGENT, site=SITE,
        server_time=datetime.now(UTC),
    )  # fmt: skip

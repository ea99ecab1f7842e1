"""`demo`: an invented city with its agents, customers, tasks and past calls."""

import argparse
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import islice
from pathlib import Path

from core.demo.team import GOALS, SITTINGS, states
from core.demo.world import World
from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.dispatch import dispatch_and_tell
from core.server.commands.entered import check_number
from core.server.commands.place import folder_of, opened
from core.server.commands.progress import progress
from core.server.commands.say import counted, say
from core.server.db.engine import Database

_MOST = 10_000_000
_SNAPSHOT_MOST = 20_000
"""customers: of a larger city a snapshot takes minutes, and is left to `snapshot take`"""


def run(options: argparse.Namespace) -> None:
    from core.server.packages.keeping import begin_packages
    from core.server.publishing import publish_shipped

    check_number(options.customers, Text("客户数", "number of customers"), least=1, most=_MOST)
    check_number(options.tasks, Text("任务数", "number of tasks"), least=0, most=_MOST)
    world = World(seed=options.seed, customers=options.customers, tasks=options.tasks)
    with opened(options, make=True) as database:
        if not options.anyway:
            _refuse_a_real_centre(database, world)
        publish_shipped(database, coming=frozenset(one.agent.team for one in world.agents()))
        load_world(database, world)
        begin_packages(database, by="demo")
        dispatch_and_tell(database)
        if options.customers <= _SNAPSHOT_MOST:
            _take_snapshot(database, folder_of(options))


def _take_snapshot(database: Database, folder: Path) -> None:
    """What rules and campaigns are counted on; one is enough, however often the demo is loaded."""
    from core.screening.snapshots.keeping import Shelf
    from core.server.screening.taking import take

    if Shelf(folder, database.tenant).newest() is None:
        take(database, folder, by="demo")


def _refuse_a_real_centre(database: Database, world: World) -> None:
    """Invented agents have a password that everybody can read: they must not get into a centre at work."""
    from core.server.db import people

    invented = {one.agent.staff_number for one in world.agents()}
    with database.read() as unit:
        real = [account.agent.staff_number for account in people.everyone(unit)]
    if strangers := [staff for staff in real if staff not in invented]:
        raise InputError(
            title=Text("这里不是演示库", "This is no demo database"),
            message=Text(
                f"其中有 {len(strangers)} 个真实工号；演示工号的密码人人可见，演示任务会混进去。未写入任何内容。",
                f"It holds {counted(len(strangers), 'real user')}; demo agents have a password that everybody knows,"
                " and demo tasks would mix with theirs. Nothing was written.",
            ),
            next_step=Text(
                "请用 --data 指定另一个文件夹；确要加入请加 --anyway。",
                "Name another folder with --data; to add the demo all the same give --anyway.",
            ),
        )


def load_world(database: Database, world: World) -> None:
    """The whole world into the database; the same again changes nothing."""
    from core.server.access.passwords import hash_password
    from core.server.campaigns.demonstrating import load_texted
    from core.server.cases.loading import load_casework
    from core.server.db import people
    from core.server.loading import BATCH, Counts, load, load_history, load_indicators, load_tasks
    from core.server.loading.past_tasks import load_past_tasks
    from core.server.loading.team import load_states, load_targets
    from core.server.review.departures import keep_departures

    staff = world.agents()
    with ThreadPoolExecutor(2) as pool:
        hashes = pool.map(lambda one: hash_password(one.password), staff)
        with database.write() as unit:
            for one, password_hash in zip(staff, hashes, strict=True):
                people.put(unit, one.agent, password_hash=password_hash)
    load_indicators(database, "demo", world.indicators())
    counts = Counts()
    documents = world.documents()
    with progress("客户 customers") as report:
        while batch := [(document, None) for document in islice(documents, BATCH)]:
            counts += load(database, batch)
            report(counts.added + counts.changed + counts.unchanged, world.customers)
    added = load_tasks(database, world.tasks(), list_id="demo")
    done = [(one.task, one.campaign, one.given_at) for one in world.past_tasks()]
    load_past_tasks(database, done)
    with progress("通话记录 past calls"):
        past = load_history(database, world.outcomes(), {one.agent.staff_number: one.agent.team for one in staff})
    load_states(database, states(world.today), [one.staff_number for one in SITTINGS if one.signed_in])
    load_targets(database, GOALS)
    work = world.casework()
    load_casework(database, work.cases, work.promises, work.shifts)
    load_quality(database, world)
    # Last of what quality looks at: who left is a reason to look at the save.
    yesterday = local_day(world.as_of) - timedelta(days=1)
    left = world.departures()
    texted = load_texted(database, world.texted(frozenset(left)))
    keep_departures(database, texted | left, as_of=yesterday, by="demo")
    _load_errands(database, world)
    say(
        f"演示数据：{len(staff)} 个工号，{counts.added} 个新客户，{added} 个任务，{past} 次历史通话。"
        f" / Demo data: {counted(len(staff), 'user')}, {counted(counts.added, 'new customer')},"
        f" {counted(added, 'task')}, {counted(past, 'past call')}."
    )


def _load_errands(database: Database, world: World) -> None:
    """What departments were asked, and what was promised for good."""
    from core.demo.errands import demo_errands
    from core.server.departments.loading import load_errands

    found = demo_errands(world.seed, world.tasks(), world.today)
    teams = {one.agent.staff_number: one.agent.team for one in world.agents()}
    load_errands(database, found.errands, found.commitments, found.later, teams=teams)


def load_quality(database: Database, world: World) -> None:
    """What leads have looked at, and what waits for them."""
    from core.demo.inspected import cards, inspected, marks_of
    from core.server.quality.loading import load_inspection

    found = inspected(world.seed, world.today, world.customers)
    load_inspection(
        database, found.calls, found.reveals, denied=found.denied, before=found.before, cards=cards(),
        marks=marks_of, teams={one.agent.staff_number: one.agent.team for one in world.agents()},
    )  # fmt: skip


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--customers", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--tasks", type=int, default=600)
    parser.add_argument("--anyway", action="store_true", help="add the demo to a database with real users, too")
    parser.set_defaults(run=run)

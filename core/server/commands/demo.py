"""`demo`: an invented city with its agents, customers, tasks and past calls."""

import argparse
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from core.demo.world import World
from core.server.commands.dispatch import dispatch_and_tell
from core.server.commands.place import opened
from core.server.commands.progress import progress
from core.server.commands.say import counted, say
from core.server.db.engine import Database


def run(options: argparse.Namespace) -> None:
    from core.server.publishing import publish_shipped

    world = World(seed=options.seed, customers=options.customers, tasks=options.tasks)
    with opened(options, make=True) as database:
        publish_shipped(database)
        load_world(database, world)
        dispatch_and_tell(database)


def load_world(database: Database, world: World) -> None:
    """The whole world into the database; the same again changes nothing."""
    from core.server.access.passwords import hash_password
    from core.server.db import people
    from core.server.loading import BATCH, Counts, load, load_history, load_indicators, load_tasks

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
    with progress("通话记录 past calls"):
        past = load_history(database, world.outcomes(), {one.agent.staff_number: one.agent.team for one in staff})
    say(
        f"演示数据：{len(staff)} 个工号，{counts.added} 个新客户，{added} 个任务，{past} 次历史通话。"
        f" / Demo data: {counted(len(staff), 'user')}, {counted(counts.added, 'new customer')},"
        f" {counted(added, 'task')}, {counted(past, 'past call')}."
    )


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--customers", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--tasks", type=int, default=600)
    parser.set_defaults(run=run)

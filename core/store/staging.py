"""A pull of several pages, until its last one is here: a desk that is cut off in the middle shows what it had before.

The pages lie in the mirror as they came, with the cursor behind them, so that the pull goes on where it stood, over a
restart too. Only refusals of calls hold at once. The first pull of a mirror that has nothing is shown page by page.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.task import Block, Gone
from core.store import barred
from core.store.pulling import SLICE, meta, put_meta
from core.wire.pull import Change, Kind, PullPage

_page = decoding.decoder(PullPage).decode


class _Care(Struct):
    opted_out: bool = False


class _Customer(Struct):
    care: _Care | None = None


class _Task(Struct):
    customer_id: str
    block: Block | None = None


_customer, _task = decoding.decoder(_Customer).decode, decoding.decoder(_Task).decode


def is_whole(mirror: Connection) -> bool:
    """Whether a pull was taken to its end before: there is a state that another one must not show by halves."""
    return meta(mirror, "whole") == "1"


def note_whole(mirror: Connection) -> None:
    put_meta(mirror, "whole", "1")


def cursor(connection: Connection) -> str:
    """Where the pull under way goes on; empty where none is."""
    return meta(connection, "staged_cursor") or ""


def put(mirror: Connection, page: PullPage, let_pass: Callable[[], None]) -> tuple[str, ...]:
    """Keeps a page that others follow; gives the customers who, by it, may not be called from now on. `let_pass` as in
    `pulling.apply`."""
    let_pass()
    mirror.exec_driver_sql("INSERT INTO staged (body) VALUES (?)", (msgspec.json.encode(page),))
    put_meta(mirror, "staged_cursor", page.cursor)
    tasks = [one.key for one in page.changes if one.kind is Kind.TASK and one.why == Gone.OPTED_OUT]
    refused = barred.of_tasks(mirror, tasks) | set(_refused(page.changes, let_pass))
    barred.bar_customers(mirror, refused)
    return tuple(sorted(refused))


def taken(mirror: Connection, let_pass: Callable[[], None]) -> Iterator[PullPage]:
    """The pages that wait, in their order; after the last of them none waits any more."""
    for number in mirror.exec_driver_sql("SELECT n FROM staged ORDER BY n").scalars().all():
        let_pass()
        yield _page(mirror.exec_driver_sql("SELECT body FROM staged WHERE n = ?", (number,)).scalar_one())
    mirror.exec_driver_sql("DELETE FROM staged")
    put_meta(mirror, "staged_cursor", "")


def _refused(changes: Iterable[Change], let_pass: Callable[[], None]) -> Iterator[str]:
    """Customers of whom tasks or their documents say that they refused further calls."""
    for number, change in enumerate(changes):
        if number % SLICE == 0:
            let_pass()
        if change.deleted:
            continue
        # What is not of its kind is told when its page is taken.
        with suppress(msgspec.DecodeError, RecursionError):
            if change.kind is Kind.TASK and (task := _task(change.body)).block is Block.OPTED_OUT:
                yield task.customer_id
            elif change.kind is Kind.CUSTOMER and (care := _customer(change.body).care) and care.opted_out:
                yield change.key

"""Taking a page of the pull into mirror.db: one transaction, objects and cursor together."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row

from core.domain import decoding
from core.domain.customer import Contacting
from core.domain.data_periods import LET_GO
from core.domain.indicator import Indicator
from core.domain.knowledge import SEARCHED
from core.domain.task import Block, Gone, Task
from core.store import barred
from core.store.placing import Place, is_open, place
from core.store.search_words import grams, words
from core.store.types import Applied
from core.wire.pull import Change, ContentDocument, Kind, PullPage

T = TypeVar("T")
SLICE = 25
"""changes that are taken in between two looks at whether somebody wants to pass: a few milliseconds"""

_CALLED_UNDER = frozenset({"script", "dispositions"})
_WHY = {one.value: one for one in Gone}
VERSIONS_KEPT = 5
"""of each script and its results, beside the newest"""


class _Callable(Struct):
    opted_out: bool = False


class _Reach(Struct):
    """Of a customer's document, how to reach them, and whether one may."""

    contact: Contacting | None = None
    care: _Callable | None = None


_READERS: dict[Kind, Callable[[msgspec.Raw], Any]] = {
    Kind.TASK: decoding.decoder(Task).decode,
    Kind.CUSTOMER: decoding.decoder(_Reach).decode,
    Kind.CONTENT: decoding.decoder(ContentDocument).decode,
    Kind.INDICATORS: decoding.decoder(list[Indicator]).decode,
}


class _Read(NamedTuple):
    """A change whose body was found to be of its kind."""

    key: str
    value: Any
    """None: deleted"""
    body: bytes
    why: Gone | None = None
    """of a task that was deleted, where the server said it"""


def apply(
    mirror: Connection, page: PullPage, let_pass: Callable[[], None] = lambda: None, *, manager: str = ""
) -> Applied:
    """An object that is not of its kind is left out and named; the others, and the cursor, go on.

    `let_pass` is called between slices of a few milliseconds. `manager`: whose portfolio is kept beside the documents.
    """
    revision = int(meta(mirror, "revision") or 0) + 1
    by_kind: dict[Kind, list[_Read]] = {kind: [] for kind in Kind}
    unreadable: list[str] = []
    for number, change in enumerate(page.changes):
        if number % SLICE == 0:
            let_pass()
        try:
            by_kind[change.kind].append(_read(change))
        except (msgspec.DecodeError, RecursionError):
            unreadable.append(change.key)
    for tasks in _slices(by_kind[Kind.TASK]):
        let_pass()
        _apply_tasks(mirror, tasks, revision)
    for customers in _slices(by_kind[Kind.CUSTOMER]):
        let_pass()
        _apply_customers(mirror, customers)
        if manager:
            _apply_portfolio(mirror, customers, manager)
    content = _apply_content(mirror, by_kind[Kind.CONTENT], let_pass)
    indicators = _apply_indicators(mirror, by_kind[Kind.INDICATORS])
    put_meta(mirror, "revision", str(revision))
    put_meta(mirror, "cursor", page.cursor)
    return Applied(
        task_ids=tuple(read.key for read in by_kind[Kind.TASK]),
        gone=tuple((read.key, read.why) for read in by_kind[Kind.TASK] if read.why is not None),
        customer_ids=tuple(read.key for read in by_kind[Kind.CUSTOMER]),
        let_go=tuple(
            one.key for one in page.changes if one.kind is Kind.CUSTOMER and one.deleted and one.why == LET_GO
        ),
        content=content,
        indicators=indicators,
        unreadable=tuple(unreadable),
        finished=not page.more,
    )


def together(pages: list[Applied]) -> Applied:
    """What pages that were taken one after the other changed, as one; `finished` as the last says."""
    if len(pages) == 1:
        return pages[0]
    return Applied(
        task_ids=_all(one.task_ids for one in pages),
        customer_ids=_all(one.customer_ids for one in pages),
        gone=_all(one.gone for one in pages),
        let_go=_all(one.let_go for one in pages),
        content=_all(one.content for one in pages),
        unreadable=_all(one.unreadable for one in pages),
        indicators=any(one.indicators for one in pages),
        finished=pages[-1].finished,
    )


def _all(parts: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    """Each of them once, in the order in which they were met."""
    return tuple(dict.fromkeys(itertools.chain.from_iterable(parts)))


def _slices(changes: list[_Read]) -> Iterator[list[_Read]]:
    for start in range(0, len(changes), SLICE):
        yield changes[start : start + SLICE]


def meta(connection: Connection, key: str) -> str | None:
    return connection.exec_driver_sql("SELECT value FROM main.meta WHERE key = ?", (key,)).scalar()


def put_meta(mirror: Connection, key: str, value: str) -> None:
    mirror.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))


def _read(change: Change) -> _Read:
    if change.deleted:
        return _Read(change.key, None, b"", _WHY.get(change.why))
    value = _READERS[change.kind](change.body)
    if change.kind is Kind.CONTENT and value.kind in SEARCHED:
        _knowledge().check(bytes(value.body))
    return _Read(change.key, value, bytes(change.body))


def _knowledge() -> ModuleType:
    # No start needs it, and few pages bring any.
    from core.store import knowledge

    return knowledge


def _apply_tasks(mirror: Connection, changes: list[_Read], revision: int) -> None:
    if not changes:
        return
    before = _numbers(mirror, [change.key for change in changes])
    barred.bar(mirror, [change.key for change in changes if change.why is Gone.OPTED_OUT])
    gone: list[tuple[int]] = []
    tasks: list[tuple[Task, bytes]] = []
    for change in changes:
        if change.value is not None and is_open(change.value):
            tasks.append((change.value, change.body))
        elif change.key in before:
            gone.append((before[change.key][0],))
    _drop_tasks(mirror, gone)
    barred.free(mirror, {task.customer_id for task, _ in tasks if task.block is not Block.OPTED_OUT})
    _put_tasks(mirror, tasks, before, revision)


def _numbers(mirror: Connection, task_ids: list[str]) -> dict[str, tuple[int, str]]:
    rows = mirror.exec_driver_sql(
        "SELECT t.task_id, t.n, t.words FROM json_each(?) AS j JOIN task AS t ON t.task_id = j.value",
        (msgspec.json.encode(task_ids).decode(),),
    )
    return {task_id: (n, line) for task_id, n, line in rows}


def _drop_tasks(mirror: Connection, gone: list[tuple[int]]) -> None:
    if gone:
        for table, column in (("task", "n"), ("task_body", "n"), ("task_gram", "rowid")):
            mirror.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", gone)


def _put_tasks(
    mirror: Connection, tasks: list[tuple[Task, bytes]], before: dict[str, tuple[int, str]], revision: int
) -> None:
    fresh = (mirror.exec_driver_sql("SELECT max(n) FROM task").scalar() or 0) + 1
    rows, bodies, stale, indexed = [], [], [], []
    for task, body in tasks:
        line = words(task)
        n, old_line = before.get(task.id, (fresh, None))
        fresh += old_line is None
        rows.append((n, task.customer_id, revision, line, *place(task)))
        bodies.append((n, body))
        if old_line != line:
            if old_line is not None:
                stale.append((n,))
            indexed.append((n, grams(line)))
    if rows:
        mirror.exec_driver_sql(_PUT_TASK, rows)
        mirror.exec_driver_sql("INSERT OR REPLACE INTO task_body (n, body) VALUES (?, ?)", bodies)
    if stale:
        mirror.exec_driver_sql("DELETE FROM task_gram WHERE rowid = ?", stale)
    if indexed:
        mirror.exec_driver_sql("INSERT INTO task_gram (rowid, grams) VALUES (?, ?)", indexed)


_TASK_COLUMNS = ("customer_id", "revision", "words", *Place._fields)
_PUT_TASK = (
    f"INSERT INTO task (n, {', '.join(_TASK_COLUMNS)}) VALUES ({', '.join('?' * (len(_TASK_COLUMNS) + 1))})"
    f" ON CONFLICT (n) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in _TASK_COLUMNS)}"
)


def _apply_customers(mirror: Connection, changes: list[_Read]) -> None:
    if not changes:
        return
    keys = [(change.key,) for change in changes]
    gone = [(change.key,) for change in changes if change.value is None]
    put = [(change.key, change.body) for change in changes if change.value is not None]
    barred.free(mirror, [change.key for change in changes if _may_be_called(change.value)])
    numbers = [(number, change.key) for change in changes for number in _numbers_of(change.value)]
    mirror.exec_driver_sql("DELETE FROM number WHERE customer_id = ?", keys)
    if gone:
        mirror.exec_driver_sql("DELETE FROM customer WHERE customer_id = ?", gone)
    if put:
        mirror.exec_driver_sql(
            "INSERT INTO customer (customer_id, body) VALUES (?, ?)"
            " ON CONFLICT (customer_id) DO UPDATE SET body = excluded.body",
            put,
        )
    if numbers:
        mirror.exec_driver_sql("INSERT OR IGNORE INTO number (number, customer_id) VALUES (?, ?)", numbers)


def _may_be_called(reach: _Reach | None) -> bool:
    """Whether the document says so: one without the section says nothing."""
    return reach is not None and reach.care is not None and not reach.care.opted_out


def _apply_portfolio(mirror: Connection, changes: list[_Read], manager: str) -> None:
    from core.store import portfolio

    for change in changes:
        if change.value is None:
            portfolio.drop(mirror, change.key)
        else:
            portfolio.put(mirror, manager, change.key, change.body)


def _numbers_of(reach: _Reach | None) -> list[str]:
    if reach is None or reach.contact is None:
        return []
    return [number.number for number in reach.contact.numbers if number.number]


def _apply_content(
    mirror: Connection, changes: list[_Read], let_pass: Callable[[], None]
) -> tuple[tuple[str, str], ...]:
    """Kind and name of what is not as it was: reading scripts anew costs the next call a third of a second."""
    touched: list[tuple[str, str]] = []
    for change in changes:
        # An article that is indexed takes as long as a slice of tasks.
        let_pass()
        rows = mirror.exec_driver_sql(
            "SELECT kind, name, version, body FROM content WHERE key = ?", (change.key,)
        ).all()
        if _is_there(rows, change.value):
            continue
        touched += [(row[0], row[1]) for row in rows]
        _let_go(mirror, rows)
        mirror.exec_driver_sql("DELETE FROM content WHERE key = ?", (change.key,))
        if change.value is None:
            continue
        document: ContentDocument = change.value
        touched.append((document.kind, document.name))
        if document.kind in SEARCHED:
            _knowledge().index(mirror, document.kind, document.name, bytes(document.body))
        mirror.exec_driver_sql(
            "INSERT OR REPLACE INTO content (kind, name, key, version, body) VALUES (?, ?, ?, ?, ?)",
            (document.kind, document.name, change.key, document.version, bytes(document.body)),
        )
    return tuple(dict.fromkeys(touched))


def _let_go(mirror: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
    """What a newer version takes the place of: a call that is under way goes on with the words that it began with."""
    for row in rows:
        kind, name, version, body = row[0], row[1], row[2], row[3]
        if kind in _CALLED_UNDER:
            mirror.exec_driver_sql(
                "INSERT OR REPLACE INTO content_before (kind, name, version, body) VALUES (?, ?, ?, ?)",
                (kind, name, version, bytes(body)),
            )
            mirror.exec_driver_sql(
                "DELETE FROM content_before WHERE kind = ? AND name = ? AND version NOT IN (SELECT version"
                " FROM content_before WHERE kind = ? AND name = ? ORDER BY rowid DESC LIMIT ?)",
                (kind, name, kind, name, VERSIONS_KEPT),
            )
        if kind in SEARCHED:
            _knowledge().drop(mirror, kind, name)


def _is_there(rows: Sequence[Row[Any]], document: ContentDocument | None) -> bool:
    if document is None:
        return not rows
    there = [tuple(row) for row in rows]
    return there == [(document.kind, document.name, document.version, bytes(document.body))]


def _apply_indicators(mirror: Connection, changes: list[_Read]) -> bool:
    """Whether any is not as it was."""
    changed = False
    for change in changes:
        body = mirror.exec_driver_sql("SELECT body FROM indicators WHERE key = ?", (change.key,)).scalar()
        if body == (None if change.value is None else change.body):
            continue
        changed = True
        if change.value is None:
            mirror.exec_driver_sql("DELETE FROM indicators WHERE key = ?", (change.key,))
        else:
            mirror.exec_driver_sql(
                "INSERT OR REPLACE INTO indicators (key, body) VALUES (?, ?)", (change.key, change.body)
            )
    return changed


CLEARED = (
    "portfolio",
    "task",
    "task_body",
    "tally",
    "customer",
    "number",
    "content",
    "content_before",
    "article",
    "indicators",
    "staged",
)


def clear(mirror: Connection) -> None:
    """Empties the mirror. The revision goes on, as the overlay measures by it."""
    for table in CLEARED:
        mirror.exec_driver_sql(f"DELETE FROM {table}")
    for grams_of in ("task_gram", "article_gram"):
        mirror.exec_driver_sql(f"INSERT INTO {grams_of} ({grams_of}) VALUES ('delete-all')")
    for key in ("cursor", "staged_cursor", "whole"):
        put_meta(mirror, key, "")

"""The mirror's half of the queue: which tasks pass a filter, in which order, how many."""

from typing import NamedTuple, Protocol

import msgspec
from sqlalchemy import Connection

from core.domain.task import TIER_RANK
from core.store.overlay import Hidden
from core.store.placing import SORT_COLUMNS, SORT_INDEX, Part, section
from core.store.search_words import phrase
from core.store.types import QueueQuery, Section, Sort

DENSE = 3000
"""more hits than these are walked in order rather than fetched and sorted"""


class Hit(NamedTuple):
    n: int
    part: int
    at: int
    key: tuple[int | str, ...]
    """columns of the sort"""


class Source(Protocol):
    def fetch(self, wanted: Section | None, offset: int, limit: int) -> list[Hit]:
        """Hits of one section, or of all for a sort that goes across them."""
        ...

    def counts(self) -> dict[Section, int]: ...


class SqlSource:
    """Walks an index in queue order; with `text`, looks at each line of words on the way."""

    def __init__(self, connection: Connection, query: QueueQuery, now: int, hidden: list[Hidden], text: str) -> None:
        self._connection, self._query, self._now, self._hidden, self._text = connection, query, now, hidden, text

    def fetch(self, wanted: Section | None, offset: int, limit: int) -> list[Hit]:
        place, values = _section_clause(wanted, self._now)
        filters, more = self._filters()
        columns = SORT_COLUMNS[self._query.sort]
        clauses = " AND ".join((*place, *filters)) or "1"
        rows = self._connection.exec_driver_sql(
            f"SELECT n, part, at, {', '.join(columns)} FROM task INDEXED BY {SORT_INDEX[self._query.sort]}"
            f" WHERE {clauses} ORDER BY {', '.join(columns)} LIMIT ? OFFSET ?",
            (*values, *more, limit, offset),
        )
        return [Hit(row[0], row[1], row[2], tuple(row[3:])) for row in rows]

    def counts(self) -> dict[Section, int]:
        return self._counts_by_scan() if self._text else self._counts_by_tally()

    def _counts_by_tally(self) -> dict[Section, int]:
        clauses, values = query_clauses(self._query)
        by_part = self._connection.exec_driver_sql(
            f"SELECT part, sum(tasks) FROM tally WHERE {' AND '.join(clauses) or '1'} GROUP BY part", tuple(values)
        )
        found = dict.fromkeys(Section, 0)
        for part, tasks in by_part:
            found[section(part, self._now + 1, self._now)] += tasks
        called_back = " AND ".join(("part = 0", "rank = 0", "at <= ?", *clauses))
        due = self._connection.exec_driver_sql(
            f"SELECT count(*) FROM task INDEXED BY task_queue WHERE {called_back}",
            (self._now, *values),
        ).scalar_one()
        found[Section.DUE] += due
        found[Section.LATER] -= due
        for gone in self._hidden:
            if passes(self._query, gone.scenario, gone.tier):
                found[section(gone.part, gone.at, self._now)] -= 1
        return found

    def _counts_by_scan(self) -> dict[Section, int]:
        filters, values = self._filters()
        rows = self._connection.exec_driver_sql(
            "SELECT part, part = 0 AND at <= ?, count(*) FROM task NOT INDEXED"
            f" WHERE {' AND '.join(filters)} GROUP BY 1, 2",
            (self._now, *values),
        )
        found = dict.fromkeys(Section, 0)
        for part, due, tasks in rows:
            found[Section.DUE if due else section(part, self._now + 1, self._now)] += tasks
        return found

    def _filters(self) -> tuple[list[str], list[int | str]]:
        clauses, values = query_clauses(self._query)
        if self._hidden:
            clauses.append("n NOT IN (SELECT value FROM json_each(?))")
            values.append(msgspec.json.encode([gone.n for gone in self._hidden]).decode())
        if self._text:
            clauses.append("instr(words, ?)")
            values.append(self._text)
        return clauses, values


class ListSource:
    """The few hits of a search, ordered here."""

    def __init__(
        self, connection: Connection, query: QueueQuery, now: int, hidden: list[Hidden], found: list[int]
    ) -> None:
        self._now, self._sort = now, query.sort
        gone = {row.n for row in hidden}
        columns = SORT_COLUMNS[query.sort]
        clauses, values = query_clauses(query)
        rows = connection.exec_driver_sql(
            f"SELECT n, part, at, {', '.join(columns)} FROM json_each(?) AS j JOIN task ON n = j.value"
            f" WHERE {' AND '.join(clauses) or '1'}",
            (msgspec.json.encode(found).decode(), *values),
        )
        hits = [Hit(row[0], row[1], row[2], tuple(row[3:])) for row in rows if row[0] not in gone]
        self._hits = sorted(hits, key=lambda hit: hit.key)

    def fetch(self, wanted: Section | None, offset: int, limit: int) -> list[Hit]:
        hits = self._hits
        if wanted is not None:
            hits = [hit for hit in hits if section(hit.part, hit.at, self._now) is wanted]
        return hits[offset : offset + limit]

    def counts(self) -> dict[Section, int]:
        found = dict.fromkeys(Section, 0)
        for hit in self._hits:
            found[section(hit.part, hit.at, self._now)] += 1
        return found


def source(connection: Connection, query: QueueQuery, now: int, hidden: list[Hidden], text: str) -> Source:
    """The cheapest way to the tasks that pass; `text` is normalised."""
    if text:
        found = matching(connection, text, at_most=DENSE)
        if found is not None:
            return ListSource(connection, query, now, hidden, found)
    return SqlSource(connection, query, now, hidden, text)


def matching(connection: Connection, text: str, *, at_most: int) -> list[int] | None:
    """Numbers of the tasks whose words have `text`; None where there are more than `at_most`."""
    if len(text) > 1:
        rows = connection.exec_driver_sql(
            "SELECT rowid FROM task_gram WHERE task_gram MATCH ? LIMIT ?", (phrase(text), at_most + 1)
        )
    else:
        rows = connection.exec_driver_sql(
            "SELECT n FROM task NOT INDEXED WHERE instr(words, ?) LIMIT ?", (text, at_most + 1)
        )
    found = [row[0] for row in rows]
    return None if len(found) > at_most else found


def matches(connection: Connection, text: str) -> int:
    """How many tasks of the mirror have `text` in their words."""
    if len(text) > 1:
        asked, value = "SELECT count(*) FROM task_gram WHERE task_gram MATCH ?", phrase(text)
    else:
        asked, value = "SELECT count(*) FROM task NOT INDEXED WHERE instr(words, ?)", text
    return int(connection.exec_driver_sql(asked, (value,)).scalar_one())


def query_clauses(query: QueueQuery) -> tuple[list[str], list[int | str]]:
    clauses: list[str] = []
    values: list[int | str] = []
    if query.scenarios:
        clauses.append(f"scenario IN ({', '.join('?' * len(query.scenarios))})")
        values += query.scenarios
    if query.tiers:
        clauses.append(f"tier IN ({', '.join('?' * len(query.tiers))})")
        values += [TIER_RANK[tier] for tier in query.tiers]
    return clauses, values


def passes(query: QueueQuery, scenario: str, tier: int) -> bool:
    """The same filter for a task that is not in SQL."""
    if query.scenarios and scenario not in query.scenarios:
        return False
    return not query.tiers or tier in {TIER_RANK[wanted] for wanted in query.tiers}


def _section_clause(wanted: Section | None, now: int) -> tuple[list[str], list[int | str]]:
    match wanted:
        case None:
            return [], []
        case Section.DUE:
            return ["part = ?", "rank = 0", "at <= ?"], [Part.CALLBACK.value, now]
        case Section.LATER:
            return ["part = ?", "rank = 0", "at > ?"], [Part.CALLBACK.value, now]
        case Section.VIP:
            return ["part = ?"], [Part.VIP.value]
        case Section.SCENARIO:
            return ["part = ?"], [Part.SCENARIO.value]
        case Section.BLOCKED:
            return ["part = ?"], [Part.BLOCKED.value]
        case Section.UNFINISHED:
            return ["0"], []


ACROSS = frozenset(Sort) - {Sort.QUEUE}
"""sorts that go across the sections"""

"""The mirror's half of the queue: which tasks pass a filter, in which order, how many."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import msgspec
from sqlalchemy import Connection

from core.domain.task import TIER_RANK
from core.store.overlay import Hidden
from core.store.placing import SORT_COLUMNS, SORT_INDEX, Part, scenario_rank, section
from core.store.search_words import phrase
from core.store.types import QueueQuery, Section, Sort

DENSE = 5000
"""from so many hits on, walking the order until a page is full is quicker than sorting them"""
Value = int | str
_BY_SECTION = "CASE part WHEN 0 THEN (at > ?) * 4 WHEN 3 THEN 5 ELSE part + 1 END"
"""the place of a task's section among all, as types.Section has them"""


class Hit(NamedTuple):
    n: int
    part: int
    at: int
    key: tuple[Value, ...]
    """columns of the sort, after the section's place where the source goes across them"""


class Counted(NamedTuple):
    by_section: dict[Section, int]
    by_scenario: dict[str, int]
    """of the section SCENARIO"""

    def add(self, where: Section, scenario: str, tasks: int) -> None:
        self.by_section[where] += tasks
        if where is Section.SCENARIO:
            self.by_scenario[scenario] = self.by_scenario.get(scenario, 0) + tasks


def nothing_counted() -> Counted:
    return Counted(dict.fromkeys(Section, 0), {})


class Source(Protocol):
    across: bool
    """whether its order is the whole queue's, rather than that of one section at a time"""

    def fetch(self, wanted: Section | None, offset: int, limit: int) -> list[Hit]: ...

    def total(self) -> int:
        """How many there are in all sections."""
        ...

    def counts(self) -> "Counted": ...


class IndexSource:
    """Walks an index in its order; with `text`, looks at each task's words on the way."""

    def __init__(
        self, connection: Connection, query: QueueQuery, now: int, hidden: list[Hidden], text: str, hits: int
    ) -> None:
        self._connection, self._query, self._now = connection, query, now
        self._hidden, self._text, self._hits = hidden, text, hits
        self.across = query.sort is not Sort.QUEUE

    def fetch(self, wanted: Section | None, offset: int, limit: int) -> list[Hit]:
        place, values = _section_clause(wanted, self._now)
        filters, more = self._filters()
        columns = SORT_COLUMNS[self._query.sort]
        clauses = " AND ".join((*place, *filters)) or "1"
        rows = self._connection.exec_driver_sql(
            f"SELECT n, part, at, {', '.join(columns)} FROM task AS t INDEXED BY {SORT_INDEX[self._query.sort]}"
            f" WHERE {clauses} ORDER BY {', '.join(columns)} LIMIT ? OFFSET ?",
            (*values, *more, limit, offset),
        )
        return [Hit(row[0], row[1], row[2], tuple(row[3:])) for row in rows.all()]

    def total(self) -> int:
        if not self._text or self._query.scenarios or self._query.tiers:
            return sum(self.counts().by_section.values())
        hidden = _numbers(self._hidden)
        gone = self._connection.exec_driver_sql(
            "SELECT count(*) FROM json_each(?) AS j JOIN task ON n = j.value WHERE instr(words, ?)",
            (hidden, self._text),
        ).scalar_one()
        return self._hits - int(gone)

    def counts(self) -> Counted:
        return self._counts_by_scan() if self._text else self._counts_by_tally()

    def _counts_by_tally(self) -> Counted:
        clauses, values = _query_clauses(self._query)
        by_part = self._connection.exec_driver_sql(
            f"SELECT part, scenario, sum(tasks) FROM tally WHERE {' AND '.join(clauses) or '1'} GROUP BY 1, 2",
            tuple(values),
        )
        found = nothing_counted()
        for part, scenario, tasks in by_part:
            found.add(section(part, self._now + 1, self._now), scenario, tasks)
        called_back = " AND ".join(("part = 0", "rank = 0", "at <= ?", *clauses))
        due = self._connection.exec_driver_sql(
            f"SELECT count(*) FROM task INDEXED BY task_queue WHERE {called_back}",
            (self._now, *values),
        ).scalar_one()
        found.by_section[Section.DUE] += due
        found.by_section[Section.LATER] -= due
        for gone in self._hidden:
            if passes(self._query, gone.scenario, gone.tier):
                found.add(section(gone.part, gone.at, self._now), gone.scenario, -1)
        return found

    def _counts_by_scan(self) -> Counted:
        filters, values = self._filters()
        rows = self._connection.exec_driver_sql(
            "SELECT part, part = 0 AND at <= ?, scenario, count(*) FROM task NOT INDEXED"
            f" WHERE {' AND '.join(filters)} GROUP BY 1, 2, 3",
            (self._now, *values),
        )
        return _counted(rows.all(), self._now)

    def _filters(self) -> tuple[list[str], list[Value]]:
        clauses, values = _with_hidden(_query_clauses(self._query), self._hidden)
        if self._query.sort is Sort.SCENARIO and len(self._query.scenarios) == 1:
            # Said once more by the index's first column, so that its part is read alone.
            clauses.append("scenario_rank = ?")
            values.append(scenario_rank(self._query.scenarios[0]))
        if self._text:
            clauses.append("instr(words, ?)")
            values.append(self._text)
        return clauses, values


class FoundSource:
    """The hits of the search index, when they are few enough to be sorted at each look."""

    across = True

    def __init__(
        self, connection: Connection, query: QueueQuery, now: int, hidden: list[Hidden], text: str, hits: int
    ) -> None:
        self._connection, self._now, self._text = connection, now, text
        self._hits = None if query.scenarios or query.tiers or hidden else hits
        clauses, self._values = _with_hidden(_query_clauses(query), hidden)
        self._where = " AND ".join(("task_gram MATCH ?", *clauses))
        self._columns = tuple(f"t.{column}" for column in SORT_COLUMNS[query.sort])
        self._by_section = query.sort is Sort.QUEUE

    def fetch(self, wanted: Section | None, offset: int, limit: int) -> list[Hit]:
        place, more = _section_clause(wanted, self._now)
        first = f"{_BY_SECTION}, " if self._by_section else ""
        rows = self._connection.exec_driver_sql(
            f"SELECT t.n, part, at, {first}{', '.join(self._columns)} {self._from} AND {' AND '.join(place) or '1'}"
            f" ORDER BY {', '.join(str(4 + i) for i in range(len(self._columns) + self._by_section))} LIMIT ? OFFSET ?",
            (*((self._now,) if self._by_section else ()), phrase(self._text), *self._values, *more, limit, offset),
        )
        return [Hit(row[0], row[1], row[2], tuple(row[3:])) for row in rows.all()]

    def total(self) -> int:
        return sum(self.counts().by_section.values()) if self._hits is None else self._hits

    def counts(self) -> Counted:
        rows = self._connection.exec_driver_sql(
            f"SELECT part, part = 0 AND at <= ?, scenario, count(*) {self._from} GROUP BY 1, 2, 3",
            (self._now, phrase(self._text), *self._values),
        )
        return _counted(rows.all(), self._now)

    @property
    def _from(self) -> str:
        return f"FROM task_gram CROSS JOIN task AS t ON t.n = task_gram.rowid WHERE {self._where}"


def source(connection: Connection, query: QueueQuery, now: int, hidden: list[Hidden], text: str) -> Source:
    """The cheapest way to the tasks that pass; `text` is normalised."""
    if text:
        hits = matches(connection, text)
        if hits <= DENSE:
            return FoundSource(connection, query, now, hidden, text, hits)
        return IndexSource(connection, query, now, hidden, text, hits)
    return IndexSource(connection, query, now, hidden, text, 0)


def matches(connection: Connection, text: str) -> int:
    """How many tasks of the mirror have `text` in their words."""
    asked = "SELECT count(*) FROM task_gram WHERE task_gram MATCH ?"
    return int(connection.exec_driver_sql(asked, (phrase(text),)).scalar_one())


def passes(query: QueueQuery, scenario: str, tier: int) -> bool:
    """The query's filter for a task that is not in SQL."""
    if query.scenarios and scenario not in query.scenarios:
        return False
    return not query.tiers or tier in {TIER_RANK[wanted] for wanted in query.tiers}


def _query_clauses(query: QueueQuery) -> tuple[list[str], list[Value]]:
    clauses: list[str] = []
    values: list[Value] = []
    if query.scenarios:
        clauses.append(f"scenario IN ({', '.join('?' * len(query.scenarios))})")
        values += query.scenarios
    if query.tiers:
        clauses.append(f"tier IN ({', '.join('?' * len(query.tiers))})")
        values += [TIER_RANK[tier] for tier in query.tiers]
    return clauses, values


def _with_hidden(given: tuple[list[str], list[Value]], hidden: list[Hidden]) -> tuple[list[str], list[Value]]:
    clauses, values = given
    if hidden:
        clauses.append("n NOT IN (SELECT value FROM json_each(?))")
        values.append(_numbers(hidden))
    return clauses, values


def _numbers(hidden: list[Hidden]) -> str:
    return msgspec.json.encode([gone.n for gone in hidden]).decode()


def _section_clause(wanted: Section | None, now: int) -> tuple[list[str], list[Value]]:
    match wanted:
        case None:
            return [], []
        case Section.DUE:
            return ["part = ?", "t.rank = 0", "at <= ?"], [Part.CALLBACK.value, now]
        case Section.LATER:
            return ["part = ?", "t.rank = 0", "at > ?"], [Part.CALLBACK.value, now]
        case Section.VIP:
            return ["part = ?"], [Part.VIP.value]
        case Section.SCENARIO:
            return ["part = ?"], [Part.SCENARIO.value]
        case Section.BLOCKED:
            return ["part = ?"], [Part.BLOCKED.value]
        case Section.UNFINISHED:
            return ["0"], []


def _counted(rows: Sequence[Any], now: int) -> Counted:
    """Rows are (part, fell due, scenario, tasks)."""
    found = nothing_counted()
    for part, due, scenario, tasks in rows:
        found.add(Section.DUE if due else section(part, now + 1, now), scenario, tasks)
    return found

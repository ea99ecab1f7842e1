"""The queue as a window shows it: the mirror's order with the overlay merged in, page by page."""

from bisect import bisect_left
from datetime import datetime
from functools import cached_property
from operator import itemgetter

from msgspec import Struct
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.masking import mask_number
from core.domain.task import Block, Task, TaskCustomer, TaskState
from core.domain.text import Text
from core.store import overlay
from core.store.overlay import Laid, LaidTasks, Overlay
from core.store.placing import SECTION_ORDER, scenario_rank, section, sort_key
from core.store.queue_source import Counted, Hit, Source, passes, source
from core.store.search_words import normalised, words
from core.store.times import micros
from core.store.types import Found, QueueCounts, QueuePage, QueueQuery, QueueRow, Section, Sort

Entry = Hit | Laid


class QueueView:
    """One look at the queue within one transaction."""

    def __init__(self, connection: Connection, query: QueueQuery, standing: LaidTasks) -> None:
        self._connection, self._query, self._sliced = connection, query, standing.sliced
        self._now = micros(query.now)
        self._text = normalised(query.text)
        # The overlay is read first: a mirror read after it can only be newer, which its revisions tell.
        self._overlay: Overlay = overlay.load(connection, query.now, standing)
        self._source: Source = source(connection, query, self._now, self._overlay.hidden, self._text)
        self._by_section = self._source.across and query.sort is Sort.QUEUE
        shown = (one for one in standing.sliced(self._overlay.laid) if self._shows(one))
        laid = sorted(((self._key(one), one) for one in shown), key=itemgetter(0))
        self._laid = [one for _, one in laid]
        self._keys = [key for key, _ in laid]

    def page(self, offset: int, limit: int) -> list[QueueRow]:
        if self._source.across or self._query.section is not None:
            return self._rows(self._segment(self._query.section, offset, limit))
        counts = self._counted.by_section if offset else None
        found: list[Entry] = []
        for wanted in Section:
            if counts is not None and offset >= counts[wanted]:
                offset -= counts[wanted]
                continue
            found += self._segment(wanted, offset, limit - len(found))
            offset = 0
            if len(found) >= limit:
                break
        return self._rows(found)

    def counts(self) -> QueueCounts:
        found, by_scenario = self._counted
        wanted = self._query.section
        return QueueCounts(
            total=sum(found.values()) if wanted is None else found[wanted],
            by_section=found,
            by_scenario={name: by_scenario[name] for name in sorted(by_scenario, key=_in_order) if by_scenario[name]},
        )

    @cached_property
    def _counted(self) -> Counted:
        found = self._source.counts()
        for laid in self._laid:
            found.add(laid.section, laid.place.scenario, 1)
        return found

    def look(self, offset: int, limit: int) -> QueuePage:
        return QueuePage(counts=self.counts(), rows=self.page(offset, limit))

    def found(self, limit: int) -> Found:
        """Total and first rows of a search over all sections."""
        return Found(total=self._source.total() + len(self._laid), rows=self.page(0, limit))

    def _segment(self, wanted: Section | None, offset: int, limit: int) -> list[Entry]:
        if wanted is None:
            return _merged(self._source, wanted, self._laid, self._keys, offset, limit)
        here = [at for at, one in enumerate(self._laid) if one.section is wanted]
        laid, keys = [self._laid[at] for at in here], [self._keys[at] for at in here]
        return _merged(self._source, wanted, laid, keys, offset, limit)

    def _key(self, laid: Laid) -> tuple[int | str, ...]:
        key = sort_key(laid.place, self._query.sort)
        return (SECTION_ORDER[laid.section], *key) if self._by_section else key

    def _shows(self, laid: Laid) -> bool:
        if not passes(self._query, laid.place.scenario, laid.place.tier):
            return False
        return not self._text or self._text in words(laid.task)

    def _rows(self, entries: list[Entry]) -> list[QueueRow]:
        bodies = overlay.task_bodies(self._connection, (e.n for e in entries if isinstance(e, Hit)))
        return [
            _row(e.task, e.section, e.later_until, self._overlay.drafts)
            if isinstance(e, Laid)
            else _row(_SHOWN.decode(bodies[e.n]), section(e.part, e.at, self._now), None, self._overlay.drafts)
            for e in self._sliced(entries)
        ]


def _in_order(scenario: str) -> tuple[int, str]:
    return scenario_rank(scenario), scenario


def _merged(
    hits: Source,
    wanted: Section | None,
    laid: list[Laid],
    keys: list[tuple[int | str, ...]],
    offset: int,
    limit: int,
) -> list[Entry]:
    """Rows `offset` … `offset + limit` of two ordered lists as one, without reading the longer from its start."""
    start = max(0, offset - len(laid))
    window = hits.fetch(wanted, start, offset - start + limit)
    if not window and start:
        start, window = _tail(hits, wanted, start)
    before = bisect_left(keys, window[0].key) if start and window else 0
    entries: list[tuple[tuple[int | str, ...], Entry]] = [(hit.key, hit) for hit in window]
    if laid:
        entries += zip(keys[before:], laid[before:], strict=True)
        entries.sort(key=lambda entry: entry[0])
    first = offset - (start + before)
    return [entry for _, entry in entries[first : first + limit]]


def _tail(hits: Source, wanted: Section | None, past: int) -> tuple[int, list[Hit]]:
    """The last hit before a position beyond the end, and its index."""
    low, high = 0, past
    while low < high:
        middle = (low + high) // 2
        if hits.fetch(wanted, middle, 1):
            low = middle + 1
        else:
            high = middle
    start = max(0, low - 1)
    return start, hits.fetch(wanted, start, 1)


class _Shown(Struct):
    """Of a task, what a row shows: reading the rest would take as long again."""

    id: str
    customer_id: str
    scenario: str
    state: TaskState
    reason: Text
    customer: TaskCustomer
    figure: Text | None = None
    area: str = ""
    due_at: datetime | None = None
    callback_at: datetime | None = None
    callback_agreed: bool = True
    attempts: int = 0
    block: Block | None = None


_SHOWN = decoding.decoder(_Shown)


def _row(task: Task | _Shown, where: Section, later_until: datetime | None, drafts: frozenset[str]) -> QueueRow:
    who = task.customer
    return QueueRow(
        task_id=task.id,
        customer_id=task.customer_id,
        name=who.name,
        tier=who.tier,
        scenario=task.scenario,
        reason=task.reason,
        figure=task.figure,
        section=where,
        due_at=task.due_at,
        callback_at=task.callback_at,
        callback_agreed=task.callback_agreed,
        later_until=later_until,
        state=task.state,
        block=task.block,
        attempts=task.attempts,
        has_draft=task.id in drafts,
        number_count=len(who.numbers),
        number_masked=mask_number(who.numbers[0]) if who.numbers else "",
        area=task.area,
    )

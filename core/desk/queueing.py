"""The queue as the desk works it, in its groups."""

from typing import NamedTuple

from core.desk.desk import Desk
from core.desk.loose_calls import loose_calls
from core.desk.taskless import taskless
from core.store.types import QueueCounts, QueueQuery, QueueRow, Section, Sort

NO_TASK = "no_task"
"""in place of a scenario: the group of customers who have no task"""


class Group(NamedTuple):
    """A run of rows under one heading; `section` is None where a sort goes across all of them."""

    section: Section | None
    scenario: str
    """set where the rows of SCENARIO are told apart"""
    rows: int


class Page(NamedTuple):
    groups: list[Group]
    offset: int
    rows: list[QueueRow]


def page(desk: Desk, query: QueueQuery, *, offset: int, limit: int) -> Page:
    """Rows from `offset` with the groups of the whole queue; below what a search finds, customers without a task."""
    tasks, people = _tasks(desk, query, offset=offset, limit=limit), taskless(desk, query)
    if not people:
        return tasks
    total = sum(group.rows for group in tasks.groups)
    first = max(offset - total, 0)
    room = limit - len(tasks.rows) if offset + len(tasks.rows) >= total else 0
    return Page(
        [*tasks.groups, Group(None, NO_TASK, len(people))], offset, [*tasks.rows, *people[first : first + room]]
    )


def _tasks(desk: Desk, query: QueueQuery, *, offset: int, limit: int) -> Page:
    """Calls without a task stand among the unfinished."""
    loose = loose_calls(desk, query)
    # They stand somewhere between; a few tasks more are read than may be wanted, so that any overlap is at hand.
    first = max(offset - len(loose), 0)
    look = desk.store.look(query, offset=first, limit=limit + len(loose))
    found, tasks = groups(desk, query, look.counts), look.rows
    if not loose:
        return Page(found, offset, tasks)
    place = next((i for i, group in enumerate(found) if group.section is not Section.DUE), len(found))
    at = sum(group.rows for group in found[:place])
    if place < len(found) and found[place].section is Section.UNFINISHED:
        found[place] = found[place]._replace(rows=found[place].rows + len(loose))
    else:
        found.insert(place, Group(Section.UNFINISHED, "", len(loose)))
    if first > at:
        return Page(found, offset, tasks[:limit])
    rows = [*tasks[: at - first], *loose, *tasks[at - first :]]
    return Page(found, offset, rows[offset - first :][:limit])


def groups(desk: Desk, query: QueueQuery, counts: QueueCounts) -> list[Group]:
    if query.sort is not Sort.QUEUE:
        return [Group(None, "", counts.total)] if counts.total else []
    found: list[Group] = []
    for section in Section:
        rows = counts.by_section.get(section, 0)
        if query.section not in (None, section) or not rows:
            continue
        if section is Section.SCENARIO:
            known = set(desk.scenarios())
            found += [Group(section, name if name in known else "", n) for name, n in counts.by_scenario.items()]
        else:
            found.append(Group(section, "", rows))
    return found

"""A script as a drawn graph: steps in columns from its start, answers as edges between them. Pure; knows no pixels.

The columns are the longest way from the start (Sugiyama's layering), so that answers lead to the right; an answer that
leads back, in a loop, is marked as one. Within a column steps stand near those that lead to them (barycentre, swept
forth and back).
"""

from collections.abc import Iterable
from typing import NamedTuple

from core.domain.script import Script, Step
from core.guidance.conversation import END

SWEEPS = 6


class Node(NamedTuple):
    step: Step
    column: int
    """from 0, the start's"""
    row: int
    """from 0, the uppermost of its column"""
    stage: int
    """its place among the script's stages"""
    ends: tuple[int, ...]
    """digits of the answers that end the call"""


class Edge(NamedTuple):
    start: str
    to: str
    digits: tuple[int, ...]
    """of the answers that lead along it, from 1"""
    back: bool
    """leads back: a loop"""


class Graph(NamedTuple):
    nodes: dict[str, Node]
    """by step id, column by column"""
    edges: tuple[Edge, ...]
    columns: int
    rows: int
    """of the fullest column"""


def graph_of(script: Script) -> Graph:
    """Every step of a script that the checker has found sound."""
    steps = {step.id: step for step in script.steps}
    leads = {step.id: _targets(step, steps) for step in script.steps}
    back = _loops([script.start, *steps], leads)
    column = _columns(steps, leads, back)
    placed = _rows(_by_column(steps, column), leads)
    stages = {stage.id: at for at, stage in enumerate(script.stages)}
    nodes = {
        name: Node(
            step=steps[name],
            column=column[name],
            row=row,
            stage=stages.get(steps[name].stage, 0),
            ends=tuple(digit for digit, answer in enumerate(steps[name].answers, 1) if answer.to == END),
        )
        for names in placed
        for row, name in enumerate(names)
    }
    edges = tuple(
        Edge(name, to, digits, (name, to) in back) for name, targets in leads.items() for to, digits in targets.items()
    )
    return Graph(nodes, edges, len(placed), max((len(names) for names in placed), default=0))


def _targets(step: Step, steps: dict[str, Step]) -> dict[str, tuple[int, ...]]:
    """Where the answers lead, each with their digits."""
    found: dict[str, tuple[int, ...]] = {}
    for digit, answer in enumerate(step.answers, start=1):
        if answer.to in steps:
            found[answer.to] = (*found.get(answer.to, ()), digit)
    return found


def _loops(roots: Iterable[str], leads: dict[str, dict[str, tuple[int, ...]]]) -> set[tuple[str, str]]:
    """The edges that lead back to a step which is still being walked from, depth first in the order of the answers."""
    back: set[tuple[str, str]] = set()
    done: set[str] = set()
    for root in roots:
        if root in done:
            continue
        walking, stack = {root}, [(root, iter(leads[root]))]
        while stack:
            name, ahead = stack[-1]
            to = next(ahead, None)
            if to is None:
                stack.pop()
                walking.discard(name)
                done.add(name)
            elif to in walking:
                back.add((name, to))
            elif to not in done:
                walking.add(to)
                stack.append((to, iter(leads[to])))
    return back


def _columns(
    steps: Iterable[str], leads: dict[str, dict[str, tuple[int, ...]]], back: set[tuple[str, str]]
) -> dict[str, int]:
    """The longest way to each step, loops left out."""
    ahead = {name: [to for to in leads[name] if (name, to) not in back] for name in steps}
    waits = dict.fromkeys(ahead, 0)
    for targets in ahead.values():
        for to in targets:
            waits[to] += 1
    column = dict.fromkeys(ahead, 0)
    ready = [name for name, count in waits.items() if count == 0]
    while ready:
        name = ready.pop()
        for to in ahead[name]:
            column[to] = max(column[to], column[name] + 1)
            waits[to] -= 1
            if waits[to] == 0:
                ready.append(to)
    return column


def _by_column(steps: Iterable[str], column: dict[str, int]) -> list[list[str]]:
    placed: list[list[str]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for name in steps:
        placed[column[name]].append(name)
    return placed


def _rows(placed: list[list[str]], leads: dict[str, dict[str, tuple[int, ...]]]) -> list[list[str]]:
    """Each column in the order of its neighbours' rows, so that edges cross little."""
    near: dict[str, list[str]] = {name: list(targets) for name, targets in leads.items()}
    for name, targets in leads.items():
        for to in targets:
            near[to].append(name)
    for sweep in range(SWEEPS):
        row = {name: at for names in placed for at, name in enumerate(names)}
        for names in placed if sweep % 2 == 0 else reversed(placed):
            middle = {
                name: sum(row[other] for other in near[name]) / len(near[name]) if near[name] else row[name]
                for name in names
            }
            names.sort(key=lambda name: middle[name])
            row.update({name: at for at, name in enumerate(names)})
    return placed

"""Groups of calls that met the same problem, each with a name, its words, and three calls to listen to."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from math import ceil

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from core.domain.causes import OTHER, CauseWords
from core.domain.text import Text
from core.review.causes.clauses import PAIR, Cutter, Note
from core.review.causes.grouping import NONE, Labels, grouped, nearest
from core.review.causes.weights import Matrix, Weights

EXAMPLES = 3
LEARNT_FROM = 12_000
"""of more notes an even part makes the groups; the others join the nearest"""
_BLOCK = 4_000
_CUT_AT_ONCE = 250
_OTHER_LABEL = Text("其他", "Other")
_SHARE_THAT_NAMES = 0.5
_WORDS = 5
"""that are told of a group"""


class Problem(Struct, frozen=True, kw_only=True):
    """What one call says of its problem."""

    call: int
    """which call: the caller's own number"""
    reason: Text | None = None
    """the label of the reason that was chosen"""
    note: str = ""
    """what the agent wrote; empty for what the program wrote by itself"""


class Cluster(Struct, frozen=True, kw_only=True):
    """Calls that met one problem."""

    key: str
    """stays the same from day to day, as long as the group is about the same: a name that was given hangs on it"""
    label: Text
    words: tuple[str, ...]
    """that set it apart, the most telling first"""
    calls: tuple[int, ...]
    examples: tuple[int, ...]
    """three calls (fewer of a smaller group) that are like most others, and not worded alike"""


def clusters(
    problems: Sequence[Problem], content: CauseWords, *, told: Callable[[int], None] = lambda done: None
) -> list[Cluster]:
    """The groups, the largest first, what is like nothing else last; calls that say nothing are in none.

    Always the same for the same problems. `told` hears how many are cut into words, which is what takes the time."""
    cutter = Cutter(content)
    notes: list[Note] = []
    for begin in range(0, len(problems), _CUT_AT_ONCE):
        told(begin)
        notes += [_cut(cutter, one) for one in problems[begin : begin + _CUT_AT_ONCE]]
    telling = [at for at, note in enumerate(notes) if note.words or note.causes]
    if not telling:
        return []
    spoken = [notes[at] for at in telling]
    learnt = spoken[:: max(1, ceil(len(spoken) / LEARNT_FROM))]
    weights = Weights(learnt, len(content.causes))
    _, centres = grouped(weights.rows(learnt), weights.causes, _plain(learnt), least=_least(len(learnt)))
    labels, alike = _joined(weights, spoken, centres)
    return _named([problems[at] for at in telling], weights, centres, labels, alike, content)


def _least(notes: int) -> int:
    """The smallest group that is worth a line."""
    return max(2, ceil(notes / 150))


def _plain(notes: Sequence[Note]) -> NDArray[np.bool_]:
    return np.fromiter((note.told for note in notes), bool, len(notes))


def _cut(cutter: Cutter, problem: Problem) -> Note:
    reason = problem.reason.zh if problem.reason else ""
    return cutter.note("。".join(part for part in (reason, problem.note) if part))


def _joined(weights: Weights, notes: Sequence[Note], centres: Matrix) -> tuple[Labels, Matrix]:
    """The group of every note, and how like its centre it is; by blocks, so that memory stays bounded."""
    labels, alike = [], []
    for begin in range(0, len(notes), _BLOCK):
        rows = weights.rows(notes[begin : begin + _BLOCK])
        found = nearest(rows, centres, weights.causes, _plain(notes[begin : begin + _BLOCK]))
        labels.append(found)
        inside = centres[np.maximum(found, 0)] if len(centres) else np.zeros_like(rows)
        alike.append(np.where(found >= 0, (rows * inside).sum(axis=1), 0).astype(np.float32))
    return np.concatenate(labels), np.concatenate(alike)


def _named(
    problems: Sequence[Problem],
    weights: Weights,
    centres: Matrix,
    labels: Labels,
    alike: Matrix,
    content: CauseWords,
) -> list[Cluster]:
    made: list[Cluster] = []
    used: set[str] = set()
    for group in [*range(len(centres)), NONE]:
        inside = np.flatnonzero(labels == group)
        if not len(inside):
            continue
        inside = inside[np.argsort(-alike[inside], kind="stable")]
        mine = [problems[int(at)] for at in inside]
        key, label, words = (
            _name(weights, centres[group], content, mine) if group != NONE else (OTHER, _OTHER_LABEL, ())
        )
        while key in used:
            key += "'"
        used.add(key)
        calls = tuple(one.call for one in mine)
        made.append(Cluster(key=key, label=label, words=words, calls=calls, examples=_examples(mine)))
    made.sort(key=lambda one: (one.key == OTHER, -len(one.calls), one.key))
    return made


def _name(
    weights: Weights, centre: Matrix, content: CauseWords, problems: Sequence[Problem]
) -> tuple[str, Text, tuple[str, ...]]:
    """A known cause's name; else the reason that most of its calls have; else its words."""
    split = len(weights.words)
    order = np.argsort(-centre[:split], kind="stable")
    telling = (weights.words[at] for at in order if centre[at] > 0 and not weights.words[at].startswith(PAIR))
    words = tuple(islice(telling, _WORDS))
    told = centre[split:]
    if len(told) and told.max() >= _SHARE_THAT_NAMES:
        cause = content.causes[int(told.argmax())]
        return cause.code, cause.label, words
    reasons = Counter(one.reason for one in problems if one.reason is not None)
    usual, count = reasons.most_common(1)[0] if reasons else (None, 0)
    if usual is not None and count >= _SHARE_THAT_NAMES * len(problems):
        return usual.zh, usual, words
    few = words[:3] or tuple(weights.words[at].removeprefix(PAIR) for at in order[:1])
    return "+".join(sorted(few)), Text("、".join(few), ", ".join(few)), words


def _examples(problems: Sequence[Problem]) -> tuple[int, ...]:
    """The most alike ones that are not worded the same; with notes before those of a reason alone."""
    chosen: list[int] = []
    said: set[str] = set()
    for one in sorted(problems, key=lambda one: not one.note):
        if one.note not in said:
            chosen.append(one.call)
            said.add(one.note)
        if len(chosen) == EXAMPLES:
            return tuple(chosen)
    rest = (one.call for one in problems if one.call not in chosen)
    return (*chosen, *[call for call, _ in zip(rest, range(EXAMPLES - len(chosen)), strict=False)])

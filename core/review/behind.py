"""The calls behind a figure: which rows it counts, the newest first."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from core.review.choice import Choice, rows_of, taken
from core.review.derive import ON_TIME_S
from core.review.frame import Array, Frame, Stage, Table
from core.review.measures import DEFINITIONS, Measure

PROMISES = ("promised", "kept")
"""counts of promised callbacks: behind them stand the calls of the period to those customers"""
OFFER = "offer:"
MOST = 500
"""listed at once; the count says how many there are"""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody pressed on: a fact of calls, within the choice, narrowed by words and numbers of columns."""

    choice: Choice
    fact: str
    """a count of core.review.tally, `stage:` + a bit of Stage, `offer:` + its id, or one of _FACTS"""
    words: dict[str, str] = field(default_factory=dict)
    """column → word"""
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    """column → least and most"""


@dataclass(frozen=True, slots=True)
class Behind:
    rows: tuple[int, ...]
    """of `Frame.calls`, the newest first, MOST at most"""
    count: int


def of_measure(measure: Measure, choice: Choice, *, whole: bool = False) -> Question:
    """The calls that a measure counts: those of its part, or all that it divides by."""
    made = DEFINITIONS[measure]
    return Question(choice, made.whole if whole and made.whole else made.part)


def behind(frame: Frame, question: Question) -> Behind:
    calls = frame.calls
    picked = rows_of(calls, question.choice)
    chosen = np.arange(len(calls)) if picked is None else picked
    if question.fact.startswith(OFFER):
        chosen = chosen[np.isin(chosen, _offered(frame, question.fact.removeprefix(OFFER)))]
    elif question.fact in PROMISES:
        chosen = chosen[np.isin(calls["customer"][chosen], _promised(frame, question))]
    else:
        chosen = chosen[_has(calls, question.fact)[chosen]]
    for column, word in question.words.items():
        chosen = chosen[calls[column][chosen] == calls.code(column, word)]
    for column, (least, most) in question.numbers.items():
        values = calls[column][chosen]
        chosen = chosen[(values >= least) & (values <= most)]
    newest = chosen[np.argsort(-calls["at"][chosen].astype(np.int64), kind="stable")][:MOST]
    return Behind(tuple(newest.tolist()), len(chosen))


def _offered(frame: Frame, offer: str) -> Array:
    """The rows in which an offer was told of."""
    table = frame.offers
    rows: Array = table["call"][table["offer"] == table.code("offer", offer)]
    return rows


def _promised(frame: Frame, question: Question) -> Array:
    """The customers to whom a callback was promised for the period; of `kept` those who were called in time."""
    table = frame.callbacks
    rows = rows_of(table, question.choice)
    wanted = table["due"] & ((table["off_s"] <= ON_TIME_S) | (question.fact == "promised"))
    customers: Array = taken(table["customer"], rows)[taken(wanted, rows)]
    return customers


def _has(calls: Table, fact: str) -> Array:
    """Which rows have the fact."""
    found = _FACTS.get(fact)
    if found is not None:
        return found(calls)
    if fact.startswith("stage:"):
        bit: Array = (calls["stages"] & np.uint8(int(fact.removeprefix("stage:")))) > 0
        return bit
    name, _, days = fact.rpartition("_")
    if name in ("on_net", "attempts", "young", "left"):
        return _after(calls, name, days)
    return calls[fact]


def _after(calls: Table, name: str, days: str) -> Array:
    state = calls[f"on_net_{days}"]
    wanted = {"on_net": state == 1, "left": state == 0, "attempts": state >= 0, "young": state == -1}[name]
    found: Array = calls["owner"] & wanted
    return found


_FACTS: dict[str, Callable[[Table], Array]] = {
    "calls": lambda calls: np.ones(len(calls), dtype=bool),
    "lost": lambda calls: calls["owner"] & ~calls["claimed"],
    "handled": lambda calls: calls["connected"] | calls["inbound"],
    "handle_s": lambda calls: calls["connected"] | calls["inbound"],
    "talk_s": lambda calls: calls["connected"] | calls["inbound"],
    "wrap_s": lambda calls: calls["connected"] | calls["inbound"],
    "saved_on_net": lambda calls: ((calls["stages"] & np.uint8(Stage.SUCCESS)) > 0) & (calls["on_net_30"] == 1),
}

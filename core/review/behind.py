"""The calls behind a figure: which rows it counts, the newest first."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from core.review.about_work import calls_about
from core.review.aside import table_of
from core.review.choice import Choice, rows_of, taken
from core.review.derive import ON_TIME_S
from core.review.frame import Array, Frame, Stage, Table
from core.review.hung import hung
from core.review.measures import DEFINITIONS, Kind, Measure
from core.review.snapshots import Place, has_place

PROMISES = ("promised", "kept")
"""counts of promised callbacks: behind them stand the calls of the period to those customers"""
OFFER = "offer:"
_TOGETHER = {"new_services": ("orders", "offers_taken", "later_orders"), "orders_known": ("orders_all",)}
"""counts that are sums of others"""
MOST = 500
"""listed at once; the count says how many there are"""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody pressed on: a fact of calls, within the choice, narrowed by words and numbers of columns."""

    choice: Choice
    fact: str
    """a count of core.review.tally, aside or hung, `stage:` + a bit of Stage, `offer:` + its id, or one of _FACTS"""
    words: dict[str, str] = field(default_factory=dict)
    """column → word"""
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    """column → least and most"""
    place: Place | None = None
    """in a package's snapshot: calls with its customers alone"""


@dataclass(frozen=True, slots=True)
class Behind:
    rows: tuple[int, ...]
    """of `Frame.calls`, the newest first, MOST at most"""
    count: int


def of_measure(measure: Measure, choice: Choice, *, whole: bool = False) -> Question:
    """The calls that a measure counts: those of its part, or all that it divides by. Of means all."""
    made = DEFINITIONS[measure]
    mean = made.kind in (Kind.MEAN_POINTS, Kind.MEAN_DAYS) or made.part == "contact_s"
    return Question(choice, made.whole if made.whole and (whole or mean) else made.part)


def behind(frame: Frame, question: Question) -> Behind:
    return newest(frame, _narrowed(frame.calls, _chosen(frame, question), question))


def newest(frame: Frame, chosen: Array) -> Behind:
    """The newest of these rows."""
    listed = chosen[np.argsort(-frame.calls["at"][chosen].astype(np.int64), kind="stable")][:MOST]
    return Behind(tuple(listed.tolist()), len(chosen))


def _chosen(frame: Frame, question: Question) -> Array:
    """The rows that have the fact, narrowed to the choice."""
    calls, fact = frame.calls, question.fact
    if fact not in PROMISES and table_of(fact) is not None and fact != "elsewhere":
        return calls_about(frame, fact, question.choice)
    picked = rows_of(calls, question.choice)
    chosen: Array = np.arange(len(calls)) if picked is None else picked
    if fact.startswith(OFFER):
        return chosen[np.isin(chosen, _offered(frame, fact.removeprefix(OFFER)))]
    if fact in PROMISES:
        return chosen[np.isin(calls["customer"][chosen], _promised(frame, question))]
    hanging, names = hung(frame), _TOGETHER.get(fact, (fact,))
    if names[0] in hanging:
        return chosen[np.isin(chosen, np.concatenate([hanging[name].calls for name in names]))]
    return chosen[_has(calls, fact)[chosen]]


def _narrowed(calls: Table, chosen: Array, question: Question) -> Array:
    for column, word in question.words.items():
        chosen = chosen[calls[column][chosen] == calls.code(column, word)]
    for column, (least, most) in question.numbers.items():
        values = calls[column][chosen]
        chosen = chosen[(values >= least) & (values <= most)]
    return chosen if question.place is None else chosen[has_place(calls, question.place)[chosen]]


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

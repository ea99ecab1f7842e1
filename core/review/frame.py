"""The frame: what a review works on, a row a call, and beside it offers, promised callbacks and dispatched tasks.

A column is a numpy array. Words (who, where, what about) are integer codes into the table's `words`, so that a million
rows are filtered and grouped without touching one string; code 0 is always the empty word: not known, not asked, none.
Days are calendar days in China counted from 1970-01-01, times are seconds since 1970 in UTC, durations seconds.

Rows are calls that stand: of a record and its corrections the last one, on the day of the call. An agent who changed
teams counts where they were at the time. `load` in `core.review.packs` makes a frame, `columns` here say what is in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Array: TypeAlias = NDArray[Any]
EPOCH = date(1970, 1, 1)
NOT_DUE, LEFT, ON_NET, UNKNOWN = -1, 0, 1, -2
"""values of `on_net_7`, `on_net_14`, `on_net_30`: younger than so many days, left the net by then, still on it, and
nobody has said how the net stood then"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: str
    """numpy's name of the type; `code` for words, of whatever width holds them"""
    what: str


CALLS: tuple[Column, ...] = (
    Column("at", "uint32", "when the number was dialled, else recorded; the server's time where the desk's was wrong"),
    Column("day", "int32", "the calendar day of `at`"),
    Column("hour", "int8", "hour of `at` in China, 0 to 23"),
    Column("weekday", "int8", "0 Monday to 6 Sunday, of `day`"),
    Column("team", "code", "id of the team that the agent was in"),
    Column("agent", "code", "staff number"),
    Column("role", "code", "domain.people.Role that the agent has now"),
    Column("scenario", "code", "id of the script and of the dispositions"),
    Column("campaign", "code", "id of the list that the task came with; empty without a task"),
    Column("area", "code", "of the customer"),
    Column("tier", "code", "domain.task.Tier of the customer: diamond, gold, silver, none"),
    Column("value", "code", "value tier of the customer (domain.customer.Value)"),
    Column("customer", "int64", "stands for the customer: equal for equal customers, says nothing of them"),
    Column("contact", "code", "domain.outcome.Contact: whom the call reached"),
    Column(
        "left_day", "int32", "the day, since 1970, on which the customer left the net after the call; 0: not known to"
    ),
    Column("snapshots", "code", "the customer's places in the snapshots of packages (core.review.snapshots)"),
    Column("result", "code", "code of the scenario's dispositions"),
    Column("reason", "code", "code of the scenario's reasons (OUTCOME-02)"),
    Column("next_brand", "code", "of who leaves: where to, as told (OUTCOME-01)"),
    Column("dealer", "code", "who acquired the customer (EVAL-05)"),
    Column("false_dealer", "code", "the same, where customer data were found false (OUTCOME-09)"),
    Column("order", "code", "domain.order_state.OrderState that decides over the sale; empty: no order"),
    Column("dialled", "bool", "a number was dialled: outbound, not closed without a call"),
    Column("connected", "bool", "dialled and answered by anybody"),
    Column("owner", "bool", "dialled or called in, and spoke to the owner: a right-party contact, and a save attempt"),
    Column("effective", "bool", "spoke to the owner for at least EFFECTIVE_S seconds"),
    Column("claimed", "bool", "the agent recorded a success"),
    Column("success", "bool", "claimed, and each order of it that can be told of was accepted"),
    Column("awaited", "bool", "claimed, and an order of it is still under way"),
    Column("inbound", "bool", "the customer called"),
    Column("opt_out", "bool", "no further calls wanted (OUTCOME-11)"),
    Column(
        "superseded", "bool", "recorded after the task had gone to somebody else: a call made, not the task's result"
    ),
    Column("corrected", "bool", "this record corrects an earlier one"),
    Column("clock_wrong", "bool", "the desk's clock was wrong: `at` is when the server received the record"),
    Column("verified", "bool", "the owner's identity was verified in the call (EVAL-05)"),
    Column("false_data", "bool", "customer data were found false (OUTCOME-09)"),
    Column("tasked", "bool", "a dispatched task was called"),
    Column("ordered", "bool", "a plan or line was ordered in it, whatever became of the order"),
    Column("measured", "bool", "`talk_s` was measured by telephony; else the agent's flow stated it"),
    Column("talk_s", "int32", "seconds of talk, hold included"),
    Column("wrap_s", "int32", "seconds of wrap-up"),
    Column("offers_made", "uint8", "offers beyond plans that were told of, whatever the customer said"),
    Column("offers_accepted", "uint8", "of them those accepted"),
    Column("offers_refused", "uint8", "of them those refused"),
    Column("stages", "uint8", "bits of Stage: which stages of its task this call was the first to reach"),
    Column("on_net_7", "int8", "the customer's line 7 days after: ON_NET, LEFT, NOT_DUE, UNKNOWN"),
    Column("on_net_14", "int8", "14 days after"),
    Column("on_net_30", "int8", "30 days after"),
    Column("pack", "int32", "index into Frame.packs: where the call's details lie"),
    Column("row", "int32", "row in that pack"),
)
OFFERS: tuple[Column, ...] = (
    Column("call", "int32", "row in `calls`"),
    Column("offer", "code", "id of the offer"),
    Column("kind", "code", "domain.offer_kind.OfferKind, or one that a later program knows"),
    Column("reply", "code", "domain.offered.Reply: made, accepted, refused"),
    Column("cost_fen", "int64", "what it costs the operator, where accepted"),
    Column("price_fen", "int64", "what the customer pays for it, where accepted"),
)
_WHOSE = tuple(
    Column(name, "code", "as for calls") for name in
    ("team", "agent", "role", "scenario", "campaign", "area", "tier", "value", "dealer")
)  # fmt: skip
CALLBACKS: tuple[Column, ...] = (
    Column("day", "int32", "the calendar day on which it was promised for"),
    Column("hour", "int8", "hour in China"),
    Column("team", "code", "of the agent who promised"),
    Column("agent", "code", "who promised"),
    Column("scenario", "code", "of the call in which it was promised"),
    Column("campaign", "code", "as for calls, and the next three"),
    Column("area", "code", ""),
    Column("tier", "code", ""),
    Column("value", "code", ""),
    Column("dealer", "code", ""),
    Column("role", "code", ""),
    Column("customer", "int64", "as for calls"),
    Column("called", "bool", "a call to the customer was dialled between the promise and the end of the day after"),
    Column("off_s", "int32", "seconds between the promised moment and the nearest dial; NEVER without one"),
    Column("due", "bool", "its 15 minutes were over when the pack was made"),
)
DISPATCHED: tuple[Column, ...] = (
    Column("day", "int32", "the calendar day on which the tasks came to a desk for the first time"),
    Column("team", "code", "of that desk"),
    Column("agent", "code", "whose desk it was"),
    Column("scenario", "code", ""),
    Column("campaign", "code", ""),
    Column("area", "code", ""),
    Column("tier", "code", ""),
    Column("value", "code", ""),
    Column("dealer", "code", ""),
    Column("role", "code", ""),
    Column("tasks", "int32", "how many"),
)
PROMISES: tuple[Column, ...] = (
    Column("at", "uint32", "when it is due"),
    Column("day", "int32", "the calendar day of `at`"),
    Column("made_at", "uint32", "when it was made"),
    Column("settled_at", "uint32", "when it was kept, broken or released; 0: not yet"),
    *_WHOSE,
    Column("customer", "int64", "as for calls"),
    Column("kind", "code", "domain.promise.PromiseKind"),
    Column("state", "code", "domain.promise.PromiseState"),
)
"""promises to customers; the agent is who owes it now"""
CONTACTS: tuple[Column, ...] = (
    Column("at", "uint32", "by when the customer was owed a first word (KPI-08)"),
    Column("day", "int32", "the calendar day of `at`"),
    Column("began_at", "uint32", "when the case was opened"),
    *_WHOSE,
    Column("customer", "int64", "as for calls"),
    Column("opened_by", "code", "domain.case.OpenedBy"),
    Column("state", "code", "in_time, late, or open: neither spoken to nor late yet"),
    Column("took_s", "int32", "seconds from the opening to the first word; NEVER without one"),
)
"""a row a repair case; the agent is its owner now"""
CLOSINGS: tuple[Column, ...] = (
    Column("at", "uint32", "when the case was closed"),
    Column("day", "int32", "the calendar day of `at`"),
    Column("began_at", "uint32", "when it was opened"),
    *_WHOSE,
    Column("customer", "int64", "as for calls"),
    Column("opened_by", "code", "domain.case.OpenedBy"),
    Column("satisfaction", "code", "domain.case.Satisfaction"),
)
SCORES: tuple[Column, ...] = (
    Column("call", "int32", "row in `calls`"),
    Column("card", "code", "id of the scorecard"),
    Column("points", "int16", "0 to 100, as it stands"),
    Column("passed", "uint8", "1: at the pass mark, and no instant fail"),
    Column("missed", "int16", "items that were not done (QA-01)"),
    Column("wrong", "int16", "items that were done wrongly (QA-01)"),
)
LATER: tuple[Column, ...] = (
    Column("call", "int32", "row in `calls`: the one that is held to be the cause (OUTCOME-07)"),
    Column("kind", "code", "domain.later_event.LaterKind"),
    Column("what", "code", "plan or offer; empty: the source does not say"),
    Column("days", "int16", "whole days after the call"),
    Column("fen", "int64", "money that came in (OFFER-06); 0 of other kinds"),
)
ELSEWHERE: tuple[Column, ...] = (
    Column("day", "int32", "the calendar day of the order"),
    *_WHOSE,
    Column("kind", "code", "domain.later_event.LaterKind"),
    Column("what", "code", "plan or offer; empty: the source does not say"),
)
"""orders of customers whom no call is known to have brought to it; the agent is the customer's manager"""
IN_TIME, LATE, OPEN = "in_time", "late", "open"
"""states of a first contact"""
NEVER = 2**31 - 1
EFFECTIVE_S = 30
"""a talk with the owner below that told nobody anything"""


class Stage:
    """Bits of `stages`. A task reaches each of them once, in the call that did it first."""

    DIALLED, OWNER, EFFECTIVE, SUCCESS = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of one length, and the words behind the codes."""

    columns: Mapping[str, Array]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """by column; the code is the place in it"""

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> Array:
        return self.columns[name]

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def code(self, name: str, word: str) -> int:
        """The code of a word; −1 where no row can have it."""
        try:
            return self.words[name].index(word)
        except ValueError:
            return -1

    def word(self, name: str, row: int) -> str:
        """The word in a row."""
        return self.words[name][int(self.columns[name][row])]

    def where(self, rows: Array) -> Table:
        """The rows of a mask or of indices, in their order; the words stay."""
        return Table({name: values[rows] for name, values in self.columns.items()}, self.words)

    def to_pandas(self, columns: Sequence[str] = ()) -> pd.DataFrame:
        """The same as a pandas frame, words as categoricals; of all columns or those named."""
        import pandas as pd

        made: dict[str, Any] = {}
        for name in columns or tuple(self.columns):
            values = self.columns[name]
            if name in self.words:
                made[name] = pd.Categorical.from_codes(values, dtype=pd.CategoricalDtype(list(self.words[name])))
            else:
                made[name] = values
        return pd.DataFrame(made, copy=False)


@dataclass(frozen=True, slots=True)
class PackId:
    """Which pack a row came from."""

    team: str
    period: str
    """`2026-11` or `2026-11-22`"""


@dataclass(frozen=True, slots=True)
class Frame:
    """All that a review looks at. Tables are never changed."""

    calls: Table
    offers: Table
    callbacks: Table
    dispatched: Table
    packs: tuple[PackId, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """staff number or `team:` + id → name"""
    made_at: float = 0.0
    """seconds since 1970 of the newest pack: the figures are as of then"""
    on_net_day: date | None = None
    """the last day of which it is known who has left the net; None: nobody has said"""
    promises: Table = field(default_factory=lambda: empty(PROMISES))
    contacts: Table = field(default_factory=lambda: empty(CONTACTS))
    closings: Table = field(default_factory=lambda: empty(CLOSINGS))
    scores: Table = field(default_factory=lambda: empty(SCORES))
    later: Table = field(default_factory=lambda: empty(LATER))
    elsewhere: Table = field(default_factory=lambda: empty(ELSEWHERE))

    def agent_name(self, staff_number: str) -> str:
        return self.names.get(staff_number, staff_number)

    def team_name(self, team: str) -> str:
        return self.names.get(f"team:{team}", team)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day with a call."""
        if not len(self.calls):
            return None
        day = self.calls["day"]
        return day_of(int(day.min())), day_of(int(day.max()))


def empty(columns: Sequence[Column]) -> Table:
    """A table without rows."""
    kinds = {one.name: "int8" if one.kind == "code" else one.kind for one in columns}
    coded = {one.name: ("",) for one in columns if one.kind == "code"}
    return Table({name: np.zeros(0, dtype=kind) for name, kind in kinds.items()}, coded)


def nothing() -> Frame:
    """The frame before anything was pulled."""
    return Frame(empty(CALLS), empty(OFFERS), empty(CALLBACKS), empty(DISPATCHED))


def number_of(day: date) -> int:
    """As the column `day` counts."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    return EPOCH + timedelta(days=number)

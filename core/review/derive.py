"""What follows from a pack's columns: days and hours, who was reached, what counts, who is still on net."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from core.domain.order_state import OPEN_ORDERS, OrderState
from core.domain.outcome import CONNECTED, Contact
from core.review.frame import EFFECTIVE_S, LEFT, NOT_DUE, ON_NET, UNKNOWN, Array, Table, number_of
from core.review.pack_layout import Flag, More

CHINA_S = 8 * 3600
DAY_S = 86_400
ON_TIME_S = 15 * 60
"""a callback within so many seconds of its promise is on time (glossary: callback adherence)"""
FIRST_WEEKDAY = 3
"""1970-01-01 was a Thursday"""
SAVE_DAYS = (7, 14, 30)


def derived_calls(raw: Table, starts: Sequence[int], on_net_day: date | None) -> Table:
    """The calls of the frame from those of the packs; `starts` are where each pack's rows begin."""
    flags, contact, more = raw["flags"], raw["contact"], raw["more"]
    day, hour = _day_and_hour(raw["at"])
    dialled, inbound, claimed = (_has(flags, bit) for bit in (Flag.DIALLED, Flag.INBOUND, Flag.CLAIMED))
    order = raw["order"]
    owner = _among(raw, "contact", (Contact.OWNER,)) & (dialled | inbound)
    pack, row = _places(len(contact), starts)
    columns = {name: values for name, values in raw.columns.items() if name not in ("flags", "more")}
    columns |= {
        "day": day,
        "hour": hour,
        "weekday": ((day + FIRST_WEEKDAY) % 7).astype(np.int8),
        "dialled": dialled,
        "connected": _among(raw, "contact", CONNECTED) & dialled,
        "owner": owner,
        "effective": owner & (raw["talk_s"] >= EFFECTIVE_S),
        "claimed": claimed,
        "success": claimed & ((order == 0) | _among(raw, "order", (OrderState.ACCEPTED,))),
        "awaited": claimed & _among(raw, "order", OPEN_ORDERS),
        "inbound": inbound,
        "opt_out": _has(flags, Flag.OPT_OUT),
        "superseded": _has(flags, Flag.SUPERSEDED),
        "corrected": _has(flags, Flag.CORRECTED),
        "clock_wrong": _has(flags, Flag.CLOCK_WRONG),
        "measured": _has(flags, Flag.MEASURED),
        "verified": _has(more, More.VERIFIED),
        "false_data": _has(more, More.FALSE_DATA),
        "tasked": _has(more, More.TASKED),
        "ordered": _has(more, More.ORDERED),
        "pack": pack,
        "row": row,
        **{f"on_net_{days}": _on_net(day, raw["left_day"], days, on_net_day) for days in SAVE_DAYS},
    }
    return Table(columns, raw.words)


def derived_callbacks(raw: Table, now: float) -> Table:
    """The promises of the frame; those whose 15 minutes are not over by `now` are not due."""
    day, hour = _day_and_hour(raw["at"])
    columns = {name: values for name, values in raw.columns.items() if name != "at"}
    columns |= {
        "day": day,
        "hour": hour,
        "called": raw["called"] != 0,
        "due": raw["at"].astype(np.int64) + ON_TIME_S <= now,
    }
    return Table(columns, raw.words)


def dated(raw: Table) -> Table:
    """With the calendar day of `at`."""
    return Table({**raw.columns, "day": _day_and_hour(raw["at"])[0]}, raw.words)


def with_roles(table: Table, roles: Mapping[str, str]) -> Table:
    """With what each agent is: looked up once a staff number."""
    words = tuple(dict.fromkeys(("", *sorted(roles.values()))))
    codes = np.array([words.index(roles.get(agent, "")) for agent in table.words["agent"]], dtype=np.int8)
    return Table({**table.columns, "role": codes[table["agent"]]}, {**table.words, "role": words})


def _day_and_hour(at: Array) -> tuple[Array, Array]:
    local = at + np.uint32(CHINA_S)
    day = local // np.uint32(DAY_S)
    hour = (local - day * np.uint32(DAY_S)) // np.uint32(3600)
    return day.astype(np.int32), hour.astype(np.int8)


def _has(flags: Array, bit: int) -> Array:
    found: Array = (flags & np.uint8(bit)) != 0
    return found


def _among(table: Table, name: str, words: Iterable[str]) -> Array:
    """Which rows have one of the words: looked up once a word, not once a row."""
    wanted = set(words)
    found: Array = np.array([word in wanted for word in table.words[name]], dtype=bool)[table[name]]
    return found


def _places(count: int, starts: Sequence[int]) -> tuple[Array, Array]:
    lengths = np.diff([*starts, count])
    pack = np.repeat(np.arange(len(starts), dtype=np.int32), lengths)
    first = np.repeat(np.array(starts, dtype=np.int32), lengths)
    return pack, np.arange(count, dtype=np.int32) - first


def _on_net(day: Array, left_day: Array, days: int, known: date | None) -> Array:
    """Whether the line was still on net so many days after. Who left before counts only once the days are over: an
    early loss would else stand against nobody's later save."""
    if known is None:
        return np.full(len(day), UNKNOWN, dtype=np.int8)
    until = day + np.int32(days)
    state = np.where((left_day > 0) & (left_day <= until), np.int8(LEFT), np.int8(ON_NET))
    state[until > number_of(known)] = NOT_DUE
    return state

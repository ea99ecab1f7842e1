"""Care that is due for a customer: which class, by which channel, in which words. Pure.

Which classes rest is decided here alone: on the desk that greets and where the base is counted.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from core.domain.care_class import CareChannel, CareClass, CareClasses
from core.domain.customer import Care
from core.domain.text import Lang, Text
from core.guidance.render import is_known, plain
from core.rules import holds

Talk = tuple[str, datetime]
"""scenario and time of a call that was taken"""
Given = tuple[str, datetime]
"""class of care and the time at which it was given"""


class Due(NamedTuple):
    care: CareClass
    channel: CareChannel


def talks(care: Care | None) -> list[Talk]:
    """The calls on record that somebody took; one without a time of talk reached nobody."""
    return [(one.scenario, one.at) for one in care.calls if one.talk_time_s] if care else []


def given(care: Care | None) -> list[Given]:
    """The care on record."""
    return [(one.code, one.at) for one in care.given] if care else []


def resting(
    classes: CareClasses, talked: Iterable[Talk], now: datetime, *, given: Iterable[Given] = ()
) -> frozenset[str]:
    """The codes of the classes that were given of late, or whose own script was talked through."""
    spoke, gave = _last(one for one in talked if one[0]), _last(given)
    return frozenset(
        one.code
        for one in classes.classes
        for last in (spoke.get(one.scenario), gave.get(one.code))
        if last is not None and now - last < timedelta(days=one.rest_days)
    )


def _last(happened: Iterable[tuple[str, datetime]]) -> dict[str, datetime]:
    last: dict[str, datetime] = {}
    for name, at in happened:
        last[name] = max(at, last.get(name, at))
    return last


def due(classes: CareClasses, facts: Mapping[str, object], *, resting: Collection[str] = ()) -> tuple[Due, ...]:
    """The classes that the facts set off, in their order; those whose codes rest are left out."""
    found = []
    for one in classes.classes:
        if one.when is not None and one.code not in resting and holds(one.when, facts):
            channel = channel_for(one, facts)
            if channel is not None:
                found.append(Due(one, channel))
    return tuple(found)


def channel_for(care: CareClass, facts: Mapping[str, object]) -> CareChannel | None:
    """VIP-09, CARE-25: a blind customer is called, one who hears badly gets it in writing; else as the class prefers.

    None where the customer can be reached by none of the channels, or has a complaint open: then nothing but its
    repair is spoken of."""
    return next(iter(channels_for(care, facts)), None)


def channels_for(care: CareClass, facts: Mapping[str, object]) -> tuple[CareChannel, ...]:
    """All by which the customer can be reached, the best first."""
    if facts.get("complaint_open") is True and care.code != REVISIT:
        return ()
    shut = {CareChannel.SMS, CareChannel.MAIL} if facts.get("need_blind") is True else set()
    if facts.get("need_hearing") is True:
        shut |= {CareChannel.CALL}
    return tuple(channel for channel in care.channels if channel not in shut)


def message_for(care: CareClass, facts: Mapping[str, object], lang: Lang) -> str | None:
    """The text as it is sent; None where a figure that it states is not known."""
    return plain(care.message, facts, lang) if is_known(care.message, facts) else None


def call_for(care: CareClass, facts: Mapping[str, object], lang: Lang) -> tuple[str, ...]:
    """The lines to say on the phone; a line whose figures are not known is left out."""
    return tuple(plain(line, facts, lang) for line in care.call if is_known(line, facts))


def matter_of(care: CareClass, facts: Mapping[str, object]) -> dict[str, object]:
    """What a call of that class is about, as facts: its words without the greeting, which the script says first, and
    without the goodbye, which it says last. Nothing where a figure in all of them is missing."""
    said = {lang: _matter(call_for(care, facts, lang), str(facts.get("staff_number", "")), lang) for lang in Lang}
    words = {"care_words": Text(said[Lang.ZH], said[Lang.EN])} if all(said.values()) else {}
    return {"care_label": care.label, **words}


def _matter(lines: Sequence[str], staff_number: str, lang: Lang) -> str:
    first, *rest = lines or ("",)
    _, mark, after = first.partition(staff_number) if staff_number else ("", "", "")
    told = [after.lstrip(" 。，.,;；") if mark else first, *(rest[:-1] if len(rest) > 1 else rest)]
    return ("" if lang is Lang.ZH else " ").join(line for line in told if line)


REVISIT = "complaint_revisit"

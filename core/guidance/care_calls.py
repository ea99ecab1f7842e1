"""Care that is due for a customer: which class, by which channel, in which words. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from core.domain.care_class import CareChannel, CareClass, CareClasses
from core.domain.text import Lang
from core.guidance.render import is_known, plain
from core.rules import holds


class Due(NamedTuple):
    care: CareClass
    channel: CareChannel


def due(
    classes: CareClasses, facts: Mapping[str, object], *, last: Mapping[str, datetime], now: datetime
) -> tuple[Due, ...]:
    """The classes that the facts set off, in their order; those that rest are left out.

    `last` says by code when a class last reached this customer."""
    found = []
    for one in classes.classes:
        rests = one.code in last and now - last[one.code] < timedelta(days=one.rest_days)
        if one.when is not None and not rests and holds(one.when, facts):
            channel = channel_for(one, facts)
            if channel is not None:
                found.append(Due(one, channel))
    return tuple(found)


def channel_for(care: CareClass, facts: Mapping[str, object]) -> CareChannel | None:
    """VIP-09, CARE-25: a blind customer is called, one who hears badly gets it in writing; else as the class prefers.

    None where the customer can be reached by none of the channels, or has a complaint open: then nothing but its
    repair is spoken of."""
    if facts.get("complaint_open") is True and care.code != REVISIT:
        return None
    shut = {CareChannel.SMS, CareChannel.MAIL} if facts.get("need_blind") is True else set()
    if facts.get("need_hearing") is True:
        shut |= {CareChannel.CALL}
    return next((channel for channel in care.channels if channel not in shut), None)


def message_for(care: CareClass, facts: Mapping[str, object], lang: Lang) -> str | None:
    """The text as it is sent; None where a figure that it states is not known."""
    return plain(care.message, facts, lang) if is_known(care.message, facts) else None


def call_for(care: CareClass, facts: Mapping[str, object], lang: Lang) -> tuple[str, ...]:
    """The lines to say on the phone; a line whose figures are not known is left out."""
    return tuple(plain(line, facts, lang) for line in care.call if is_known(line, facts))


REVISIT = "complaint_revisit"

"""Words with figures in them: templates that scripts may hold, figures that fit their filter and can be said."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from core.content import Flaw
from core.content.flaws import Where
from core.domain.text import Text
from core.guidance.fact_names import FACTS, FactKind
from core.guidance.render import BadTemplate, filters_of, needs, try_out

KNOWN = frozenset(FACTS)
_FITS: dict[str, frozenset[FactKind]] = {
    "yuan": frozenset({FactKind.FEN}),
    "day": frozenset({FactKind.DATE}),
    "data": frozenset({FactKind.DATA}),
    "counted": frozenset({FactKind.COUNT, FactKind.DAYS, FactKind.MONTHS, FactKind.YEARS, FactKind.MINUTES}),
    "inner": frozenset({FactKind.TEXT}),
}
_BARE = frozenset({FactKind.FEN, FactKind.DATE, FactKind.DATA})
"""a person would hear 9900, 2027-01-08 or 3481: these are never said without their filter"""
_SAMPLES: Mapping[FactKind, object] = {
    FactKind.TEXT: Text("样例", "Sample"),
    FactKind.DATE: date(2027, 1, 8),
    FactKind.YES_NO: True,
}
"""a value of each kind; of every other kind a whole number"""
_CJK = re.compile(r"[\u4e00-\u9fff]")


def word_flaws(text: Text, where: Where, allowed: frozenset[str]) -> list[Flaw]:
    """`allowed` are the facts that the words may need; others can be missing."""
    try:
        used, filtered = needs(text), filters_of(text)
    except BadTemplate as error:
        return [Flaw(where, f"not a template for a script: {error}")]
    flaws = [Flaw(where, f"unknown fact `{name}`") for name in sorted(used - KNOWN)]
    flaws += [
        Flaw(where, f"`{name}` can be missing, and these words must always be sayable")
        for name in sorted((used & KNOWN) - allowed)
    ]
    for name, name_of_filter in sorted(filtered):
        fits = _FITS.get(name_of_filter)
        if name in FACTS and fits is not None and FACTS[name].kind not in fits:
            flaws.append(Flaw(where, f"`{name}` is no figure for the filter `{name_of_filter}`"))
        if name in FACTS and not name_of_filter and FACTS[name].kind in _BARE:
            flaws.append(Flaw(where, f"`{name}` needs a filter to be said"))
    if not flaws:
        flaws += _fails(text, where)
    if _CJK.search(text.en):
        flaws.append(Flaw(where, "the English words hold Chinese"))
    return flaws


def _fails(text: Text, where: Where) -> list[Flaw]:
    reason = _failure(text)
    return [Flaw(where, f"not a template for a script: {reason}")] if reason else []


@lru_cache(maxsize=4096)
def _failure(text: Text) -> str:
    """Each template is filled in once here: what fails with a customer on the line would leave the agent without.

    Kept, as scenarios share their words, and one program may check a folder more than once.
    """
    try:
        try_out(text, {name: _SAMPLES.get(FACTS[name].kind, 3) for name in needs(text)})
    except BadTemplate as error:
        return str(error) or "it fails"
    return ""

"""What makes dispositions sound: few rows with short labels, presets that say when, bounds that can hold."""

import re

from core.content.flaws import NO_LETTER, Flaw, Where, missing_words, repeated
from core.domain.disposition import Dispositions, FollowUpPreset, Result
from core.domain.follow_up import FollowUpKind
from core.domain.text import Text

MAX_ROWS = 9
MAX_LABEL = 29
DAYS = frozenset({"today", "tomorrow", "next_monday"})
FURTHEST_DAYS = 366
"""from the day that a callback counts from"""
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def disposition_flaws(dispositions: Dispositions) -> list[Flaw]:
    flaws = missing_words(dispositions)
    if dispositions.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    rows = _rows(dispositions)
    flaws += repeated([((*where, "code"), row.code) for where, row in rows], "result")
    flaws += repeated([(("reasons", at, "code"), r.code) for at, r in enumerate(dispositions.reasons)], "reason")
    flaws += repeated([(("follow_ups", at, "code"), f.code) for at, f in enumerate(dispositions.follow_ups)], "preset")
    if not 1 <= len(dispositions.results) <= MAX_ROWS:
        flaws.append(Flaw(("results",), f"1 to {MAX_ROWS} rows, one digit each"))
    for where, row in rows:
        flaws += _row(row, where)
    for at, reason in enumerate(dispositions.reasons):
        flaws += _label(reason.label, ("reasons", at, "label"))
    for at, preset in enumerate(dispositions.follow_ups):
        flaws += _label(preset.label, ("follow_ups", at, "label")) + _preset(preset, ("follow_ups", at))
    return flaws


def _rows(dispositions: Dispositions) -> list[tuple[Where, Result]]:
    out: list[tuple[Where, Result]] = []
    for at, row in enumerate(dispositions.results):
        out.append((("results", at), row))
        out += [(("results", at, "choices", nth), choice) for nth, choice in enumerate(row.choices)]
    return out


def _row(row: Result, where: Where) -> list[Flaw]:
    flaws = _label(row.label, (*where, "label"))
    if len(row.choices) > MAX_ROWS or any(choice.choices for choice in row.choices):
        flaws.append(Flaw((*where, "choices"), f"at most {MAX_ROWS} choices, and none below a choice"))
    if row.success and row.talk_min_s is None:
        flaws.append(Flaw(where, f"success `{row.code}` needs talk_min_s: a call of ten seconds is no sale"))
    if row.success and not row.must:
        flaws.append(Flaw(where, f"success `{row.code}` needs checklist items in `must`"))
    low, high = row.talk_min_s or 0, row.talk_max_s
    if low < 0 or (high is not None and high < low):
        flaws.append(Flaw(where, "talk-time bounds that no call can meet"))
    if row.retry_after_min is not None and (row.retry_after_min < 1 or row.closes):
        flaws.append(Flaw(where, "a retry needs minutes above 0 and `closes: false`"))
    return flaws


def _label(label: Text, where: Where) -> list[Flaw]:
    if len(label.zh) > MAX_LABEL or len(label.en) > MAX_LABEL:
        return [Flaw(where, f"labels have at most {MAX_LABEL} characters")]
    return []


def _preset(preset: FollowUpPreset, where: Where) -> list[Flaw]:
    flaws: list[Flaw] = []
    if preset.day and preset.day not in DAYS:
        flaws.append(Flaw((*where, "day"), f"`{preset.day}` is none of {', '.join(sorted(DAYS))}"))
    if preset.at and not _HOUR.fullmatch(preset.at):
        flaws.append(Flaw((*where, "at"), f"`{preset.at}` is no hour such as 18:30"))
    said = (bool(preset.day and preset.at), preset.in_min is not None, bool(preset.counts_from))
    if preset.kind is FollowUpKind.CALLBACK and sum(said) != 1:
        flaws.append(Flaw(where, "a callback says one of in_min, day and at, counts_from"))
    if preset.counts_from and preset.kind is not FollowUpKind.CALLBACK:
        flaws.append(Flaw((*where, "counts_from"), "only a callback counts from a day of the customer's"))
    if preset.days and not preset.counts_from:
        flaws.append(Flaw((*where, "days"), "days count from something: say counts_from"))
    if abs(preset.days) > FURTHEST_DAYS:
        flaws.append(Flaw((*where, "days"), f"at most {FURTHEST_DAYS} days away"))
    if preset.kind is FollowUpKind.LETTER:
        flaws.append(Flaw((*where, "kind"), NO_LETTER))
    if preset.kind is FollowUpKind.SMS and not preset.template:
        flaws.append(Flaw(where, "an SMS names its template"))
    return flaws

"""Which column is which field: every pair scored by header and cells, then settled; a close race stays open."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from core.server.importing.canonical import Canonical
from core.server.importing.evidence import fit
from core.server.importing.fields import MANY, Field
from core.server.importing.profile import ColumnProfile
from core.server.importing.rules import EXACT, Kind, Rule, Rules
from core.server.importing.values import MoneyUnit

THRESHOLD = 0.7
MARGIN = 0.1
_LEAST_FIT = 0.75
_LEAST_FIT_NAMED = 0.5
"""for a header that says plainly what it is: its bad cells are rows to reject, not a reason to doubt the column"""
_ENOUGH = 20
"""cells from which repetition tells something"""
_UNIQUE = {Kind.PHONE: 0.5, Kind.ID: 0.95, Kind.NAME: 0.2}
_TELLING = {
    Kind.PHONE: 0.2, Kind.DATE: 0.2, Kind.PAST_DATE: 0.2, Kind.GENDER: 0.2, Kind.TIER: 0.2, Kind.NAME: 0.15,
    Kind.PLAN: 0.15, Kind.BIRTHDAY: 0.2, Kind.MONTHS: 0.1, Kind.FEE: 0.1, Kind.MONEY: 0.1, Kind.ID: 0.1,
    Kind.SPEED: 0.1,
}  # fmt: skip
"""How much cells that fit add to the header's score: many columns hold figures, few hold phone numbers."""
_SAME_SHARE = 0.98


_UNITS = {"分": MoneyUnit.FEN, "fen": MoneyUnit.FEN, "cent": MoneyUnit.FEN, "cents": MoneyUnit.FEN, "厘": MoneyUnit.LI}


class Candidate(Struct, frozen=True):
    column: int
    field: Field
    score: float
    named: float
    """what the header alone was worth"""


class Contest(Struct, frozen=True):
    """Columns that may all be the field, none clearly."""

    field: Field
    columns: tuple[int, ...]


class Match(Struct, frozen=True):
    chosen: Mapping[int, Candidate]
    contests: tuple[Contest, ...]
    doubts: Mapping[int, Field]
    """the field that a column's header names while its cells hold something else"""


def match_columns(columns: Sequence[ColumnProfile], rules: Rules, today: date) -> Match:
    """The field of each column that has one."""
    headers = [rules.canonical(column.name) for column in columns]
    candidates: list[Candidate] = []
    doubts: dict[int, Candidate] = {}
    for at, column in enumerate(columns):
        others = [*headers[:at], *headers[at + 1 :]]
        for rule in rules.by_field.values():
            named = rule.score(headers[at], others=others)
            score = _score(rule, rules.kind(rule, headers[at]), named, column, today, money_unit(headers[at]))
            if score >= THRESHOLD:
                candidates.append(Candidate(at, rule.field, score, named))
            elif named >= THRESHOLD and (at not in doubts or doubts[at].named < named):
                doubts[at] = Candidate(at, rule.field, score, named)
    candidates.sort(key=lambda candidate: -candidate.score)
    return _settle(candidates, columns, {at: doubt.field for at, doubt in doubts.items()})


def _score(rule: Rule, kind: Kind, named: float, column: ColumnProfile, today: date, unit: MoneyUnit) -> float:
    if named == 0.0 or not column.sample:
        return named
    if _repeats(rule, column):
        return 0.0
    share = fit(kind, column.sample, today, unit)
    least = _LEAST_FIT_NAMED if named >= EXACT else _LEAST_FIT
    return named + _TELLING.get(kind, 0.0) * share if share >= least else 0.0


def money_unit(header: Canonical) -> MoneyUnit:
    """Yuan, unless a note in brackets names another unit."""
    return next((_UNITS[note] for note in header.notes if note in _UNITS), MoneyUnit.YUAN)


def _repeats(rule: Rule, column: ColumnProfile) -> bool:
    """Whether the cells repeat as those of one customer each would not: managers' names, a hotline."""
    least = _UNIQUE.get(rule.kind) if rule.unique or rule.kind is Kind.NAME else None
    return least is not None and len(column.sample) >= _ENOUGH and column.distinct_share < least


def _settle(candidates: Sequence[Candidate], columns: Sequence[ColumnProfile], doubts: Mapping[int, Field]) -> Match:
    chosen: dict[int, Candidate] = {}
    contests: list[Contest] = []
    closed: set[int] = set()
    taken: set[Field] = set()
    for candidate in candidates:
        if candidate.column in chosen or candidate.column in closed or candidate.field in taken:
            continue
        if candidate.field in MANY:
            chosen[candidate.column] = candidate
            continue
        taken.add(candidate.field)
        rivals = _rivals(candidate, candidates, {*chosen, *closed})
        if all(_same(columns[candidate.column], columns[rival]) for rival in rivals):
            chosen[min((candidate.column, *rivals))] = candidate
        else:
            contests.append(Contest(candidate.field, tuple(sorted((candidate.column, *rivals)))))
            closed.update((candidate.column, *rivals))
    return Match(chosen, tuple(contests), doubts)


def _rivals(best: Candidate, candidates: Sequence[Candidate], settled: set[int]) -> list[int]:
    """The other columns for which this is the first choice, and by no clear distance the second-best one."""
    first_choice: dict[int, Candidate] = {}
    for candidate in candidates:
        first_choice.setdefault(candidate.column, candidate)
    return [
        column
        for column, first in first_choice.items()
        if column != best.column
        and column not in settled
        and first.field is best.field
        and best.score - first.score < MARGIN - 1e-9
    ]


def _same(one: ColumnProfile, other: ColumnProfile) -> bool:
    if not one.sample or len(one.sample) != len(other.sample):
        return False
    equal = sum(a == b for a, b in zip(one.sample, other.sample, strict=True))
    return equal / len(one.sample) >= _SAME_SHARE

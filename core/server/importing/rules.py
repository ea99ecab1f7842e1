"""The rules of columns.yaml: how well a header fits each field."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

import msgspec
from msgspec import Struct

from core.domain import decoding
from core.domain.errors import ContentError
from core.server.importing.canonical import Canonical, canonical
from core.server.importing.fields import Field
from core.server.importing.resources import load

EXACT, LIKELY, POSSIBLE = 0.95, 0.8, 0.55
PINYIN, INITIALS, SHORT_INITIALS = 0.85, 0.8, 0.6
_SHORT = 2
_NOTHING = r"(?!)"
_LONGEST_HEADER = 120


class Kind(StrEnum):
    """What the cells of a field look like."""

    PHONE = "phone"
    NAME = "name"
    PERSON = "person"
    """a name that may repeat: a manager's"""
    PLAN = "plan"
    FEE = "fee"
    MONEY = "money"
    MONTHS = "months"
    YEARS = "years"
    DAYS = "days"
    DATE = "date"
    PAST_DATE = "past_date"
    BIRTHDAY = "birthday"
    GENDER = "gender"
    TIER = "tier"
    YES_NO = "yes_no"
    AGREED = "agreed"
    """yes or no, or in words: 同意 and 不同意"""
    LISTED = "listed"
    """yes or no, or on a list and not: 黑 and 正常"""
    COUNT = "count"
    SPEED = "speed"
    HOURS = "hours"
    SPANS = "spans"
    """stretches of a day: 20-8"""
    CODE = "code"
    ID = "id"
    ACCOUNT = "account"
    TEXT = "text"
    ANY = "any"


class _Spec(Struct, forbid_unknown_fields=True):
    """One field as the file states it."""

    values: Kind
    names: list[str] = []
    likely_names: list[str] = []
    exact: list[str] = []
    likely: list[str] = []
    possible: list[str] = []
    never: list[str] = []
    unless_list_has: list[str] = []
    by_unit: dict[str, Field] = {}
    unique: bool = False


class _File(Struct, forbid_unknown_fields=True):
    words: dict[str, str]
    tokens: dict[str, list[str]]
    fields: dict[Field, _Spec]


class Rule(Struct, frozen=True):
    field: Field
    kind: Kind
    unique: bool
    names: frozenset[str]
    likely_names: frozenset[str]
    """headers that are sure once every cell agrees"""
    pinyin: Mapping[str, float]
    tiers: tuple[tuple[float, re.Pattern[str]], ...]
    """the expressions of each trust as one, the highest first"""
    never: re.Pattern[str]
    unless_list_has: re.Pattern[str]
    by_unit: Mapping[str, Field]

    def score(self, header: Canonical, *, others: Iterable[Canonical] = ()) -> float:
        """0 … 0.95: how surely the header means this field, its cells unseen."""
        if self.never.search(header.whole):
            return 0.0
        best = max((self._form_score(form) for form in header.forms), default=0.0)
        if best < LIKELY:
            best = max(best, *(min(self._form_score(form), LIKELY) for form in header.loose), 0.0)
        if best == POSSIBLE and any(self.unless_list_has.search(other.whole) for other in others):
            return 0.0
        return best

    def _form_score(self, form: str) -> float:
        if form in self.names:
            return EXACT
        for trust, pattern in self.tiers:
            if pattern.fullmatch(form):
                return trust
        return self.pinyin.get(form.replace(" ", ""), 0.0)


class Rules(Struct, frozen=True):
    tokens: Mapping[str, str]
    by_field: Mapping[Field, Rule]

    def canonical(self, header: str) -> Canonical:
        return canonical(header[:_LONGEST_HEADER], self.tokens)

    def in_unit(self, rule: Rule, header: Canonical) -> Field | None:
        """The sibling field that the unit in the header's brackets points to: 网龄(年) is in years."""
        return next((rule.by_unit[note] for note in header.notes if note in rule.by_unit), None)

    def kind(self, rule: Rule, header: Canonical) -> Kind:
        """What the cells look like, given the header's unit."""
        sibling = self.in_unit(rule, header)
        return self.by_field[sibling].kind if sibling else rule.kind

    def knows(self, header: str) -> bool:
        """Whether any field may be meant: what marks the header row."""
        form = self.canonical(header)
        return any(rule.score(form) >= POSSIBLE for rule in self.by_field.values())


@cache
def rules() -> Rules:
    """The shipped rules; raises ContentError with the line where the file is wrong."""
    parsed, file = load("columns.yaml")
    try:
        content = decoding.convert(parsed.value, _File)
    except msgspec.ValidationError as error:
        raise ContentError(file=file, line=1, reason=str(error)) from error
    tokens = {word: token for token, words in content.tokens.items() for word in (token, *words)}
    by_field: dict[Field, Rule] = {}
    for field, spec in content.fields.items():
        try:
            by_field[field] = _rule(field, spec, content.words, tokens)
        except re.error as error:
            line = parsed.line(("fields", field.value))
            raise ContentError(file=file, line=line, reason=f"`{error.pattern!s}`: {error.msg}") from error
    return Rules(tokens, by_field)


def _rule(field: Field, spec: _Spec, words: Mapping[str, str], tokens: Mapping[str, str]) -> Rule:
    def compiled(patterns: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{_filled(pattern, words)})" for pattern in patterns) or _NOTHING)

    return Rule(
        field=field,
        kind=spec.values,
        unique=spec.unique,
        names=frozenset(canonical(name, tokens).forms[0] for name in spec.names),
        likely_names=frozenset(canonical(name, tokens).forms[0] for name in spec.likely_names),
        pinyin=_pinyin(spec.names) | _pinyin(spec.likely_names, less=EXACT - LIKELY),
        tiers=((EXACT, compiled(spec.exact)), (LIKELY, compiled(spec.likely)), (POSSIBLE, compiled(spec.possible))),
        never=compiled([_whole_word(word) for word in spec.never]),
        unless_list_has=compiled([_whole_word(word) for word in spec.unless_list_has]),
        by_unit=spec.by_unit,
    )


def _whole_word(word: str) -> str:
    """English words count as such, not as parts of others."""
    return rf"\b{word}\b" if word.isascii() and word.replace("_", "").isalpha() else word


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    for name, expression in words.items():
        pattern = pattern.replace("{" + name + "}", expression)
    return pattern


def _pinyin(names: list[str], *, less: float = 0.0) -> dict[str, float]:
    """The names as they are typed in pinyin, in full and by initials, with the trust that each deserves."""
    from pypinyin import lazy_pinyin

    out: dict[str, float] = {}
    for name in names:
        if name.isascii():
            continue
        syllables = lazy_pinyin(name)
        initials = "".join(syllable[0] for syllable in syllables).lower()
        if len(initials) >= _SHORT:
            trust = INITIALS if len(initials) > _SHORT else SHORT_INITIALS
            out[initials] = max(out.get(initials, 0.0), trust - less)
        out["".join(syllables).lower()] = PINYIN - less
    return out

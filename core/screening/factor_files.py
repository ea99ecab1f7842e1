"""The library of factors, read from resources: each file a group, checked as a whole with what it asks for."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, structs

from core.content.flaws import Flaw, Where, repeated
from core.content.indicators import FOLDER as INDICATORS
from core.content.indicators import indicators_of, units_of
from core.content.load import convert, read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.condition import Condition
from core.domain.errors import ContentError
from core.domain.factor import Case, Fact, Factor, Library, Source, Working, operands, operations
from core.domain.indicator import Indicator, IndicatorType
from core.domain.text import Text
from core.rules.form import flaws_of
from core.rules.kinds import ValueKind, kind_flaws
from core.rules.worked import kind_of_working

FACTORS, SOURCES = "factors", "sources.yaml"
KINDS: Mapping[IndicatorType, ValueKind] = {
    IndicatorType.INTEGER: ValueKind.NUMBER,
    IndicatorType.DECIMAL: ValueKind.NUMBER,
    IndicatorType.FEN: ValueKind.NUMBER,
    IndicatorType.YES_NO: ValueKind.YES_NO,
    IndicatorType.DATE: ValueKind.DAY,
    IndicatorType.TEXT: ValueKind.WORD,
}


class _Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    zh: str
    en: str
    unit: str = ""
    type: IndicatorType | None = None
    source: str = ""
    fact: Fact | None = None
    worked_out: Working | None = None


class _Group(Struct, frozen=True, forbid_unknown_fields=True):
    group: Text
    factors: dict[str, _Row]


class _Sources(Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    sources: tuple[Source, ...]
    others: Source


def shipped_library() -> Library:
    """What came with this version. Raises ContentError."""
    return load_library(folder())


def load_library(root: Path, more: Iterable[Indicator] = ()) -> Library:
    """The library of a folder laid out as `resources/`; `more` are the indicators that a database has beside them.

    A folder without factors or indicators of its own goes by those that came with this version. Raises ContentError
    with file and line where a factor asks for what there is not, asks for itself, or has a name that is taken.
    """
    described = root if (root / INDICATORS).is_dir() else folder()
    root = root if (root / FACTORS).is_dir() else folder()
    found = _sources(root / FACTORS / SOURCES)
    sources = {one.id: one for one in (*found.sources, found.others)}
    ids = {one.label.zh: one.id for one in found.sources}
    indicators = {one.name: one for one in (*indicators_of(described), *more)}
    factors = {name: _of_indicator(one, ids.get(one.source.zh, found.others.id)) for name, one in indicators.items()}
    units = units_of(described)
    groups = {path: _group(path) for path in sorted((root / FACTORS).glob("*.yaml")) if path.name != SOURCES}
    every = dict(factors)
    for group in groups.values():
        every |= {name: _factor(name, row, group.group, units, str(root)) for name, row in group.factors.items()}
    every = _with_kinds(every)
    seen = set(factors)
    for path, group in groups.items():
        _check(path, group, seen, Library(every, sources), units)
        seen |= group.factors.keys()
    return Library(every, sources)


def _sources(path: Path) -> _Sources:
    def check(found: _Sources) -> list[Flaw]:
        ids: list[tuple[Where, str]] = [(("sources", at, "id"), one.id) for at, one in enumerate(found.sources)]
        return ([] if found.version >= 1 else [Flaw(("version",), "versions begin at 1")]) + repeated(ids, "source")

    return convert(parse(read_text(path), file=str(path)), _Sources, check, file=str(path))


def _group(path: Path) -> _Group:
    return convert(parse(read_text(path), file=str(path)), _Group, lambda _found: [], file=str(path))


def _of_indicator(one: Indicator, source: str) -> Factor:
    return Factor(
        name=one.name, label=one.label, group=one.group, kind=one.type, unit=one.unit, source=source,
        choices=one.choices,
    )  # fmt: skip


def _factor(name: str, row: _Row, group: Text, units: Mapping[str, Text], file: str) -> Factor:
    return Factor(
        name=name, label=Text(row.zh, row.en), group=group, kind=row.type or IndicatorType.INTEGER,
        unit=units.get(row.unit), source=row.source if row.fact else "", fact=row.fact, working=row.worked_out,
        file=file,
    )  # fmt: skip


def _with_kinds(factors: dict[str, Factor]) -> dict[str, Factor]:
    """What is worked out is of the kind that its operation gives; operands of operands settle round by round."""
    settled = dict(factors)
    for _ in range(len(factors)):
        found = {name: _settled(one, settled) for name, one in settled.items() if one.working is not None}
        changed = {name: one for name, one in found.items() if one is not settled[name]}
        if not changed:
            break
        settled |= changed
    return settled


def _settled(one: Factor, factors: Mapping[str, Factor]) -> Factor:
    assert one.working is not None
    kind = kind_of_working(one.working, factors)
    if kind is None or kind is one.kind:
        return one
    if one.working.cases is not None:
        return structs.replace(one, kind=kind, choices=tuple(case.word for case in one.working.cases))
    same = factors[one.working.earlier] if one.working.earlier else one
    return structs.replace(one, kind=kind, choices=same.choices, unit=one.unit or same.unit)


def _check(path: Path, group: _Group, taken: set[str], library: Library, units: Mapping[str, Text]) -> None:
    parsed = parse(read_text(path), file=str(path))
    flaws = [flaw for name, row in group.factors.items() for flaw in _row_flaws(name, row, taken, library, units)]
    told = [ContentError(file=str(path), line=parsed.line(flaw.where), reason=flaw.reason) for flaw in flaws]
    if told:
        first, *others = sorted(told, key=lambda one: one.line)
        raise ContentError(file=first.file, line=first.line, reason=first.reason, others=others)


def _row_flaws(name: str, row: _Row, taken: set[str], library: Library, units: Mapping[str, Text]) -> list[Flaw]:
    where: Where = ("factors", name)
    flaws = [Flaw(where, f"factor `{name}` stands here twice")] if name in taken else []
    if not row.zh.strip() or not row.en.strip():
        flaws.append(Flaw(where, f"the {'Chinese' if not row.zh.strip() else 'English'} words are missing"))
    if row.unit and row.unit not in units:
        flaws.append(Flaw((*where, "unit"), f"unknown unit {row.unit}"))
    if (row.fact is None) is (row.worked_out is None):
        return [*flaws, Flaw(where, f"factor `{name}` needs either `fact` or `worked_out`")]
    if row.worked_out is None:
        if row.type is None:
            flaws.append(Flaw(where, f"factor `{name}` needs a `type`"))
        if row.source not in library.sources:
            flaws.append(Flaw((*where, "source"), f"there is no source `{row.source}`"))
        return flaws
    reasons = _working_flaws(name, row.worked_out, library)
    return flaws + [Flaw((*where, "worked_out"), reason) for reason in reasons]


def _working_flaws(name: str, working: Working, library: Library) -> list[str]:
    given = operations(working)
    if len(given) != 1:
        return [f"factor `{name}` is worked out by exactly one operation, not {len(given)}"]
    strange = sorted(set(operands(working)) - library.factors.keys())
    if strange:
        return [f"unknown factor `{one}`" for one in strange]
    if name in library.asked_by(frozenset(operands(working))):
        return [f"factor `{name}` is worked out of itself"]
    if working.holds is not None:
        return _condition_flaws(working.holds, library)
    if working.cases is not None:
        return _case_flaws(working.cases, library)
    return _operand_flaws(working, library)


def _condition_flaws(condition: Condition, library: Library) -> list[str]:
    return flaws_of(condition) + kind_flaws(condition, kinds_of(library), words_of(library))


def _case_flaws(cases: Sequence[Case], library: Library) -> list[str]:
    words = [one.word.zh for one in cases]
    flaws = [f"the word `{one}` stands here twice" for one in sorted({w for w in words if words.count(w) > 1})]
    if not any(one.when for one in cases):
        flaws.append("at least one case needs a `when`")
    if any(one.when is None for one in cases[:-1]):
        flaws.append("a case without `when` comes last: none behind it would ever hold")
    if any(not one.word.zh.strip() or not one.word.en.strip() for one in cases):
        flaws.append("a case needs its word in both languages")
    return flaws + [flaw for one in cases if one.when for flaw in _condition_flaws(one.when, library)]


def _operand_flaws(working: Working, library: Library) -> list[str]:
    if working.earlier is not None:
        deep = library.factors[working.earlier].working is not None
        return [f"`{working.earlier}` is worked out; only what is in a snapshot has an earlier value"] if deep else []
    wanted = IndicatorType.DATE if working.days_since or working.days_until else None
    flaws: list[str] = []
    for one in operands(working):
        kind = library.factors[one].kind
        if wanted is IndicatorType.DATE and kind is not IndicatorType.DATE:
            flaws.append(f"`{one}` is no day")
        elif wanted is None and KINDS[kind] is not ValueKind.NUMBER:
            flaws.append(f"`{one}` is no number")
    for rank in (working.in_top, working.in_bottom):
        if rank is not None and not 0 < rank.at < 100:
            flaws.append("a percentile lies above 0 and below 100")
    return flaws


def kinds_of(library: Library) -> dict[str, ValueKind]:
    """What each factor's value is to a condition."""
    return {name: KINDS[one.kind] for name, one in library.factors.items()}


def words_of(library: Library) -> dict[str, frozenset[str]]:
    """All the words that a factor can be, where they are known."""
    return {name: frozenset(word.zh for word in one.choices) for name, one in library.factors.items() if one.choices}

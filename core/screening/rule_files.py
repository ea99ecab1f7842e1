"""Rules for warnings, read from resources/warnings: one file each, checked against the library of factors."""

from pathlib import Path

from core.content.flaws import Flaw, missing_words
from core.content.load import convert, named, read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.errors import ContentError
from core.domain.factor import Library
from core.domain.warning_rule import RuleUse, WarningRule
from core.rules.form import fields_of, flaws_of
from core.rules.kinds import ValueKind, kind_flaws
from core.screening.factor_files import kinds_of, words_of
from core.screening.words import factors_in

WARNINGS = "warnings"


def load_rules(root: Path, library: Library) -> dict[str, WarningRule]:
    """Every rule of a folder laid out as `resources/`, by id. Raises ContentError, also where there is none."""
    paths = sorted((root / WARNINGS).glob("*.yaml"))
    if not paths:
        raise ContentError(file=str(root / WARNINGS), line=1, reason="there are no warning rules here")
    return {path.stem: load_rule(path, library, root) for path in paths}


def load_rule(path: Path, library: Library, root: Path) -> WarningRule:
    """The rule in that file; raises ContentError with file, line and reason."""

    def check(rule: WarningRule) -> list[Flaw]:
        return named(rule.id, "id", path) + flaws_in(rule, library, root)

    return convert(parse(read_text(path), file=str(path)), WarningRule, check, file=str(path))


def flaws_in(rule: WarningRule, library: Library, root: Path) -> list[Flaw]:
    """What is wrong with it, wherever it comes from."""
    flaws = [] if rule.version >= 1 else [Flaw(("version",), "versions begin at 1")]
    flaws += missing_words(rule)
    flaws += _bounds(rule)
    if rule.scenario and not any((one / "scripts" / f"{rule.scenario}.yaml").exists() for one in (root, folder())):
        flaws.append(Flaw(("scenario",), f"there is no scenario `{rule.scenario}`"))
    return flaws + flaws_in_asking(rule, library)


def flaws_in_asking(rule: WarningRule, library: Library) -> list[Flaw]:
    """Why an engine could not be asked for it, or its words not be filled in."""
    tree = flaws_of(rule.when, frozenset(library.factors)) + kind_flaws(rule.when, kinds_of(library), words_of(library))
    flaws = [Flaw(("when",), one) for one in tree]
    strange = sorted(rule.missing.taken_as.keys() - fields_of(rule.when))
    flaws += [Flaw(("missing", "taken_as", one), f"the rule does not ask for `{one}`") for one in strange]
    return flaws + _taken_as(rule, library) + _reason(rule, library)


def _bounds(rule: WarningRule) -> list[Flaw]:
    flaws = [] if 0 <= rule.priority <= 9 else [Flaw(("priority",), "a priority is 0 to 9")]
    if not 0 < rule.most_percent <= 100:
        flaws.append(Flaw(("most_percent",), "a share is above 0 and at most 100 percent"))
    if rule.use is RuleUse.REST and rule.scenario:
        flaws.append(Flaw(("scenario",), "a rule that leaves customers in peace has no scenario"))
    if rule.use is RuleUse.CALL and not rule.scenario:
        flaws.append(Flaw(("id",), "a rule that has calls made needs a `scenario`"))
    return flaws


def _taken_as(rule: WarningRule, library: Library) -> list[Flaw]:
    fits = {ValueKind.NUMBER: (int, float), ValueKind.WORD: (str,), ValueKind.YES_NO: (bool,), ValueKind.DAY: ()}
    kinds = kinds_of(library)
    flaws = []
    for name, value in rule.missing.taken_as.items():
        kind = kinds.get(name)
        right = kind is None or (
            isinstance(value, fits[kind]) and isinstance(value, bool) is (kind is ValueKind.YES_NO)
        )
        if not right:
            flaws.append(Flaw(("missing", "taken_as", name), f"`{value}` is not of the kind of `{name}`"))
    return flaws


def _reason(rule: WarningRule, library: Library) -> list[Flaw]:
    try:
        asked = factors_in(rule.reason)
    except ValueError as error:
        return [Flaw(("reason",), f"the places of the words are not sound: {error}")]
    return [Flaw(("reason",), f"unknown factor `{one}`") for one in sorted(asked - library.factors.keys())]

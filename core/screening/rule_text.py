"""A rule as a file of YAML: read and judged as the files that ship are, and written so that it reads back the same."""

from collections.abc import Mapping, Sequence
from enum import Enum
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec

from core.content.load import convert
from core.content.yaml_lines import parse
from core.domain.errors import ContentError
from core.domain.factor import Library
from core.domain.text import Text
from core.domain.warning_rule import POPULATION_WORDS, RuleUse, Unknown, WarningRule
from core.rules.form import fields_of
from core.screening.rule_files import flaws_in
from core.screening.words import condition_words, places_named, said_value

_WIDTH = 100
_ID = "abcdefghijklmnopqrstuvwxyz0123456789-"


def read_rule(text: str, library: Library, root: Path, *, file: str = "rule.yaml") -> WarningRule:
    """The rule that the file says; raises ContentError with line and reason."""
    parsed = parse(text, file=file)
    return convert(parsed, WarningRule, lambda rule: flaws_in(rule, library, root), file=file)


def refuse_unsound(rule: WarningRule, library: Library, root: Path) -> None:
    """Raises ContentError where the loader of files would."""
    flaws = flaws_in(rule, library, root)
    if flaws:
        file = f"{rule.id}.yaml"
        first, *others = (ContentError(file=file, line=1, reason=flaw.reason) for flaw in flaws)
        raise ContentError(file=file, line=1, reason=first.reason, others=others)


def named_soundly(rule_id: str) -> bool:
    """It can be the name of a file on every system."""
    return bool(rule_id) and len(rule_id) <= 80 and set(rule_id) <= set(_ID) and rule_id[0] not in "-0123456789"


def written(rule: WarningRule) -> str:
    """The file."""
    from ruamel.yaml import YAML

    yaml, out = YAML(), StringIO()
    yaml.width, yaml.allow_unicode, yaml.default_flow_style = _WIDTH, True, None
    yaml.indent(mapping=2, sequence=4, offset=2)
    plain = {name: _plain(getattr(rule, name)) for name in rule.__struct_fields__}
    bare = {"scenario": "", "use": RuleUse.CALL.value}
    yaml.dump({name: value for name, value in plain.items() if bare.get(name) != value}, out)
    return out.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, msgspec.Struct):
        found = {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
        return {name: one for name, one in found.items() if one is not None and one != "" and one != {}}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value


_USES = {RuleUse.CALL: Text("派单", "has calls made"), RuleUse.REST: Text("免扰", "leaves customers in peace")}
_UNKNOWNS = {
    Unknown.NOT_HELD: Text("未知的因子按不满足算", "a factor that is not known counts as not fulfilled"),
    Unknown.LEFT_OUT: Text("有因子未知就不命中", "a customer with a factor not known does not match"),
}


def lines_of(rule: WarningRule, library: Library, *, script: Text) -> tuple[Text, ...]:
    """The rule in words, a line for each thing that can differ between two versions; `script` names its scenario's."""
    population = POPULATION_WORDS[rule.population]
    told = [
        Text(f"名称：{rule.name.zh}", f"Name: {rule.name.en}"),
        Text(f"人群：{population.zh}", f"Population: {population.en}"),
        Text(f"用途：{_USES[rule.use].zh}", f"Use: {_USES[rule.use].en}"),
        Text(f"话术：{script.zh or '无'}", f"Script: {script.en or 'none'}"),
        Text(f"优先级：{rule.priority}", f"Priority: {rule.priority}"),
        Text(f"命中上限：{rule.most_percent:g}%", f"Bound: {rule.most_percent:g}%"),
    ]
    branches = rule.when.all or (rule.when,)
    for one in branches:
        words = condition_words(one, library) if _known(rule, library) else Text("?", "?")
        told.append(Text(f"条件：{words.zh}", f"Condition: {words.en}"))
    told.append(_UNKNOWNS[rule.missing.rest])
    for name, value in rule.missing.taken_as.items():
        factor = library.factors.get(name)
        if factor is not None:
            said = said_value(factor, value)
            told.append(
                Text(
                    f"{factor.label.zh}未知时当作{said.zh}", f"{factor.label.en}, where not known, counts as {said.en}"
                )
            )
    reason = places_named(rule.reason, library)
    told.append(Text(f"理由：{reason.zh}", f"Reason: {reason.en}"))
    return tuple(told)


def _known(rule: WarningRule, library: Library) -> bool:
    return fields_of(rule.when) <= library.factors.keys()

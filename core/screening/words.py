"""What a rule asks and why it matched, in words that an agent or a planner reads."""

from collections.abc import Mapping
from datetime import date
from string import Formatter

from core.domain.condition import Condition, Scalar
from core.domain.factor import Factor, Library
from core.domain.indicator import IndicatorType
from core.domain.money import yuan_short
from core.domain.text import Text
from core.domain.warning_rule import WarningRule
from core.rules.form import fields_of

WITH_UNIT = "unit"
"""`{tenure:unit}` is the figure with what it is counted in"""
_YES, _NO = Text("是", "yes"), Text("否", "no")
_UNKNOWN = Text("未知", "unknown")
_NAMES = {"eq": "＝", "ne": "≠", "lt": "＜", "le": "≤", "gt": "＞", "ge": "≥"}
_SHORT_UNIT = 2
_UNSAID = frozenset({"count"})
"""English counts things without a word"""


def reason_of(rule: WarningRule, library: Library, values: Mapping[str, object]) -> Text:
    """The rule's words with the customer's values; its name where one of them is unknown."""
    if any(values.get(name) is None for name in factors_in(rule.reason)):
        return rule.name
    return Text(
        "".join(_filled(rule.reason.zh, library, values, zh=True)),
        "".join(_filled(rule.reason.en, library, values, zh=False)),
    )


def factors_in(words: Text) -> frozenset[str]:
    """The names at the places of both languages' words; raises ValueError where the places are not sound."""
    found: set[str] = set()
    for one in (words.zh, words.en):
        for _before, name, form, turned in Formatter().parse(one):
            if name is not None:
                if not name or form not in ("", WITH_UNIT) or turned:
                    raise ValueError(f"`{{{name}{':' + form if form else ''}}}`")
                found.add(name)
    return frozenset(found)


def places_named(words: Text, library: Library) -> Text:
    """The words of nobody in particular: where a customer's value would stand, the factor's name."""

    def said(one: str, *, zh: bool) -> str:
        parts: list[str] = []
        for before, name, _form, _turned in Formatter().parse(one):
            parts.append(before)
            if name:
                label = library.factors[name].label if name in library.factors else Text(name, name)
                parts.append(f"‹{label.zh if zh else label.en}›")
        return "".join(parts)

    return Text(said(words.zh, zh=True), said(words.en, zh=False))


def factors_of(rule: WarningRule) -> frozenset[str]:
    """All that the rule asks for and tells of."""
    return fields_of(rule.when) | factors_in(rule.reason)


def _filled(words: str, library: Library, values: Mapping[str, object], *, zh: bool) -> list[str]:
    parts: list[str] = []
    for before, name, form, _turned in Formatter().parse(words):
        parts.append(before)
        if name:
            said = said_value(library.factors[name], values[name], unit=form == WITH_UNIT)
            parts.append(said.zh if zh else said.en)
    return parts


def said_value(factor: Factor, value: object, *, unit: bool = True) -> Text:
    """A factor's value as it is read; money always with its sign."""
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, date):
        return Text(value.isoformat(), value.isoformat())
    if isinstance(value, int | float):
        return _figure(factor, value, unit=unit)
    known = next((one for one in factor.choices if one.zh == value), None)
    return known or Text(str(value), str(value))


def _figure(factor: Factor, value: float, *, unit: bool) -> Text:
    if factor.kind is IndicatorType.FEN:
        said = yuan_short(round(value))
        return Text(f"¥{said}", f"¥{said}")
    plain = _plain(value)
    if factor.unit is None or not unit:
        return Text(plain, plain)
    if factor.unit.zh == "%":
        return Text(f"{plain}%", f"{plain}%")
    en = "" if factor.unit.en in _UNSAID else factor.unit.en
    if value == 1 and len(en) > _SHORT_UNIT:
        en = en.removesuffix("s")
    return Text(f"{plain} {factor.unit.zh}", f"{plain} {en}".rstrip())


def _plain(value: float) -> str:
    """Two figures behind the point of small numbers, none of large ones."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{round(value):,}" if abs(value) >= 10 else f"{round(value, 2):g}"


def condition_words(condition: Condition, library: Library) -> Text:
    """The tree as one line."""
    for joint, branches in ((Text("且", "and"), condition.all), (Text("或", "or"), condition.any)):
        if branches is not None:
            said = [_bracketed(one, library) for one in branches]
            return Text(f" {joint.zh} ".join(one.zh for one in said), f" {joint.en} ".join(one.en for one in said))
    if condition.not_ is not None:
        inner = condition_words(condition.not_, library)
        return Text(f"不是（{inner.zh}）", f"not ({inner.en})")
    return _leaf(condition, library.factors[condition.field])


def _bracketed(condition: Condition, library: Library) -> Text:
    said = condition_words(condition, library)
    if condition.all is None and condition.any is None:
        return said
    return Text(f"（{said.zh}）", f"({said.en})")


def _leaf(condition: Condition, factor: Factor) -> Text:
    label = factor.label
    if condition.known is not None:
        return Text(f"{label.zh}{'已知' if condition.known else '未知'}",
                    f"{label.en} is {'known' if condition.known else 'unknown'}")  # fmt: skip
    if condition.in_ is not None:
        said = [_operand(factor, one) for one in condition.in_]
        return Text(f"{label.zh}是{'、'.join(one.zh for one in said)}之一",
                    f"{label.en} is one of {', '.join(one.en for one in said)}")  # fmt: skip
    name = next(one for one in _NAMES if getattr(condition, one) is not None)
    value = _operand(factor, getattr(condition, name))
    return Text(f"{label.zh} {_NAMES[name]} {value.zh}", f"{label.en} {_NAMES[name]} {value.en}")


def _operand(factor: Factor, value: Scalar) -> Text:
    return said_value(factor, int(value) if isinstance(value, float) and value.is_integer() else value)

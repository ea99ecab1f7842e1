"""The part of jinja2 that scripts may use. Imported with the first words that are rendered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.domain.text import Lang, Text
from core.guidance.marking import Quiet
from core.guidance.render import BadTemplate
from core.guidance.wording import spoken_data, spoken_day, spoken_yuan

MAX_SOURCE = 4_000
MAX_VALUE = 200
"""characters of one filled-in value: a name from a list may be anything"""
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Filter, nodes.Const, nodes.If, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Keyword,
)  # fmt: skip
FILTERS = frozenset({"yuan", "day", "data", "counted", "inner"})


class Parsed(NamedTuple):
    tree: nodes.Template
    names: frozenset[str]
    """facts that the words use"""


def parse_words(source: str, lang: Lang, *, marks: tuple[str, str]) -> Parsed:
    """The words as a tree; raises BadTemplate on what scripts may not hold."""
    if len(source) > MAX_SOURCE:
        raise BadTemplate(f"longer than {MAX_SOURCE} characters")
    try:
        tree = _environment(lang, marks).parse(source)
        _refuse(tree)
    except (TemplateError, RecursionError) as error:
        raise BadTemplate(str(error)) from error
    return Parsed(tree, frozenset(name.name for name in tree.find_all(nodes.Name)))


def compile_words(parsed: Parsed, lang: Lang, *, marks: tuple[str, str]) -> Template:
    """Ready to be filled in; raises BadTemplate on a filter that scripts do not have."""
    try:
        return _environment(lang, marks).from_string(parsed.tree)
    except (TemplateError, RecursionError) as error:
        raise BadTemplate(str(error)) from error


def _refuse(node: nodes.Node) -> None:
    for child in node.iter_child_nodes():
        if not isinstance(child, _ALLOWED):
            raise BadTemplate(f"`{type(child).__name__.lower()}` may not stand in a script's words")
        if isinstance(child, nodes.Filter) and child.name not in FILTERS:
            raise BadTemplate(f"no filter `{child.name}`; there are {', '.join(sorted(FILTERS))}")
        _refuse(child)


class _Environment(ImmutableSandboxedEnvironment):
    """Computes nothing: `'a' * 10**9` would take a gigabyte."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    intercepted_unops = frozenset({"+", "-"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"`{operator}` may not stand in a script's words")

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        raise SecurityError(f"`{operator}` may not stand in a script's words")


@cache
def _environment(lang: Lang, marks: tuple[str, str]) -> _Environment:
    environment = _Environment(undefined=StrictUndefined, finalize=_finalizer(lang, marks), autoescape=False)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update(_filters(lang))
    return environment


def _filters(lang: Lang) -> dict[str, Callable[..., str]]:
    def yuan(fen: int) -> str:
        return spoken_yuan(fen, lang)

    def day(value: date) -> str:
        return spoken_day(value, lang)

    def data(mb: int) -> str:
        return spoken_data(mb, lang)

    def counted(count: int, one: str, many: str) -> str:
        return f"{count:,} {one if count == 1 else many}"

    def inner(text: Text | str) -> str:
        words = text.of(lang) if isinstance(text, Text) else text
        lower = words[:1].lower() + words[1:] if words[1:2].islower() else words
        return Quiet(lower) if isinstance(text, Quiet) else lower

    return {"yuan": yuan, "day": day, "data": data, "counted": counted, "inner": inner}


def _finalizer(lang: Lang, marks: tuple[str, str]) -> Callable[[object], str]:
    begin, end = marks

    def finalize(value: object) -> str:
        words = value.of(lang) if isinstance(value, Text) else str(value)
        if isinstance(value, int) and not isinstance(value, bool):
            words = f"{value:,}"
        kept = "".join(char for char in words if char.isprintable())
        if len(kept) > MAX_VALUE:
            kept = kept[: MAX_VALUE - 1] + "…"
        if isinstance(value, Quiet):
            return kept
        return f"{begin}{kept}{end}" if kept else ""

    return finalize

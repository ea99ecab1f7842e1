"""The part of jinja2 that scripts may use. Imported with the first words that are rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.domain.text import Lang, Text
from core.guidance.marking import NAME, NAMED, Quiet
from core.guidance.render import BadTemplate
from core.guidance.wording import spoken_data, spoken_day, spoken_yuan

MAX_SOURCE = 4_000
MAX_NODES, MAX_DEPTH = 200, 30
"""of the parsed words: far more than a person says in one breath"""
MAX_DIGITS = 12
"""of a number in the words"""
MAX_VALUE = 200
"""characters of one filled-in value: a name from a list may be anything"""
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Filter, nodes.Const, nodes.If, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Keyword,
)  # fmt: skip
FILTERS = {"yuan": 0, "day": 0, "data": 0, "counted": 2, "inner": 0}
"""each with how many words it is given in its brackets"""


class Parsed(NamedTuple):
    tree: nodes.Template
    names: frozenset[str]
    """facts that the words use"""
    filtered: frozenset[tuple[str, str]]
    """facts that are said, each with its filter; empty for none"""


def parse_words(source: str, lang: Lang, *, marks: tuple[str, str]) -> Parsed:
    """The words as a tree; raises BadTemplate on what scripts may not hold."""
    if len(source) > MAX_SOURCE:
        raise BadTemplate(f"longer than {MAX_SOURCE} characters")
    try:
        tree = _environment(lang, marks).parse(source)
        _refuse(tree)
    except (TemplateError, RecursionError) as error:
        raise BadTemplate(str(error)) from error
    parsed = Parsed(tree, frozenset(name.name for name in tree.find_all(nodes.Name)), frozenset(_said(tree)))
    _name_figures(tree)
    return parsed


def fixed_words(parsed: Parsed, need: str) -> str:
    """The words that stand in the template itself, as one with `need` hears them."""
    return "".join(_fixed(parsed.tree.body, need))


def _fixed(body: Sequence[nodes.Node], need: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.Output):
            data = (one.data for one in node.nodes if isinstance(one, nodes.TemplateData))
            yield from (words for words in data if not words.startswith(NAME))
        elif isinstance(node, nodes.If):
            met, unmet = _is(node.test, need), isinstance(node.test, nodes.Not) and _is(node.test.node, need)
            yield from () if unmet else _fixed(node.body, need)
            yield from () if met else _fixed([*node.elif_, *node.else_], need)


def _is(test: nodes.Node, need: str) -> bool:
    return isinstance(test, nodes.Name) and test.name == need


def _said(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    for output in tree.find_all(nodes.Output):
        yield from (said for node in output.nodes if (said := _fact(node)) is not None)


def _fact(node: nodes.Node) -> tuple[str, str] | None:
    """The fact that is said there, with its filter."""
    if isinstance(node, nodes.Name):
        return node.name, ""
    if isinstance(node, nodes.Filter) and isinstance(node.node, nodes.Name):
        return node.node.name, node.name
    return None


def _name_figures(tree: nodes.Template) -> None:
    """Puts each fact's name before its figure, so that the view can tell where the figure comes from."""
    for output in tree.find_all(nodes.Output):
        named: list[nodes.Expr] = []
        for node in output.nodes:
            said = _fact(node)
            if said is not None:
                named.append(nodes.TemplateData(f"{NAME}{said[0]}{NAMED}", lineno=node.lineno))
            named.append(node)
        output.nodes = named


def compile_words(parsed: Parsed, lang: Lang, *, marks: tuple[str, str]) -> Template:
    """Ready to be filled in; raises BadTemplate on a filter that scripts do not have."""
    try:
        return _environment(lang, marks).from_string(parsed.tree)
    except (TemplateError, RecursionError) as error:
        raise BadTemplate(str(error)) from error


def _refuse(node: nodes.Node, depth: int = 0) -> int:
    """How many nodes there are; raises BadTemplate on what scripts may not hold and on more than people say."""
    count = 1
    if depth > MAX_DEPTH:
        raise BadTemplate(f"nested more than {MAX_DEPTH} deep")
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Const) and len(repr(child.value)) > _longest(child.value):
            raise BadTemplate("a constant longer than people say")
        if not isinstance(child, _ALLOWED):
            raise BadTemplate(f"`{type(child).__name__.lower()}` may not stand in a script's words")
        if isinstance(child, nodes.Filter) and child.name not in FILTERS:
            raise BadTemplate(f"no filter `{child.name}`; there are {', '.join(sorted(FILTERS))}")
        if isinstance(child, nodes.Filter):
            _refuse_brackets(child)
        count += _refuse(child, depth + 1)
        if count > MAX_NODES:
            raise BadTemplate(f"more than {MAX_NODES} pieces")
    return count


def _refuse_brackets(node: nodes.Filter) -> None:
    """A filter that is given what it does not take fails only when the words are said."""
    wanted, named = FILTERS[node.name], bool(node.kwargs or node.dyn_args or node.dyn_kwargs)
    words = all(isinstance(arg, nodes.Const) and isinstance(arg.value, str) for arg in node.args)
    if not named and words and len(node.args) == wanted:
        return
    takes = f"{wanted} words in quotes" if wanted else "nothing in brackets"
    raise BadTemplate(f"the filter `{node.name}` takes {takes}")


def spread(parsed: Parsed) -> Parsed:
    """The same words with every branch said and every comparison made, one after another: for a trial."""
    environment = parsed.tree.environment
    assert environment is not None, "it was parsed by one"
    tree = nodes.Template(list(_spread(parsed.tree.body)), lineno=1)
    tree.set_environment(environment)
    return parsed._replace(tree=tree)


def _spread(body: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    for node in body:
        if isinstance(node, nodes.If):
            yield nodes.Output([node.test, *node.test.find_all(nodes.Compare)], lineno=node.lineno)
            yield from _spread([*node.body, *node.elif_, *node.else_])
        else:
            yield node


def _longest(value: object) -> int:
    return MAX_VALUE if isinstance(value, str) else MAX_DIGITS


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

"""Words with their figures filled in, in spans, so that the view can mark the figures.

Templates are jinja2 in its sandbox, and of jinja2 only names, our filters, comparisons and `if`: a script states
figures, it neither computes nor loops. Anything else is refused when the script is checked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from core.domain.script import Script
from core.domain.text import Lang, Text
from core.guidance.fact_names import OF_THE_DESK
from core.guidance.marking import CLOSE, NAME, NAMED, OPEN, Quiet, Span, Spans, spans_of
from core.guidance.probing import asked

if TYPE_CHECKING:
    from jinja2 import Template

    from core.guidance.templating import Parsed

__all__ = ["BadTemplate", "MissingFigure", "Span", "Spans", "is_known", "needs", "plain", "prepare", "render"]

MAX_LENGTH = 2_000
"""characters that one rendering may have; what is longer is cut and ends in an ellipsis"""


class MissingFigure(LookupError):
    """A figure that the words need is not known."""


class BadTemplate(ValueError):
    """The words are no template that scripts may hold."""


def needs(text: Text) -> frozenset[str]:
    """The facts that either language's words use. Raises BadTemplate."""
    return _parsed(text.zh, Lang.ZH).names | _parsed(text.en, Lang.EN).names


def filters_of(text: Text) -> frozenset[tuple[str, str]]:
    """Each fact that is said with the filter it goes through first, empty for none. Raises BadTemplate."""
    return _parsed(text.zh, Lang.ZH).filtered | _parsed(text.en, Lang.EN).filtered


def heard_by(text: Text, need: str) -> Text:
    """The words as a customer with that need hears them, figures left out: `{% if need_blind %}` decided."""
    from core.guidance.templating import fixed_words

    return Text(fixed_words(_parsed(text.zh, Lang.ZH), need), fixed_words(_parsed(text.en, Lang.EN), need))


def is_known(text: Text, facts: Mapping[str, object]) -> bool:
    """Whether all figures of both languages' words are known."""
    return needs(text) <= facts.keys()


def render(text: Text, facts: Mapping[str, object], lang: Lang) -> Spans:
    """The words in `lang`. Raises MissingFigure where a fact is absent, BadTemplate on a bad template."""
    words = text.of(lang)
    missing = _parsed(words, lang).names - facts.keys()
    if missing:
        raise MissingFigure(", ".join(sorted(missing)))
    return spans_of(_bounded(_compiled(words, lang), _quieted(facts, lang)), lang)


def try_out(text: Text, facts: Mapping[str, object]) -> None:
    """Fills in every branch of both languages' words; raises BadTemplate where any fails with these facts."""
    from core.guidance.templating import compile_words, spread

    for lang in Lang:
        tried = compile_words(spread(_parsed(text.of(lang), lang)), lang, marks=(OPEN, CLOSE))
        with _bad_where_it_fails():
            deque(tried.generate(_quieted(facts, lang)), maxlen=0)


def plain(text: Text, facts: Mapping[str, object], lang: Lang) -> str:
    """The words without marks: for an SMS or a note. Raises as `render`."""
    return "".join(span.text for span in render(text, facts, lang))


def prepare(script: Script, lang: Lang) -> None:
    """Compiles the script's words ahead, off the UI thread, so that no step waits for it. Raises BadTemplate."""
    for step in script.steps:
        for say in step.say:
            needs(say.text)
            _compiled(say.text.of(lang), lang)
    for objection in script.objections:
        for text in (objection.empathise, asked(objection), objection.answer, objection.confirm):
            _compiled(text.of(lang), lang)


@lru_cache(maxsize=4096)
def _parsed(source: str, lang: Lang) -> Parsed:
    # jinja2 is imported with the first words, not on the client's start path
    from core.guidance.templating import parse_words

    return parse_words(source, lang, marks=(OPEN, CLOSE))


@lru_cache(maxsize=4096)
def _compiled(source: str, lang: Lang) -> Template:
    from core.guidance.templating import compile_words

    return compile_words(_parsed(source, lang), lang, marks=(OPEN, CLOSE))


def _quieted(facts: Mapping[str, object], lang: Lang) -> dict[str, object]:
    """What the agent says of themselves is no figure of the customer's, so it is not marked."""
    out = dict(facts)
    for name in OF_THE_DESK & facts.keys():
        value = out[name]
        out[name] = Quiet(value.of(lang) if isinstance(value, Text) else str(value))
    return out


def _bounded(template: Template, facts: Mapping[str, object]) -> str:
    out, length = [], 0
    with _bad_where_it_fails():
        for piece in template.generate(facts):
            out.append(piece)
            length += len(piece)
            if length > MAX_LENGTH:
                return _cut("".join(out))
    return "".join(out)


@contextmanager
def _bad_where_it_fails() -> Iterator[None]:
    """A filter or a comparison may raise anything at all over a value that does not fit: raises BadTemplate."""
    try:
        yield
    except Exception as error:
        raise BadTemplate(f"cannot be filled in: {error}") from error


def _cut(marked: str) -> str:
    kept = marked[:MAX_LENGTH]
    if kept.rfind(NAME) > kept.rfind(NAMED):
        kept = kept[: kept.rfind(NAME)]
    return kept + ("…" if kept.rfind(OPEN) <= kept.rfind(CLOSE) else f"…{CLOSE}")

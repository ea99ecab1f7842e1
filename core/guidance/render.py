"""Words with their figures filled in, in spans, so that the view can mark the figures.

Templates are jinja2 in its sandbox, and of jinja2 only names, our filters, comparisons and `if`: a script states
figures, it neither computes nor loops. Anything else is refused when the script is checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from core.domain.script import Script
from core.domain.text import Lang, Text

if TYPE_CHECKING:
    from jinja2 import Template

    from core.guidance.templating import Compiled

_OPEN, _CLOSE = "\x02", "\x03"
_SPAN = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
MAX_LENGTH = 2_000
"""characters that one rendering may have; what is longer is cut and ends in an ellipsis"""


class Span(NamedTuple):
    text: str
    figure: bool
    """filled in for this customer"""


Spans = tuple[Span, ...]


class MissingFigure(LookupError):
    """A figure that the words need is not known."""


class BadTemplate(ValueError):
    """The words are no template that scripts may hold."""


def needs(text: Text) -> frozenset[str]:
    """The facts that either language's words use. Raises BadTemplate."""
    return _compiled(text.zh, Lang.ZH).names | _compiled(text.en, Lang.EN).names


def is_known(text: Text, facts: Mapping[str, object]) -> bool:
    """Whether all of its figures are known."""
    return needs(text) <= facts.keys()


def render(text: Text, facts: Mapping[str, object], lang: Lang) -> Spans:
    """The words in `lang`. Raises MissingFigure where a fact is absent, BadTemplate on a bad template."""
    compiled = _compiled(text.of(lang), lang)
    missing = compiled.names - facts.keys()
    if missing:
        raise MissingFigure(", ".join(sorted(missing)))
    return _spans(_bounded(compiled.template, facts), lang)


def plain(text: Text, facts: Mapping[str, object], lang: Lang) -> str:
    """The words without marks: for an SMS or a note. Raises as `render`."""
    return "".join(span.text for span in render(text, facts, lang))


def prepare(script: Script, lang: Lang) -> None:
    """Compiles the script's words ahead, off the UI thread, so that no step waits for it. Raises BadTemplate."""
    for step in script.steps:
        for say in step.say:
            needs(say.text)
    for objection in script.objections:
        for text in (objection.empathise, objection.clarify, objection.answer, objection.confirm):
            _compiled(text.of(lang), lang)


@lru_cache(maxsize=4096)
def _compiled(source: str, lang: Lang) -> Compiled:
    # jinja2 is imported with the first words, not on the client's start path
    from core.guidance.templating import compile_words

    return compile_words(source, lang, marks=(_OPEN, _CLOSE))


def _bounded(template: Template, facts: Mapping[str, object]) -> str:
    out, length = [], 0
    for piece in template.generate(facts):
        out.append(piece)
        length += len(piece)
        if length > MAX_LENGTH:
            return _cut("".join(out))
    return "".join(out)


def _cut(marked: str) -> str:
    kept = marked[:MAX_LENGTH]
    return kept + ("…" if kept.rfind(_OPEN) <= kept.rfind(_CLOSE) else f"…{_CLOSE}")


def _spans(marked: str, lang: Lang) -> Spans:
    spans: list[Span] = []
    parts = _SPAN.split(marked)
    for at, part in enumerate(parts):
        if part:
            spans.append(Span(part, at % 2 == 1))
    return _trimmed(_capitalised(spans) if lang is Lang.EN else spans)


def _capitalised(spans: list[Span]) -> list[Span]:
    """English words begin with a capital also where the name before them is not known."""
    if spans and not spans[0].figure:
        first = spans[0].text.lstrip()
        return [Span(first[:1].upper() + first[1:], False), *spans[1:]]
    return spans


def _trimmed(spans: list[Span]) -> Spans:
    """The name's comma is not part of the figure: `吴女士，` becomes `吴女士` and `，`."""
    out: list[Span] = []
    for span in spans:
        bare = span.text.rstrip("，, ") if span.figure else span.text
        if bare:
            out.append(Span(bare, span.figure))
        rest = span.text[len(bare) :]
        if rest and out and not out[-1].figure:
            out[-1] = Span(out[-1].text + rest, False)
        elif rest:
            out.append(Span(rest, False))
    merged: list[Span] = []
    for span in out:
        if merged and not span.figure and not merged[-1].figure:
            merged[-1] = Span(merged[-1].text + span.text, False)
        else:
            merged.append(span)
    return tuple(merged)

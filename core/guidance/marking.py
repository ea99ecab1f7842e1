"""Spans of rendered words: which were filled in for this customer, and how they meet the words around them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.domain.text import Lang

OPEN, CLOSE = "\x02", "\x03"
"""around a figure while it is filled in; values are stripped of them"""
NAME, NAMED = "\x04", "\x05"
"""around the fact's name, right before its figure; whether the figure is there or not"""
_FIGURE = re.compile(f"(?:{NAME}([^{NAMED}]*){NAMED})?(?:{OPEN}([^{CLOSE}]*){CLOSE})?")
_CJK = re.compile(r"[\u2e80-\u9fff]")
_ALNUM = re.compile(r"[A-Za-z0-9¥]")


class Span(NamedTuple):
    text: str
    figure: bool
    """filled in for this customer"""
    fact: str = ""
    """of a figure: the fact that it is, where the words name one"""


Spans = tuple[Span, ...]


class Quiet(str):
    """A value that is filled in but not marked: the agent knows their own name."""

    __slots__ = ()


def spans_of(marked: str, lang: Lang) -> Spans:
    """`marked` text as spans, neighbours of one kind joined, spaces and capitals as the language wants them."""
    bare = [piece for part in _parts(marked) for piece in _without_comma(part)]
    joined = _joined(bare)
    return tuple(_capitalised(joined) if lang is Lang.EN else _spaced(joined))


def _parts(marked: str) -> Iterator[Span]:
    end = 0
    for found in _FIGURE.finditer(marked):
        if found.start() == found.end():
            continue
        if found.start() > end:
            yield Span(marked[end : found.start()], False)
        end = found.end()
        if found[2]:
            yield Span(found[2], True, found[1] or "")
    if marked[end:]:
        yield Span(marked[end:], False)


def _without_comma(span: Span) -> list[Span]:
    """The comma after a name is not part of the figure: `吴女士，` becomes `吴女士` and `，`."""
    if not span.figure:
        return [span]
    kept = span.text.rstrip("，, ")
    return [piece for piece in (Span(kept, True, span.fact), Span(span.text[len(kept) :], False)) if piece.text]


def _joined(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        if out and not span.figure and not out[-1].figure:
            out[-1] = Span(out[-1].text + span.text, False)
        else:
            out.append(span)
    return out


def _capitalised(spans: list[Span]) -> list[Span]:
    """English words begin with a capital also where the name before them is not known."""
    if spans and not spans[0].figure:
        first = spans[0].text.lstrip()
        return [Span(first[:1].upper() + first[1:], False), *spans[1:]]
    return spans


def _spaced(spans: list[Span]) -> list[Span]:
    """Chinese and Latin stand apart by a space, Chinese and Chinese by none, whatever was filled in."""
    out = list(spans)
    for at in range(1, len(out)):
        before, after = out[at - 1], out[at]
        if before.figure == after.figure or not before.text.strip() or not after.text.strip():
            continue
        if before.figure:
            out[at] = Span(_gap(before.text[-1], after.text.lstrip(" ")[:1]) + after.text.lstrip(" "), False)
        else:
            out[at - 1] = Span(before.text.rstrip(" ") + _gap(before.text.rstrip(" ")[-1:], after.text[0]), False)
    return [span for span in out if span.text]


def _gap(left: str, right: str) -> str:
    apart = (_CJK.match(left) and _ALNUM.match(right)) or (_ALNUM.match(left) and _CJK.match(right))
    latin = _ALNUM.match(left) and _ALNUM.match(right)
    return " " if apart or latin else ""

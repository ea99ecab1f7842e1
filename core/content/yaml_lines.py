"""YAML 1.2 into plain values, with the line of each: an author is told where the mistake stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from core.domain.bounded import refuse_endless
from core.domain.errors import ContentError

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

Where = tuple[str | int, ...]
"""Keys and positions from the top of the document: ("steps", 3, "say", 0)."""

_TAG = "tag:yaml.org,2002:"
_BOOLS = {"true": True, "false": False}
_DEPTH = 40
"""of values in each other; the quick composer is written in C and would run out of stack"""
_TOO_DEEP = "nested too deeply"
_MOST_VALUES = 200_000
"""ten times what any file of content has; anchors that stand for each other would fill the memory"""
_TOO_MANY = "holds more values than any content does, by anchors that stand for each other"
_KEPT = 256
"""files: twice what a folder of content has"""


class Parsed(NamedTuple):
    value: object
    lines: dict[Where, int]
    """line, from 1, of each value"""
    files: Mapping[Where, str] = MappingProxyType({})
    """where another file's values begin, and that file"""

    def file(self, where: Where, default: str) -> str:
        """The file that holds that value."""
        while where and where not in self.files:
            where = where[:-1]
        return self.files.get(where, default)

    def line(self, where: Where) -> int:
        """The line of that value, or of the nearest one around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def parse(text: str, *, file: str) -> Parsed:
    """The document in `text`; raises ContentError on bad YAML, a second key of one name, or anything but plain data."""
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if line := _too_deep(text):
        raise ContentError(file=file, line=line, reason=_TOO_DEEP)
    try:
        node = _composed(text)
    except RecursionError as error:
        raise ContentError(file=file, line=1, reason=_TOO_DEEP) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ContentError(file=file, line=line, reason=error.problem or "not YAML") from error
    except YAMLError as error:
        raise ContentError(file=file, line=1, reason=str(error)) from error
    if node is None:
        raise ContentError(file=file, line=1, reason="the file is empty")
    reader = _Reader(file)
    return Parsed(reader.value(node, ()), reader.lines)


@lru_cache(maxsize=_KEPT)
def _composed(text: str) -> Node | None:
    """Of one folder each file is read for several checks; composing is nearly all of the work. Never changed.

    The composer in C takes a quarter of the time and gives the same nodes; where it refuses, the other one has the
    last word, and the plainer words of what is wrong.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    node: Node | None
    try:
        node = YAML(typ="safe").compose(text)
    except (YAMLError, UnicodeEncodeError):
        node = YAML(typ="safe", pure=True).compose(text)
    return node


@lru_cache(maxsize=_KEPT)
def _too_deep(text: str) -> int | None:
    """The line, from 1, where values stand deeper in each other than any content does."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent

    depth = 0
    try:
        for event in YAML(typ="safe").parse(text):
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)
            if depth > _DEPTH:
                return int(event.start_mark.line) + 1
    except (YAMLError, UnicodeEncodeError):
        # No YAML from there on: the quick composer goes no further either, and the other one says what is wrong.
        return None
    return None


def forget_files() -> None:
    """What was kept of the files that were read: for a program that goes on after it has read them all."""
    _composed.cache_clear()
    _too_deep.cache_clear()


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Where, int] = {}

    def value(self, node: Node, where: Where) -> object:
        from ruamel.yaml.nodes import MappingNode, SequenceNode

        self.lines[where] = node.start_mark.line + 1
        if len(self.lines) > _MOST_VALUES:
            raise self._wrong(node, _TOO_MANY)
        if len(where) > _DEPTH:
            raise self._wrong(node, _TOO_DEEP)
        if isinstance(node, MappingNode):
            return self._mapping(node, where)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*where, at)) for at, item in enumerate(node.value)]
        return self._scalar(node, str(node.tag).removeprefix(_TAG))

    def _mapping(self, node: Node, where: Where) -> dict[str, object]:
        out: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node.value, str):
                raise self._wrong(key_node, "a key must be a word")
            key = self._words(key_node)
            if key in out:
                raise self._wrong(key_node, f"`{key}` stands here twice")
            out[key] = self.value(value_node, (*where, key))
            self.lines[(*where, key)] = key_node.start_mark.line + 1
        return out

    def _scalar(self, node: Node, kind: str) -> object:
        text = self._words(node)
        if kind == "int":
            return self._number(node, text, int)
        if kind == "float":
            return self._number(node, text, float)
        if kind == "bool" and text.lower() in _BOOLS:
            return _BOOLS[text.lower()]
        return None if kind == "null" else text

    def _words(self, node: Node) -> str:
        text = str(node.value)
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise self._wrong(node, "holds half of a character") from error
        return text

    def _number(self, node: Node, text: str, make: type[int] | type[float]) -> int | float:
        try:
            number = make(text)
            refuse_endless(number)
        except ValueError as error:
            raise self._wrong(node, f"`{text}` is no plain number") from error
        return number

    def _wrong(self, node: Node, reason: str) -> ContentError:
        return ContentError(file=self.file, line=node.start_mark.line + 1, reason=reason)

"""Parts that several files share: an item `use: identity` in a list stands for the items of `parts/identity.yaml`.

    steps:
      - use: identity
        stage: who                              # of the steps that name none
        exits: { owner: feeling }               # `to: "@owner"` in the part leads to this file's step
        words: { purpose: { zh: …, en: … } }    # `[[purpose]]` in the part's words
        without: [call-later]                   # ids or codes that this file says in its own way

A part holds lists of the same names (steps, objections, results …). It uses no part itself, so nothing runs in circles.
Mistakes are told with the file and line where they stand: of the part, or of its use.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from core.content.yaml_lines import Parsed, Where, parse
from core.domain.errors import ContentError

USE = "use"
FOLDER = "parts"
_KEYS = frozenset({USE, "stage", "exits", "words", "without"})
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOLE = re.compile(r"\[\[(\w+)\]\]")
_EXIT = "@"


def with_parts(parsed: Parsed, path: Path) -> Parsed:
    """The document with its parts in place; raises ContentError. Without any use it is the same."""
    value = parsed.value
    if not isinstance(value, dict) or not any(_uses(items) for items in value.values() if isinstance(items, list)):
        return parsed
    return _Joiner(parsed, path).joined(value)


class _Placed(NamedTuple):
    parsed: Parsed
    within: dict[Where, list[tuple[Where, int]]]
    """by a key of the document, and by an item of its list: all places within, each with its line"""

    @classmethod
    def of(cls, parsed: Parsed) -> _Placed:
        within: dict[Where, list[tuple[Where, int]]] = {}
        for where, line in parsed.lines.items():
            for size in range(1, min(len(where), 2) + 1):
                within.setdefault(where[:size], []).append((where, line))
        return cls(parsed, within)


@lru_cache(maxsize=32)
def _read(path: Path, changed_ns: int) -> _Placed:
    """A part as it stands in its file: all scenarios together use each of the few parts a dozen times."""
    return _Placed.of(parse(path.read_text(encoding="utf-8-sig"), file=str(path)))


def _uses(items: list[object]) -> bool:
    return any(isinstance(item, dict) and USE in item for item in items)


class _Use(NamedTuple):
    name: str
    stage: str
    exits: dict[str, str]
    words: dict[str, dict[str, str]]
    without: frozenset[str]


class _Joiner:
    def __init__(self, parsed: Parsed, path: Path) -> None:
        self.path, self.parsed, self.placed = path, parsed, _Placed.of(parsed)
        self.lines = {where: line for where, line in parsed.lines.items() if len(where) < 2}
        self.files: dict[Where, str] = {}

    def joined(self, value: dict[str, object]) -> Parsed:
        out: dict[str, object] = {}
        for key, items in value.items():
            if isinstance(items, list):
                out[key] = self._list(key, items)
            else:
                out[key] = items
                self._keep(self.placed, (key,), (key,))
        return Parsed(out, self.lines, self.files)

    def _list(self, key: str, items: list[object]) -> list[object]:
        out: list[object] = []
        for at, item in enumerate(items):
            if isinstance(item, dict) and USE in item:
                out += self._part(key, at, item, len(out))
            else:
                self._keep(self.placed, (key, at), (key, len(out)))
                out.append(item)
        return out

    def _part(self, key: str, at: int, item: dict[str, object], first: int) -> list[object]:
        where = (key, at)
        use = self._use(item, where)
        path = self.path.parent / FOLDER / f"{use.name}.yaml"
        if not path.is_file():
            raise self._wrong((*where, USE), f"there is no part `{use.name}`")
        placed = _read(path, path.stat().st_mtime_ns)
        part = placed.parsed
        items = part.value.get(key) if isinstance(part.value, dict) else None
        if not isinstance(items, list):
            raise self._wrong((*where, USE), f"part `{use.name}` has no {key}")
        filler = _Filler(use, items)
        out: list[object] = []
        for nth, one in enumerate(items):
            if isinstance(one, dict) and USE in one:
                raise ContentError(file=str(path), line=part.line((key, nth)), reason="a part may not use a part")
            if isinstance(one, dict) and one.get("id", one.get("code")) in use.without:
                continue
            target = (key, first + len(out))
            self._keep(placed, (key, nth), target)
            self.files[target] = str(path)
            out.append(filler.item(one, key))
        if filler.flaws:
            raise self._wrong(where, filler.flaws[0])
        if idle := filler.idle():
            raise self._wrong(where, f"part `{use.name}` knows nothing of `{idle[0]}`")
        return out

    def _use(self, item: dict[str, object], where: Where) -> _Use:
        for key in item:
            if key not in _KEYS:
                raise self._wrong((*where, key), f"unknown key `{key}`; a use knows {', '.join(sorted(_KEYS))}")
        name = item[USE]
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise self._wrong((*where, USE), "a part is named in small letters")
        without = item.get("without", [])
        return _Use(
            name=name,
            stage=str(item.get("stage", "")),
            exits={n: str(to) for n, to in self._mapping(item, "exits", where).items()},
            words={n: self._text(text, where) for n, text in self._mapping(item, "words", where).items()},
            without=frozenset(map(str, without)) if isinstance(without, list) else frozenset({str(without)}),
        )

    def _mapping(self, item: dict[str, object], key: str, where: Where) -> dict[str, object]:
        found = item.get(key, {})
        if not isinstance(found, dict):
            raise self._wrong((*where, key), f"`{key}` holds names with their values")
        return found

    def _text(self, value: object, where: Where) -> dict[str, str]:
        if not isinstance(value, dict) or set(value) != {"zh", "en"}:
            raise self._wrong((*where, "words"), "words need Chinese and English")
        return {lang: str(words) for lang, words in value.items()}

    def _keep(self, source: _Placed, of: Where, to: Where) -> None:
        """The lines of the values at `of` in `source`, as those at `to` here."""
        size = len(of)
        self.lines.update({(*to, *where[size:]): line for where, line in source.within.get(of, ())})

    def _wrong(self, where: Where, reason: str) -> ContentError:
        return ContentError(file=str(self.path), line=self.parsed.line(where), reason=reason)


class _Filler:
    """Fills a part's holes and exits; remembers what was asked for."""

    def __init__(self, use: _Use, items: list[object]) -> None:
        self.use = use
        self.ids = {str(one.get("id", one.get("code", ""))) for one in items if isinstance(one, dict)}
        self.asked: set[str] = set()
        self.flaws: list[str] = []

    def item(self, value: object, key: str) -> object:
        filled = self._filled(value, "")
        if key == "steps" and isinstance(filled, dict) and self.use.stage:
            filled.setdefault("stage", self.use.stage)
        return filled

    def idle(self) -> list[str]:
        """Exits, words and ids of the use that the part does not have."""
        given = {*self.use.exits, *self.use.words} - self.asked
        return sorted(given | (self.use.without - self.ids))

    def _filled(self, value: object, key: str) -> object:
        if isinstance(value, dict):
            return {name: self._filled(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(inner, key) for inner in value]
        if not isinstance(value, str):
            return value
        if key == "to" and value.startswith(_EXIT):
            return self._exit(value.removeprefix(_EXIT))
        return _HOLE.sub(lambda hole: self._words(hole[1], key), value) if key in ("zh", "en") else value

    def _exit(self, name: str) -> str:
        self.asked.add(name)
        if name not in self.use.exits:
            self.flaws.append(f"part `{self.use.name}` needs the exit `{name}`")
        return self.use.exits.get(name, "")

    def _words(self, name: str, lang: str) -> str:
        self.asked.add(name)
        if name not in self.use.words:
            self.flaws.append(f"part `{self.use.name}` needs the words `{name}`")
        return self.use.words.get(name, {}).get(lang, "")

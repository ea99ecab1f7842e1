"""What columns of labelled lists are called, read from resources: labels, times, customers, and columns that know."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.text import Text

PLACE = Path("model", "columns.yaml")


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names that a column may have, whole or in part."""

    is_: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()

    def meet(self, name: str) -> bool:
        plain = plain_name(name)
        return plain in map(plain_name, self.is_) or any(plain_name(one) in plain for one in self.contains)


class _Named(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"is_": "is"}):
    is_: tuple[str, ...]
    contains: tuple[str, ...] = ()

    def names(self) -> Names:
        return Names(is_=self.is_, contains=self.contains)


class Hints(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parts of names that let one think of an answer, and parts of those that are none all the same."""

    contains: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()

    def meet(self, name: str) -> bool:
        return Names(contains=self.contains).meet(name) and not Names(contains=self.but_not).meet(name)


class Suspect(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"is_": "is"}):
    """Columns that are known only once the answer is."""

    id: str
    why: Text
    is_: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()

    def meets(self, name: str) -> bool:
        return Names(is_=self.is_, contains=self.contains).meet(name)


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: int
    label: _Named
    label_hints: Hints = Hints()
    left_words: tuple[str, ...]
    stayed_words: tuple[str, ...]
    left_by_itself: tuple[str, ...] = ()
    called_words: tuple[str, ...]
    held_out_words: tuple[str, ...]
    time: _Named
    customer: _Named
    personal: _Named
    suspects: tuple[Suspect, ...]


class Naming(Struct, frozen=True, kw_only=True):
    label: Names
    time: Names
    customer: Names
    personal: Names
    left_words: frozenset[str]
    """as `plain_word` writes them"""
    stayed_words: frozenset[str]
    label_hints: Hints
    left_by_itself: frozenset[str]
    """words of those who left that need no name above them"""
    called_words: frozenset[str]
    held_out_words: frozenset[str]
    """of a control group"""
    suspects: tuple[Suspect, ...]

    def suspect(self, name: str) -> Suspect | None:
        return next((one for one in self.suspects if one.meets(name)), None)


@cache
def plain_name(name: str) -> str:
    """A name without case, blanks and signs; full width as half."""
    return "".join(one for one in unicodedata.normalize("NFKC", name).casefold() if one.isalnum())


def plain_word(word: object) -> str:
    """A cell without case, blanks around it, full width and a full stop; `1.0` is `1`."""
    plain = unicodedata.normalize("NFKC", str(word)).strip().rstrip(".").casefold()
    return plain[:-2] if plain in ("1.0", "0.0", "-1.0") else plain


def load_naming(root: Path | None = None) -> Naming:
    """Raises ContentError with file, line and reason."""
    path = (root or folder()) / PLACE
    if not path.exists():
        path = folder() / PLACE
    found = convert(parse(read_text(path), file=str(path)), _File, _flaws, file=str(path))
    return Naming(
        label=found.label.names(), time=found.time.names(), customer=found.customer.names(),
        personal=found.personal.names(), left_words=frozenset(map(plain_word, found.left_words)),
        stayed_words=frozenset(map(plain_word, found.stayed_words)), suspects=found.suspects,
        label_hints=found.label_hints, left_by_itself=frozenset(map(plain_word, found.left_by_itself)),
        called_words=frozenset(map(plain_word, found.called_words)),
        held_out_words=frozenset(map(plain_word, found.held_out_words)),
    )  # fmt: skip


def _flaws(found: _File) -> list[Flaw]:
    ids: list[tuple[Where, str]] = [(("suspects", at, "id"), one.id) for at, one in enumerate(found.suspects)]
    both = set(map(plain_word, found.left_words)) & set(map(plain_word, found.stayed_words))
    flaws = [] if found.version >= 1 else [Flaw(("version",), "versions begin at 1")]
    flaws += [Flaw(("stayed_words",), f"`{one}` says both that somebody left and stayed") for one in sorted(both)]
    strange = set(map(plain_word, found.left_by_itself)) - set(map(plain_word, found.left_words))
    flaws += [Flaw(("left_by_itself",), f"`{one}` is none of the left_words") for one in sorted(strange)]
    return flaws + missing_words(found) + repeated(ids, "suspect") + list(_empty(found.suspects))


def _empty(suspects: Iterable[Suspect]) -> Iterator[Flaw]:
    for at, one in enumerate(suspects):
        if not one.is_ and not one.contains:
            yield Flaw(("suspects", at), f"`{one.id}` names no column")

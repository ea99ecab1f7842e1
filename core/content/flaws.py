"""What is wrong with a piece of content, and where in it."""

from typing import NamedTuple

import msgspec
from msgspec import inspect

from core.domain.text import Text

Where = tuple[str | int, ...]
NO_LETTER = "a letter is of care alone: write to the customer by SMS"


class Flaw(NamedTuple):
    where: Where
    reason: str


def unknown_keys(value: object, kind: inspect.Type, where: Where = ()) -> list[Flaw]:
    """Keys that the Struct described by `kind` does not have: msgspec would pass over them in silence."""
    if isinstance(kind, inspect.UnionType):
        inner = [option for option in kind.types if not isinstance(option, inspect.NoneType)]
        structured = [option for option in inner if isinstance(option, inspect.StructType | inspect.VarTupleType)]
        return unknown_keys(value, structured[0], where) if structured else []
    if isinstance(kind, inspect.VarTupleType) and isinstance(value, list):
        return [f for at, item in enumerate(value) for f in unknown_keys(item, kind.item_type, (*where, at))]
    if isinstance(kind, inspect.DictType) and isinstance(value, dict):
        return [f for key, item in value.items() for f in unknown_keys(item, kind.value_type, (*where, key))]
    if isinstance(kind, inspect.StructType) and isinstance(value, dict):
        return _unknown_in(value, kind, where)
    return []


def _unknown_in(value: dict[str, object], kind: inspect.StructType, where: Where) -> list[Flaw]:
    known = {field.encode_name: field.type for field in kind.fields}
    out: list[Flaw] = []
    for key, item in value.items():
        if key in known:
            out += unknown_keys(item, known[key], (*where, key))
        else:
            out.append(Flaw((*where, key), f"unknown key `{key}`; known are {', '.join(sorted(known))}"))
    return out


def missing_words(value: object, where: Where = ()) -> list[Flaw]:
    """Every Text that lacks one of the two languages."""
    if isinstance(value, Text):
        names = (("zh", value.zh, "Chinese"), ("en", value.en, "English"))
        return [Flaw((*where, key), f"the {name} words are missing") for key, words, name in names if not words.strip()]
    if isinstance(value, tuple):
        return [f for at, item in enumerate(value) for f in missing_words(item, (*where, at))]
    if isinstance(value, msgspec.Struct):
        names_ = value.__struct_fields__
        return [f for name in names_ for f in missing_words(getattr(value, name), (*where, name))]
    return []


def repeated(ids: list[tuple[Where, str]], what: str) -> list[Flaw]:
    """Ids that stand twice; `what` names the kind of thing."""
    seen: set[str] = set()
    out: list[Flaw] = []
    for where, name in ids:
        if name in seen:
            out.append(Flaw(where, f"{what} `{name}` stands here twice"))
        seen.add(name)
    return out

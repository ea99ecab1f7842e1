"""Every value of a file that is not of its type: msgspec alone stops at the first.

Asked only once a file was refused: what is independent in it is told together, so that an author corrects it in one go.
"""

import re
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from core.content.flaws import Flaw, Where
from core.domain import decoding

_AT = re.compile(r"(?P<reason>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
_PART = re.compile(r"\.(?P<key>[^.\[]+)|\[(?P<at>\d+)\]")


def type_flaws(value: object, kind: Any, where: Where = ()) -> list[Flaw]:
    """What keeps `value` from being a `kind`; below it each part is looked at by itself."""
    try:
        decoding.convert(value, kind)
    except msgspec.ValidationError as error:
        inside = _inside(value, _meant(kind, value), where)
        return [_flaw_of(str(error), where)] if inside is None else inside
    return []


def _inside(value: object, kind: Any, where: Where) -> list[Flaw] | None:
    """The flaws of the parts; None where the fault lies with the value itself."""
    if isinstance(value, Mapping) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _of_struct(value, kind, where)
    item = _item_of(kind)
    if item is None:
        return None
    if isinstance(value, list):
        return [flaw for at, one in enumerate(value) for flaw in type_flaws(one, item, (*where, at))]
    if isinstance(value, Mapping) and get_origin(kind) is dict:
        return [flaw for key, one in value.items() for flaw in type_flaws(one, item, (*where, key))]
    return None


def _of_struct(value: Mapping[str, object], kind: type[msgspec.Struct], where: Where) -> list[Flaw]:
    hints = get_type_hints(kind)
    fields = msgspec.structs.fields(kind)
    named = {field.encode_name for field in fields}
    flaws: list[Flaw] = []
    for field in fields:
        if field.encode_name in value:
            flaws += type_flaws(value[field.encode_name], hints[field.name], (*where, field.encode_name))
        elif field.required and named.issuperset(value):
            # Beside an unknown key it is most likely that one, misspelt: it is told already.
            flaws.append(Flaw(where, f"Object missing required field `{field.encode_name}`"))
    return flaws


def _meant(kind: Any, value: object) -> Any:
    """Of several types the one that a value of this form was meant for."""
    if get_origin(kind) not in (Union, UnionType):
        return kind
    options = [one for one in get_args(kind) if one is not NoneType]
    if isinstance(value, list):
        return next((one for one in options if get_origin(one) in (tuple, list)), kind)
    if isinstance(value, Mapping):
        return next((one for one in options if isinstance(one, type) and issubclass(one, msgspec.Struct)), kind)
    return options[0] if len(options) == 1 else kind


def _item_of(kind: Any) -> Any:
    """The type of what a list or a mapping holds; None for anything else."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (tuple, list) and arguments:
        return arguments[0]
    return arguments[1] if origin is dict and len(arguments) == 2 else None


def _flaw_of(message: str, where: Where) -> Flaw:
    """msgspec's words, ``Expected `int`, got `str` - at `$.a[1].x` ``, as a Flaw."""
    match = _AT.fullmatch(message)
    if match is None or match["path"] is None:
        return Flaw(where, message)
    inner: list[str | int] = [p["key"] if p["at"] is None else int(p["at"]) for p in _PART.finditer(match["path"])]
    return Flaw((*where, *inner), match["reason"])

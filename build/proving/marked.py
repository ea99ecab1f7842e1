"""Values of any model with a mark of its own in each field that can carry one, made from the model itself."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec import inspect

_NUMBERS = 7_700_000_000
_DAY = date(1900, 1, 1)
_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)


class Marks:
    """Which mark stands for which field; `C20.billing.bills.total_fen` for one of a document."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        """by mark, as it stands in JSON"""

    def value(self, kind: type, path: str, *, but: dict[str, Any]) -> Any:
        """Of that model, as JSON has it; `but` says what stands in fields that the program goes by, by path."""
        return self._of(inspect.type_info(kind), path, but)

    def _of(self, kind: inspect.Type, path: str, but: dict[str, Any]) -> Any:
        inner = path.split(".", 1)[-1]
        if inner in but:
            return but[inner]
        match kind:
            case inspect.StructType():
                made = {one.encode_name: self._of(one.type, f"{path}.{one.encode_name}", but) for one in kind.fields}
                return {name: value for name, value in made.items() if value is not None}
            case inspect.ListType() | inspect.VarTupleType():
                one = self._of(kind.item_type, path, but)
                return [] if one is None else [one]
            case inspect.DictType():
                one = self._of(kind.value_type, path, but)
                return {} if one is None else {"x": one}
            case inspect.UnionType():
                return next((one for each in kind.types if (one := self._of(each, path, but)) is not None), None)
            case _:
                return self._leaf(kind, path)

    def _leaf(self, kind: inspect.Type, path: str) -> Any:
        """A switch and a word of a few carry no mark; None for what is left out."""
        if isinstance(kind, inspect.BoolType):
            return False
        if isinstance(kind, inspect.EnumType):
            return next(iter(kind.cls)).value
        number = len(self.fields)
        value: str | int
        match kind:
            case inspect.StrType():
                value = f"暗{number:05d}号"
            case inspect.IntType():
                value = _NUMBERS + number
            case inspect.DateType():
                value = (_DAY + timedelta(days=number)).isoformat()
            case inspect.DateTimeType():
                value = (_MOMENT + timedelta(days=number, minutes=7)).isoformat().replace("+00:00", "Z")
            case _:
                return None
        self.fields[str(value)] = path
        return value

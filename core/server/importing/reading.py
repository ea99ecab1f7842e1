"""A row into values by field and indicators, or the reason why it cannot be taken."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from msgspec import Struct

from core.domain.indicator import IndicatorType
from core.domain.masking import mask_number
from core.domain.text import Text
from core.server.importing import values
from core.server.importing.birthdays import BirthMonth, read_birthday, refuse_unlikely_birth
from core.server.importing.cells import clean, value_of
from core.server.importing.fields import ALSO_INDICATORS, CONSENTS, FREE_TEXT, MEASURED, NO_CALLS, Field
from core.server.importing.indicator_types import Scalar, indicator_value
from core.server.importing.line_hours import month_of, read_hours
from core.server.importing.numbers import read_number, read_numbers
from core.server.importing.plan import ColumnPlan
from core.server.importing.quiet import is_whole_day, read_quiet
from core.server.importing.refusals import refuses_all_calls, refuses_calls
from core.server.importing.resources import words
from core.server.importing.rows import Row

T = TypeVar("T")

_LONGEST_CELL = 4_000
_IDENTITY_SHOWN = 4


class RowRejected(Exception):
    """The row is not taken; `reason` says why in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class RowValues(Struct, frozen=True):
    fields: dict[Field, object]
    numbers: tuple[str, ...]
    """digits to dial, the main one first"""
    main_number: str
    """of the number column; empty where that holds none"""
    indicators: dict[int, Scalar]
    """by the column's index"""
    absent: dict[int, str]
    """by the index of a column of figures or days: the word that stands there for "nothing\""""
    refused_in_words: bool
    """a remark, and nothing else, says that the customer wants no calls"""

    def get(self, field: Field, type_: type[T]) -> T | None:
        """The field's value, None where the row has none."""
        value = self.fields.get(field)
        return value if isinstance(value, type_) else None

    def text(self, field: Field) -> str:
        return self.get(field, str) or ""


def read_row(columns: tuple[ColumnPlan, ...], row: Row, today: date) -> RowValues:
    """The values of a data row; raises RowRejected. `today`: after which nobody was born and no line began."""
    if row.fault is not None:
        raise RowRejected(row.fault)
    if any(clean(cell) for cell in row.cells[len(columns) :]):
        raise RowRejected(Text(zh="单元格多于表头", en="more cells than the header has"))
    fields: dict[Field, object] = {}
    indicators: dict[int, Scalar] = {}
    main: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    absent: dict[int, str] = {}
    refused = False
    for column in columns:
        raw = row.cells[column.index] if column.index < len(row.cells) else ""
        cell = value_of(raw)
        if column.field in MEASURED and (word := _word_for_nothing(raw, cell)):
            absent[column.index] = word
            continue
        if not cell or column.field is Field.IGNORE:
            continue
        if len(cell) > _LONGEST_CELL:
            raise RowRejected(_about(column, "内容过长", "is too long"))
        if column.field is Field.NUMBER:
            main = read_numbers(cell)
        elif column.field is Field.ALTERNATE_NUMBER:
            others += read_numbers(cell)
        elif _refused_in_words(column, cell):
            refused = True
            if column.field in FREE_TEXT - {Field.REMARK}:
                _take(column, cell, fields, today)
        elif column.field is Field.LINE_HOURS:
            _take_hours(column, cell, fields)
        elif column.field is not None:
            _take(column, cell, fields, today)
        if column.field is None or column.field in ALSO_INDICATORS:
            indicators[column.index] = _indicator(column, cell)
    _refuse_backwards(fields)
    numbers = tuple(dict.fromkeys((*main, *others)))
    in_words = refused and fields.get(Field.DO_NOT_CALL) is not True
    if refused:
        fields[Field.DO_NOT_CALL] = True
    return RowValues(fields, numbers, main[0] if main else "", indicators, absent, in_words)


def refuses(columns: tuple[ColumnPlan, ...], row: Row) -> bool:
    """Whether a row that cannot be taken says that the customer wants no calls."""
    for column in columns:
        cell = value_of(row.cells[column.index]) if column.index < len(row.cells) else ""
        if cell and column.field in NO_CALLS:
            consents = column.field is Field.CALL_CONSENT
            said = words("no") | words("declines") if consents else words("yes") | words("listed")
            if refuses_calls(cell) or cell.lower() in said:
                return True
        if cell and _refused_in_words(column, cell):
            return True
    return False


def withholds(columns: tuple[ColumnPlan, ...], row: Row) -> bool:
    """Whether a row that cannot be taken says that the customer agrees to no calls that sell."""
    for column in columns:
        cell = value_of(row.cells[column.index]) if column.index < len(row.cells) else ""
        if cell and column.field is Field.MARKETING_CONSENT:
            said = cell.lower() in words("no") | words("declines")
            if said or refuses_calls(cell):
                return True
    return False


def unsaid(columns: tuple[ColumnPlan, ...], row: Row) -> bool:
    """Whether a column of who wants no calls, or none that sell, holds what says neither: such a row is not taken."""
    for column in columns:
        cell = value_of(row.cells[column.index]) if column.index < len(row.cells) else ""
        if cell and column.field in CONSENTS:
            try:
                _READERS[column.field](cell, column.unit)
            except ValueError:
                return True
    return False


def _word_for_nothing(raw: str, cell: str) -> str:
    """`不详`, `-`, `N/A`, `无` in the place of a figure or a day; empty where one stands there, or nothing at all."""
    if cell and cell.lower() not in words("no_text"):
        return ""
    return clean(raw)


def _is_free_text(column: ColumnPlan) -> bool:
    if column.field is None:
        return column.type is IndicatorType.TEXT and not column.masked
    return column.field in FREE_TEXT


def _refused_in_words(column: ColumnPlan, cell: str) -> bool:
    """Whether the cell, where it is no flag of that very thing, says that the customer wants no calls at all."""
    if column.field is Field.MARKETING_CONSENT:
        return refuses_all_calls(cell)
    if column.field is Field.QUIET_HOURS:
        return is_whole_day(cell) or refuses_calls(cell)
    return _is_free_text(column) and refuses_calls(cell)


def _refuse_backwards(fields: dict[Field, object]) -> None:
    opened, closed = fields.get(Field.COMPLAINT_OPENED), fields.get(Field.COMPLAINT_CLOSED)
    if isinstance(opened, date) and isinstance(closed, date) and closed < opened:
        raise RowRejected(Text(zh="投诉办结早于受理", en="the complaint was closed before it was opened"))


def _take(column: ColumnPlan, cell: str, fields: dict[Field, object], today: date) -> None:
    field = column.field
    if field is None:
        return
    try:
        value = _READERS[field](cell, column.unit)
        if isinstance(value, date | BirthMonth) and field is Field.BIRTHDAY:
            refuse_unlikely_birth(value, today)
        elif isinstance(value, date) and field in _LIKELY_DAYS:
            _LIKELY_DAYS[field](value, today)
    except values.OutOfRange as error:
        raise RowRejected(_about(column, "超出合理范围", "is out of range")) from error
    except (ValueError, OverflowError) as error:
        raise RowRejected(_about(column, "无法识别", "cannot be read")) from error
    earlier = fields.get(field)
    if isinstance(earlier, str) and isinstance(value, str):
        value = f"{earlier}；{value}"
    if field is Field.MARKETING_CONSENT:
        fields[field] = value is True and earlier is not False
    elif field in NO_CALLS:
        fields[Field.DO_NOT_CALL] = value is True or fields.get(Field.DO_NOT_CALL) is True
    elif value is not None and value != "":
        fields[field] = value


def _take_hours(column: ColumnPlan, cell: str, fields: dict[Field, object]) -> None:
    month, earlier = month_of(column.column), fields.get(Field.LINE_HOURS)
    if not month:
        raise RowRejected(_about(column, "没有写是哪个月，例如 宽带时长202610", "names no month, as in hours 2026-10"))
    try:
        hours = read_hours(cell)
    except values.OutOfRange as error:
        raise RowRejected(_about(column, "超出合理范围", "is out of range")) from error
    except ValueError as error:
        raise RowRejected(_about(column, "无法识别", "cannot be read")) from error
    fields[Field.LINE_HOURS] = {**earlier, month: hours} if isinstance(earlier, dict) else {month: hours}


def _indicator(column: ColumnPlan, cell: str) -> Scalar:
    if column.field is Field.IDENTITY_DOCUMENT:
        return "*" * max(len(cell) - _IDENTITY_SHOWN, 0) + cell[-_IDENTITY_SHOWN:]
    if column.masked:
        return "、".join(map(mask_number, read_numbers(cell))) or mask_number(cell)
    try:
        if column.type is IndicatorType.FEN:
            return values.read_money(cell, column.unit)
        return indicator_value(cell, column.type)
    except (ValueError, OverflowError) as error:
        raise RowRejected(_about(column, "类型与整列不符", "is of another type than the column")) from error


def _about(column: ColumnPlan, zh: str, en: str) -> Text:
    return Text(zh=f"“{column.column}”{zh}", en=f"`{column.column}` {en}")


def _text(cell: str, _unit: values.MoneyUnit) -> str:
    return "" if cell in words("no_text") else " ".join(cell.split())


def read_id(cell: str) -> str:
    """The id as text; raises ValueError on figures that a spreadsheet has cut to 7.7E+09: they are no key."""
    whole = cell.removesuffix(".0")
    if "e+" in cell.lower() and not read_number(cell):
        raise ValueError(cell)
    return whole if whole.isdigit() else cell


def _do_not_call(cell: str, _unit: values.MoneyUnit) -> bool:
    """`是`, or the refusal in its own words."""
    return refuses_calls(cell) or values.read_listed(cell)


def _no_consent(cell: str, _unit: values.MoneyUnit) -> bool:
    """`否`, or the refusal in its own words."""
    return refuses_calls(cell) or not values.read_agreed(cell)


def _marketing_consent(cell: str) -> bool:
    """Whether they agree to calls that sell; raises ValueError where it does not say."""
    try:
        return values.read_agreed(cell)
    except ValueError:
        if refuses_calls(cell):
            return False
        raise


def _complaint_day(cell: str) -> date | None:
    """The day; None where the words say that there is no such complaint."""
    return None if cell.lower() in words("no") | words("no_date") else values.read_date(cell)


def _by(reader: Callable[[str], object]) -> Callable[[str, values.MoneyUnit], object]:
    return lambda cell, _unit: reader(cell)


_OWN: dict[Field, Callable[[str, values.MoneyUnit], object]] = {
    Field.CUSTOMER_ID: _by(read_id),
    Field.SUBSCRIBER_ID: _by(read_id),
    Field.NAME: lambda cell, unit: values.read_name(_text(cell, unit)),
    Field.GENDER: _by(values.read_gender),
    Field.BIRTHDAY: _by(read_birthday),
    Field.TIER: _by(values.read_tier),
    Field.PLAN_FEE: values.read_fee,
    Field.TENURE_MONTHS: _by(values.read_months),
    Field.TENURE_YEARS: _by(values.read_years),
    Field.TENURE_DAYS: _by(values.read_days),
    Field.ON_NET_SINCE: _by(values.read_optional_date),
    Field.CONTRACT_START: _by(values.read_optional_date),
    Field.CONTRACT_END: _by(values.read_contract_end),
    Field.MINIMUM_SPEND: values.read_fee,
    Field.ARPU: values.read_spending,
    Field.BALANCE: values.read_money,
    Field.ARREARS: values.read_money,
    Field.POINTS: _by(values.read_count),
    Field.CREDIT_SCORE: _by(values.read_count),
    Field.BROADBAND_SPEED: _by(values.read_speed),
    Field.BROADBAND_END: _by(values.read_contract_end),
    Field.DO_NOT_CALL: _do_not_call,
    Field.CALL_CONSENT: _no_consent,
    Field.MARKETING_CONSENT: _by(_marketing_consent),
    Field.COMPLAINT_OPENED: _by(_complaint_day),
    Field.COMPLAINT_CLOSED: _by(_complaint_day),
    Field.QUIET_HOURS: _by(read_quiet),
}
_LIKELY_DAYS: dict[Field, Callable[[date, date], None]] = {
    Field.ON_NET_SINCE: values.refuse_unlikely_joining,
    Field.CONTRACT_START: values.refuse_unlikely_term,
    Field.CONTRACT_END: values.refuse_unlikely_term,
    Field.BROADBAND_END: values.refuse_unlikely_term,
    Field.COMPLAINT_OPENED: values.refuse_unlikely_complaint,
    Field.COMPLAINT_CLOSED: values.refuse_unlikely_complaint,
}
_READERS = {field: _OWN.get(field, _text) for field in Field}

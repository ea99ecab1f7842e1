"""A list of customers in a file: CSV, TSV or a workbook, its columns found by their headers and cells (ID-06, 07)."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from core.domain.indicator import IndicatorType
from core.server.campaigns.refusing import unusable
from core.server.importing.asking import refuse_unconfirmed
from core.server.importing.cells import value_of
from core.server.importing.fields import CONSENTS, Field
from core.server.importing.mapping_file import apply_words
from core.server.importing.numbers import read_numbers
from core.server.importing.plan import ColumnPlan, ImportPlan
from core.server.importing.proposing import propose
from core.server.importing.reading import refuses, unsaid, withholds
from core.server.importing.rows import Row
from core.server.importing.source import rows
from core.server.screening.progress import Progress, unheard
from core.wire.campaigns import ListRow
from core.wire.list_files import ColumnRole, ListColumn

_SCORES = frozenset({"离网概率", "概率", "得分", "评分", "分数", "chance of leaving", "chance", "score", "probability"})
_REASONS = frozenset({"理由", "原因", "reasons", "reason"})
_IDS = frozenset({"客户", "客户编号", "customer", "customer id", "customer_id", "id"})
_BINDING = {
    ColumnRole.DO_NOT_CALL: Field.DO_NOT_CALL,
    ColumnRole.CALL_CONSENT: Field.CALL_CONSENT,
    ColumnRole.MARKETING_CONSENT: Field.MARKETING_CONSENT,
}


_TOLD_EACH = 5_000


class ListRead(NamedTuple):
    rows: tuple[ListRow, ...]
    no_score: tuple[int, ...]
    """which rows, from 1, say a score that is none: neither 0 to 1 nor a percentage"""
    columns: tuple[ListColumn, ...] = ()
    """from left to right"""


def read_list(path: Path, *, sheet: str = "", said: Sequence[str] = (), told: Progress = unheard) -> ListRead:
    """A row each, what cannot be read left empty. `said`: `column=field` as a person says; `told` hears how many rows
    were read, and of how many.

    Raises InputError where the file is no list, names nobody, or may say in a column who wants no calls."""
    plan = apply_words(propose(path, sheet=sheet), said)
    held = _held(plan)
    if not held[ColumnRole.CUSTOMER_ID] and not held[ColumnRole.NUMBER]:
        raise unusable("名单里没有一列是号码或客户编号。", "No column of the list holds numbers or customers' ids.")
    refuse_unconfirmed(plan, CONSENTS)
    roles = _roles(plan, held)
    columns = tuple(ListColumn(header=one.column, role=role) for one, role in zip(plan.columns, roles, strict=True))
    return _read(plan, held, _as_said(plan, roles), told)._replace(columns=columns)


def guessed(plan: ImportPlan) -> tuple[ColumnRole, ...]:
    """What each column seems to be, from left to right."""
    return _roles(plan, _held(plan))


def read_by(plan: ImportPlan, roles: Sequence[ColumnRole]) -> ListRead:
    """The same with columns as somebody says they are."""

    def places(wanted: ColumnRole) -> list[int]:
        return [column.index for column, role in zip(plan.columns, roles, strict=True) if role is wanted]

    return _read(plan, {role: places(role) for role in ColumnRole}, _as_said(plan, roles))


def places_of(plan: ImportPlan) -> tuple[tuple[int, ...], int]:
    """Of each row that is read, which of the file it is, as a spreadsheet counts; and the last of all rows."""
    places, last = list[int](), 0
    for row in rows(plan.source):
        last = row.number
        if row.number > plan.header_row and not row.blank:
            places.append(row.number)
    return tuple(places), last


def _data(plan: ImportPlan) -> Iterator[Row]:
    return (row for row in rows(plan.source) if row.number > plan.header_row and not row.blank)


def _held(plan: ImportPlan) -> dict[ColumnRole, list[int]]:
    """The columns of each role, those that fit best first."""
    return {
        ColumnRole.CUSTOMER_ID: _places(plan, (Field.SUBSCRIBER_ID, Field.CUSTOMER_ID), _IDS),
        ColumnRole.NUMBER: _places(plan, (Field.NUMBER, Field.ALTERNATE_NUMBER), frozenset()),
        ColumnRole.SCORE: _places(plan, (), _SCORES),
        ColumnRole.REASON: _places(plan, (Field.REASON,), _REASONS),
    } | {
        role: [one.index for one in plan.columns if field in (one.field, one.may_be)]
        for role, field in _BINDING.items()
    }


def _roles(plan: ImportPlan, held: Mapping[ColumnRole, Sequence[int]]) -> tuple[ColumnRole, ...]:
    roles = dict.fromkeys(range(len(plan.columns)), ColumnRole.NOTHING)
    for role, places in held.items():
        roles |= {at: role for at in places if roles[at] is ColumnRole.NOTHING}
    return tuple(roles.values())


def _as_said(plan: ImportPlan, roles: Sequence[ColumnRole]) -> tuple[ColumnPlan, ...]:
    """The columns by which a row may say that its customer wants no calls: those of these roles, and remarks."""

    def one_of(column: ColumnPlan, role: ColumnRole) -> ColumnPlan:
        if role in _BINDING:
            return structs.replace(column, field=_BINDING[role])
        if column.field in CONSENTS:
            return structs.replace(column, field=None, type=IndicatorType.TEXT)
        return column

    return tuple(one_of(column, role) for column, role in zip(plan.columns, roles, strict=True))


def _read(
    plan: ImportPlan,
    held: Mapping[ColumnRole, Sequence[int]],
    columns: tuple[ColumnPlan, ...],
    told: Progress = unheard,
) -> ListRead:
    found: list[ListRow] = []
    no_score: list[int] = []
    for at, row in enumerate(_data(plan), 1):
        if at % _TOLD_EACH == 0:
            told(at, plan.rows)
        number = next(iter(read_numbers(_first(row, held[ColumnRole.NUMBER]))), "")
        written = _first(row, held[ColumnRole.SCORE])
        score = _figure(written)
        if written and score is None:
            no_score.append(at)
        found.append(
            ListRow(
                customer_id=_first(row, held[ColumnRole.CUSTOMER_ID]), number=number, score=score,
                reason=_first(row, held[ColumnRole.REASON]), wants_no_calls=refuses(columns, row),
                withholds_consent=withholds(columns, row),
                unclear=unsaid(columns, row),
            )
        )  # fmt: skip
    return ListRead(tuple(found), tuple(no_score))


def _places(plan: ImportPlan, fields: Sequence[Field], headers: frozenset[str]) -> list[int]:
    """Of the columns of these fields, then of those with these headers."""
    found = [column.index for field in fields for column in plan.of(field)]
    found += [column.index for column in plan.columns if column.column.strip().lower() in headers]
    return list(dict.fromkeys(found))


def _first(row: Row, places: Sequence[int]) -> str:
    cells = (value_of(row.cells[at]) for at in places if at < len(row.cells))
    return next((cell for cell in cells if cell), "")


def _figure(cell: str) -> float | None:
    """0…1, also of a percentage; None of what is none."""
    plain = unicodedata.normalize("NFKC", cell)
    try:
        value = float(plain.removesuffix("%"))
    except ValueError:
        return None
    value = value / 100 if plain.endswith("%") else value
    return value if 0 <= value <= 1 else None

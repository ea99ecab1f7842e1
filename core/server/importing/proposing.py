"""Proposes a plan for a list from its headers and its cells; what is uncertain stays an indicator."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.server.importing import evidence
from core.server.importing.canonical import Canonical
from core.server.importing.failures import not_a_table
from core.server.importing.fields import MONEY_FIELDS, Field
from core.server.importing.header_row import MOST_COLUMNS
from core.server.importing.matching import Candidate, Match, match_columns, money_unit
from core.server.importing.plan import Certainty, ColumnPlan, ImportPlan
from core.server.importing.profile import ColumnProfile, Profile, TooWide
from core.server.importing.rules import EXACT, Kind, Rules, rules
from core.server.importing.source import open_source, rows
from core.server.importing.values import MoneyUnit, names_two_days

_REPEATED = re.compile(r"(.+) \(\d+\)")
"""a header that stands there again: `header_row.column_names`"""
_DAYS = (Kind.DATE, Kind.PAST_DATE, Kind.BIRTHDAY)
_YEARS_AT_MOST = 30
_ENOUGH = 20
_MASKED_SHARE = 0.8
_BY_CELLS = 0.8
"""confidence where the cells alone speak for the field"""
_ALL_BUT_SLIPS = 0.95
"""of the cells: the rest are slips of the keyboard, whose rows are rejected"""
_KEPT = Text(zh="作为指标保留", en="kept as an indicator")
_LIKE_NUMBERS = Text(zh="取值是号码，列名看不出是谁的", en="the cells are numbers, the header does not say whose")
_SAME_HEADER = Text(
    zh="与前面的号码列同名，看不出是不是客户的另一个号码",
    en="it has the header of the number before it; whether it is another number of the customer cannot be told",
)
_NARROWER = Text(
    zh="请只留需要的列，另存后重试；行列颠倒的请先转置。",
    en="Keep the columns that are needed and try again; turn one whose rows are its columns.",
)
_MIXED_UP = Text(zh="取值像年也像月，未作猜测", en="the figures may be years or months, so it is not guessed")


def propose(path: Path, *, today: date | None = None, sheet: str = "", body: bytes | None = None) -> ImportPlan:
    """A plan for the list at `path`, or in `body`, from one pass over it; raises InputError where it is no list."""
    source = open_source(path, sheet=sheet, body=body)
    try:
        profile = Profile(rows(source))
    except TooWide as error:
        raise not_a_table(path, *_too_wide(error.columns), how=_NARROWER) from error
    known = rules()
    match = match_columns(profile.columns, known, today or datetime.now(UTC).date())
    columns = tuple(_column(at, column, match, known) for at, column in enumerate(profile.columns))
    if not any(Field.NUMBER in (column.field, column.may_be) for column in columns):
        columns = tuple(_perhaps_the_number(column) for column in columns)
    return ImportPlan(source=source, header_row=profile.header_row, columns=columns, rows=profile.rows)


def _too_wide(columns: int) -> tuple[str, str]:
    return (
        f"有 {columns} 列，名单最多 {MOST_COLUMNS} 列",
        f"it has {columns:,} columns, and a list {MOST_COLUMNS:,} at most",
    )


def _perhaps_the_number(column: ColumnPlan) -> ColumnPlan:
    """Cells that are numbers to call, in a list without any other number."""
    if not column.masked or column.field is not None:
        return column
    return msgspec.structs.replace(column, certainty=Certainty.OPEN, may_be=Field.NUMBER, why=_LIKE_NUMBERS)


def _column(at: int, column: ColumnProfile, match: Match, known: Rules) -> ColumnPlan:
    header = known.canonical(column.name)
    chosen = match.chosen.get(at)
    may_be: Field | None = None
    if chosen:
        field, certainty, why = _field(chosen, header, column, known, match.doubts.values())
    else:
        field, (may_be, certainty, why) = None, _unchosen(at, match)
    if field is None and evidence.identity_share(column.sample) >= _MASKED_SHARE:
        field, certainty = Field.IDENTITY_DOCUMENT, Certainty.LIKELY
        why = Text(zh="取值像身份证号", en="the cells look like identity numbers")
    masked = field is None and evidence.phone_share(column.sample) >= _MASKED_SHARE
    if masked and may_be is None and _repeats_the_number(column.name, known):
        may_be, certainty, why = Field.ALTERNATE_NUMBER, Certainty.OPEN, _SAME_HEADER
    if may_be is not None and known.by_field[may_be].kind in _DAYS:
        twofold = next((cell for cell in column.sample if names_two_days(cell)), "")
        why = _day_or_month(twofold) if twofold else why
    type_ = column.guess.settle(header, filled=column.filled)
    if field is Field.ARPU:
        type_ = IndicatorType.FEN
    elif masked or field in (Field.IDENTITY_DOCUMENT, Field.CUSTOMER_ID, Field.SUBSCRIBER_ID, Field.REMARK):
        type_ = IndicatorType.TEXT
    return ColumnPlan(
        column=column.name,
        index=at,
        field=field,
        confidence=round(min(chosen.score, 1.0), 2) if chosen and field else _BY_CELLS if field else 0.0,
        why=why,
        certainty=certainty,
        may_be=may_be,
        type=type_,
        unit=money_unit(header) if field in MONEY_FIELDS else MoneyUnit.YUAN,
        masked=masked or field is Field.IDENTITY_DOCUMENT,
    )


def _field(
    chosen: Candidate, header: Canonical, column: ColumnProfile, known: Rules, doubted: Collection[Field]
) -> tuple[Field | None, Certainty, Text]:
    """The field, its unit looked at once more; how sure that is, and why. `doubted`: fields that other headers name."""
    rule = known.by_field[chosen.field]
    if sibling := known.in_unit(rule, header):
        return sibling, Certainty.SURE, Text(zh="列名和括号里的单位", en="the header and the unit in brackets")
    if rule.by_unit and not _names_months(header) and _may_be_years(column):
        return None, Certainty.OPEN, _MIXED_UP
    plain = chosen.field not in doubted and _plain_number(chosen, header, column, known)
    if plain or chosen.named >= EXACT:
        return chosen.field, Certainty.SURE, Text(zh="列名与取值相符", en="header and cells agree")
    return chosen.field, Certainty.LIKELY, Text(zh="列名相近，取值相符", en="the header is close, the cells agree")


def _plain_number(chosen: Candidate, header: Canonical, column: ColumnProfile, known: Rules) -> bool:
    """A contact number of mobiles throughout."""
    named = header.forms[0] in known.by_field[chosen.field].likely_names
    return named and chosen.field is Field.NUMBER and evidence.mobile_share(column.sample) >= _ALL_BUT_SLIPS


def _repeats_the_number(name: str, known: Rules) -> bool:
    """A second column under the header of the number: another number of the customer, or somebody else's."""
    repeated = _REPEATED.fullmatch(name)
    return repeated is not None and known.by_field[Field.NUMBER].score(known.canonical(repeated[1])) >= EXACT


def _day_or_month(cell: str) -> Text:
    return Text(
        zh=f"{cell} 分不清哪个是日、哪个是月，未作猜测；请改成 2026-02-05 这样的写法",
        en=f"in {cell} the day cannot be told from the month, so it is not guessed: write days as 2026-02-05",
    )


def _names_months(header: Canonical) -> bool:
    return "月" in header.whole or "month" in header.whole.split() or "months" in header.whole


def _may_be_years(column: ColumnProfile) -> bool:
    """Small bare figures only: nobody can tell whether they are years or months."""
    if len(column.sample) < _ENOUGH:
        return False
    return all(cell.isdigit() and int(cell) <= _YEARS_AT_MOST for cell in column.sample)


def _unchosen(at: int, match: Match) -> tuple[Field | None, Certainty, Text]:
    """Why a column stays an indicator, and what it may be all the same."""
    for contest in match.contests:
        if at in contest.columns:
            places = "、".join(str(column + 1) for column in contest.columns)
            return (
                contest.field,
                Certainty.OPEN,
                Text(
                    zh=f"第 {places} 列都可能是 {contest.field}，未作猜测",
                    en=f"columns {places.replace('、', ', ')} may each be {contest.field}, so none is guessed",
                ),
            )
    if field := match.doubts.get(at):
        return (
            field,
            Certainty.OPEN,
            Text(
                zh=f"列名像 {field}，取值不像，未作猜测",
                en=f"the header says {field}, the cells do not, so it is not guessed",
            ),
        )
    return None, Certainty.SURE, _KEPT

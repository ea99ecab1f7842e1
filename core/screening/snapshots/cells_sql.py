"""Cells of a delivered file as the values of a factor, in DuckDB's SQL: what cannot be one is null and counted."""

from pathlib import Path

from core.domain.indicator import IndicatorType
from core.screening.snapshots.columns import BOUND

_BLANKS = "'', 'null', 'none', 'na', 'n/a', 'nan', '-', '--', '\\n', '\\N'"
_YES, _NO = "'是', '有', 'y', 'yes', 'true', 't', '1', '1.0'", "'否', '无', '没有', 'n', 'no', 'false', 'f', '0', '0.0'"
_DAYS = (
    "['%Y-%m-%d', '%Y/%m/%d', '%Y%m%d', '%Y-%m-%d %H:%M:%S', '%Y/%m/%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y年%m月%d日']"
)
_DECIMAL_COMMA = r"[-+¥ ]*\d+(\.\d{3})*,(\d{1,2}|\d{4,})"
"""as much of Europe writes them: no thousands stand behind the comma"""
TYPES = {
    IndicatorType.INTEGER: "BIGINT",
    IndicatorType.FEN: "BIGINT",
    IndicatorType.DECIMAL: "DOUBLE",
    IndicatorType.YES_NO: "BOOLEAN",
    IndicatorType.DATE: "DATE",
    IndicatorType.TEXT: "VARCHAR",
}


def quoted(name: str) -> str:
    """An identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(words: str) -> str:
    """A string."""
    return "'" + words.replace("'", "''") + "'"


def read_from(path: Path) -> str:
    """A string that names that one file where files are read: DuckDB takes `list[1].csv` for a pattern otherwise."""
    return literal("".join(f"[{one}]" if one in "[*?" else one for one in str(path)))


def filled(column: str, type_: str) -> str:
    """The cell, null where it says nothing; words without blanks around them."""
    name = quoted(column)
    if type_ != "VARCHAR":
        return name
    return f"(CASE WHEN lower(trim({name})) IN ({_BLANKS}) THEN NULL ELSE trim({name}) END)"


def id_of(column: str, type_: str) -> str:
    """A customer's id as text: a number that a column of floating point holds is the number, not `1001.0`."""
    cell = filled(column, type_)
    if type_ in ("DOUBLE", "FLOAT"):
        return f"coalesce(CAST({_whole(cell, type_, 1)} AS VARCHAR), CAST({cell} AS VARCHAR))"
    return f"CAST({cell} AS VARCHAR)"


def value(kind: IndicatorType, column: str, type_: str, *, in_yuan: bool = False) -> str:
    """The factor's value of a cell of that type of DuckDB; `in_yuan`: figures are yuan where the factor is fen."""
    cell = filled(column, type_)
    match kind:
        case IndicatorType.INTEGER | IndicatorType.FEN:
            return _whole(cell, type_, 100 if in_yuan else 1)
        case IndicatorType.DECIMAL:
            found = _figure(cell, type_)
            return f"(CASE WHEN isfinite({found}) THEN {found} END)"
        case IndicatorType.YES_NO:
            return _yes_no(cell, type_)
        case IndicatorType.DATE:
            found = _day(cell, type_)
            return f"(CASE WHEN year({found}) BETWEEN 1900 AND 2100 THEN {found} END)"
        case IndicatorType.TEXT:
            return cell if type_ == "VARCHAR" else f"CAST({cell} AS VARCHAR)"


def _figure(cell: str, type_: str) -> str:
    # A day or a yes is no figure, though engines make one of it.
    if type_ in ("DATE", "BOOLEAN") or "TIME" in type_:
        return "NULL::DOUBLE"
    if type_ != "VARCHAR":
        return f"TRY_CAST({cell} AS DOUBLE)"
    point = f"replace(replace({cell}, '.', ''), ',', '.')"
    plain = (
        f"CASE WHEN contains({cell}, ',') THEN CASE WHEN regexp_full_match({cell}, {literal(_DECIMAL_COMMA)})"
        f" THEN {point} ELSE replace({cell}, ',', '') END ELSE {cell} END"
    )
    return f"TRY_CAST(replace({plain}, '¥', '') AS DOUBLE)"


def _whole(cell: str, type_: str, times: int) -> str:
    if type_ in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"):
        bound = (BOUND - 1) // times
        return f"(CASE WHEN {cell} BETWEEN -{bound} AND {bound} THEN CAST({cell} AS BIGINT) * {times} END)"
    found = _figure(cell, type_)
    if times > 1:
        # To the fen: 21.60 yuan is a hair below 2160 in floating point.
        return f"(CASE WHEN abs({found}) < {BOUND // times} THEN CAST(round({found} * {times}) AS BIGINT) END)"
    whole = f"{found} = floor({found}) AND abs({found}) < {BOUND}"
    return f"(CASE WHEN {whole} THEN CAST({found} AS BIGINT) END)"


def _yes_no(cell: str, type_: str) -> str:
    if type_ == "BOOLEAN":
        return cell
    word = f"lower(CAST({cell} AS VARCHAR))"
    return f"(CASE WHEN {word} IN ({_YES}) THEN TRUE WHEN {word} IN ({_NO}) THEN FALSE END)"


def _day(cell: str, type_: str) -> str:
    if type_ == "DATE" or "TIMESTAMP" in type_:
        return f"TRY_CAST({cell} AS DATE)"
    if type_ in ("DOUBLE", "FLOAT", "BOOLEAN"):
        return "NULL::DATE"
    return f"CAST(TRY_STRPTIME(CAST({cell} AS VARCHAR), {_DAYS}) AS DATE)"

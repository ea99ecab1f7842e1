"""What a person says of a list's columns: in a mapping file, or a column at a time on the command line.

The file is YAML, a line a column, `column: field`; a proposal is written as one to be edited.

    "手机号码": number
    "余额(分)": balance in fen
    "渠道积分": indicator
    "序号": ignore

A word with a question mark (`number?`) is a guess that a person confirms: it counts once the mark is taken away.
Columns that are not named keep what was proposed.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from core.content import yaml_lines
from core.content.yaml_lines import Parsed
from core.domain.content_reasons import in_chinese
from core.domain.errors import ContentError
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.server.importing.asking import in_question
from core.server.importing.failures import refuse
from core.server.importing.fields import INDICATOR, MANY, MONEY_FIELDS, Field
from core.server.importing.plan import Certainty, ColumnPlan, ImportPlan
from core.server.importing.values import MoneyUnit

_IN_UNIT = " in "
_GUESS = "?"
_STATED = Text(zh="由人指定", en="as a person says")


def write_mapping(plan: ImportPlan, path: Path) -> None:
    """The plan as a mapping file, each line with the reason for it."""
    lines = [
        "# column: field | indicator | ignore",
        "# ?: 不确定，请核对；号码、姓名、不再外呼和何时可拨的列须去掉问号才能导入",
        "# ?: uncertain, please check; the number, the name, and who wants no calls or none now, count once their mark"
        " is taken away",
        f"# fields: {', '.join(Field)}",
        "",
    ]
    asked = in_question(plan.columns)
    for column in plan.columns:
        word = f"{asked[column.index]}{_GUESS}" if column.index in asked else _word(column)
        remark = f"{column.why.zh} / {column.why.en}"
        sure = "" if column.certainty is Certainty.SURE else "?  "
        sure += f"{column.confidence:.2f}  " if column.field else ""
        lines.append(f"{json.dumps(column.column, ensure_ascii=False)}: {word}  # {sure}{remark}")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def apply_mapping(plan: ImportPlan, path: Path) -> ImportPlan:
    """The plan with the file's say; raises ContentError, with the line, on an unknown column or field."""
    parsed = _parsed(path)
    if not isinstance(parsed.value, dict):
        raise ContentError(file=str(path), line=1, reason="lines of `column: field` are expected")
    at = _positions(plan)
    columns = list(plan.columns)
    for name, word in parsed.value.items():
        line = parsed.line((name,))
        position = at.get(_key(name))
        if position is None:
            raise ContentError(
                file=str(path), line=line, reason=f"the list has no column `{name}`; there are: {_names(columns)}"
            )
        columns[position] = _stated(columns[position], str(word), file=str(path), line=line)
    _refuse_doubles(columns, str(path))
    return msgspec.structs.replace(plan, columns=tuple(columns))


def apply_words(plan: ImportPlan, given: Sequence[str]) -> ImportPlan:
    """The plan with `column=field` as given on the command line; raises InputError on an unknown column or field."""
    at, columns = _positions(plan), list(plan.columns)
    for one in given:
        name, sign, word = one.rpartition("=")
        position = at.get(_key(name))
        if not sign or position is None:
            raise refuse(
                Text(zh=f"--map {one}：名单里没有这一列。", en=f"--map {one}: the list has no such column."),
                Text(
                    zh=f"写法是 --map 列名=字段；列有：{'、'.join(column.column for column in columns)}。",
                    en=f"Write --map COLUMN=FIELD; the columns are: {', '.join(column.column for column in columns)}.",
                ),
            )
        try:
            columns[position] = _stated(columns[position], word.strip(), file=f"--map {one}", line=1)
            _refuse_doubles(columns, f"--map {one}")
        except ContentError as error:
            raise refuse(
                Text(zh=f"--map {one}：{in_chinese(error.reason)}。", en=f"--map {one}: {error.reason}."),
                Text(zh="请改正后重试。", en="Correct it and run again."),
            ) from error
    return msgspec.structs.replace(plan, columns=tuple(columns))


def _positions(plan: ImportPlan) -> dict[str, int]:
    return {_key(column.column): position for position, column in enumerate(plan.columns)}


def _parsed(path: Path) -> Parsed:
    try:
        return yaml_lines.parse(path.read_text("utf-8-sig"), file=str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else "not UTF-8"
        raise ContentError(file=str(path), line=1, reason=reason) from error


def _stated(column: ColumnPlan, word: str, *, file: str, line: int) -> ColumnPlan:
    """The column as the word says: `number`, `balance in fen`, `indicator`, `ignore`."""
    if word == _word(column):
        return column if column.certainty is Certainty.SURE else _confirmed(column)
    if word.endswith(_GUESS) and word.removesuffix(_GUESS) in tuple(Field):
        return column
    if word == INDICATOR:
        return _confirmed(msgspec.structs.replace(column, field=None))
    name, _, unit_word = word.partition(_IN_UNIT)
    try:
        field = Field(name.strip())
        unit = MoneyUnit(unit_word.strip()) if unit_word else MoneyUnit.YUAN
    except ValueError as error:
        reason = f"`{word}` is no field; there are: {', '.join(Field)}, {INDICATOR}"
        raise ContentError(file=file, line=line, reason=reason) from error
    if unit_word and field not in MONEY_FIELDS:
        raise ContentError(file=file, line=line, reason=f"`{field}` is no amount of money and has no unit")
    return _confirmed(
        msgspec.structs.replace(column, field=field, unit=unit, type=_type(field, column), masked=_masked(field))
    )


def _confirmed(column: ColumnPlan) -> ColumnPlan:
    return msgspec.structs.replace(column, confidence=1.0, why=_STATED, certainty=Certainty.SURE, may_be=None)


def _type(field: Field, column: ColumnPlan) -> IndicatorType:
    return IndicatorType.FEN if field is Field.ARPU else IndicatorType.TEXT if _kept(field) else column.type


def _kept(field: Field) -> bool:
    return field in (Field.CUSTOMER_ID, Field.SUBSCRIBER_ID, Field.REMARK, Field.IDENTITY_DOCUMENT)


def _masked(field: Field) -> bool:
    return field is Field.IDENTITY_DOCUMENT


def _refuse_doubles(columns: list[ColumnPlan], file: str) -> None:
    counts = Counter(column.field for column in columns if column.field and column.field not in MANY)
    for field, count in counts.items():
        if count > 1:
            names = ", ".join(f"`{column.column}`" for column in columns if column.field is field)
            raise ContentError(file=file, line=1, reason=f"{names} are all mapped to `{field}`: leave one")


def _word(column: ColumnPlan) -> str:
    if column.field is None:
        return INDICATOR
    return column.field if column.unit is MoneyUnit.YUAN else f"{column.field}{_IN_UNIT}{column.unit}"


def _names(columns: Sequence[ColumnPlan]) -> str:
    return ", ".join(f"`{column.column}`" for column in columns)


def _key(name: object) -> str:
    return " ".join(str(name).split()).lower()

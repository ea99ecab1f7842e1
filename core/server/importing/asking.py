"""Never guessed: whom an agent calls, how they are addressed, and who wants no calls, or none now. A person confirms
it."""

import re
import shlex
from collections.abc import Collection, Sequence

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.importing.failures import refuse
from core.server.importing.fields import CONSENTS, INDICATOR, Field
from core.server.importing.plan import Certainty, ColumnPlan, ImportPlan

_PLAIN = re.compile(r"[\w=:.,@%+/-]+")
_ASKED: dict[Field, Text] = {
    Field.NUMBER: Text("客户号码", "the number"),
    Field.NAME: Text("客户姓名", "the name"),
    Field.DO_NOT_CALL: Text("不再外呼的标记", "the mark of customers who want no calls"),
    Field.CALL_CONSENT: Text("客户是否同意来电", "the customer's consent to calls"),
    Field.MARKETING_CONSENT: Text("客户是否同意营销来电", "the customer's consent to calls that sell"),
    Field.COMPLAINT_OPENED: Text("未了结投诉的开始日期", "the day since which a complaint is open"),
    Field.QUIET_HOURS: Text("客户的免扰时段", "the hours in which the customer wants no calls"),
}
_SETTLED_BY = {Field.COMPLAINT_OPENED: Field.COMPLAINT_CLOSED}
"""Fields that are no question where another one is known for sure; the others where they are so themselves."""


def in_question(columns: Sequence[ColumnPlan], among: Collection[Field] = tuple(Field)) -> dict[int, Field]:
    """By index, the columns of which it is not sure that they are one of these fields.

    A number or a name is no question where another column surely is it; who wants no calls may stand in several. When
    a complaint was made is none where another column surely says when it was closed.
    """
    found: dict[int, Field] = {}
    sure = {column.field for column in columns if column.certainty is Certainty.SURE}
    for field in (one for one in _ASKED if one in among):
        if field not in CONSENTS and _SETTLED_BY.get(field, field) in sure:
            continue
        found |= {
            column.index: field
            for column in columns
            if column.certainty is not Certainty.SURE and field in (column.field, column.may_be)
        }
    return found


def refuse_unconfirmed(plan: ImportPlan, among: Collection[Field] = tuple(Field)) -> None:
    """Raises InputError that says which columns to confirm, and how."""
    asked = in_question(plan.columns, among)
    if asked:
        raise _question([(column, asked[column.index]) for column in plan.columns if column.index in asked])


def _question(open_: Sequence[tuple[ColumnPlan, Field]]) -> InputError:
    zh = "；".join(f"“{column.column}”可能是{_ASKED[field].zh}（{column.why.zh}）" for column, field in open_)
    en = "; ".join(f"`{column.column}` may be {_ASKED[field].en} ({column.why.en})" for column, field in open_)
    column, field = open_[0]
    yes, no = (_shell(f"{column.column}={word}") for word in (field, INDICATOR))
    return refuse(
        Text(zh=f"{zh}。没有导入任何客户。", en=f"{en}. Nothing was imported."),
        Text(
            zh=f"请确认：是就加 --map {yes}，不是就加 --map {no}；几列就写几个 --map。",
            en=f"Confirm: if it is, add --map {yes}; if not, --map {no}; a --map for each column in question.",
        ),
    )


def _shell(word: str) -> str:
    """As it is typed into a shell; Chinese needs no quotes."""
    return word if _PLAIN.fullmatch(word) else shlex.quote(word)

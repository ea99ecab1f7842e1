"""Never guessed: whom an agent calls, how they are addressed, and who wants no calls. A person confirms it."""

import re
import shlex
from collections.abc import Sequence

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.importing.failures import refuse
from core.server.importing.fields import INDICATOR, NO_CALLS, Field
from core.server.importing.plan import Certainty, ColumnPlan, ImportPlan

_PLAIN = re.compile(r"[\w=:.,@%+/-]+")
_ASKED: dict[Field, Text] = {
    Field.NUMBER: Text("客户号码", "the number"),
    Field.NAME: Text("客户姓名", "the name"),
    Field.DO_NOT_CALL: Text("不再外呼的标记", "the mark of customers who want no calls"),
    Field.CALL_CONSENT: Text("客户是否同意来电", "the customer's consent to calls"),
}


def in_question(columns: Sequence[ColumnPlan]) -> dict[int, Field]:
    """By index, the columns of which it is not sure that they are one of these fields.

    A number or a name is no question where another column surely is it; who wants no calls may stand in several.
    """
    found: dict[int, Field] = {}
    for field in _ASKED:
        if field not in NO_CALLS and any(
            column.field is field and column.certainty is Certainty.SURE for column in columns
        ):
            continue
        found |= {
            column.index: field
            for column in columns
            if column.certainty is not Certainty.SURE and field in (column.field, column.may_be)
        }
    return found


def refuse_unconfirmed(plan: ImportPlan) -> None:
    """Raises InputError that says which columns to confirm, and how."""
    asked = in_question(plan.columns)
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

"""Which column says who left, when each row was true, and of which customer it is; named, or found by its name."""

import numpy as np
import pandas as pd
from msgspec import Struct

from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.cells import days, timely
from core.screening.model.naming import Naming, plain_word
from core.screening.model.reading import Flags, Floats, blank

NO_COLUMN = "none"
"""given in a column's place: there is none, look for none"""
_AGREE, _LOOK = 0.9, 200
_MINUS = "-1"


class Roles(Struct, frozen=True, kw_only=True):
    """Columns that are not learnt from but say what a row is; empty where there is none."""

    label: str
    time: str = ""
    customer: str = ""


def roles_of(frame: pd.DataFrame, naming: Naming, *, label: str = "", time: str = "", customer: str = "") -> Roles:
    """Raises InputError where a named column is not there, or no column says who left."""
    for one in (label, time, customer):
        if one and one != NO_COLUMN and one not in frame:
            raise no_column(one, list(frame.columns))
    names = [str(one) for one in frame.columns]
    if not label:
        found = labels_in(frame, naming)
        if not found:
            _refuse_strange_words(frame, naming)
            found = _hinted(frame, naming)
        if not found:
            raise _no_label(names)
        # A list of its own time often has both: `Churn` by words is what people look at.
        label = found[0]
    timely_ones = [one for one in names if one != label and naming.time.meet(one) and _is_time(frame[one])]
    known = [one for one in names if one != label and naming.customer.meet(one)]
    return Roles(
        label=label,
        time=_chosen(time, timely_ones),
        customer=_chosen(customer, known),
    )


def labels_in(frame: pd.DataFrame, naming: Naming) -> list[str]:
    """Columns that have a label's name and say of nearly every row whether somebody left."""
    names = map(str, frame.columns)
    return [one for one in names if naming.label.meet(one) and _is_label(frame[one], naming)]


def _hinted(frame: pd.DataFrame, naming: Naming) -> list[str]:
    """The one column that holds answers alone and whose name hints at them, or else whose words need no name.
    Raises InputError where there are several."""
    answering = [one for one in map(str, frame.columns) if _answers_alone(frame[one], naming)]
    named = [one for one in answering if naming.label_hints.meet(one)]
    found = named or [one for one in answering if _by_itself(frame[one], naming)]
    if len(found) > 1:
        raise _several(found)
    return found


def _answers_alone(values: "pd.Series[str]", naming: Naming) -> bool:
    there = ~blank(values)
    # Most columns answer nothing, which a few cells show.
    first = values[there].head(_LOOK)
    if not len(first) or not answers(first, naming)[1].all():
        return False
    left, known = answers(values, naming)
    return bool(known[there].all() and left.any() and not left[there].all())


def _by_itself(values: "pd.Series[str]", naming: Naming) -> bool:
    left, _known = answers(values, naming)
    return bool(values[left].map(plain_word).isin(naming.left_by_itself).all())


def _refuse_strange_words(frame: pd.DataFrame, naming: Naming) -> None:
    """Of a column that has a label's name and says it in words that nobody here knows."""
    for name in filter(naming.label.meet, map(str, frame.columns)):
        there = frame[name][~blank(frame[name])]
        strange = there[~answers(there, naming)[1]]
        if len(strange):
            raise _strange(name, sorted(set(strange.astype(str)))[:3])


def _chosen(given: str, found: list[str]) -> str:
    if given == NO_COLUMN:
        return ""
    return given or (found[0] if found else "")


def read_labels(values: "pd.Series[str]", naming: Naming) -> tuple[Flags, Flags]:
    """Who left, and of which rows it is known.

    Raises InputError where cells say neither, or all say the same."""
    left, known = answers(values, naming)
    stayed = known & ~left
    strange = ~known & ~blank(values)
    if strange.any():
        examples = sorted(set(values[strange].astype(str)))[:3]
        raise _strange(str(values.name), examples)
    if not left.any() or not stayed.any():
        raise _one_answer(str(values.name), all_left=bool(left.any()))
    return left, left | stayed


def answers(values: "pd.Series[str]", naming: Naming) -> tuple[Flags, Flags]:
    """Who left, and of which rows it is said in words that are known here."""
    plain, missing = values.map(plain_word), blank(values)
    if values.dtype.kind == "b":
        plain = values.astype(int).astype(str)
    left = plain.isin(naming.left_words).to_numpy(dtype=bool) & ~missing
    # Of two figures -1 is the other answer; of three it may say that nobody knows.
    no = naming.stayed_words | ({_MINUS} if set(plain[~missing].unique()) <= {"1", _MINUS} else set())
    stayed = plain.isin(no).to_numpy(dtype=bool) & ~missing
    return left, left | stayed


def moments(frame: pd.DataFrame, roles: Roles) -> Floats:
    """Each row's own day since 1970. Raises InputError where the column of times holds none."""
    if not roles.time:
        return np.full(len(frame), np.nan)
    values = frame[roles.time]
    found = days(values, compact=True)[0]
    if np.isfinite(found).sum() < _AGREE * len(found):
        raise InputError(
            title=Text("时间列不可用", "The column of times cannot be used"),
            message=Text(f"“{roles.time}”里多数不是日期或月份。", f"Most of “{roles.time}” is no day and no month."),
            next_step=Text("请用 --time 指明另一列，或 --time none。", "Name another with --time, or say --time none."),
        )
    return found


def _is_label(values: "pd.Series[str]", naming: Naming) -> bool:
    there = values[~blank(values)]
    return bool(len(there)) and bool(answers(there, naming)[1].mean() >= _AGREE)


def _is_time(values: "pd.Series[str]") -> bool:
    found = days(values, compact=timely(str(values.name)))[0]
    return bool(np.isfinite(found).sum() >= _AGREE * len(found)) and len(np.unique(found[np.isfinite(found)])) > 1


def no_column(name: str, known: list[str]) -> InputError:
    return InputError(
        title=Text("没有这一列", "No such column"),
        message=Text(f"名单里没有“{name}”。", f"The list has no “{name}”."),
        next_step=Text(f"现有：{'、'.join(known[:30])}。", f"There are: {', '.join(known[:30])}."),
    )


def _no_label(names: list[str]) -> InputError:
    return InputError(
        title=Text("不知道谁离网了", "Who left is not said"),
        message=Text("没有一列写着离网与否。", "No column says who left and who stayed."),
        next_step=Text(
            f"请用 --label 指明，现有：{'、'.join(names[:30])}。",
            f"Name it with --label; there are: {', '.join(names[:30])}.",
        ),
    )


def _several(names: list[str]) -> InputError:
    return InputError(
        title=Text("不知道谁离网了", "Who left is not said"),
        message=Text(
            f"好几列都像是写着离网与否：{'、'.join(f'“{one}”' for one in names)}。",
            f"Several columns may say who left: {', '.join(f'“{one}”' for one in names)}.",
        ),
        next_step=Text("请用 --label 指明是哪一列。", "Name the right one with --label."),
    )


def _strange(name: str, examples: list[str]) -> InputError:
    listed = "、".join(f"“{one}”" for one in examples)
    return InputError(
        title=Text("离网与否看不懂", "Who left is not understood"),
        message=Text(f"“{name}”里有 {listed}。", f"“{name}” holds {', '.join(f'“{one}”' for one in examples)}."),
        next_step=Text("请写成 是/否、1/0 或 yes/no，或用 --label 指明另一列。",
                       "Write yes/no, 1/0 or 是/否, or name another column with --label."),
    )  # fmt: skip


def _one_answer(name: str, *, all_left: bool) -> InputError:
    zh, en = ("都离网了", "Everybody left") if all_left else ("没有一位离网", "Nobody left")
    return InputError(
        title=Text("无从学起", "There is nothing to learn"),
        message=Text(f"“{name}”里{zh}。", f"{en} in “{name}”."),
        next_step=Text("名单里两种客户都要有。", "A list needs both those who left and those who stayed."),
    )

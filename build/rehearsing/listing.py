"""The list that nobody has seen: read by the product's own importer, cut into what is known and who is called today.

Where a column says who left, half of the list is history that a model may learn from; the other half are today's
customers, whose answer nobody but the simulation knows.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.labels import NO_COLUMN, read_labels, roles_of
from core.screening.model.naming import load_naming
from core.server.customer_ids import customer_id
from core.server.importing import Field, propose
from core.server.importing.reading import read_id
from core.server.importing.source import rows

OWN_ID = "customer_id"
FEWEST = 200
"""customers of today: fewer and no effect that one hopes for can be told from chance"""
FEWEST_LEAVERS = 30
_IDS = (Field.SUBSCRIBER_ID, Field.CUSTOMER_ID)


@dataclass(frozen=True)
class Prepared:
    """Both halves as files, and what only the simulation knows."""

    history: Path | None
    """with the label; None where the list has none, and a rule chooses instead of a model"""
    today: Path
    label: str
    ids: str
    """the column that says who a row is"""
    customers: dict[str, str]
    """of today: the list's id → the customer's here"""
    leavers: frozenset[str]
    """customers of today of whom the list says that they left"""
    figures: dict[str, float]
    """columns of figures → their median, for a rule"""
    why_no_model: str = ""


def prepare(path: Path, folder: Path, *, label: str, seed: int) -> Prepared:
    """Raises InputError for a list that cannot be rehearsed."""
    frame = _read(path)
    named = _id_columns(path)
    ids = _own_ids(named, frame)
    if not ids:
        # Else the importer would find two columns that may say who a row is, and ask.
        frame = frame.drop(columns=named)
        ids = OWN_ID if OWN_ID not in frame else f"{OWN_ID}_"
        frame.insert(0, ids, [f"R{at:07d}" for at in range(1, len(frame) + 1)])
    label, why = _label(frame, label)
    answers = _answers(frame, label)
    order = list(range(len(frame)))
    random.Random(seed).shuffle(order)
    half = len(order) // 2 if label else 0
    history, today = frame.iloc[sorted(order[:half])], frame.iloc[sorted(order[half:])]
    if len(today) < FEWEST:
        raise _too_short(len(today))
    plain = today.drop(columns=[label]) if label else today
    customers = {one: customer_id(f"id:{read_id(one)}") for one in today[ids]}
    leavers = frozenset(customers[today[ids].iloc[at]] for at in range(len(today)) if answers[today.index[at]])
    return Prepared(
        history=_write(history, folder / "history.csv") if label else None, today=_write(plain, folder / "today.csv"),
        label=label, ids=ids, customers=customers, leavers=leavers, figures=_figures(plain.drop(columns=[ids])),
        why_no_model=why,
    )  # fmt: skip


def _read(path: Path) -> pd.DataFrame:
    """As text, with the header where the importer finds it. Raises InputError where it is no list."""
    plan = propose(path)
    names = [column.column for column in plan.columns]
    read = [_fitted(row.cells, len(names)) for row in rows(plan.source) if _counts(row.number, plan.header_row, row)]
    if not read or len(names) < 2:
        raise InputError(
            title=Text("名单里没有客户", "The list has no customers"),
            message=Text(f"{path.name} 没有数据行，或只有一列。", f"{path.name} has no rows, or a single column."),
            next_step=Text("请给出有表头、每行一位客户的 CSV 或 XLSX。",
                           "Give a CSV or XLSX with headers and a customer in each row."),
        )  # fmt: skip
    frame = pd.DataFrame(read, columns=names, dtype=str)
    return frame.loc[~frame.duplicated()].reset_index(drop=True)


def _counts(number: int, header: int, row: object) -> bool:
    return number > header and not getattr(row, "blank", False) and getattr(row, "fault", None) is None


def _fitted(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _id_columns(path: Path) -> list[str]:
    """Those by which the importer knows customers."""
    plan = propose(path)
    return [column.column for field in _IDS for column in plan.of(field)]


def _own_ids(named: Sequence[str], frame: pd.DataFrame) -> str:
    """The one that says who a row is; empty where there is none, or one id stands twice."""
    if len(named) != 1:
        return ""
    values = frame[named[0]].str.strip()
    return named[0] if values.ne("").all() and values.is_unique else ""


def _label(frame: pd.DataFrame, label: str) -> tuple[str, str]:
    """The column that says who left, and why there is none."""
    if label == NO_COLUMN:
        return "", "no label was wanted"
    naming = load_naming(None)
    try:
        found = roles_of(frame, naming, label=label, time=NO_COLUMN, customer=NO_COLUMN).label
    except InputError as error:
        if label:
            raise
        return "", error.message.en
    left, _known = read_labels(frame[found], naming)
    if min(left.sum(), (~left).sum()) < 2 * FEWEST_LEAVERS:
        raise InputError(
            title=Text("标注太少", "Too few of one answer"),
            message=Text(
                f"“{found}”里离网 {int(left.sum())} 位、留下 {int((~left).sum())} 位，学不出模型。",
                f"“{found}” has {int(left.sum())} who left and {int((~left).sum())} who stayed: nothing to learn from.",
            ),
            next_step=Text("不用标注、按规则选人请加 --label none。",
                           "To choose by a rule instead, add --label none."),
        )  # fmt: skip
    return found, ""


def _answers(frame: pd.DataFrame, label: str) -> list[bool]:
    if not label:
        return [False] * len(frame)
    left, _known = read_labels(frame[label], load_naming(None))
    return [bool(one) for one in left]


def _figures(frame: pd.DataFrame) -> dict[str, float]:
    found = {}
    for name in frame.columns:
        values = pd.to_numeric(frame[name], errors="coerce").dropna()
        if len(values) > 0.9 * len(frame) and values.nunique() >= 10:
            found[str(name)] = float(values.median())
    return found


def _write(frame: pd.DataFrame, path: Path) -> Path:
    frame.to_csv(path, index=False, encoding="utf-8")
    return path


def _too_short(count: int) -> InputError:
    return InputError(
        title=Text("名单太短", "The list is too short"),
        message=Text(f"今天可用的只有 {count} 位。", f"Only {count} customers are left for today."),
        next_step=Text(
            f"至少 {FEWEST} 位；有标注的名单一半用来学，要有两倍。",
            f"It takes {FEWEST}; of a list with a label half is learnt from, so twice as many.",
        ),
    )

"""A kept model on another list: refused where the list is of another schema, told by column."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model import scorecard, trees
from core.screening.model.cells import days
from core.screening.model.columns import Column, Kind, matrix, rare_words, unusable
from core.screening.model.labels import Roles
from core.screening.model.naming import plain_name
from core.screening.model.reading import Floats, Listed, blank
from core.screening.model.record import Learner, Record

if TYPE_CHECKING:
    from lightgbm import Booster

_RETYPED = 0.2
"""share of filled cells of another kind"""
_OTHER_WORDS = 0.5
"""share of the filled cells that held known words in training, and now hold others"""


@dataclass(frozen=True, slots=True)
class Applied:
    """A model's word on each row of a list."""

    frame: pd.DataFrame
    figures: Floats
    """one row a customer, by the model's columns"""
    scores: Floats
    """logits before calibration"""
    chances: Floats


def apply(record: Record, booster: "Booster", listed: Listed) -> Applied:
    """Raises InputError where columns are missing, renamed or of another kind."""
    frame, moment = fitted(record.columns, record.roles, listed)
    figures = matrix(record.columns, frame, moment)
    scores = scores_of(record, booster, figures)
    return Applied(frame, figures, scores, record.curve.chance(scores))


def scores_of(record: Record, booster: "Booster", figures: Floats) -> Floats:
    """Logits before calibration, a row a customer."""
    if record.used is Learner.TREES:
        return trees.scores(booster, figures)
    return scorecard.scores(record.card, record.columns, figures)


def contributions(record: Record, booster: "Booster", figures: Floats) -> Floats:
    """What each column added to each of these rows' logit."""
    if record.used is Learner.TREES:
        return trees.contributions(booster, figures)
    return scorecard.contributions(record.card, record.columns, figures)


def fitted(columns: Sequence[Column], roles: Roles, listed: Listed) -> tuple[pd.DataFrame, Floats]:
    """The list with each row's own day, once every column is there and of its kind."""
    frame = listed.frame
    moment = np.full(len(frame), np.nan)
    timed = bool(roles.time) and any(one.kind is Kind.DAY for one in columns)
    if roles.time in frame:
        moment = days(frame[roles.time], compact=True)[0]
    missing = [one.name for one in columns if one.name not in frame]
    missing += [roles.time] if timed and roles.time not in frame else []
    retyped = [one for one in columns if one.name in frame and _other(one, frame[one.name])]
    refuse_unfit(columns, missing, retyped, [str(one) for one in frame.columns])
    return frame, moment


def refuse_unfit(
    columns: Sequence[Column], missing: Sequence[str], retyped: Sequence[Column], known: Sequence[str]
) -> None:
    """Raises InputError, by column, where any is missing or holds something else than in training."""
    if missing or retyped:
        raise _unfit(columns, missing, retyped, known)


def _other(column: Column, values: "pd.Series[str]") -> bool:
    return too_many(column, int((~blank(values)).sum()), int(unusable(column, values).sum()))


def too_many(column: Column, filled: int, other: int) -> bool:
    """Whether so many cells of another kind, of those that are filled, make it another column than in training."""
    if column.kind is not Kind.WORD:
        return other > _RETYPED * filled
    rare = rare_words(column)
    return other > (rare + _OTHER_WORDS * (1 - rare)) * filled


def _renamed(name: str, known: Sequence[str]) -> str:
    plain = {plain_name(one): one for one in known}
    found = get_close_matches(plain_name(name), list(plain), n=1, cutoff=0.75)
    return plain[found[0]] if found else ""


def _unfit(
    columns: Sequence[Column], missing: Sequence[str], retyped: Sequence[Column], known: Sequence[str]
) -> InputError:
    kinds = {Kind.NUMBER: Text("数字", "figures"), Kind.DAY: Text("日期", "days"), Kind.WORD: Text("那些取值", "words")}
    zh, en = [], []
    asked = {one.name for one in columns}
    spare = [one for one in known if one not in asked]
    for name in missing:
        other = _renamed(name, spare)
        zh.append(f"缺少“{name}”" + (f"（是否改名为“{other}”？）" if other else ""))
        en.append(f"“{name}” is missing" + (f" (is it “{other}” now?)" if other else ""))
    for one in retyped:
        zh.append(f"“{one.name}”里不再是{kinds[one.kind].zh}")
        en.append(f"“{one.name}” no longer holds the {kinds[one.kind].en} of training")
    return InputError(
        title=Text("名单与模型不符", "The list does not fit the model"),
        message=Text("；".join(zh) + "。", "; ".join(en) + "."),
        next_step=Text("没有给任何人打分。请改好列名和内容，或用这种名单重新训练。",
                       "Nobody was scored. Correct the columns, or train on lists of this kind."),
    )  # fmt: skip

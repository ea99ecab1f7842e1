"""LightGBM's boosted trees, on one thread and the same each time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.reading import Flags, Floats

if TYPE_CHECKING:
    from lightgbm import Booster

_COMMON: dict[str, Any] = {
    "objective": "binary", "metric": "binary_logloss", "num_threads": 1, "deterministic": True, "force_row_wise": True,
    "seed": 7, "verbosity": -1, "cat_smooth": 20.0,
}  # fmt: skip
_GENTLE = {"num_leaves": 6, "learning_rate": 0.06, "min_data_in_leaf": 25, "feature_fraction": 0.7, "lambda_l2": 2.0}
_DEEP = {"num_leaves": 31, "learning_rate": 0.08, "min_data_in_leaf": 20}
_ROUNDS, _PATIENCE = 500, 30
_MORE = 1.2
"""trees for each that the last fifth asked for: in the end there are more rows to learn from"""
_INNER = 5


def _lightgbm() -> Any:
    try:
        import lightgbm
    except OSError as error:
        raise InputError(
            title=Text("缺少系统库", "A system library is missing"),
            message=Text("LightGBM 需要 libgomp。", "LightGBM needs libgomp."),
            next_step=Text(
                "请安装 libgomp1（apt-get install libgomp1）。", "Install libgomp1 (apt-get install libgomp1)."
            ),
        ) from error
    return lightgbm


def grown(figures: Floats, left: Flags, words: Sequence[int]) -> "Booster":
    """Trees of these rows; `words` are the columns that hold places of words.

    How large the trees are and how many is settled on the last fifth of the rows as they stand, then all are learnt
    from again."""
    lightgbm = _lightgbm()
    cut = len(left) - len(left) // _INNER
    first, last = slice(0, cut), slice(cut, len(left))
    best: tuple[float, int, dict[str, Any]] = (np.inf, 100, _GENTLE)
    if left[first].any() and left[last].any() and not left[last].all():
        known = lightgbm.Dataset(figures[first], left[first], categorical_feature=list(words), free_raw_data=False)
        for shape in (_GENTLE, _DEEP):
            proof = lightgbm.Dataset(figures[last], left[last], reference=known)
            stop = lightgbm.early_stopping(_PATIENCE, verbose=False)
            found = lightgbm.train(
                _COMMON | shape | {"feature_pre_filter": False}, known, _ROUNDS, valid_sets=[proof], callbacks=[stop]
            )
            loss = found.best_score["valid_0"]["binary_logloss"]
            if loss < best[0]:
                best = (loss, max(10, int(_MORE * found.best_iteration)), shape)
    everything = lightgbm.Dataset(figures, left, categorical_feature=list(words))
    booster: Booster = lightgbm.train(_COMMON | best[2], everything, best[1])
    return booster


def scores(booster: "Booster", figures: Floats) -> Floats:
    """Logits before calibration."""
    return np.asarray(booster.predict(figures, raw_score=True, num_threads=1), dtype=np.float64)


def contributions(booster: "Booster", figures: Floats) -> Floats:
    """What each column added to each row's logit (Lundberg 2018), without the part that is the same for all."""
    found = np.asarray(booster.predict(figures, pred_contrib=True, num_threads=1), dtype=np.float64)
    return found[:, :-1]


def importance(booster: "Booster") -> Floats:
    """Each column's share of all that splits gained."""
    gains = np.asarray(booster.feature_importance("gain"), dtype=np.float64)
    return gains / gains.sum() if gains.sum() else gains


def read(text: str) -> "Booster":
    booster: Booster = _lightgbm().Booster(model_str=text)
    return booster


def fitted_to(figures: Floats, target: Floats, words: Sequence[int]) -> "Booster":
    """Small trees for the mean of a target, as parts of other learners."""
    lightgbm = _lightgbm()
    shape = {"num_leaves": 5, "learning_rate": 0.05, "min_data_in_leaf": 40, "lambda_l2": 10.0, "feature_fraction": 0.7}
    data = lightgbm.Dataset(figures, target, categorical_feature=list(words))
    booster: Booster = lightgbm.train(_COMMON | {"objective": "regression", "metric": "l2"} | shape, data, 80)
    return booster

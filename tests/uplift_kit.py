"""Lists on which chance decided who was called, and uplift models learnt from them, for tests."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from core.screening.model.keeping import Models
from core.screening.model.naming import load_naming
from core.screening.model.preparing import Asked
from core.screening.model.reading import Listed
from core.screening.model.uplift import trial
from core.screening.model.uplift_keeping import Uplifts
from core.screening.model.uplift_record import UpliftRecord
from core.screening.model.uplift_training import UpliftTrained, train_uplift

CALLED, LEFT = "外呼", "是否离网"


def drawn(
    rows: int = 1_500, *, helped: bool = True, seed: int = 5, name: str = "tenure", harmed: bool = False
) -> pd.DataFrame:
    """Half are called. Where a call helps, it keeps new customers alone: of those 6 in 10 would leave, and 1 does.
    Where it harms, it drives away all others: 6 in 10 instead of 2."""
    rng = np.random.default_rng(seed)
    tenure, called = rng.integers(1, 60, rows), rng.random(rows) < 0.5
    new = tenure < 12
    chance = np.where(new, np.where(called & helped, 0.1, 0.6), np.where(called & harmed, 0.6, 0.2))
    left = rng.random(rows) < chance
    return pd.DataFrame(
        {
            "customer_id": [f"C{one}" for one in range(1, rows + 1)], name: tenure,
            "data_last_month": rng.integers(0, 9_000, rows), CALLED: np.where(called, "1", "0"),
            LEFT: np.where(left, "是", "否"),
        }
    )  # fmt: skip


def learnt(
    frame: pd.DataFrame, *, at: datetime, model_id: str = "u1", time: str = "", drop: Sequence[str] = ()
) -> UpliftTrained:  # fmt: skip
    made = trial(
        Listed(frame, "drawn.csv", "0"), load_naming(), Asked(time=time, drop=tuple(drop)), treatment=CALLED,
        randomised=True,
    )  # fmt: skip
    return train_uplift(made, treatment=CALLED, model_id=model_id, at=at, by="planner", step=lambda _d, _n: None)


def published(data: Path, made: UpliftTrained, *, at: datetime, accepted: bool = False) -> UpliftRecord:
    """Kept in that data folder, and counting."""
    Models(data).folder.mkdir(parents=True, exist_ok=True)
    uplifts = Uplifts(data)
    uplifts.keep(made, {})
    uplifts.publish(made.record, at=at, by="planner", accepted=accepted)
    return made.record

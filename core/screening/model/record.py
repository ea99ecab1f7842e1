"""What is kept of a model beside its trees: all that says how it came to be and what it is worth."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from core.domain.call_costs import Costs
from core.domain.text import Text
from core.screening.model.calibrating import Calibration
from core.screening.model.columns import Column
from core.screening.model.figures import Figure
from core.screening.model.knowing import Knows
from core.screening.model.labels import Roles
from core.screening.model.measuring import Measured, Worth
from core.screening.model.preparing import LeftOut
from core.screening.model.scorecard import Scorecard
from core.screening.model.shift import Shift


class Learner(StrEnum):
    TREES = "trees"
    SCORECARD = "scorecard"


class CautionKind(StrEnum):
    KNOWS = "knows"
    """a column knows the answer"""
    LABEL = "label"
    """another column says otherwise who left"""
    FEW = "few"
    PASSED_OVER = "passed_over"
    """rows that were not learnt from"""
    NO_DAYS = "no_days"
    """a column of days holds what is no day"""
    MIXED = "mixed"
    """a column holds figures on some rows and words on others"""
    TWICE = "twice"
    """the same rows on both sides of the split"""
    REPEATED = "repeated"
    """a customer stands in the list twice at one time"""
    DRIFT = "drift"
    NO_TIME = "no_time"
    NO_GAIN = "no_gain"
    """it parts leavers from stayers no better than chance"""
    MISSTATED = "misstated"
    """told chances are far from what came"""


class Caution(Struct, frozen=True, kw_only=True):
    kind: CautionKind
    words: Text
    column: str = ""
    grave: bool = True
    """has to be accepted before the model is published"""


class Source(Struct, frozen=True, kw_only=True):
    """The list that was learnt from."""

    file: str
    sha256: str
    rows: int
    left: int
    passed_over: int
    """rows without an answer or a day"""
    trained: int
    tested: int
    """of folds, which are proved in turn, both are all of the rows"""
    by_time: bool
    first_test_day: str = ""
    """YYYY-MM-DD"""
    last_day: str = ""
    """YYYY-MM-DD, of the rows' own; empty where they say none"""
    customers: int
    """fewer than rows where customers come back month by month"""
    sampled_of: int = 0
    """rows that there were, where a sample of them was read; else 0"""

    @property
    def folded(self) -> bool:
        return self.trained + self.tested > self.rows


class Record(Struct, frozen=True, kw_only=True):
    """`model.json`; what it does not name yet an older file does not have."""

    id: str
    made_at: datetime
    by: str
    source: Source
    roles: Roles
    columns: list[Column]
    left_out: list[LeftOut]
    knows: list[Knows]
    used: Learner
    card: Scorecard
    curve: Calibration
    """of the learner in use"""
    importance: list[float]
    """by column; shares that add up to 1"""
    trees: Worth
    scorecard: Worth
    ahead: Figure
    """AUC by which trees stand before the scorecard"""
    measured: Measured
    """of the learner in use"""
    shifts: list[Shift] = []
    cautions: list[Caution]
    costs: Costs | None = None
    trees_sha256: str
    engine: str
    """LightGBM's and scikit-learn's versions"""

    @property
    def grave(self) -> list[Caution]:
        return [one for one in self.cautions if one.grave]

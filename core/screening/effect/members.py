"""A campaign's members as columns: the arm, when it was drawn, and what became of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.screening.effect.strata import Codes, Flags
from core.wire.campaign_effect import Looked

NEVER = np.int64(2**40)
"""days; of what has not happened"""
Days = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Members:
    """Days are since 1970, in China; those of what happened are `NEVER` where it has not."""

    treated: Flags
    stratum: Codes
    drawn: Days
    left: Days
    reached: Days
    """spoken to in this campaign"""
    agreed: Days
    ordered: Days
    known_until: int | None
    """the last day of which it is known who left"""
    today: int

    @cached_property
    def counted(self) -> Flags:
        """Who was still a customer at the draw; the others are in neither arm."""
        return np.asarray(self.left >= self.drawn)

    @cached_property
    def won_back(self) -> bool:
        """Whether everybody had left before the draw: those are to come back, and nobody of them can stay."""
        return len(self.left) > 0 and not self.counted.any()

    def counts(self, looked: Looked) -> Flags:
        """Whom that is asked of. Of a win-back campaign it is asked of those who had left what they agreed to."""
        everybody = self.won_back and looked is not Looked.ON_NET
        return np.ones(len(self.left), dtype=bool) if everybody else self.counted

    @cached_property
    def shown(self) -> Flags:
        """Whom the arms' sizes and what came of them are told of."""
        return self.counts(Looked.AGREED)

    def due(self, looked: Looked, days: int) -> Flags:
        """Of whom it is known by now what became of them so many days after the draw. What happened before then counts
        once the days are over: else early losses would stand alone."""
        last = self.known_until if looked is Looked.ON_NET else self.today - 1
        if last is None:
            return np.zeros(len(self.drawn), dtype=bool)
        return np.asarray(self.counts(looked) & (self.drawn + days <= last))

    def met(self, looked: Looked, days: int) -> Flags:
        """Of whom it was so within those days."""
        until = self.drawn + days
        if looked is Looked.ON_NET:
            return np.asarray(self.left > until)
        return self.within(self.agreed if looked is Looked.AGREED else self.ordered, days)

    def within(self, when: Days, days: int) -> Flags:
        """Whether it happened between the draw and so many days after."""
        return np.asarray((when >= self.drawn) & (when <= self.drawn + days))

"""The arms compared so many days after the draw, and what may be concluded of it."""

import numpy as np

from core.screening.effect.difference import Difference, difference
from core.screening.effect.members import Members
from core.screening.effect.reached import per_reached
from core.screening.effect.strata import FEWEST, Flags, counted, put_together
from core.wire.campaign_effect import ArmShare, Compared, Interval, Looked, Verdict

FEW = 100
"""of an arm: fewer are told, in grey"""


def compared(
    members: Members, looked: Looked, days: int, *, among: Flags | None = None, sound: bool = True
) -> Compared:
    """`among`: of these members alone. Not `sound`: shares are told, and no effect."""
    inside = members.counts(looked) if among is None else members.counts(looked) & among
    due = members.due(looked, days) & inside
    treated, met = members.treated[due], members.met(looked, days)[due]
    shares = [ArmShare(due=int(arm.sum()), met=int((met & arm).sum())) for arm in (treated, ~treated)]
    least = min(one.due for one in shares)
    effect, each = None, None
    if sound and least >= FEWEST:
        codes = put_together(treated, members.stratum[due])
        effect = difference(counted(treated, met, codes))
        if looked is Looked.ON_NET:
            reached = members.within(members.reached, days)[due] & treated
            each = per_reached(treated, met, reached, codes)
    return Compared(
        looked=looked, days=days, treated=shares[0], control=shares[1],
        not_yet_due=int((inside & ~members.due(looked, days)).sum()),
        effect=interval(effect), per_reached=interval(each), few=least < FEW,
    )  # fmt: skip


def verdict(found: Compared, *, control: int, sound: bool) -> Verdict:
    """What the comparison on its day allows to say. `control`: drawn to be held out, due or not."""
    if not control:
        return Verdict.NO_CONTROL
    if not sound:
        return Verdict.BROKEN
    if not found.treated.due or not found.control.due:
        return Verdict.NOT_DUE
    if found.effect is None:
        return Verdict.TOO_FEW
    if found.effect.low > 0:
        return Verdict.HELPED
    return Verdict.HARMED if found.effect.high < 0 else Verdict.NONE_SHOWN


def interval(found: Difference | None) -> Interval | None:
    return Interval(value=found.value, low=found.low, high=found.high) if found else None


def everybody(members: Members) -> Flags:
    return np.ones(len(members.drawn), dtype=bool)

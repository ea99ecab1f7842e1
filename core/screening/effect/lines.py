"""Several campaigns as one line of work: each campaign's strata are compared by themselves, then weighed together."""

from collections.abc import Sequence

import numpy as np

from core.screening.effect.comparing import compared, verdict
from core.screening.effect.members import Members
from core.screening.effect.report import broken, columns
from core.screening.effect.told import Told
from core.wire.campaign_effect import Looked, Verdict
from core.wire.effect_summaries import LineEffect


def line_effect(told: Sequence[Told], *, scenario: str, days: int) -> LineEffect:
    """Of campaigns of that scenario that drew anybody, one at least."""
    read = [(one, columns(one)) for one in told]
    sound = [members for one, members in read if (~members.treated).any() and not broken(one, members)]
    whole = together([members for _one, members in read])
    chosen = together(sound) if sound else whole
    found = compared(chosen, Looked.ON_NET, days, sound=bool(sound))
    calls = [
        [one for one in each.calls if (one.dialled or one.reached) and members.shown[one.member]]
        for each, members in read
    ]
    return LineEffect(
        scenario=scenario, name=told[0].names["scenario"][scenario], campaigns=len(told),
        treated=sum(int((one.treated & one.shown).sum()) for _told, one in read),
        control=sum(int((~one.treated & one.shown).sum()) for _told, one in read),
        dispatched=sum(
            member.dispatched and bool(members.shown[at])
            for each, members in read for at, member in enumerate(each.members)
        ),
        reached=sum(len({one.member for one in each if one.reached}) for each in calls),
        agreed=sum(len({one.member for one in each if one.agreed}) for each in calls),
        ordered=sum(len({one.member for one in each if one.ordered}) for each in calls),
        verdict=verdict(found, control=int((~chosen.treated).sum()), sound=bool(sound)) if sound else _without(read),
        on_net=found,
        left_out=tuple(one.campaign.id for one, members in read if not any(members is each for each in sound)),
    )  # fmt: skip


def _without(read: Sequence[tuple[Told, Members]]) -> Verdict:
    return Verdict.BROKEN if any((~members.treated).any() for _one, members in read) else Verdict.NO_CONTROL


def together(parts: Sequence[Members]) -> Members:
    """One after the other; strata of different campaigns stay apart."""
    offsets = np.cumsum([0, *(int(one.stratum.max(initial=-1)) + 1 for one in parts)])

    def joined(name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.concatenate([getattr(one, name) for one in parts])

    return Members(
        treated=np.concatenate([one.treated for one in parts]),
        stratum=np.concatenate([one.stratum + at for one, at in zip(parts, offsets[:-1], strict=True)]),
        drawn=joined("drawn"), left=joined("left"), reached=joined("reached"), agreed=joined("agreed"),
        ordered=joined("ordered"), known_until=parts[0].known_until, today=parts[0].today,
    )  # fmt: skip

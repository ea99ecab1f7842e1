"""Parts of a campaign: those that stood before the draw with an effect each, agents and offers described alone."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from core.domain.drawing import BETWEEN
from core.domain.effect_words import NOTHING
from core.domain.text import Text
from core.screening.effect.comparing import compared
from core.screening.effect.members import Members
from core.screening.effect.told import Call, Member, Told
from core.wire.campaign_effect import ArmShare, Group, Looked

_FEW = 30
_MOST = 200
"""groups of a dimension, the largest first"""


def groups(told: Told, members: Members, *, sound: bool) -> dict[str, tuple[Group, ...]]:
    """By dimension. An effect stands only where the dimension was settled before the draw."""
    whose: dict[str, Callable[[Member], str]] = {
        "stratum": lambda one: one.stratum,
        "rule": lambda one: one.rule,
        "model": lambda one: one.model,
    }
    columns = told.campaign.strata
    if len(columns) > 1:
        for at, name in enumerate(columns):
            whose[name] = partial(_part, at=at, of=len(columns))
    found = {name: _drawn_groups(told, members, name, of, sound=sound) for name, of in whose.items()}
    found |= {
        "offer": _met_groups(told, members, "offer", lambda one: one.offers),
        "agent": _met_groups(told, members, "agent", lambda one: (one.agent,)),
    }
    return {name: one for name, one in found.items() if one}


def _part(one: Member, *, at: int, of: int) -> str:
    parts = one.stratum.split(BETWEEN)
    return parts[at] if len(parts) == of else ""


def _drawn_groups(
    told: Told, members: Members, dimension: str, of: Callable[[Member], str], *, sound: bool
) -> tuple[Group, ...]:
    codes = np.array([of(one) for one in told.members], dtype=object)
    calls: dict[str, list[Call]] = defaultdict(list)
    for one in told.calls:
        calls[codes[one.member]].append(one)
    made = []
    for code, size in _largest(codes):
        mine = np.asarray(codes == code)
        found, came = compared(members, Looked.ON_NET, told.days, among=mine, sound=sound), _came(calls[code])
        made.append(
            Group(
                code=code, name=_name(told, dimension, code), drawn=size,
                dispatched=sum(told.members[at].dispatched for at in np.flatnonzero(mine).tolist()),
                reached=came.reached, agreed=came.agreed, ordered=came.ordered,
                on_net=found.treated, control_on_net=found.control, effect=found.effect, few=found.few,
            )
        )  # fmt: skip
    return tuple(made)


def _largest(codes: "np.ndarray[tuple[int], np.dtype[np.object_]]") -> Sequence[tuple[str, int]]:
    words, counts = np.unique(codes.astype(str), return_counts=True)
    pairs = sorted(zip(words.tolist(), counts.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    return [(word, count) for word, count in pairs if word][:_MOST]


def _met_groups(
    told: Told, members: Members, dimension: str, of: Callable[[Call], tuple[str, ...]]
) -> tuple[Group, ...]:
    """Of those who were spoken to: who called whom, and who was offered what, is nobody's chance."""
    calls: dict[str, list[Call]] = defaultdict(list)
    for one in told.calls:
        for code in of(one):
            calls[code].append(one)
    due, stayed = members.due(Looked.ON_NET, told.days), members.met(Looked.ON_NET, told.days)
    made = []
    for code, mine in sorted(calls.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:_MOST]:
        came = _came(mine)
        spoken = {one.member for one in mine if one.reached}
        known = [at for at in spoken if due[at]]
        made.append(
            Group(
                code=code, name=_name(told, dimension, code), dispatched=len({one.member for one in mine}),
                reached=came.reached, agreed=came.agreed, ordered=came.ordered,
                on_net=ArmShare(due=len(known), met=sum(bool(stayed[at]) for at in known)),
                few=len(known) < _FEW,
            )
        )  # fmt: skip
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Came:
    """Customers."""

    reached: int
    agreed: int
    ordered: int


def _came(calls: Sequence[Call]) -> _Came:
    return _Came(
        reached=len({one.member for one in calls if one.reached}),
        agreed=len({one.member for one in calls if one.agreed}),
        ordered=len({one.member for one in calls if one.ordered}),
    )


def _name(told: Told, dimension: str, code: str) -> Text:
    if dimension == "stratum" and len(told.campaign.strata) > 1:
        pairs = zip(told.campaign.strata, code.split(BETWEEN), strict=False)
        parts = [_name(told, column, part) for column, part in pairs if part]
        return Text(" · ".join(one.zh for one in parts), " · ".join(one.en for one in parts)) if parts else NOTHING
    return told.names.get(dimension, {}).get(code) or Text(code, code)

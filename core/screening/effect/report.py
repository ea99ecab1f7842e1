"""The report of one campaign, from its members and calls: what came of it, and what of that the calls did."""

from collections.abc import Sequence, Set
from datetime import date, timedelta

import numpy as np

from core.domain.campaign import calls as agents_call
from core.domain.effect_words import ELSEWHERE, points
from core.domain.outreach import MAY_HAVE_REACHED, REACHED, ContactState
from core.domain.text import Text
from core.screening.effect import words
from core.screening.effect.balance import share_is_off, unlike
from core.screening.effect.comparing import compared, verdict
from core.screening.effect.forecasts import forecasts
from core.screening.effect.groups import groups
from core.screening.effect.members import NEVER, Members
from core.screening.effect.strata import FEWEST, put_together
from core.screening.effect.told import NEVER_DAY, AreaBase, Call, Member, Told
from core.screening.effect.words import filled, joined
from core.wire.campaign_effect import (
    COMPARED,
    EFFECT_DAYS,
    ArmShare,
    BeforeAfter,
    CampaignEffect,
    Compared,
    Looked,
    Verdict,
)

_EPOCH = date(1970, 1, 1)


def effect_of(told: Told) -> CampaignEffect:
    """Everything that may be said by now."""
    members = columns(told)
    flaws = broken(told, members)
    sound = not flaws and bool((~members.treated).any())
    # Where nobody calls nobody is asked: six rows of zeros would look like a campaign that failed.
    by_call = agents_call(told.campaign)
    found = [
        compared(members, looked, days, sound=sound)
        for looked in (Looked if by_call else (Looked.ON_NET,))
        for days in sorted({*EFFECT_DAYS, told.days})
    ]  # fmt: skip
    main = next(one for one in found if one.looked is Looked.ON_NET and one.days == told.days)
    control = int((~members.treated).sum())
    said = verdict(main, control=control, sound=not flaws) if told.members else Verdict.NOT_DUE
    # What came of whom is told of the same customers as the arms are: who had left before is in none of the figures.
    shown = members.shown.tolist()
    calls = [one for one in told.calls if shown[one.member]]
    done = [one for one in calls if one.dialled or one.reached]
    return CampaignEffect(
        campaign_id=told.campaign.id, name=told.campaign.name, state=told.state, days=told.days,
        verdict=said, words=_sentence(said, main, told, members, flaws), cautions=_cautions(told, members, main, said),
        known_until=_day(told.known_until), at=told.at,
        treated=int((members.treated & members.shown).sum()), control=int((~members.treated & members.shown).sum()),
        left_before=int((~members.counted).sum()),
        dispatched=sum(one.dispatched and shown[at] for at, one in enumerate(told.members)),
        called=len({one.member for one in done if one.dialled}),
        reached=len({one.member for one in done if one.reached}),
        agreed=len({one.member for one in calls if one.agreed}),
        ordered=len({one.member for one in calls if one.ordered}),
        by_call=by_call,
        sent=_contacts(told, MAY_HAVE_REACHED | {ContactState.FAILED}), delivered=_contacts(told, REACHED),
        answered=_contacts(told, {ContactState.ANSWERED}),
        control_called=_control_called(told, members), compared=tuple(found),
        before_after=tuple(_before_after(told)), cannot_show=words.CANNOT_SHOW if told.areas else None,
        groups=groups(told, members, sound=sound),
        forecast=tuple(forecasts(told, main if said in COMPARED else None)), problems=told.problems,
    )  # fmt: skip


def _contacts(told: Told, states: Set[ContactState]) -> int:
    return sum(number for state, number in told.contacts.items() if state in states)


def columns(told: Told) -> Members:
    """The members as arrays."""
    rows = told.members
    reached = _firsts(told.calls, len(rows))
    strata = {one: at for at, one in enumerate(sorted({one.stratum for one in rows}))}
    return Members(
        treated=np.array([one.treated for one in rows], dtype=bool),
        stratum=np.array([strata[one.stratum] for one in rows], dtype=np.int64),
        drawn=np.array([one.drawn for one in rows], dtype=np.int64),
        left=np.array([one.left for one in rows], dtype=np.int64),
        reached=np.array(reached, dtype=np.int64),
        agreed=np.array([one.agreed for one in rows], dtype=np.int64),
        ordered=np.array([one.ordered for one in rows], dtype=np.int64),
        known_until=told.known_until, today=told.today,
    )  # fmt: skip


def _firsts(calls: Sequence[Call], count: int) -> list[int]:
    found = [int(NEVER)] * count
    for one in calls:
        if one.reached:
            found[one.member] = min(found[one.member], one.day)
    return found


def broken(told: Told, members: Members) -> list[Text]:
    """Why the control group cannot be used; empty: it can, or there is none."""
    control = int((~members.treated).sum())
    if not control:
        return []
    found = [] if told.arms_hold else [words.ARMS_CHANGED]
    treated, percent = int(members.treated.sum()), told.campaign.control_percent
    if share_is_off(treated, control, percent):
        found.append(filled(words.SHARE_OFF, control=control, treated=treated, percent=f"{percent:g}"))
    if min(treated, control) >= FEWEST:
        codes = put_together(members.treated, members.stratum)
        names = {"score": words.SCORE, "rule": words.RULE, "model": words.MODEL}
        found += [
            filled(words.UNLIKE, name=names[one.name], word=one.word, treated=f"{one.treated:.1%}",
                   control=f"{one.control:.1%}")
            for one in unlike(members.treated, codes, _standing(told.members))[:3]
        ]  # fmt: skip
    return found


def _standing(members: Sequence[Member]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.generic]]]:
    """What was known of each before the draw, and that no call changes."""
    return {
        "score": np.array([float("nan") if one.score is None else one.score for one in members], dtype=np.float64),
        "rule": np.array([one.rule for one in members], dtype=str),
        "model": np.array([one.model for one in members], dtype=str),
    }


def _sentence(said: Verdict, main: Compared, told: Told, members: Members, flaws: list[Text]) -> Text:
    if not told.members:
        return words.NOBODY_DRAWN
    if said is Verdict.NOT_DUE and members.won_back:
        return words.WON_BACK
    if said is Verdict.NOT_DUE and told.known_until is None:
        return words.NOBODY_LISTED
    known = main.effect
    return filled(
        words.VERDICTS[said], days=told.days, why=joined(flaws), treated=main.treated.due, control=main.control.due,
        least=FEWEST,
        points=_moved_by(known.value, said) if known else "",
        low=points(known.low) if known else "", high=points(known.high) if known else "",
    )  # fmt: skip


def _moved_by(value: float, said: Verdict) -> str:
    """Where the sentence does not say which way, the sign does."""
    return points(value) if said is Verdict.NONE_SHOWN else points(abs(value), signed=False)


def _cautions(told: Told, members: Members, main: Compared, said: Verdict) -> tuple[Text, ...]:
    found = []
    if said in COMPARED:
        if main.not_yet_due:
            found.append(filled(words.YOUNG, count=main.not_yet_due, days=told.days))
        if meant := _control_called(told, members):
            found.append(filled(words.CONTROL_CALLED, count=meant))
        found.append(words.MANY_LOOKED)
    if (gone := int((~members.counted).sum())) and not members.won_back:
        found.append(filled(words.LEFT_BEFORE, count=gone))
    return tuple(found)


def _control_called(told: Told, members: Members) -> int:
    until = members.drawn + told.days
    pairs = zip(told.members, until.tolist(), strict=True)
    return sum(not one.treated and one.called != NEVER_DAY and one.called <= last for one, last in pairs)


def _before_after(told: Told) -> list[BeforeAfter]:
    return [
        BeforeAfter(
            area=one.area, name=Text(one.area, one.area) if one.area else ELSEWHERE,
            before=one.before, after=one.after, points=_moved(one),
        )
        for one in told.areas
    ]  # fmt: skip


def _moved(one: AreaBase) -> float | None:
    shares = [_share(part) for part in (one.before, one.after)]
    if shares[0] is None or shares[1] is None:
        return None
    return round((shares[1] - shares[0]) * 100, 4)


def _share(one: ArmShare) -> float | None:
    return one.met / one.due if one.due else None


def _day(number: int | None) -> date | None:
    return None if number is None else _EPOCH + timedelta(days=number)

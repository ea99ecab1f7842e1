"""The calls of the past three months: who was called when, by whom, and what came of it."""

import math
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from msgspec import Struct, structs

from core.demo.cast import Promise
from core.demo.people import CALLERS, DISCONNECT, MANNERS, UPGRADE, VIP, Manner
from core.demo.profile import Profile
from core.demo.results import (
    DECLINED,
    DISCONNECTED,
    HESITANT,
    REASONS,
    REFUSED_CONTACT,
    SUCCESS,
    SUCCESS_RATES,
    UNREACHED,
    Ending,
)
from core.demo.rng import Purpose, stream, weighted
from core.demo.today import Today, moment
from core.domain.clock import CHINA
from core.domain.outcome import CONNECTED, Contact
from core.domain.tenure import months_between


class PastDial(Struct, frozen=True, kw_only=True):
    """A call as it was made; the outcome and the line in the customer's history are both drawn from it."""

    id: UUID
    at: datetime
    scenario: str
    agent: str
    number: str
    contact: Contact
    ending: Ending
    reason: str = ""
    talk_s: int = 0
    ring_s: int = 0
    wrap_s: int = 0
    callback_at: datetime | None = None
    callback_open: bool = False
    """the promise is still to be kept"""
    wave: int = 0
    """of the customer's campaigns in these months, from 1; 0: a call apart from them"""

    @property
    def answered(self) -> bool:
        return self.contact in CONNECTED

    @property
    def success(self) -> bool:
        return self.ending.success

    @property
    def refused(self) -> bool:
        return self.ending is REFUSED_CONTACT


DAYS_BACK = 91
HOURS: tuple[tuple[int, float], ...] = (
    (9, 0.11),
    (10, 0.13),
    (11, 0.1),
    (12, 0.04),
    (13, 0.04),
    (14, 0.11),
    (15, 0.12),
    (16, 0.12),
    (17, 0.09),
    (18, 0.07),
    (19, 0.07),
)
"""when the centre dials, as shares of its calls"""
CONNECT_BY_HOUR = {
    9: 0.33,
    10: 0.42,
    11: 0.39,
    12: 0.29,
    13: 0.26,
    14: 0.35,
    15: 0.42,
    16: 0.44,
    17: 0.41,
    18: 0.48,
    19: 0.52,
}
"""how many are answered: few at midday, most after work"""
CONNECT_BY_WEEKDAY = (0.92, 1.0, 1.02, 1.02, 0.96, 1.12, 1.08)
_DIAL_ON = (1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.15)
_ANSWERED = (
    (Contact.OWNER, 0.77),
    (Contact.FAMILY, 0.08),
    (Contact.THIRD_PARTY, 0.03),
    (Contact.OTHER_NUMBER, 0.03),
    (Contact.IDENTITY_DOUBTED, 0.05),
    (Contact.NOT_OWNER, 0.04),
)
_UNANSWERED = ((Contact.UNANSWERED, 0.76), (Contact.REJECTED, 0.22), (Contact.BAD_NUMBER, 0.02))
_WAVES = ((0, 0.22), (1, 0.46), (2, 0.32))
_CLOSING = frozenset({Contact.BAD_NUMBER, Contact.NOT_OWNER})


def scenarios_for(profile: Profile, today: Today) -> list[str]:
    """The campaigns that a customer can be in."""
    fit = []
    if profile.base_plan.fee_fen >= 12_800 and months_between(profile.on_net_since, today.day) >= 12:
        fit.append(VIP)
    if profile.had_broadband:
        fit.append(DISCONNECT)
    if profile.base_plan.generation <= 3:
        fit.append(UPGRADE)
    return fit


def past_calls(seed: int, profile: Profile, today: Today) -> list[PastDial]:
    """A customer's calls of the last 91 days, oldest first, all before `today.as_of`."""
    fit = scenarios_for(profile, today)
    if not profile.numbers or not fit:
        return []
    rng = stream(seed, profile.index, Purpose.CALLS)
    calls: list[PastDial] = []
    waves = weighted(rng, _WAVES)
    for wave in range(waves):
        span = DAYS_BACK // waves
        first = DAYS_BACK - wave * span - rng.randrange(max(span - 8, 1))
        before = len(calls)
        _wave(rng, profile, today, _campaign(rng, fit), first, calls)
        calls[before:] = [structs.replace(call, wave=wave + 1) for call in calls[before:]]
        if calls and calls[-1].success and calls[-1].scenario == UPGRADE:
            fit = [scenario for scenario in fit if scenario != UPGRADE]
        if not fit or (calls and _final(calls[-1])):
            break
    _staged(rng, profile, today, fit, calls)
    calls.sort(key=lambda call: call.at)
    return calls


def _campaign(rng: Random, fit: list[str]) -> str:
    """Key customers are mostly called for care, whatever else they fit."""
    return VIP if fit[0] == VIP and rng.random() < 0.7 else rng.choice(fit)


def _final(call: PastDial) -> bool:
    """After this nobody calls again."""
    return call.refused or call.contact in _CLOSING or call.ending is DISCONNECTED


def _wave(rng: Random, profile: Profile, today: Today, scenario: str, first: int, calls: list[PastDial]) -> None:
    """Up to four attempts, a day or two apart, until one settles the matter."""
    agent = weighted(rng, CALLERS[scenario])
    ease = 0.8 + 0.4 * rng.random()
    back = first
    for _ in range(4):
        while back > 0 and rng.random() > _DIAL_ON[(today.day - timedelta(days=back)).weekday()]:
            back -= 1
        if back < 1:
            return
        day = today.day - timedelta(days=back)
        hour = weighted(rng, HOURS)
        chance = CONNECT_BY_HOUR[hour] * CONNECT_BY_WEEKDAY[day.weekday()] * ease
        at = moment(day, hour * 60 + rng.randrange(60), rng.randrange(60))
        if calls and calls[-1].callback_at is not None:
            at = _called_back(calls[-1], at, today)
        call = _call(rng, profile, scenario, agent, at, chance)
        calls.append(call)
        if call.callback_at is None and (call.contact is Contact.OWNER or call.contact in _CLOSING):
            return
        back -= 1 if call.callback_at is None else max((call.callback_at - at).days, 1)


def _called_back(promised: PastDial, drawn: datetime, today: Today) -> datetime:
    """Most promises are kept to within a quarter of an hour, one in six is not; never out of hours."""
    due, lot = promised.callback_at or drawn, promised.id.int
    if lot % 6 == 0:
        return drawn
    at = due + timedelta(minutes=lot % 19 - 6, seconds=lot % 60)
    return at if 9 <= at.astimezone(CHINA).hour < 20 and at < today.as_of else drawn


def _call(rng: Random, profile: Profile, scenario: str, agent: str, at: datetime, chance: float) -> PastDial:
    contact = weighted(rng, _ANSWERED if rng.random() < chance else _UNANSWERED)
    if contact in _CLOSING and profile.part.scenario:
        contact = Contact.UNANSWERED
    number = profile.numbers[0]
    if contact is not Contact.OWNER:
        return _dial(rng, at, scenario, agent, number, contact, weighted(rng, UNREACHED[contact]))
    manner = MANNERS.get(agent, Manner())
    draw = rng.random()
    success = SUCCESS_RATES[scenario] * manner.success * (not profile.part.scenario)
    if draw < success:
        return _dial(rng, at, scenario, agent, number, contact, weighted(rng, SUCCESS[scenario]))
    if draw > 0.985 and not profile.part.scenario:
        return _dial(rng, at, scenario, agent, number, contact, REFUSED_CONTACT)
    reason = weighted(rng, REASONS[scenario])
    if draw > 0.8:
        callback = at + timedelta(minutes=rng.choice((180, 1_440, 2_880)))
        return _dial(rng, at, scenario, agent, number, contact, HESITANT, reason=reason, callback_at=callback)
    ending = weighted(rng, DECLINED[scenario])
    if profile.part.scenario and ending is DISCONNECTED:
        ending = DECLINED[scenario][-1][0]
    return _dial(rng, at, scenario, agent, number, contact, ending, reason=reason)


def _dial(
    rng: Random,
    at: datetime,
    scenario: str,
    agent: str,
    number: str,
    contact: Contact,
    ending: Ending,
    *,
    reason: str = "",
    callback_at: datetime | None = None,
    callback_open: bool = False,
) -> PastDial:
    pace = MANNERS.get(agent, Manner()).pace
    talk_s = round(ending.talk_s * pace * math.exp(rng.gauss(0, 0.32))) if ending.talk_s else 0
    return PastDial(
        id=UUID(int=rng.getrandbits(128), version=4),
        at=at,
        scenario=scenario,
        agent=agent,
        number=number,
        contact=contact,
        ending=ending,
        reason=reason,
        talk_s=max(talk_s, 45) if ending.success else talk_s,
        ring_s=rng.randrange(4, 28),
        wrap_s=rng.randrange(18, 75) if ending.talk_s else rng.randrange(3, 12),
        callback_at=callback_at,
        callback_open=callback_open,
    )


def _staged(rng: Random, profile: Profile, today: Today, fit: list[str], calls: list[PastDial]) -> None:
    """The calls that a demonstration's case must have had."""
    cast = profile.part
    if not cast.scenario or cast.scenario not in fit:
        return
    number, who = profile.numbers[0], cast.agent
    if cast.capped:
        for minutes in (1_200, 150, 75):
            at = today.as_of - timedelta(minutes=minutes)
            missed = UNREACHED[Contact.UNANSWERED][0][0]
            calls.append(_dial(rng, at, cast.scenario, who, number, Contact.UNANSWERED, missed))
    if cast.opted_out:
        at = moment(today.day - timedelta(days=2), 15 * 60 + rng.randrange(60))
        calls.append(_dial(rng, at, cast.scenario, who, number, Contact.OWNER, REFUSED_CONTACT))
    if cast.promise:
        at = moment(today.day - timedelta(days=1), 14 * 60 + rng.randrange(240))
        promised = _promised(cast.promise, today, profile.index)
        calls.append(
            _dial(
                rng,
                at,
                cast.scenario,
                who,
                number,
                Contact.OWNER,
                HESITANT,
                reason=REASONS[cast.scenario][0][0],
                callback_at=promised,
                callback_open=True,
            )
        )


def _promised(promise: Promise, today: Today, index: int) -> datetime:
    """When the callback was promised for: to the minute, relative to the present."""
    now = today.as_of.replace(second=0, microsecond=0)
    if promise is Promise.DUE:
        return now - timedelta(minutes=4 + index % 23)
    if promise is Promise.LATER:
        return now + timedelta(minutes=95 + 5 * (index % 11))
    if promise is Promise.TOMORROW:
        return moment(today.day + timedelta(days=1), 10 * 60)
    return moment(today.day + timedelta(days=7 - today.day.weekday()), 10 * 60)

"""Who a customer is and how they tend to behave: everything else of the customer follows from this."""

import math
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from msgspec import Struct

from core.demo.cast import Need, Part, Repair, Trouble, part
from core.demo.city import Place, address, place
from core.demo.names import number, person
from core.demo.people import AGENTS
from core.demo.plans import BY_CODE, Plan
from core.demo.rng import Purpose, stream, weighted
from core.demo.today import Today, add_months
from core.domain.customer import Gender


class Segment(StrEnum):
    STUDENT = "student"
    WORKER = "worker"
    FAMILY = "family"
    SENIOR = "senior"
    BUSINESS = "business"
    MIGRANT = "migrant"


class Habit(Struct, frozen=True, kw_only=True):
    """How a segment differs."""

    ages: tuple[int, int]
    data: float
    voice: float
    broadband: float
    prepaid: float
    plans: tuple[tuple[str, float], ...]


class Profile(Struct, frozen=True, kw_only=True):
    index: int
    id: str
    part: Part
    name: str
    gender: Gender
    birthday: date
    segment: Segment
    place: Place
    address: str
    numbers: tuple[str, ...]
    on_net_since: date
    base_plan: Plan
    """before any change that a call brought about"""
    prepaid: bool
    data_mb: float
    """mean month, before trend and season"""
    voice_min: float
    growth: float
    """a month, as a share"""
    fading: bool
    silent: bool
    """a zero-usage subscriber"""
    traveller: bool
    had_broadband: bool
    trouble: Trouble
    repair: Repair
    need: Need
    wobble: float
    """how much a month differs from the usual, as a share"""
    careless: float
    """0 … 1: how late bills are paid"""


HABITS: dict[Segment, Habit] = {
    Segment.STUDENT: Habit(
        ages=(18, 24),
        data=1.25,
        voice=0.5,
        broadband=0.25,
        prepaid=0.95,
        plans=(("xy-28", 0.24), ("ct-38", 0.2), ("ct-58", 0.16), ("fx-58", 0.2), ("fx-77", 0.1), ("cx-99", 0.1)),
    ),
    Segment.WORKER: Habit(
        ages=(22, 50),
        data=1.0,
        voice=0.9,
        broadband=0.56,
        prepaid=0.7,
        plans=(
            ("ct-38", 0.18),
            ("ct-58", 0.26),
            ("cy-66", 0.14),
            ("fx-58", 0.12),
            ("fx-77", 0.14),
            ("fx-97", 0.08),
            ("cx-99", 0.08),
        ),
    ),
    Segment.FAMILY: Habit(
        ages=(28, 58),
        data=1.0,
        voice=1.0,
        broadband=0.85,
        prepaid=0.55,
        plans=(
            ("ct-58", 0.18),
            ("ct-88", 0.2),
            ("cy-66", 0.08),
            ("fx-97", 0.12),
            ("jt-137", 0.18),
            ("cx-129", 0.1),
            ("rh-169", 0.08),
            ("fx-77", 0.06),
        ),
    ),
    Segment.SENIOR: Habit(
        ages=(58, 84),
        data=0.5,
        voice=0.9,
        broadband=0.55,
        prepaid=0.75,
        plans=(("lt-8", 0.22), ("xq-18", 0.3), ("yl-19", 0.24), ("ct-38", 0.18), ("ct-58", 0.06)),
    ),
    Segment.BUSINESS: Habit(
        ages=(28, 60),
        data=0.95,
        voice=1.15,
        broadband=0.7,
        prepaid=0.25,
        plans=(
            ("sl-88", 0.14),
            ("ct-88", 0.16),
            ("cl-128", 0.22),
            ("zx-188", 0.1),
            ("sw-158", 0.16),
            ("zx-238", 0.07),
            ("cx-129", 0.09),
            ("zx-239", 0.04),
            ("zx-399", 0.02),
        ),
    ),
    Segment.MIGRANT: Habit(
        ages=(19, 55),
        data=1.15,
        voice=1.0,
        broadband=0.32,
        prepaid=0.97,
        plans=(("lt-8", 0.1), ("xq-18", 0.18), ("ct-38", 0.32), ("ct-58", 0.24), ("fx-58", 0.16)),
    ),
}
_SEGMENTS = (
    (Segment.WORKER, 0.29),
    (Segment.FAMILY, 0.24),
    (Segment.SENIOR, 0.13),
    (Segment.BUSINESS, 0.11),
    (Segment.STUDENT, 0.11),
    (Segment.MIGRANT, 0.12),
)
_CAST_SEGMENTS = {2: Segment.MIGRANT, 3: Segment.WORKER, 4: Segment.BUSINESS, 5: Segment.BUSINESS}
_TROUBLES = (*((trouble, 0.032) for trouble in Trouble if trouble), (Trouble.NONE, 0.744))
_NEEDS = ((Need.BLIND, 0.003), (Need.HEARING, 0.004), (Need.DIALECT, 0.006), (Need.NONE, 0.987))


def profile(seed: int, index: int, today: Today) -> Profile:
    """Customer `index` of the world of `seed`: the same in a world of any size."""
    rng, cast = stream(seed, index, Purpose.PROFILE), part(index)
    segment = weighted(rng, _SEGMENTS)
    plan = weighted(rng, HABITS[segment].plans)
    if cast.plan is not None:
        plan = cast.plan
        segment = _CAST_SEGMENTS[BY_CODE[plan].generation]
    habit = HABITS[segment]
    base_plan = BY_CODE[plan]
    gender = cast.gender or (Gender.FEMALE if rng.random() < 0.48 else Gender.MALE)
    name = cast.name or person(rng, gender)
    where = place(rng, _areas(cast))
    data, voice = _levels(rng, habit, base_plan, cast)
    broadband = rng.random() < habit.broadband if cast.broadband is None else cast.broadband
    broadband = broadband or base_plan.with_broadband
    trouble = weighted(rng, _TROUBLES) if cast.trouble is None else cast.trouble
    age = rng.randrange(*habit.ages)
    return Profile(
        index=index,
        id=f"JC{index + 1:07d}",
        part=cast,
        name=name,
        gender=gender,
        birthday=today.day - timedelta(days=age * 365 + rng.randrange(365) + age // 4),
        segment=segment,
        place=where,
        address=address(where, rng),
        numbers=_numbers(rng, seed, index, cast),
        on_net_since=_joined(rng, today, base_plan, cast),
        base_plan=base_plan,
        prepaid=rng.random() < habit.prepaid,
        data_mb=data,
        voice_min=voice,
        growth=rng.gauss(0.012, 0.012),
        fading=rng.random() < 0.08 if cast.fading is None else cast.fading,
        silent=rng.random() < 0.015 and not cast.scenario,
        traveller=rng.random() < (0.3 if base_plan.fee_fen >= 12_000 else 0.03) or cast.repair is Repair.ROAMING,
        had_broadband=broadband,
        trouble=trouble if broadband else Trouble.NONE,
        repair=_repair(rng, base_plan, broadband) if cast.repair is None else cast.repair,
        need=_need(rng, age) if cast.need is None else cast.need,
        wobble=0.08 + 0.32 * rng.random(),
        careless=rng.random() * (0.94 if cast.scenario else 1.0),
    )


def _areas(cast: Part) -> tuple[str, ...]:
    """A case that someone has already lies in that person's area."""
    return next((a.areas for a in AGENTS if a.staff_number == cast.agent), AGENTS[-1].areas)


def _levels(rng: Random, habit: Habit, plan: Plan, cast: Part) -> tuple[float, float]:
    """Mean MB and minutes a month: the allowance times how well it fits, which differs widely between people."""
    fit = min(math.exp(rng.gauss(-0.25, 0.55)) * habit.data, 3.2)
    voice_fit = min(math.exp(rng.gauss(-0.4, 0.5)) * habit.voice, 2.2)
    if cast.data_fit is not None:
        fit = cast.data_fit
    if cast.voice_fit is not None:
        voice_fit = cast.voice_fit
    return max(plan.data_mb, 12) * fit, max(plan.voice_min, 40) * voice_fit


def _joined(rng: Random, today: Today, plan: Plan, cast: Part) -> date:
    """The day of activation. Who is on an old plan joined while it was sold; newer plans are changed to."""
    oldest = max((today.day.year - plan.since) * 12 - 6, 170 if plan.generation >= 4 else 30)
    months = rng.randrange(1, 24) if rng.random() < 0.16 and plan.on_sale else rng.randrange(24, max(oldest, 25))
    if cast.tenure_months is not None:
        months = cast.tenure_months
    return add_months(today.day.replace(day=1), -months) + timedelta(days=rng.randrange(27))


def _numbers(rng: Random, seed: int, index: int, cast: Part) -> tuple[str, ...]:
    draw = rng.random()
    if not cast.reachable or (draw < 0.008 and not cast.scenario):
        return ()
    main = number(seed, index)
    return (main, number(seed, index, second=True)) if draw > 0.8 else (main,)


def _repair(rng: Random, plan: Plan, broadband: bool) -> Repair:
    draw = rng.random()
    if plan.fee_fen < 12_000 or draw > 0.16:
        return Repair.NONE
    if draw < 0.05:
        return Repair.ROAMING
    if draw < 0.09:
        return Repair.BILL
    return Repair.BROADBAND if broadband and draw < 0.13 else Repair.COVERAGE


def _need(rng: Random, age: int) -> Need:
    if age >= 78 and rng.random() < 0.35:
        return Need.ELDERLY
    return weighted(rng, _NEEDS)

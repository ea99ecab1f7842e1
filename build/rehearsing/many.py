"""The counts over many seeds: intervals that hold the truth, and effects found where there is none."""

import argparse
import math
import time

from core.domain.effect_words import points
from rehearsing.preparing import Ready
from rehearsing.seeds import Plan, Run, runs

_MISSED = 3
HELD_AT_LEAST, FOUND_AT_MOST = 0.90, 0.08
"""of the seeds"""


def many(options: argparse.Namespace, ready: Ready) -> int:
    """0 where both counts are as promised."""
    effects = tuple(dict.fromkeys((options.effect / 100, 0.0)))
    plan = Plan(
        prepared=ready.centre.data, staff=ready.staff, customers=sorted(ready.prepared.customers.values()),
        leavers=ready.prepared.leavers if ready.prepared.history else None, audience=ready.audience,
        effects=effects, control=options.control, days=options.days,
    )  # fmt: skip
    seeds = range(options.seed, options.seed + options.seeds)
    print(f"\n== {len(seeds)} seeds, each with a server, a draw, calls and fates of its own", flush=True)
    print(_head(effects), flush=True)
    began, made = time.monotonic(), []
    for worlds in runs(plan, seeds, beside=options.beside):
        made.append(worlds)
        print(_line(worlds), flush=True)
    took = time.monotonic() - began
    print(f"\n{took / 60:.1f} minutes, {took / len(seeds):.1f} s a seed", flush=True)
    return 0 if _tell(made, effects) else _MISSED


def _head(effects: tuple[float, ...]) -> str:
    cells = [f"{'told where the truth is ' + points(one):>36}{'holds':>7}{'found':>7}" for one in effects]
    return f"{'seed':>6}{'called':>8}" + "".join(cells)


def _line(worlds: list[Run]) -> str:
    cells = [f"{_interval(one):>36}{_mark(one.holds):>7}{_mark(one.found):>7}" for one in worlds]
    return f"{worlds[0].seed:>6}{worlds[0].called:>8}" + "".join(cells)


def _interval(one: Run) -> str:
    if one.value is None or one.low is None or one.high is None:
        return one.verdict
    return f"{points(one.value)} ({points(one.low)} … {points(one.high)})"


def _mark(yes: bool) -> str:
    return "yes" if yes else "no"


def _tell(made: list[list[Run]], effects: tuple[float, ...]) -> bool:
    """Both tables; whether both counts are as promised."""
    held_well, count = True, len(made)
    least, most = math.ceil(HELD_AT_LEAST * count), math.floor(FOUND_AT_MOST * count)
    print(f"\n{'hidden effect':<16}{'intervals that hold it':>24}{'at least':>10}{'mean told':>12}")
    for at, effect in enumerate(effects):
        mine = [worlds[at] for worlds in made]
        held = sum(one.holds for one in mine)
        told = [one.value for one in mine if one.value is not None]
        mean = points(sum(told) / len(told)) if told else "—"
        print(f"{points(effect) + ' points':<16}{f'{held} of {count}':>24}{least:>10}{mean:>12}")
        held_well = held_well and held >= least
    print(f"\n{'hidden effect':<16}{'reports of an effect':>24}{'at most':>10}")
    for at, effect in enumerate(effects):
        found = sum(worlds[at].found for worlds in made)
        print(f"{points(effect) + ' points':<16}{f'{found} of {count}':>24}{most if effect == 0 else '—':>10}")
        held_well = held_well and (effect != 0 or found <= most)
    return held_well

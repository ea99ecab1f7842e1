"""Many rehearsals on copies of one prepared centre: how often intervals hold the truth, and how often an effect is
found where there is none. Each has a server process, a draw and customers' luck of its own."""

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from launching.children import Children
from launching.embedded_server import start_server

from core.wire.campaign_effect import CampaignEffect
from rehearsing import campaign, world
from rehearsing.centre import ROOT, Planner
from rehearsing.fates import Fates, Truth


@dataclass(frozen=True)
class Plan:
    """What all seeds share."""

    prepared: Path
    """the data folder that is copied"""
    staff: list[str]
    customers: list[str]
    leavers: frozenset[str] | None
    audience: dict[str, Any]
    effects: tuple[float, ...]
    """shares of customers: each is a world of its own after the same calls"""
    control: float
    days: int


@dataclass(frozen=True)
class Run:
    """One seed in one world."""

    seed: int
    truth: Truth
    value: float | None
    low: float | None
    high: float | None
    found: bool
    """the report says that there is an effect"""
    verdict: str
    called: int
    seconds: float

    @property
    def holds(self) -> bool:
        return self.low is not None and self.high is not None and self.low <= self.truth.effect <= self.high


def runs(plan: Plan, seeds: range, *, beside: int) -> Iterator[list[Run]]:
    """By seed its worlds, in the order of the seeds; `beside`: how many at a time."""
    with ProcessPoolExecutor(beside, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_one, [plan] * len(seeds), seeds)


def _one(plan: Plan, seed: int) -> list[Run]:
    began = time.monotonic()
    data = plan.prepared.with_name(f"seed-{seed}")
    shutil.copytree(plan.prepared, data)
    try:
        with Children(cwd=ROOT) as children:
            url = start_server(children, data, log=data / "server.log", unasked=False)
            return _rehearsed(plan, seed, data, url, began)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _rehearsed(plan: Plan, seed: int, data: Path, url: str, began: float) -> list[Run]:
    fates, planner = Fates(seed, plan.leavers), Planner(url)
    campaign.draft(planner, audience=plan.audience, control=plan.control, effect=plan.effects[0] * 100)
    campaign.start(planner)
    agents = world.call(url, plan.staff, fates)
    members, made = world.drawn(data), []
    for at, effect in enumerate(plan.effects):
        if at:
            world.forget_departures(data)
        file = data / f"left-{at}.csv"
        as_of, truth = world.who_left(
            file, fates, plan.customers, members, agents, effect=effect, days=plan.days, world=str(at)
        )  # fmt: skip
        world.bring(data, file, as_of)
        found = world.report(planner, days=plan.days)
        made.append(_run(seed, truth, found, len(agents.called), time.monotonic() - began))
    planner.close()
    return made


def _run(seed: int, truth: Truth, found: CampaignEffect, called: int, seconds: float) -> Run:
    told = world.main_figure(found).effect
    value, low, high = (told.value, told.low, told.high) if told else (None, None, None)
    return Run(seed, truth, value, low, high, world.reports_an_effect(found), found.verdict.value, called, seconds)

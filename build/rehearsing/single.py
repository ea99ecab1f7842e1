"""One campaign, told step by step, with its report beside the truth."""

import argparse
from pathlib import Path

from launching.children import Children

from core.domain.effect_words import points
from core.domain.text import Lang
from core.wire.campaign_effect import CampaignEffect
from rehearsing import campaign, world
from rehearsing.centre import Planner
from rehearsing.fates import Fates, Truth
from rehearsing.preparing import Ready, told


def single(options: argparse.Namespace, ready: Ready, children: Children, out: Path) -> int:
    """From the draft to the report."""
    fates = Fates(options.seed, ready.prepared.leavers if ready.prepared.history else None)
    url = ready.centre.serve(children)
    planner = Planner(url)
    campaign.draft(planner, audience=ready.audience, control=options.control, effect=options.effect)
    preview = campaign.preview(planner)
    counts = preview.members
    told("6  a campaign with a control group, before anybody is called", (
        f"{counts.chosen} chosen, {counts.treated} to be called, {counts.control} held out within"
        f" {len(preview.strata)} strata, barred: {campaign.bars(counts.barriers)}"
    ))  # fmt: skip
    started = campaign.start(planner)
    told("7  started", f"{started.members.dispatched} tasks dispatched to {len(ready.staff)} agents")
    agents = world.call(url, ready.staff, fates)
    told("8  calls over the API", (
        f"{len(agents.called)} customers called, {len(agents.spoken)} answered, {agents.agreed} agreed"
    ))  # fmt: skip
    file, members = ready.centre.data / "left.csv", world.drawn(ready.centre.data)
    as_of, truth = world.who_left(
        file, fates, sorted(ready.prepared.customers.values()), members, agents,
        effect=options.effect / 100, days=options.days, world="0",
    )  # fmt: skip
    told(f"9  {options.days} days later: who left", world.bring(ready.centre.data, file, as_of))
    found = world.report(planner, days=options.days)
    planner.close()
    _tell(found, truth)
    _write(options, ready, out)
    return 0


def _tell(found: CampaignEffect, truth: Truth) -> None:
    told("10  the report", "\n".join(line for one in (found.words, *found.cautions) for line in (one.zh, one.en)))
    main = world.main_figure(found)
    for name, arm in (("drawn to be called", main.treated), ("held out", main.control)):
        print(f"   {name}: {arm.met} of {arm.due} on net")
    if main.effect is None:
        return
    holds = main.effect.low <= truth.effect <= main.effect.high
    told("the truth, which nobody there knew", (
        f"{points(truth.effect)} points (of these customers {points(truth.of_these)}); told:"
        f" {points(main.effect.value)} ({points(main.effect.low)} … {points(main.effect.high)}):"
        f" the interval {'holds' if holds else 'misses'} it"
    ))  # fmt: skip


def _write(options: argparse.Namespace, ready: Ready, out: Path) -> None:
    files = [out / f"effect.{lang.value}.html" for lang in Lang]
    more = ["--xlsx", str(out / "effect.xlsx"), "--json", str(out / "effect.json")]
    for lang, file in zip(Lang, files, strict=True):
        ready.centre.command(
            "campaign", "effect", campaign.CAMPAIGN, "--days", str(options.days), "--html", str(file),
            "--lang", lang.value, *(more if lang is Lang.ZH else []),
        )  # fmt: skip
    print(f"\nReports: {', '.join(map(str, files))}, and effect.xlsx, effect.json beside them")

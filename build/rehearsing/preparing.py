"""Everything before the campaign: the list mapped and brought in, factors, and a model or a rule that chooses."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launching.children import Children
from launching.embedded_server import start_server

from rehearsing import campaign
from rehearsing.agents import SCENARIO
from rehearsing.centre import ROOT, Centre, Planner
from rehearsing.listing import Prepared, prepare

_LINES = 40
_FIRST_AGENT = 3001


@dataclass(frozen=True)
class Ready:
    """A centre where a campaign can begin; its server has ended."""

    centre: Centre
    prepared: Prepared
    staff: list[str]
    audience: dict[str, Any]
    """of the campaign"""


def prepared_centre(options: argparse.Namespace, folder: Path, children: Children) -> Ready:
    """Says each step. Raises what the product refuses."""
    staff = [str(_FIRST_AGENT + at) for at in range(max(1, options.agents))]
    prepared = prepare(options.list, folder, label=options.label, seed=options.seed)
    centre = Centre(folder / "prepared")
    told(f"1  {options.list.name}: {len(prepared.customers)} customers of today", _halves(prepared))
    centre.open(staff)
    words = [word for one in options.map for word in ("--map", one)]
    told("2  mapping and import", centre.command(
        "import", str(prepared.today), "--scenario", SCENARIO, "--demo-numbers", "--no-tasks", *words
    ))  # fmt: skip
    told("3  snapshot of factors", centre.command("snapshot", "take"))
    members = options.members or (400 if options.seeds else 1500)
    scored = _model(centre, prepared, folder, members) if prepared.history else None
    # Ended at once, so that what is copied for each seed is whole.
    with Children(cwd=ROOT) as own:
        planner = Planner(start_server(own, centre.data, log=centre.data / "server.log", unasked=False))
        audience = _audience(planner, prepared, scored)
        planner.close()
    return Ready(centre, prepared, staff, audience)


def _audience(planner: Planner, prepared: Prepared, scored: Path | None) -> dict[str, Any]:
    if scored is not None:
        report = campaign.put_scored(planner, scored, prepared)
        told("5  the model's likeliest as a list for a campaign", f"{report.customers} customers")
        return campaign.BY_LIST
    if rule := campaign.make_rule(planner, prepared):
        told("4  a rule, in the place of a model", rule)
        return campaign.BY_RULE
    report = campaign.put_everybody(planner, prepared)
    told("4  no column of its own is a figure that a rule could ask: the list itself", f"{report.customers} customers")
    return campaign.BY_LIST


def _model(centre: Centre, prepared: Prepared, folder: Path, members: int) -> Path:
    """The likeliest of today, as a planner takes them out to look at."""
    assert prepared.history is not None
    trained = centre.command(
        "model", "train", str(prepared.history), "--label", prepared.label, "--customer", prepared.ids, "--here"
    )  # fmt: skip
    told("4  a model, learnt from the other half", trained)
    centre.command("model", "publish", "--accept", "--here")
    scored = folder / "scored.csv"
    centre.command("model", "explain", str(prepared.today), "--top", str(members), "--out", str(scored), "--here")
    return scored


def _halves(prepared: Prepared) -> str:
    if prepared.history is None:
        return f"no label: {prepared.why_no_model}"
    return f"label: {prepared.label}; hidden from the centre, where {len(prepared.leavers)} of today's have it"


def told(head: str, said: str = "") -> None:
    """A step, and what the product said of it."""
    print(f"\n== {head}", flush=True)
    lines = said.splitlines()
    for line in lines[:_LINES]:
        print(f"   {line}")
    if len(lines) > _LINES:
        print(f"   … {len(lines) - _LINES} lines more")

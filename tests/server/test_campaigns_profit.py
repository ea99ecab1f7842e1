"""What calling the members of a campaign is expected to bring, stratum by stratum, before anybody is called."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from campaign_kit import Centre
from server_kit import StillClock

from core.domain.call_costs import Costs
from core.domain.campaign import Audience, Route
from core.server.campaigns import previewing
from core.server.campaigns.candidates import Expected, Laid
from core.server.campaigns.profiting import profits
from core.server.cli import main
from core.server.db.engine import Database

K = "silent-november"
COSTS = Costs(call_fen=500, worth_fen=60_000, saved=0.1)
"""a call pays from a chance of leaving of one in twelve"""


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path, clock)


def scored(
    monkeypatch: pytest.MonkeyPatch, scores: dict[str, float], *, costs: Costs | None = COSTS, **expected: float
) -> list[Laid]:
    """As if its audience went by a model that gives these chances; `expected` as an uplift model does."""
    lay_out, seen = previewing.lay_out, list[Laid]()

    def laid(*args: Any, **named: Any) -> Laid:
        found = lay_out(*args, **named)
        members = [one._replace(score=scores.get(one.customer_id)) for one in found.members]
        chosen = msgspec.structs.replace(found.chosen, costs=costs)
        effect = Expected(model="u" if expected else "", by_customer=expected)
        seen.append(msgspec.structs.replace(found, members=members, chosen=chosen, expected=effect))
        return seen[-1]

    monkeypatch.setattr(previewing, "lay_out", laid)
    return seen


def test_each_stratum_is_told_what_its_calls_bring(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-04, EVAL-08: 0.5 of leaving brings 30 yuan less 5, 0.05 costs 2
    centre.listed(6, strata=("area",))
    centre.know(2, start=5, area="西河区")
    scored(monkeypatch, {"C1": 0.5, "C2": 0.5, "C3": 0.05, "C4": 0.05, "C5": 0.05, "C6": 0.05})
    found = centre.engine.preview(K)
    brings = {one.stratum: (one.called, one.profit_fen) for one in found.strata}
    assert brings == {"东岭区": (4, 2 * 2_500 - 2 * 200), "西河区": (2, -2 * 200)}
    assert found.profit_fen == 4_200
    assert main(["campaign", "preview", K, "--here", "--data", str(tmp_path)]) == 0
    assert "calling them brings 42.00 yuan" in capsys.readouterr().out


def test_an_uplift_model_says_whom_a_call_keeps_where_there_is_one(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    # ID-04, TASK-06: nothing is assumed of whom it knows
    centre.listed(2)
    seen = scored(monkeypatch, {"C1": 0.5, "C2": 0.5}, C1=-0.01)
    assert centre.engine.preview(K).profit_fen == -600 - 500 + 2_500
    assert profits(seen[0]) == {"C1": pytest.approx(-1_100.0), "C2": pytest.approx(2_500.0)}


def test_without_costs_or_calls_no_profit_is_told(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    # ID-04
    centre.listed(2, routes=(Route.SMS,))
    scored(monkeypatch, {"C1": 0.5, "C2": 0.5})
    assert centre.engine.preview(K).profit_fen is None
    monkeypatch.undo()
    centre.draft(id="called", audience=Audience(list_id="all"), control_percent=0.0)
    scored(monkeypatch, {"C1": 0.5}, costs=None)
    found = centre.engine.preview("called")
    assert (found.profit_fen, [one.profit_fen for one in found.strata]) == (None, [None])

"""What a department refused, or did not do in time, comes back to its agent as a task with the reason."""

from core.domain.errand import ERRAND_KINDS, PlacedErrand
from core.domain.text import Text
from core.server.db import errands
from core.server.db.engine import Unit
from core.server.loading.back_to_agent import back_to_agent

_OWN = "errand-"
"""begins the id of a task that an errand alone has made"""
_TEXT_MOST = 40


def refused_returns(unit: Unit, placed: PlacedErrand) -> None:
    why = placed.reason or Text("没有说明原因", "no reason was given")
    kind, what = ERRAND_KINDS[placed.errand.kind], _short(placed.errand.text)
    _return(unit, placed, "", Text(f"{kind.zh}被退回（{what}）：{why.zh}", f"{kind.en} refused ({what}): {why.en}"))


def late_returns(unit: Unit, placed: PlacedErrand) -> None:
    kind, what = ERRAND_KINDS[placed.errand.kind], _short(placed.errand.text)
    _return(
        unit,
        placed,
        "-late",
        Text(
            f"{kind.zh}超时未办（{what}），请向客户说明", f"{kind.en} overdue ({what}): tell the customer how it stands"
        ),
    )


def _return(unit: Unit, placed: PlacedErrand, which: str, reason: Text) -> None:
    asked = placed.errand
    if not asked.customer_id or not asked.scenario:
        return
    back_to_agent(
        unit,
        f"{_OWN}{asked.id}{which}",
        customer_id=asked.customer_id,
        scenario=asked.scenario,
        agent=asked.agent,
        team_id=errands.team_of(unit, str(asked.id)),
        reason=reason,
    )


def _short(text: str) -> str:
    return text if len(text) <= _TEXT_MOST else text[: _TEXT_MOST - 1] + "…"

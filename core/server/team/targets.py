"""A lead sets what an agent is to reach in a day in one scenario; on record (KPI-02)."""

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import audit, targets
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.db.targets import Target
from core.server.team.teams import led_agent
from core.wire.team import TARGET_MOST, SetTarget


def set_target(database: Database, caller: Caller, asked: SetTarget) -> None:
    """Raises Refused for an agent of no team of the caller's, InputError for figures or a scenario that cannot be."""
    with database.write() as unit:
        agent = led_agent(unit, caller, asked.staff_number)
        if asked.scenario not in agent.skills:
            raise _wrong(Text("此人没有该场景的认证。", "They are not certified for the scenario."))
        if not (0 <= asked.calls <= TARGET_MOST and 0 <= asked.successes <= TARGET_MOST):
            raise _wrong(Text(f"目标应在 0 到 {TARGET_MOST} 之间。", f"A target lies between 0 and {TARGET_MOST}."))
        targets.put(
            unit, asked.staff_number, asked.scenario, Target(asked.calls, asked.successes), by=caller.staff_number
        )
        audit.write(
            unit, writer=caller.staff_number, action=Action.TARGET_SET, object_=asked.staff_number,
            scenario=asked.scenario, calls=asked.calls, successes=asked.successes,
        )  # fmt: skip


def _wrong(why: Text) -> InputError:
    return InputError(
        title=Text("目标不能这样定", "The target cannot be set so"),
        message=why,
        next_step=Text("请改好再保存。", "Change it and save again."),
    )

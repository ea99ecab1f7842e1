"""What the role of the one who is signed in allows, asked on the desk before the server is."""

from core.domain.errors import Refused
from core.domain.people import RIGHTS, ROLE_NAMES, Agent, Right
from core.domain.text import Text

RIGHT_MISSING = "right_missing"


def may_call_without_task(agent: Agent) -> None:
    """Raises Refused, naming the roles that may, where this one may not open a call without a task."""
    if Right.CALL_WITHOUT_TASK in agent.rights:
        return
    names = [ROLE_NAMES[role] for role, rights in RIGHTS.items() if Right.CALL_WITHOUT_TASK in rights]
    own = ROLE_NAMES[agent.role]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    raise Refused(
        code=RIGHT_MISSING,
        title=Text("不能打开无任务的通话", "No call without a task"),
        message=Text(f"您的角色是{own.zh}；可以的角色：{zh}。", f"Your role is: {own.en}. Roles that may: {en}."),
        next_step=Text("请把客户转给班长。", "Hand the customer to your team lead."),
    )

"""Customers without a task that a search of the queue finds: they open as a call without one."""

from core.desk.desk import Desk
from core.domain.people import Right
from core.domain.task import TaskState, Tier
from core.domain.text import Text
from core.store.types import Person, QueueQuery, QueueRow, Section

MOST = 20
REASON = Text("打开为无任务的通话", "Opens as a call without a task")
_MARK = "customer"


def taskless(desk: Desk, query: QueueQuery) -> list[QueueRow]:
    """Those that `query` asks for by its text; none without one, nor where the role may not call them."""
    scenarios = query.scenarios or tuple(desk.scenarios())
    if not query.text.strip() or query.section or query.tiers or not scenarios:
        return []
    if Right.CALL_WITHOUT_TASK not in desk.agent.rights:
        return []
    own = next((name for name in scenarios if name in desk.agent.skills), scenarios[0])
    return [_row(person, own) for person in desk.store.find_customers(query.text, limit=MOST)]


def customer_of(key: str) -> tuple[str, str] | None:
    """Customer and scenario of such a row's `task_id`; None for any other."""
    mark, _, rest = key.partition(":")
    scenario, _, customer_id = rest.partition(":")
    return (customer_id, scenario) if mark == _MARK else None


def key_of(customer_id: str, scenario: str) -> str:
    """What opens that customer as a call without a task."""
    return f"{_MARK}:{scenario}:{customer_id}"


def _row(person: Person, scenario: str) -> QueueRow:
    return QueueRow(
        task_id=key_of(person.customer_id, scenario),
        customer_id=person.customer_id,
        name=person.name,
        tier=Tier.NONE,
        scenario=scenario,
        reason=REASON,
        figure=None,
        section=Section.SCENARIO,
        due_at=None,
        callback_at=None,
        later_until=None,
        state=TaskState.WAITING,
        block=None,
        attempts=0,
        has_draft=False,
        number_count=1 if person.number_masked else 0,
        number_masked=person.number_masked,
        area="",
    )

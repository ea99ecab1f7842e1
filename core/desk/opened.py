"""Everything a window needs of one customer, read in one go: task, document, script, facts, standing, draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.compliance import Standing
from core.desk.draft import DraftBody
from core.domain.calendar import Calendar, Window
from core.domain.customer import Document
from core.domain.disposition import Dispositions
from core.domain.indicator import Indicator
from core.domain.people import Agent
from core.domain.script import Script
from core.domain.task import Task
from core.domain.template import SmsTemplate
from core.store.types import OwnRequest
from core.wire.session import Site


@dataclass(kw_only=True)
class Opened:
    key: str
    """of the draft: the task's id, or `call:` and a UUID for a call without a task"""
    task: Task | None
    customer_id: str
    document: Document
    facts: Mapping[str, object]
    script: Script
    dispositions: Dispositions
    sms_templates: Mapping[str, SmsTemplate]
    quiet: tuple[Window, ...]
    """hours of each day in which the customer wants no calls"""
    standing: Standing
    agent: Agent
    site: Site
    numbers: tuple[str, ...]
    """digits, the one to dial first"""
    calendar: Calendar
    catalogue: Mapping[str, Indicator]
    """labels and units of the customer's indicators, by name"""
    draft: DraftBody | None = None
    inbound_number: str | None = None
    """set where the customer is on the line already"""
    begun_on: str | None = None
    """the task that the call was begun on, where it is not on this machine any more"""
    monthly_spend_fen: int | None = None
    others: tuple[Task, ...] = field(default=())
    """further open tasks of this customer"""
    requests: tuple[OwnRequest, ...] = ()
    """what was asked of the team lead in this case"""

    @property
    def task_id(self) -> str | None:
        """What dials and outcome are recorded for; None for a call without a task."""
        return self.task.id if self.task else self.begun_on

    @property
    def name(self) -> str:
        identity = self.document.identity
        return (identity.name if identity else "") or (self.task.customer.name if self.task else "")

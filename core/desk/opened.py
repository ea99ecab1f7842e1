"""Everything a window needs of one customer, read in one go: task, document, script, facts, standing, draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.compliance import Standing
from core.desk.draft import DraftBody
from core.domain.customer import Document
from core.domain.disposition import Dispositions, FollowUpPreset
from core.domain.follow_up import FollowUpKind
from core.domain.people import Agent
from core.domain.script import Script
from core.domain.task import Task
from core.domain.template import SmsTemplate
from core.guidance.render import is_known
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
    standing: Standing
    agent: Agent
    site: Site
    numbers: tuple[str, ...]
    """digits, the one to dial first"""
    draft: DraftBody | None = None
    inbound_number: str | None = None
    """set where the customer is on the line already"""
    monthly_spend_fen: int | None = None
    others: tuple[Task, ...] = field(default=())
    """further open tasks of this customer"""

    @property
    def name(self) -> str:
        identity = self.document.identity
        return (identity.name if identity else "") or (self.task.customer.name if self.task else "")

    def presets(self) -> tuple[FollowUpPreset, ...]:
        """The follow-ups that can be offered: an SMS only where all that its text states is known."""
        return tuple(preset for preset in self.dispositions.follow_ups if self._offered(preset))

    def _offered(self, preset: FollowUpPreset) -> bool:
        if preset.kind is not FollowUpKind.SMS:
            return True
        template = self.sms_templates.get(preset.template)
        return template is not None and is_known(template.text, self.facts)

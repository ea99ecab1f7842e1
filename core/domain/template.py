"""Short content beside the scripts: texts for SMS, reasons to pass a task over."""

from msgspec import Struct

from core.domain.approval import Approval
from core.domain.text import Text


class SmsTemplate(Struct, frozen=True, kw_only=True):
    code: str
    label: Text
    text: Text
    """jinja2 over the script's facts, like the words of a script"""
    scenarios: tuple[str, ...] = ()
    """offered in these; empty: in all"""
    approval: Approval | None = None
    """without one nothing is written of competitors"""


class SmsTemplates(Struct, frozen=True, kw_only=True):
    version: int
    templates: tuple[SmsTemplate, ...]

    def template(self, code: str) -> SmsTemplate | None:
        return next((t for t in self.templates if t.code == code), None)


class SkipReason(Struct, frozen=True, kw_only=True):
    code: str
    label: Text
    return_after_min: int | None = None
    """the task comes back to the queue so much later; None: at the end of today's queue"""


class SkipReasons(Struct, frozen=True, kw_only=True):
    version: int
    reasons: tuple[SkipReason, ...]

"""Why a customer is to be called, as one campaign sees it."""

from msgspec import Struct

from core.domain.task import TaskType
from core.domain.text import Text


class Case(Struct, frozen=True, kw_only=True):
    scenario: str
    type: TaskType
    reason: Text
    figure: Text
    priority: int

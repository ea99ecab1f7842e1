"""A class of care (CARE-01 to CARE-23): what sets it off, by which channel, in what words, and how it is judged."""

from enum import StrEnum

from msgspec import Struct

from core.domain.condition import Condition
from core.domain.text import Text

CARE_CLASSES, CLASSES = "care_classes", "classes"
"""kind and name under which they are published"""


class CareChannel(StrEnum):
    """CHANNEL-01, as far as care uses them."""

    SMS = "sms"
    CALL = "call"
    MAIL = "mail"
    VISIT = "visit"


class CareClass(Struct, frozen=True, kw_only=True):
    """CARE-24: definition, plan, execution (channels, message, call), monitoring, evaluation."""

    code: str
    row: str
    """the requirement that it keeps: CARE-01"""
    label: Text
    definition: Text
    trigger: Text
    """in words: what happens"""
    when: Condition | None = None
    """over the facts of a customer; None: an event outside them sets it off"""
    by_notice: Text | None = None
    """who tells of that event: it is due for nobody by itself. Either this or `when`"""
    plan: Text
    """when it is done, and how often at most"""
    rest_days: int
    """so long the same class stays silent for the same customer"""
    scenario: str = ""
    """of the script that does this class by phone: such a call starts the rest, as what is noted as given does"""
    channels: tuple[CareChannel, ...]
    """the preferred one first"""
    message: Text
    """template of the SMS or letter"""
    call: tuple[Text, ...]
    """what is said on the phone, line by line: greeting and wish, the matter, the close"""
    monitoring: Text
    evaluation: Text


class CareClasses(Struct, frozen=True, kw_only=True):
    version: int
    classes: tuple[CareClass, ...]

    def of(self, code: str) -> CareClass | None:
        return next((one for one in self.classes if one.code == code), None)

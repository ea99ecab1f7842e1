"""Dispositions: the results, reasons and follow-ups that a scenario offers. Content: one file a scenario."""

from enum import StrEnum

from msgspec import Struct

from core.domain.approval import Approval
from core.domain.condition import Condition
from core.domain.follow_up import FollowUpKind
from core.domain.outcome import CaseResult, Contact, Intent
from core.domain.text import Text


class Field(StrEnum):
    """What a result may ask for besides the note."""

    REASON = "reason"
    INTENT = "intent"
    ORDER = "order"
    TRIAL = "trial"
    """of an order: until when it is tried, and what the customer may go back to"""
    DISCONNECT = "disconnect"
    CALLBACK = "callback"
    OTHER_NUMBER = "other_number"
    FALSE_DATA = "false_data"


class Goods(StrEnum):
    """What a result sells."""

    PLAN = "plan"
    """of the catalogue, and nothing else"""
    ANY = "any"
    """a service too, of which no catalogue knows"""


class Result(Struct, frozen=True, kw_only=True):
    """One row of the outcome column; `Alt`+position chooses it. A row with `choices` opens them instead."""

    code: str
    label: Text
    contact: Contact | None = None
    """None: as verified in the call, else owner"""
    success: bool = False
    needs: tuple[Field, ...] = ()
    must: tuple[str, ...] = ()
    """script checklist items that block this result until ticked"""
    intent: Intent | None = None
    case_result: CaseResult | None = None
    talk_min_s: int | None = None
    talk_max_s: int | None = None
    when: Condition | None = None
    """over the script's facts: where it does not hold the result would be untrue, and cannot be saved"""
    why_not: Text | None = None
    """what is said then; None: the figures are against it"""
    sells: Goods | None = None
    """it is a sale: not to be saved while selling is closed (SCRIPT-09); None: it sells nothing"""
    closes: bool = True
    """False: the task stays open for a follow-up or a retry"""
    opt_out: bool = False
    bad_number: bool = False
    retry_after_min: int | None = None
    """an unreached customer comes back to the queue so much later"""
    note: Text | None = None
    """template of the automatic note (jinja2, the script's facts)"""
    approval: Approval | None = None
    """of a note that speaks of competitors"""
    choices: tuple["Result", ...] = ()


class Reason(Struct, frozen=True, kw_only=True):
    code: str
    label: Text


class FollowUpPreset(Struct, frozen=True, kw_only=True):
    code: str
    label: Text
    kind: FollowUpKind
    in_min: int | None = None
    """callback so many minutes from now"""
    day: str = ""
    """callback on `today`, `tomorrow` or `next_monday`"""
    at: str = ""
    """with `day`: the hour, 18:30; with `counts_from`: else the customer's best time"""
    counts_from: tuple[str, ...] = ()
    """callback: facts that are days, a contract's end say; the first that is known counts"""
    days: int = 0
    """so many days after what it counts from; before it where negative"""
    template: str = ""
    department: str = ""


class Dispositions(Struct, frozen=True, kw_only=True):
    scenario: str
    version: int
    results: tuple[Result, ...]
    """at most 9 rows, labels under 30 characters"""
    reasons: tuple[Reason, ...]
    follow_ups: tuple[FollowUpPreset, ...] = ()

    def result(self, code: str) -> Result | None:
        """The result of that code among the rows and their choices."""
        for row in self.results:
            for candidate in (row, *row.choices):
                if candidate.code == code:
                    return candidate
        return None

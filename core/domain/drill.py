"""A drill: a customer's objection practised turn by turn, without a call (SCRIPT-11, KB-04). One file a drill."""

from enum import StrEnum

from msgspec import Struct

from core.domain.approval import Approval
from core.domain.text import Text


class DrillStep(StrEnum):
    """The four steps of answering an objection, in their order."""

    EMPATHISE = "empathise"
    CLARIFY = "clarify"
    ANSWER = "answer"
    CONFIRM = "confirm"


class DrillChoice(Struct, frozen=True, kw_only=True):
    """Something that an agent might say."""

    say: Text
    right: bool = False
    why: Text
    """told after the choice, whether it was right or not"""


class DrillTurn(Struct, frozen=True, kw_only=True):
    step: DrillStep
    customer: Text
    """what the customer says before it"""
    choices: tuple[DrillChoice, ...]
    model: Text
    """how an experienced agent would say it"""


class Drill(Struct, frozen=True, kw_only=True):
    id: str
    version: int
    title: Text
    scenario: str
    objection: str
    """id of the objection of that scenario which is practised"""
    situation: Text
    """who is on the line, and what is known"""
    turns: tuple[DrillTurn, ...]
    lesson: Text
    """what to take along"""
    approval: Approval | None = None
    """BB-09: without one no model answer speaks of a competitor"""

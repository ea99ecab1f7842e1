"""Where a conversation stands: kept in the draft, so that a crash loses no step."""

from msgspec import Struct

from core.domain.outcome import PathStep, Ticked, Verification

OBJECTION = "objection:"
"""a PathStep whose step begins so is an objection that the customer raised"""


class TrailStep(Struct, frozen=True):
    """A step on the way that back and forward walk."""

    step: str
    answer: int = 0
    """position of the answer in the script, from 1; 0 while none was given"""


class ConversationState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    script: str
    version: int
    trail: tuple[TrailStep, ...]
    at: int = 0
    """position in the trail"""
    log: tuple[PathStep, ...] = ()
    """everything as it happened, never shortened; an answer is its position in the script, from 1"""
    ticked: tuple[Ticked, ...] = ()
    verification: Verification = Verification.NOT_ASKED
    ended: bool = False
    refused: bool = False
    """the customer wants no more calls: nothing is sold from here on (OUTCOME-11)"""

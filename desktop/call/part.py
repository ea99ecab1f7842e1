"""What of the call page must be drawn anew."""

from enum import Flag, auto


class Part(Flag):
    CUSTOMER = auto()
    CALL = auto()
    SCRIPT = auto()
    OUTCOME = auto()
    DRAFT = auto()
    HELD = auto()
    """what was drawn anew is not certain yet: nothing of it may be seen"""
    SEEN = auto()
    """it is certain now"""
    ALL = CUSTOMER | CALL | SCRIPT | OUTCOME | DRAFT

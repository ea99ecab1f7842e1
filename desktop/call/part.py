"""What of the call page must be drawn anew."""

from enum import Flag, auto


class Part(Flag):
    CUSTOMER = auto()
    CALL = auto()
    SCRIPT = auto()
    OUTCOME = auto()
    DRAFT = auto()
    ALL = CUSTOMER | CALL | SCRIPT | OUTCOME | DRAFT

"""What the server and the child that answers planners say to each other."""

from enum import StrEnum
from typing import NamedTuple

from core.domain.text import Text


class Question(StrEnum):
    FACTORS = "factors"
    RULES = "rules"
    HISTORY = "history"
    JUDGE = "judge"
    COUNTS = "counts"
    PREVIEW = "preview"
    CAMPAIGN = "campaign"
    """what starting one would do; the body is its id"""
    NEXT_SEGMENTS = "next_segments"


class Asked(NamedTuple):
    """`question` None: give up the one of that number."""

    number: int
    question: Question | None
    body: bytes = b""


class Trouble(NamedTuple):
    """An error that a person may see."""

    title: Text
    message: Text
    next_step: Text


class Answered(NamedTuple):
    number: int
    body: bytes = b""
    trouble: Trouble | None = None
    stopped: bool = False
    failed: str = ""
    """the name of an error that nobody foresaw"""


class Place(NamedTuple):
    """Where the child finds what the server works on."""

    url: str
    tenant: str
    data: str
    """the folder of the snapshots"""

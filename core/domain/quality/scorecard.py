"""A scorecard: what is looked at in a call, and how many points each thing is worth. Content: one file a card."""

from enum import StrEnum

from msgspec import Struct

from core.domain.incentive import PointKind
from core.domain.text import Text


class Subject(StrEnum):
    """What is inspected."""

    CALL = "call"
    REVEAL = "reveal"
    """a number that was shown and never called"""


class About(StrEnum):
    """QA-01: missed and wrong processing are counted apart, and attitude beside them."""

    PROCESSING = "processing"
    WORDS = "words"
    ATTITUDE = "attitude"


ABOUT_NAMES: dict[About, Text] = {
    About.PROCESSING: Text("业务处理", "Processing"),
    About.WORDS: Text("口径话术", "Words"),
    About.ATTITUDE: Text("服务态度", "Attitude"),
}


class Item(Struct, frozen=True, kw_only=True):
    """One thing to look at."""

    id: str
    label: Text
    help: Text
    """what is right and what is not, for whoever scores"""
    points: int
    about: About


class Section(Struct, frozen=True, kw_only=True):
    id: str
    label: Text
    items: tuple[Item, ...]


class InstantFail(Struct, frozen=True, kw_only=True):
    """What brings a call to nought, whatever else was right."""

    id: str
    label: Text
    help: Text
    about: About = About.PROCESSING
    establishes: PointKind | None = None
    """a fault that takes points back (BB-12) once a score that stands says so: faked or stonewalled"""


class Scorecard(Struct, frozen=True, kw_only=True):
    id: str
    version: int
    title: Text
    subject: Subject = Subject.CALL
    scenarios: tuple[str, ...] = ()
    """ids of those it is for; empty: all that no other card names"""
    pass_mark: int
    """of 100"""
    sections: tuple[Section, ...]
    instant_fail: tuple[InstantFail, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order in which they are scored."""
        return tuple(item for section in self.sections for item in section.items)


def card_for(cards: tuple[Scorecard, ...], subject: Subject, scenario: str) -> Scorecard | None:
    """The card by which it is scored: one that names the scenario comes before one for all."""
    fitting = [card for card in cards if card.subject is subject]
    named = next((card for card in fitting if scenario in card.scenarios), None)
    return named or next((card for card in fitting if not card.scenarios), None)

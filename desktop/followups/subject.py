"""Whom an act of the follow-ups is about: the customer of the chosen row."""

from uuid import UUID

from msgspec import Struct


class Subject(Struct, frozen=True):
    """Empty: none is chosen."""

    customer_id: str = ""
    name: str = ""
    scenario: str = ""
    passed_on: UUID | None = None
    """what an agent passed on to this lead"""
    booking: UUID | None = None
    """the time at a store that the row is"""

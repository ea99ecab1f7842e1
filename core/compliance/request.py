"""What compliance must know to judge one dial."""

from dataclasses import dataclass
from datetime import datetime

from core.compliance.moments import Rest
from core.domain.calendar import Calendar, Window
from core.domain.task import Block
from core.wire.session import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class DialRequest:
    """One wish to dial: from a task, a callback or a typed number."""

    customer_id: str
    number: str
    """as chosen or typed; empty where the customer has none"""
    numbers: tuple[str, ...] = ()
    """all known numbers of the customer, the main one first"""
    now: datetime
    """aware UTC, corrected by the server's time"""
    dials: tuple[datetime, ...] = ()
    """moments of the last 30 days, by anyone, to any of the customer's numbers"""
    opted_out: bool = False
    bad_number: bool = False
    """this very number is known to be empty, suspended or another's"""
    block: Block | None = None
    """the task's"""
    needs_consent: bool = False
    """a call made to sell, to a customer who agreed to none"""
    quiet: tuple[Window, ...] = ()
    """minutes of each day in which this customer asked to be left in peace (TASK-16)"""
    rest: Rest | None = None
    """after a complaint (VIP-03), where the call is about something else"""
    site: Site
    calendar: Calendar

    def __post_init__(self) -> None:
        if self.now.tzinfo is None or any(at.tzinfo is None for at in self.dials):
            raise ValueError("moments must be aware")

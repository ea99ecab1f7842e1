"""A promised callback moved to another time that the customer agreed to."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from core.domain.outcome import Contact

MAY_AGREE = (Contact.OWNER, Contact.FAMILY, Contact.THIRD_PARTY)
"""whom one may have agreed the new time with"""


class CallbackMove(Struct, frozen=True, kw_only=True):
    id: UUID
    task_id: str
    customer_id: str
    agent: str
    at: datetime
    before: datetime
    """when it was promised for until now"""
    to: datetime
    agreed_with: Contact
    """one of `MAY_AGREE`: nobody moves a promise alone"""

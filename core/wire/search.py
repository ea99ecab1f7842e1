"""A call without a task: finding a customer whom only the server knows. POST /v1/customers/search."""

from msgspec import Struct

from core.domain.task import Tier


class CustomerQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Either a whole number (digits) or the beginning of a name, pinyin, or all initials."""

    number: str = ""
    text: str = ""


class FoundCustomer(Struct, frozen=True, kw_only=True):
    """GET /v1/customers/{customer_id} opens the document, and makes it pullable for a day."""

    customer_id: str
    name: str
    tier: Tier
    area: str
    number_masked: str = ""


class FoundCustomers(Struct, frozen=True, kw_only=True):
    customers: tuple[FoundCustomer, ...]

"""The id under which a customer of a list is found again: by the source's own id, or by telephone number alone."""

from uuid import UUID, uuid5

from core.compliance import normalise

NAMESPACE = UUID("6f0d2b0e-4a53-5c0e-9f4e-1a7c5d1b2e90")


def customer_id(key: str) -> str:
    """The id for a source's key: `id:…` or `number:…`."""
    return str(uuid5(NAMESPACE, f"customer:{key}"))


def of_source(told: str) -> str:
    """The id of whoever a list brought under that id of its own."""
    return customer_id(f"id:{told}")


def number_id(number: str) -> str:
    """The id of whoever is known by that number alone, however it is written."""
    return customer_id(f"number:{normalise(number)}")

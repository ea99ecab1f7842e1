"""Where a call stands when something is looked up."""

from msgspec import Struct


class Place(Struct, frozen=True):
    """Empty without a call."""

    scenario: str = ""
    step: str = ""

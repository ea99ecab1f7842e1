"""Numbers that can be kept and sent: JSON has neither NaN nor infinity, and the databases hold integers of 64 bits."""

_BEYOND = 2**63


def refuse_endless(*values: object) -> None:
    """Raises ValueError where one is a number that is none of these. What is no number passes."""
    for value in values:
        # NaN is below nothing, so this finds it as well.
        if isinstance(value, int | float) and not -_BEYOND <= value < _BEYOND:
            raise ValueError("a number without end, or too large")

"""Goals that the product does not meet: left out of the stage of build/test, by name and with the reason."""

NOT_HELD: dict[str, str] = {}

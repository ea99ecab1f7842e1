"""What a port says when the other system does not."""


class PortDown(Exception):
    """The other side is not there, does not answer in time, or not as agreed. Nothing is lost: it is asked again."""


class PortRefused(PortDown):
    """The other side is there and does not take this one, or answers it not as agreed; what else waits may still go."""

"""What a port says when the other system does not."""


class PortDown(Exception):
    """The other side is not there, does not answer in time, or not as agreed. Nothing is lost: it is asked again."""

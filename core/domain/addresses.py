"""Where a host's name points: to this machine, or beyond it, where what is not encrypted can be read."""

from ipaddress import ip_address


def is_this_machine(host: str) -> bool:
    """Whether what goes to `host` stays on this machine; a name other than `localhost` is never taken for it."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

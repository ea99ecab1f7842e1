"""Where the store of an agent lies: a folder for each agent of each server, so that nobody's records meet another's."""

from pathlib import Path
from urllib.parse import urlsplit

from core.domain.addresses import is_this_machine

_DIGEST = 8
_PORTS = {"http": 80, "https": 443}


def folder_of(base: Path, server: str, staff_number: str) -> Path:
    """The same for every port of this machine: a server that runs along with the desktop has another at each start."""
    # Loads OpenSSL: not before the first window is painted.
    from hashlib import sha256

    address = urlsplit(server)
    host = address.hostname or "server"
    port = "" if is_this_machine(host) else str(address.port or _PORTS.get(address.scheme, 0))
    digest = sha256("\n".join((host, port, staff_number)).encode()).hexdigest()[:_DIGEST]
    return base / "desk" / "-".join((_safe(host), digest, _safe(staff_number)))


def may_have_store(base: Path, server: str, staff_number: str) -> bool:
    """Whether an agent has a store there; looks at nothing that has to be opened. False for a malformed address."""
    try:
        return (folder_of(base, server, staff_number) / "key.json").exists()
    except ValueError:
        return False


def _safe(part: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in part)

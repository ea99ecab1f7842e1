"""What a person, or the centre, says of the server at a sign-in: certificates, a check code, to go on without it."""

import contextlib
from pathlib import Path

from msgspec import Struct

CERTIFICATES = "server.pem"
"""in the data folder: certificates that the centre gave out, beside those that the system knows (PEM)"""


class ServerWord(Struct, frozen=True, kw_only=True):
    """Empty where nothing is to be said: the usual case."""

    certificates: Path | None = None
    """PEM: the issuer of the server's certificate, or that certificate itself"""
    code: str = ""
    """the check code of a new certificate, as the administrator read it"""
    offline: bool = False
    """the person was told that the server cannot be trusted, and goes on without it"""


def certificates_of(data: Path) -> Path | None:
    """The centre's certificates on this machine; None where it gave out none."""
    file = data / CERTIFICATES
    return file if file.exists() else None


def keep_certificates(data: Path, given: Path) -> None:
    """From now on they are known here, wherever `given` goes; for a file that has just proved good."""
    if given == data / CERTIFICATES:
        return
    fresh = data / f"{CERTIFICATES}.new"
    # A folder that cannot be written is told by the store that lies in it.
    with contextlib.suppress(OSError):
        fresh.write_bytes(given.read_bytes())
        fresh.chmod(0o600)
        fresh.replace(data / CERTIFICATES)

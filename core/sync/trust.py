"""Whom a desk takes for its server: a certificate of a known issuer, and once one was met, that one's key alone.

The known issuers are the system's, those that come with requests, and those of a file that the centre gives out. The
key is kept in the store at the first sign-in (`keep`); from then on another is refused before a byte of ours has left,
unless the server has announced it over the connection that it is to follow, or a person gives its check code.
"""

import ssl
from collections.abc import Iterable
from pathlib import Path

from core.store.store import Store
from core.sync import certificates
from core.wire.server_key import code_of, key_of, typed_code

SERVER_KEY = "server_key"
"""the setting that keeps the key"""


class Trust:
    """Of one desk in one server. Safe to use from any thread: what is known is replaced, never changed."""

    def __init__(
        self, *, file: Path | None = None, kept: str = "", announced: Iterable[str] = (), code: str = ""
    ) -> None:
        self.file = file
        """PEM: issuers of the centre, or the server's own self-signed certificate"""
        self.kept = kept
        """the key that the store keeps; empty before the first sign-in"""
        self.met = ""
        """the key of the last connection; that of all later ones while none is kept"""
        self._announced = frozenset(announced)
        self._code = typed_code(code)
        self._context: ssl.SSLContext | None = None

    def announce(self, keys: Iterable[str]) -> None:
        """What the server, as it is known, says of the keys that it will have."""
        self._announced = frozenset(keys)

    def check(self, certificate: bytes) -> None:
        """Takes the certificate (DER) of a connection that was verified; raises ServerKeyChanged."""
        key = key_of(certificate)
        known = self.kept or self.met
        if known and key != known and key not in self._announced and code_of(key) != self._code:
            raise certificates.key_changed(coded=bool(self._code))
        self.met = key

    def context(self) -> ssl.SSLContext:
        """Verifies issuer, name and dates; raises CertificateUnknown where the centre's file cannot be used."""
        if self._context is None:
            self._context = _context(self.file)
        return self._context


def of_store(store: Store, *, file: Path | None = None, announced: Iterable[str] = (), code: str = "") -> Trust:
    """As the store knows its server; raises StoreError."""
    return Trust(file=file, kept=store.setting(SERVER_KEY) or "", announced=announced, code=code)


def keep(store: Store, trust: Trust) -> None:
    """After the server has shown that it knows this agent: its key is the one from now on. Raises StoreError."""
    if trust.met and trust.met != trust.kept:
        store.put_setting(SERVER_KEY, trust.met)
        trust.kept = trust.met


def _context(file: Path | None) -> ssl.SSLContext:
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if file is not None:
        # The server's own certificate may stand there in place of its issuer's.
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        try:
            context.load_verify_locations(file)
        except (OSError, ValueError) as error:
            raise certificates.file_unusable(file.name) from error
    return context

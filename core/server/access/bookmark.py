"""A place in a list of customers that a client hands back to read on: sealed, so that it says to nobody who stands
there."""

import secrets

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from core.server.db import settings
from core.server.db.engine import Unit

_SETTING = "bookmark_key"
_ALGORITHMS = ["dir", "A256GCM"]
_HEADER = {"alg": "dir", "enc": "A256GCM"}
_BYTES = 32


class BadBookmark(Exception):
    """Not one of ours, or sealed before the database was made anew."""


class Bookmarks:
    """Seals and opens places. Any server of the database opens what another sealed."""

    def __init__(self, key: OctKey) -> None:
        self._key = key

    @classmethod
    def of(cls, unit: Unit) -> "Bookmarks":
        """Of the site's own key, made at first use: `unit` writes."""
        known = settings.read(unit, _SETTING)
        if known is None:
            known = secrets.token_hex(_BYTES)
            settings.write(unit, _SETTING, known)
        return cls(OctKey.import_key(bytes.fromhex(known)))

    def seal(self, place: str) -> str:
        return jwe.encrypt_compact(_HEADER, place.encode(), self._key, algorithms=_ALGORITHMS)

    def open(self, bookmark: str) -> str:
        """The place; raises BadBookmark."""
        try:
            plain = jwe.decrypt_compact(bookmark, self._key, algorithms=_ALGORITHMS).plaintext
        except (JoseError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise BadBookmark from error
        if plain is None:
            raise BadBookmark
        return plain.decode()

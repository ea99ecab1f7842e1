"""Access tokens: Ed25519-signed, a quarter of an hour; the key lies in the data folder, private to its user."""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

LIFETIME = timedelta(minutes=15)
_ALGORITHM = "Ed25519"
_FILE = "signing-key.json"


class BadToken(Exception):
    """Not a token of ours, or expired."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says: who, and in which session."""

    staff_number: str
    session_id: str
    tenant: str


class Signer:
    """Issues and reads access tokens."""

    def __init__(self, key: OKPKey) -> None:
        self._key = key

    @classmethod
    def of_folder(cls, folder: Path) -> "Signer":
        """The folder's key, made at first use."""
        path = folder / _FILE
        if not path.exists():
            _write_new(path, json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True)))
        return cls(OKPKey.import_key(json.loads(path.read_text("utf-8"))))

    def issue(self, claims: Claims, now: datetime) -> str:
        body = {
            "sub": claims.staff_number,
            "sid": claims.session_id,
            "ten": claims.tenant,
            "exp": int((now + LIFETIME).timestamp()),
        }
        return jwt.encode({"alg": _ALGORITHM}, body, self._key, algorithms=[_ALGORITHM])

    def read(self, token: str, now: datetime) -> Claims:
        """The claims of a valid token; raises BadToken."""
        try:
            claims = jwt.decode(token, self._key, algorithms=[_ALGORITHM]).claims
            expires = claims["exp"]
            found = Claims(claims["sub"], claims["sid"], claims["ten"])
        except (JoseError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise BadToken from error
        if not isinstance(expires, int) or expires <= now.timestamp():
            raise BadToken
        return found


def _write_new(path: Path, text: str) -> None:
    """Whole or not at all, and never over another's: two servers that start at once share one key."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()

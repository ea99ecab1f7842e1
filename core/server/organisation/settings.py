"""Which provider is asked: in the database, but for the secret, a file private to the server's user."""

import os
import secrets
from pathlib import Path

import msgspec
from msgspec import Struct

from core.domain.decoding import decode
from core.server.db import settings
from core.server.db.engine import Unit

SUBJECT = "sub"
EMAIL = "email"
_KEY = "oidc"
_SECRET_FILE = "oidc-client-secret"
_SCOPES = {SUBJECT: "openid", EMAIL: "openid email"}


class Organisation(Struct, frozen=True, kw_only=True):
    """The provider, and which claim of its tokens names a person."""

    issuer: str
    """exactly as the provider writes it of itself"""
    client_id: str
    claim: str = SUBJECT

    @property
    def scope(self) -> str:
        """What is asked of the provider, so that the claim stands in its token (OpenID Connect Core 5.4)."""
        return _SCOPES.get(self.claim, "openid profile")


def read(unit: Unit) -> Organisation | None:
    """None where signing in by an account of the organisation is not offered."""
    value = settings.read(unit, _KEY)
    return decode(value, Organisation) if value else None


def put(unit: Unit, value: Organisation | None) -> None:
    settings.write(unit, _KEY, msgspec.json.encode(value).decode() if value is not None else "")


def secret_in(folder: Path) -> str:
    """What this server proves itself with to the provider; empty where it is a public client."""
    file = folder / _SECRET_FILE
    return file.read_text("utf-8").strip() if file.exists() else ""


def put_secret(folder: Path, secret: str) -> None:
    """Replaced as a whole; an empty one takes it away."""
    file = folder / _SECRET_FILE
    if not secret:
        file.unlink(missing_ok=True)
        return
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(secret)
    draft.replace(file)

"""The provider as this server knows it: where it is asked, its keys, and a code exchanged for whom it names."""

import base64
import json
from collections.abc import Callable
from typing import Protocol
from urllib.parse import quote_plus

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet
from msgspec import Struct

from core.domain.clock import Clock, steady_s
from core.domain.decoding import decode
from core.server.organisation.asking import ProviderDown, ask, is_private
from core.server.organisation.id_token import Expected, Flaw, TokenUnfit, subject_of
from core.server.organisation.kept import Kept
from core.server.organisation.settings import Organisation
from core.wire.organisation import SignInByCode

_KEYS_AGAIN_S = 60.0
"""a token by a key that is not known asks for the keys anew, this often at most"""


class CodeRefused(Exception):
    """The provider does not take the code: used up, too old, or not of this sign-in."""


class ClientRefused(Exception):
    """The provider does not take this server for the client it says it is."""


class Discovered(Struct, frozen=True, kw_only=True):
    """The provider of itself (OpenID Connect Discovery 1.0, 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class _Tokens(Struct, frozen=True):
    id_token: str


class _Problem(Struct, frozen=True):
    error: str = ""


class Ask(Protocol):
    def __call__(
        self, address: str, *, form: dict[str, str] | None = None, authorization: str = ""
    ) -> tuple[int, bytes]: ...


def discover(issuer: str, asking: Ask = ask) -> Discovered:
    """Raises ProviderDown, also where what answers names itself otherwise or would be asked in clear."""
    status, body = asking(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if status != 200:
        raise ProviderDown(f"status {status}")
    try:
        found = decode(body, Discovered)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ProviderDown("no OpenID provider") from error
    if found.issuer.rstrip("/") != issuer.rstrip("/"):
        raise ProviderDown("another issuer")
    if not all(map(is_private, (found.authorization_endpoint, found.token_endpoint, found.jwks_uri))):
        raise ProviderDown("an address without TLS")
    return found


class Provider:
    """One issuer; what it says of itself is kept for an hour. Safe from any thread."""

    def __init__(self, issuer: str, *, asking: Ask = ask, steady_s: Callable[[], float] = steady_s) -> None:
        self.issuer, self._ask = issuer, asking
        self._discovered = Kept(lambda: discover(issuer, asking), steady_s=steady_s)
        self._keys = Kept(self._fetch_keys, steady_s=steady_s)

    def discovered(self) -> Discovered:
        return self._discovered.get()

    def subject(self, known: Organisation, given: SignInByCode, secret: str, clock: Clock) -> str:
        """Whom the code names; raises ProviderDown, CodeRefused, ClientRefused, TokenUnfit."""
        token = self._exchanged(known, given, secret)
        expected = Expected(self.discovered().issuer, known.client_id, given.nonce, known.claim)
        try:
            return subject_of(token, self._keys.get(), expected, clock())
        except TokenUnfit as error:
            # A provider that names its keys by nothing, or the new one as the former, is not told by a name.
            if error.flaw not in (Flaw.KEY, Flaw.SIGNATURE):
                raise
            return subject_of(token, self._keys.get(newer_than_s=_KEYS_AGAIN_S), expected, clock())

    def _exchanged(self, known: Organisation, given: SignInByCode, secret: str) -> str:
        """The identity token for the code (RFC 6749 4.1.3, RFC 7636 4.5)."""
        form = {
            "grant_type": "authorization_code",
            "code": given.code,
            "redirect_uri": given.redirect_uri,
            "client_id": known.client_id,
            "code_verifier": given.verifier,
        }
        found, authorization = self.discovered(), ""
        if secret and "client_secret_basic" in found.token_endpoint_auth_methods_supported:
            pair = f"{quote_plus(known.client_id)}:{quote_plus(secret)}"
            authorization = f"Basic {base64.b64encode(pair.encode()).decode()}"
        elif secret:
            form["client_secret"] = secret
        status, body = self._ask(found.token_endpoint, form=form, authorization=authorization)
        if status in (400, 401, 403):
            raise _refusal(status, body)
        if status != 200:
            raise ProviderDown(f"status {status}")
        try:
            return decode(body, _Tokens).id_token
        except (msgspec.DecodeError, RecursionError) as error:
            raise ProviderDown("no token") from error

    def _fetch_keys(self) -> KeySet:
        status, body = self._ask(self.discovered().jwks_uri)
        if status != 200:
            raise ProviderDown(f"status {status}")
        try:
            told = json.loads(body)["keys"]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise ProviderDown("no keys") from error
        # Keys of kinds that are not known here are for others (RFC 7517, 5).
        keys = [key for one in told if (key := _read_key(one)) is not None] if isinstance(told, list) else []
        if not keys:
            raise ProviderDown("no keys")
        return KeySet(keys)


def _read_key(told: object) -> Key | None:
    """None where it is of no kind that this server knows."""
    try:
        return JWKRegistry.import_key(told) if isinstance(told, dict) else None
    except (JoseError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _refusal(status: int, body: bytes) -> CodeRefused | ClientRefused:
    """RFC 6749 5.2."""
    try:
        error = decode(body, _Problem).error
    except (msgspec.DecodeError, RecursionError):
        error = ""
    client = error in ("invalid_client", "unauthorized_client") or (not error and status != 400)
    return ClientRefused(error) if client else CodeRefused(error)

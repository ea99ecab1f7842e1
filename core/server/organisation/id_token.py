"""Whether a token of the provider may be believed, and whom it names (OpenID Connect Core 3.1.3.7)."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from core.server.organisation.settings import EMAIL

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519")
"""by the provider's private key alone: neither unsigned, nor by a secret that others share"""
LEEWAY = timedelta(seconds=60)
"""between the provider's clock and ours"""
MOST_LETTERS = 255
"""of a subject (OpenID Connect Core 2)"""


class Flaw(StrEnum):
    """Why a token is not believed."""

    UNREADABLE = "unreadable"
    KEY = "unknown_key"
    SIGNATURE = "bad_signature"
    ISSUER = "other_issuer"
    AUDIENCE = "other_audience"
    EXPIRED = "expired"
    EARLY = "not_begun"
    NONCE = "other_nonce"
    NAMELESS = "no_subject"
    UNVERIFIED = "email_unverified"


class TokenUnfit(Exception):
    """The token is not to be believed."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(flaw.value)


@dataclass(frozen=True, slots=True)
class Expected:
    """What has to stand in the token."""

    issuer: str
    client_id: str
    nonce: str
    claim: str


def subject_of(token: str, keys: KeySet, expected: Expected, now: datetime) -> str:
    """The claim that names the person; raises TokenUnfit."""
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
    except InvalidKeyIdError as error:
        raise TokenUnfit(Flaw.KEY) from error
    except BadSignatureError as error:
        raise TokenUnfit(Flaw.SIGNATURE) from error
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise TokenUnfit(Flaw.UNREADABLE) from error
    if claims.get("iss") != expected.issuer:
        raise TokenUnfit(Flaw.ISSUER)
    if not _for_us(claims, expected.client_id):
        raise TokenUnfit(Flaw.AUDIENCE)
    if (wrong := _out_of_time(claims, now)) is not None:
        raise TokenUnfit(wrong)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), expected.nonce.encode()):
        raise TokenUnfit(Flaw.NONCE)
    return _named(claims, expected.claim)


def _for_us(claims: Mapping[str, object], client_id: str) -> bool:
    given = claims.get("aud")
    audience: Sequence[object] = given if isinstance(given, list) else [given]
    party = claims.get("azp", client_id if len(audience) == 1 else None)
    return client_id in audience and party == client_id


def _out_of_time(claims: Mapping[str, object], now: datetime) -> Flaw | None:
    ends, begun, not_before = claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)
    if not all(isinstance(at, int | float) and not isinstance(at, bool) for at in (ends, begun, not_before)):
        return Flaw.EXPIRED
    at, leeway = now.timestamp(), LEEWAY.total_seconds()
    assert isinstance(ends, int | float)
    assert isinstance(begun, int | float)
    assert isinstance(not_before, int | float)
    if not at < ends + leeway:
        return Flaw.EXPIRED
    return None if max(begun, not_before) <= at + leeway else Flaw.EARLY


def _named(claims: Mapping[str, object], claim: str) -> str:
    name = claims.get(claim)
    if not isinstance(name, str) or not name.strip() or len(name) > MOST_LETTERS:
        raise TokenUnfit(Flaw.NAMELESS)
    # Some providers let people write any address: one that nobody has verified names nobody.
    if claim == EMAIL and claims.get("email_verified") is not True:
        raise TokenUnfit(Flaw.UNVERIFIED)
    return name

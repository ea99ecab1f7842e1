"""Signing in by an account of the organisation: where the browser goes, and the code that it brings home."""

from typing import Annotated

from msgspec import Meta, Struct

HOME = "/signed-in"
"""path on the desk's own machine to which the provider sends the browser back"""


class SignInPage(Struct, frozen=True, kw_only=True):
    """GET /v1/sessions/oidc, without a token; Refused where it is not offered."""

    issuer: str
    authorization_endpoint: str
    client_id: str
    scope: str


class SignInByCode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """POST /v1/sessions/oidc; the code is used up by it."""

    code: Annotated[str, Meta(min_length=1, max_length=4096)]
    verifier: Annotated[str, Meta(pattern=r"^[A-Za-z0-9._~-]{43,128}$")]
    """of the PKCE challenge that the provider was shown (RFC 7636)"""
    nonce: Annotated[str, Meta(min_length=16, max_length=128)]
    redirect_uri: Annotated[str, Meta(pattern=r"^http://127\.0\.0\.1:[0-9]{1,5}/signed-in$")]
    """on the desk's own machine (RFC 8252 7.3)"""
    device: Annotated[str, Meta(max_length=200)] = ""

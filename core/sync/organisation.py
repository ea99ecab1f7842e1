"""Signing in by an account of the organisation: a code with PKCE (RFC 7636), which the server exchanges."""

import base64
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from core.domain.addresses import is_this_machine
from core.domain.errors import SignInRefused
from core.domain.text import Text
from core.sync.transport import Transport
from core.wire.organisation import SignInByCode, SignInPage
from core.wire.session import Session

if TYPE_CHECKING:
    from core.sync.browser import Browser


def ask_by_browser(transport: Transport, browser: "Browser", *, device: str) -> Session:
    """A session for whom the provider names; nothing is kept here.

    Raises SignInRefused, ServerForeign, ServerUnreachable.
    """
    if not transport.hello().organisation:
        raise _refused(
            Text("这个服务器没有开通单位账号登录。", "This server does not offer it."),
            Text("请用工号和密码登录。", "Use staff number and password."),
        )
    page = transport.sign_in_page()
    _check(page)
    nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    code, home = browser.code(lambda home, state: address_of(page, home, state, nonce, verifier))
    given = SignInByCode(code=code, verifier=verifier, nonce=nonce, redirect_uri=home, device=device[:200])
    return transport.sign_in_by_code(given)


def address_of(page: SignInPage, home: str, state: str, nonce: str, verifier: str) -> str:
    """Where the browser goes (OpenID Connect Core 3.1.2.1); of the verifier its digest alone."""
    challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": page.client_id,
        "redirect_uri": home,
        "scope": page.scope,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        # Several people share a machine: the browser's last one is not taken for this one unasked.
        "prompt": "login",
    }
    joint = "&" if urlsplit(page.authorization_endpoint).query else "?"
    return f"{page.authorization_endpoint}{joint}{urlencode(asked)}"


def _check(page: SignInPage) -> None:
    """What is handed to the system to open is a page on the net, encrypted on its way."""
    try:
        parts = urlsplit(page.authorization_endpoint)
        host = parts.hostname or ""
    except ValueError:
        parts, host = None, ""
    here = parts is not None and parts.scheme == "http" and is_this_machine(host)
    if parts is None or not host or not (parts.scheme == "https" or here):
        raise _refused(
            Text("服务器给出的登录网页地址不安全，没有打开。", "The page that the server names is not safe to open."),
            Text("请用工号和密码登录，并告诉管理员。", "Use your password, and tell your administrator."),
        )


def _refused(message: Text, next_step: Text) -> SignInRefused:
    return SignInRefused(
        title=Text("不能用单位账号登录", "Cannot sign in with your organisation"), message=message, next_step=next_step
    )

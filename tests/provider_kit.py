"""A real OpenID provider on this machine, and a person's browser at it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

with warnings.catch_warnings(record=True):
    # It builds on a library that announces what its next version will lack, and shows that whatever was asked.
    from oidc_provider_mock import run_server_in_thread

CLIENT = "stayline"
WAIT_S = 15
PROVIDED = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")
"""for tests that ask it: what its library will lack is no concern of theirs"""


@contextmanager
def provider() -> Iterator[str]:
    """The issuer; it knows anybody, and any client."""
    with run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


def verified_email(issuer: str, subject: str, email: str, *, verified: bool) -> None:
    claims = {"email": email, "email_verified": verified}
    requests.put(f"{issuer}/users/{subject}", json=claims, timeout=WAIT_S).raise_for_status()


def sent_home(page: str, subject: str) -> str:
    """Where the provider sends the browser of who signs in there as `subject`."""
    answer = requests.post(page, data={"sub": subject}, allow_redirects=False, timeout=WAIT_S)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def code_for(issuer: str, subject: str, *, redirect_uri: str, nonce: str, scope: str = "openid") -> str:
    asked = {
        "client_id": CLIENT,
        "response_type": "code",
        "redirect_uri": redirect_uri,
        "scope": scope,
        "state": "s",
        "nonce": nonce,
    }
    home = sent_home(f"{issuer}/oauth2/authorize?{urlencode(asked)}", subject)
    return parse_qs(urlsplit(home).query)["code"][0]

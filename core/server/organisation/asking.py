"""What the provider is asked over HTTP: one answer, with an end to every wait, from no address but the one named."""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from core.domain.addresses import is_this_machine
from core.server.outside.peer import ended_after

DEADLINE_S = 8.0
"""for a whole exchange: a person waits for it"""
MOST_BYTES = 1_048_576
"""key sets carry certificates"""


class ProviderDown(Exception):
    """The provider is not there, does not answer in time, or not as it should; says why, without what was asked."""


def is_private(address: str) -> bool:
    """Whether what goes there cannot be read on the way: https, or this machine."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises where it is none
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(parts.hostname or ""))
    )


def ask(address: str, *, form: Mapping[str, str] | None = None, authorization: str = "") -> tuple[int, bytes]:
    """Status and body of a GET, or of a POST of the form; redirects are not followed. Raises ProviderDown."""
    if not is_private(address):
        raise ProviderDown("an address without TLS")
    parts = urlsplit(address)
    headers = {"Accept": "application/json", "Connection": "close"}
    if authorization:
        headers["Authorization"] = authorization
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    body = urlencode(form).encode() if form is not None else None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=DEADLINE_S)
    try:
        with ended_after(connection, DEADLINE_S):
            connection.request("GET" if body is None else "POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            content = answer.read(MOST_BYTES + 1)
    except (OSError, HTTPException, ValueError) as error:
        raise ProviderDown(type(error).__name__) from error
    finally:
        connection.close()
    if len(content) > MOST_BYTES:
        raise ProviderDown("too long an answer")
    return answer.status, content

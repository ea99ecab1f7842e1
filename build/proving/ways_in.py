"""Ways in that are none: tokens of the organisation that are not for this sign-in, and servers that are not the desk's.

Part of S13. The tokens are tried on the product's own judge, and brought to the real server from a real provider; the
desk's way to a server meets one with another key, from the issuer that the machine trusts.
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import requests
from certificate_kit import issuer as certificates_issuer
from certificate_kit import server as certificate_for
from desk_process import KEY, agent
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OctKey
from provider_kit import CLIENT, code_for, provider
from rough_server import SmallStayline, serving
from server_process import ServerProcess

from core.domain.errors import ServerUntrusted, StaylineError
from core.server.db import links
from core.server.db.links import Link
from core.server.organisation import settings
from core.server.organisation.id_token import Expected, TokenUnfit
from core.server.organisation.settings import Organisation
from core.store.opening import open_store
from core.sync import transport
from core.sync.transport import Transport
from core.sync.trust import SERVER_KEY, of_store

_HOME = "http://127.0.0.1:40123/signed-in"
_NONCE = "of-this-one-sign-in"
_ISSUER = "https://idp.example"
Judge = Callable[[str, KeySet, Expected, datetime], str]


def by_its_words(token: str, _keys: KeySet, _expected: Expected, _now: datetime) -> str:
    """The naive judge: whatever stands in the token is believed."""
    body = token.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))).get("sub"))


def forged(judge: Judge) -> tuple[int, int]:
    """How many tokens that must not be believed were shown to the judge, and how many it believed."""
    now = datetime.now(UTC)
    own, other = (ECKey.generate_key("P-256", {"kid": "one", "use": "sig"}) for _ in range(2))
    expected = Expected(_ISSUER, CLIENT, _NONCE, "sub")
    tried = believed = 0
    for token in _forgeries(own, other, int(now.timestamp())):
        tried += 1
        with suppress(TokenUnfit, JoseError, ValueError):
            judge(token, KeySet([own]), expected, now)
            believed += 1
    return tried, believed


def _forgeries(own: ECKey, other: ECKey, now: int) -> Iterator[str]:
    claims = {"iss": _ISSUER, "aud": CLIENT, "sub": "zhou", "nonce": _NONCE, "iat": now, "exp": now + 300}
    head = {"alg": "ES256", "kid": "one"}
    for changed in (
        {"iss": "https://elsewhere.example"}, {"aud": "payroll"}, {"aud": [CLIENT, "payroll"]}, {"azp": "payroll"},
        {"exp": now - 3600}, {"iat": now + 3600}, {"nbf": now + 3600}, {"nonce": "of another sign-in"}, {"nonce": ""},
        {"sub": ""},
    ):  # fmt: skip
        yield jwt.encode(head, claims | changed, own)
    yield jwt.encode(head, claims, other)
    shared = OctKey.import_key(json.dumps(own.as_dict(private=False)))
    yield jwt.encode({"alg": "HS256", "kid": "one"}, claims, shared)
    first, body, signature = jwt.encode(head, claims, own).split(".")
    unsigned = _part({"alg": "none"})
    yield f"{unsigned}.{body}."
    yield f"{first}.{_part(claims | {'sub': 'lead'})}.{signature}"


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def at_provider(server: ServerProcess) -> tuple[bool, int]:
    """Whether who is linked gets in by a code of a real provider, and how many others got in."""
    with provider() as issuer:
        server.add_user(agent(0))
        with server.database.write() as unit:
            settings.put(unit, Organisation(issuer=issuer, client_id=CLIENT))
            links.put(unit, agent(0).staff_number, Link(issuer, "sub", "zhou"))
        settings.put_secret(server.folder, "s3cret")

        def brought(subject: str = "zhou", *, nonce: str = _NONCE, home: str = _HOME) -> str:
            return code_for(issuer, subject, redirect_uri=home, nonce=nonce)

        code = brought()
        entered = _enters(server, code)
        wrong = (code, brought(nonce="of another sign-in"), brought("stranger"), brought(home=f"{_HOME}x"), "made-up")
        return entered, sum(_enters(server, one) for one in wrong)


def _enters(server: ServerProcess, code: str) -> bool:
    body = {"code": code, "verifier": "v" * 43, "nonce": _NONCE, "redirect_uri": _HOME}
    return requests.post(f"{server.url}/v1/sessions/oidc", json=body, timeout=30).status_code == 200


def heard_by_another(folder: Path, *, pinned: bool) -> int:
    """Requests of a desk that reached a server with another key than its own server's."""
    folder.mkdir()
    centre = certificates_issuer(folder)
    own, other = (certificate_for(folder, name, issued_by=centre) for name in ("own", "other"))
    impostor = SmallStayline()
    with closing(open_store(folder / "desk", KEY)) as store, serving(impostor, tls=other.tls) as url:
        if pinned:
            store.put_setting(SERVER_KEY, own.key)
        way = Transport(url, trust=of_store(store, file=centre.file), read_s=5)
        way.access_token = "a-token"
        for ask in (way.hello, lambda: way.push([b"{}"]), lambda: way.refresh("a-token")):
            with suppress(StaylineError):
                ask()
        way.close()
    return len(impostor.asked)


def in_clear(folder: Path, *, refused: bool = True) -> int:
    """Addresses without TLS, beyond this machine, that a desk's way does not refuse before it asks for anything."""
    careless = nullcontext() if refused else patch.object(transport, "_in_the_open", lambda _url: False)
    with closing(open_store(folder, KEY)) as store, careless:
        taken = 0
        for address in ("http://10.0.0.7:8300", "http://server.example", "HTTP://192.168.1.2"):
            way = Transport(address, trust=of_store(store), connect_s=0.1, read_s=0.1)
            try:
                way.hello()
            except ServerUntrusted:
                continue
            except StaylineError:
                taken += 1
            finally:
                way.close()
    return taken

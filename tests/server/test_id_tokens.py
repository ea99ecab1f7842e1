"""What a token of the provider must say to be believed, and how it is asked for."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from core.server.organisation.asking import ProviderDown
from core.server.organisation.id_token import Expected, Flaw, TokenUnfit, subject_of
from core.server.organisation.kept import LASTS_S, PAUSE_S, Kept
from core.server.organisation.provider import ClientRefused, CodeRefused, Provider
from core.server.organisation.settings import Organisation
from core.wire.organisation import SignInByCode

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ISSUER, CLIENT, NONCE = "https://idp.example", "stayline", "n-0S6_WzA2Mj-and-more"
KEY, OTHER = (ECKey.generate_key("P-256", {"kid": kid, "use": "sig"}) for kid in ("one", "two"))
EXPECTED = Expected(ISSUER, CLIENT, NONCE, "sub")
KNOWN = Organisation(issuer=ISSUER, client_id=CLIENT)
GIVEN = SignInByCode(code="c0de", verifier="v" * 43, nonce=NONCE, redirect_uri="http://127.0.0.1:4/signed-in")


def token(key: ECKey = KEY, **changes: Any) -> str:
    begun = int(NOW.timestamp())
    claims = {"iss": ISSUER, "aud": CLIENT, "sub": "zhou", "nonce": NONCE, "iat": begun, "exp": begun + 300}
    kept = {name: value for name, value in (claims | changes).items() if value is not None}
    return jwt.encode({"alg": "ES256"} | ({"kid": key.kid} if key.kid else {}), kept, key)


def flaw_of(given: str, keys: KeySet | None = None) -> Flaw:
    with pytest.raises(TokenUnfit) as caught:
        subject_of(given, keys or KeySet([KEY]), EXPECTED, NOW)
    return caught.value.flaw


def test_a_token_for_us_names_its_person() -> None:
    for audience in ({}, {"aud": [CLIENT]}, {"aud": [CLIENT, "other"], "azp": CLIENT}):
        assert subject_of(token(**audience), KeySet([KEY]), EXPECTED, NOW) == "zhou"


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"iss": "https://other.example"}, Flaw.ISSUER),
        ({"iss": None}, Flaw.ISSUER),
        ({"aud": "payroll"}, Flaw.AUDIENCE),
        ({"aud": None}, Flaw.AUDIENCE),
        ({"aud": [CLIENT, "payroll"]}, Flaw.AUDIENCE),
        ({"azp": "payroll"}, Flaw.AUDIENCE),
        ({"exp": int(NOW.timestamp()) - 61}, Flaw.EXPIRED),
        ({"exp": None}, Flaw.EXPIRED),
        ({"iat": int(NOW.timestamp()) + 3600}, Flaw.EARLY),
        ({"nbf": int(NOW.timestamp()) + 3600}, Flaw.EARLY),
        ({"nonce": "another"}, Flaw.NONCE),
        ({"nonce": None}, Flaw.NONCE),
        ({"sub": None}, Flaw.NAMELESS),
        ({"sub": " "}, Flaw.NAMELESS),
        ({"sub": "x" * 256}, Flaw.NAMELESS),
    ],
)
def test_what_is_not_said_as_it_must_be_is_not_believed(changes: dict[str, object], flaw: Flaw) -> None:
    assert flaw_of(token(**changes)) is flaw


def test_only_the_providers_own_signature_counts() -> None:
    head, body, _ = token().split(".")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    assert flaw_of(f"{unsigned}.{body}.") is Flaw.UNREADABLE
    assert flaw_of(f"{head}.{body}.{'A' * 86}") is Flaw.SIGNATURE
    public = OctKey.import_key(json.dumps(KEY.as_dict(private=False)))
    shared = jwt.encode({"alg": "HS256", "kid": "one"}, json.loads(base64.urlsafe_b64decode(body + "==")), public)
    assert flaw_of(shared) is Flaw.UNREADABLE
    assert flaw_of(token(OTHER)) is Flaw.KEY
    assert flaw_of("x") is Flaw.UNREADABLE


class Answers:
    """A provider that answers as told, and keeps what it was asked."""

    def __init__(self, id_token: str, *, methods: tuple[str, ...] | None = None) -> None:
        self.keys, self.token_answer = [KEY], (200, json.dumps({"id_token": id_token}).encode())
        self.strange: object = None
        self.asked: list[tuple[str, dict[str, str] | None, str]] = []
        found = {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys", "token_endpoint": f"{ISSUER}/token"}
        found["authorization_endpoint"] = f"{ISSUER}/page"
        more = {} if methods is None else {"token_endpoint_auth_methods_supported": methods}
        self.discovery = json.dumps(found | more).encode()

    def __call__(
        self, address: str, *, form: dict[str, str] | None = None, authorization: str = ""
    ) -> tuple[int, bytes]:
        self.asked.append((address, form, authorization))
        if address.endswith("/token"):
            return self.token_answer
        known: list[object] = [one.as_dict(private=False) for one in self.keys]
        keys = json.dumps({"keys": known if self.strange is None else [self.strange, *known]}).encode()
        return 200, keys if address.endswith("/keys") else self.discovery


class Steady:
    def __init__(self) -> None:
        self.s = 1000.0

    def __call__(self) -> float:
        return self.s


def test_the_code_goes_with_its_verifier_and_the_servers_secret_in_the_header() -> None:
    answers = Answers(token())
    assert Provider(ISSUER, asking=answers).subject(KNOWN, GIVEN, "s3cret:", lambda: NOW) == "zhou"
    ((form, authorization),) = [asked[1:] for asked in answers.asked if asked[0].endswith("/token")]
    assert form == {
        "grant_type": "authorization_code",
        "code": "c0de",
        "redirect_uri": GIVEN.redirect_uri,
        "client_id": CLIENT,
        "code_verifier": GIVEN.verifier,
    }
    assert base64.b64decode(authorization.removeprefix("Basic ")) == b"stayline:s3cret%3A"


def test_a_provider_that_takes_no_header_gets_the_secret_in_the_form() -> None:
    answers = Answers(token(), methods=("client_secret_post",))
    Provider(ISSUER, asking=answers).subject(KNOWN, GIVEN, "s3cret", lambda: NOW)
    ((form, authorization),) = [asked[1:] for asked in answers.asked if asked[0].endswith("/token")]
    assert form is not None
    assert form["client_secret"] == "s3cret"
    assert not authorization


def test_new_keys_of_the_provider_are_fetched_once_one_is_not_known() -> None:
    steady, answers = Steady(), Answers(token(OTHER))
    provider = Provider(ISSUER, asking=answers, steady_s=steady)
    with pytest.raises(TokenUnfit):
        provider.subject(KNOWN, GIVEN, "", lambda: NOW)
    answers.keys = [KEY, OTHER]
    with pytest.raises(TokenUnfit):
        provider.subject(KNOWN, GIVEN, "", lambda: NOW)
    steady.s += 61
    assert provider.subject(KNOWN, GIVEN, "", lambda: NOW) == "zhou"


@pytest.mark.parametrize("kid", ["one", None])
def test_a_new_key_under_the_former_name_or_none_is_fetched_too(kid: str | None) -> None:
    former, new = (ECKey.generate_key("P-256", {} if kid is None else {"kid": kid}) for _ in range(2))
    steady, answers = Steady(), Answers(token(new))
    answers.keys = [former]
    provider = Provider(ISSUER, asking=answers, steady_s=steady)
    with pytest.raises(TokenUnfit):
        provider.subject(KNOWN, GIVEN, "", lambda: NOW)
    answers.keys = [new]
    steady.s += 61
    assert provider.subject(KNOWN, GIVEN, "", lambda: NOW) == "zhou"


@pytest.mark.parametrize("strange", [{"kty": "AKP", "kid": "x"}, {"kty": "EC", "crv": "P-999"}, {"kid": "x"}, "x"])
def test_a_key_of_a_kind_that_nobody_knows_here_keeps_nobody_out(strange: object) -> None:
    answers = Answers(token())
    answers.strange = strange
    assert Provider(ISSUER, asking=answers).subject(KNOWN, GIVEN, "", lambda: NOW) == "zhou"
    answers.keys = []
    with pytest.raises(ProviderDown):
        Provider(ISSUER, asking=answers).subject(KNOWN, GIVEN, "", lambda: NOW)


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (400, "invalid_grant", CodeRefused),
        (401, "invalid_client", ClientRefused),
        (400, "unauthorized_client", ClientRefused),
        (503, "", ProviderDown),
    ],
)
def test_what_the_provider_refuses_is_told_apart(status: int, error: str, kind: type[Exception]) -> None:
    answers = Answers(token())
    answers.token_answer = status, json.dumps({"error": error}).encode()
    with pytest.raises(kind):
        Provider(ISSUER, asking=answers).subject(KNOWN, GIVEN, "", lambda: NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://other.example"},
        {"authorization_endpoint": "http://idp.example/page"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_names_itself_otherwise_or_asks_in_clear_is_none(wrong: dict[str, object]) -> None:
    answers = Answers(token())
    answers.discovery = json.dumps(json.loads(answers.discovery) | wrong).encode()
    with pytest.raises(ProviderDown):
        Provider(ISSUER, asking=answers).discovered()


def test_a_provider_that_hangs_is_waited_for_by_one_at_a_time() -> None:
    steady, tries = Steady(), []

    def fetch() -> int:
        tries.append(steady())
        if len(tries) == 1:
            raise ProviderDown("no answer")
        return len(tries)

    kept = Kept(fetch, steady_s=steady)
    for _ in range(3):
        with pytest.raises(ProviderDown):
            kept.get()
    assert len(tries) == 1
    steady.s += PAUSE_S
    assert kept.get() == kept.get() == 2
    steady.s += LASTS_S
    assert kept.get() == 3

"""Signing in by an account of the organisation, at a real provider: who is linked gets in, nobody else does."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from provider_kit import CLIENT, PROVIDED, code_for, provider, verified_email
from server_kit import StillClock, add_agent, agent

from core.domain.errors import InputError, Refused
from core.server.access.sessions import Sessions, Throttled, Unauthenticated
from core.server.access.throttle import FAILURES_PER_STAFF, Throttle
from core.server.access.tokens import Signer
from core.server.cli import main
from core.server.db import links, people
from core.server.db.engine import Database
from core.server.db.links import Link
from core.server.organisation import asking, settings
from core.server.organisation.refusals import ProviderAway
from core.server.organisation.settings import Organisation
from core.server.organisation.signing_in import OrganisationSignIn
from core.wire.organisation import SignInByCode
from core.wire.session import Session

pytestmark = PROVIDED
HOME = "http://127.0.0.1:40123/signed-in"
NONCE = "n-0S6_WzA2Mj-and-more"
NOWHERE = "http://localhost:1"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider() as running:
        yield running


@pytest.fixture
def doors(sqlite: Database, clock: StillClock, tmp_path: Path, issuer: str) -> OrganisationSignIn:
    """A server that takes the provider's word, with one linked person."""
    clock.now = datetime.now(UTC)
    add_agent(sqlite, agent("1"))
    offer(sqlite, issuer)
    with sqlite.write() as unit:
        links.put(unit, "1", Link(issuer, "sub", "zhou"))
    settings.put_secret(tmp_path, "s3cret")
    throttle = Throttle(sqlite)
    return OrganisationSignIn(sqlite, Sessions(sqlite, Signer.of_folder(tmp_path), throttle), throttle, tmp_path)


def offer(database: Database, issuer: str, claim: str = "sub") -> None:
    with database.write() as unit:
        settings.put(unit, Organisation(issuer=issuer, client_id=CLIENT, claim=claim))


def given(issuer: str, subject: str = "zhou", *, nonce: str = NONCE, scope: str = "openid") -> SignInByCode:
    """What a desk brings home from the provider."""
    code = code_for(issuer, subject, redirect_uri=HOME, nonce=nonce, scope=scope)
    return SignInByCode(code=code, verifier="v" * 43, nonce=NONCE, redirect_uri=HOME, device="PC-7")


def enter(doors: OrganisationSignIn, brought: SignInByCode) -> Session:
    return doors.sign_in(brought, address="10.0.0.7")


def why(doors: OrganisationSignIn, brought: SignInByCode) -> Unauthenticated:
    """Why one is not let in; told in both languages, with what to do."""
    with pytest.raises(Unauthenticated) as caught:
        enter(doors, brought)
    error = caught.value
    assert all(text.zh and text.en for text in (error.title, error.message, error.next_step))
    return error


def test_who_is_linked_gets_a_session_with_the_rights_of_their_account(
    doors: OrganisationSignIn, issuer: str, sqlite: Database
) -> None:
    assert doors.offered()
    assert doors.page().authorization_endpoint.startswith(issuer)
    assert enter(doors, given(issuer)).agent == agent("1")


def test_a_code_is_good_once(doors: OrganisationSignIn, issuer: str) -> None:
    brought = given(issuer)
    enter(doors, brought)
    assert why(doors, brought).code == "code_refused"


def test_a_token_of_another_sign_in_is_not_taken(doors: OrganisationSignIn, issuer: str) -> None:
    assert why(doors, given(issuer, nonce="of another sign-in")).code == "token_other_nonce"


def test_a_token_that_has_run_out_is_not_taken(doors: OrganisationSignIn, issuer: str, clock: StillClock) -> None:
    clock.forward(hours=2)
    assert why(doors, given(issuer)).code == "token_expired"


def test_who_is_linked_to_nobody_hears_which_account_to_have_linked(doors: OrganisationSignIn, issuer: str) -> None:
    error = why(doors, given(issuer, "stranger"))
    assert error.code == "not_linked"
    assert "stranger" in error.message.zh
    assert "stranger" in error.message.en


def test_who_was_stopped_stays_out(doors: OrganisationSignIn, issuer: str, sqlite: Database) -> None:
    with sqlite.write() as unit:
        people.set_disabled(unit, "1", True)
    assert why(doors, given(issuer)).code == "disabled"


def test_a_link_of_another_provider_or_claim_lets_nobody_in(
    doors: OrganisationSignIn, issuer: str, sqlite: Database
) -> None:
    with sqlite.write() as unit:
        links.put(unit, "1", Link("https://elsewhere.example", "sub", "zhou"))
    assert why(doors, given(issuer)).code == "not_linked"
    with sqlite.write() as unit:
        links.put(unit, "1", Link(issuer, "email", "zhou"))
    assert why(doors, given(issuer)).code == "not_linked"


def test_an_address_names_somebody_once_the_provider_has_verified_it(
    doors: OrganisationSignIn, issuer: str, sqlite: Database
) -> None:
    offer(sqlite, issuer, claim="email")
    with sqlite.write() as unit:
        links.put(unit, "1", Link(issuer, "email", "zhou@stayline.example"))
    assert doors.page().scope == "openid email"
    verified_email(issuer, "someone", "zhou@stayline.example", verified=False)
    assert why(doors, given(issuer, "someone", scope="openid email")).code == "token_email_unverified"
    verified_email(issuer, "zhou", "zhou@stayline.example", verified=True)
    assert enter(doors, given(issuer, scope="openid email")).agent.staff_number == "1"


def test_a_provider_that_is_not_there_is_told_and_counts_for_nobody(
    doors: OrganisationSignIn, issuer: str, sqlite: Database
) -> None:
    brought = given(issuer)
    offer(sqlite, NOWHERE)
    for _ in range(FAILURES_PER_STAFF + 1):
        with pytest.raises(ProviderAway):
            doors.page()
        with pytest.raises(ProviderAway):
            enter(doors, brought)
    offer(sqlite, issuer)
    enter(doors, brought)


def test_where_it_is_not_offered_it_is_refused(doors: OrganisationSignIn, issuer: str, sqlite: Database) -> None:
    with sqlite.write() as unit:
        settings.put(unit, None)
    assert not doors.offered()
    for asked in (doors.page, lambda: enter(doors, given(issuer))):
        with pytest.raises(Refused) as caught:
            asked()
        assert caught.value.code == "no_organisation"


def test_failures_slow_it_down_as_wrong_passwords_do(doors: OrganisationSignIn, issuer: str) -> None:
    # Reliability S13
    for _ in range(FAILURES_PER_STAFF):
        why(doors, given(issuer, "stranger"))
    with pytest.raises(Throttled):
        enter(doors, given(issuer, "stranger"))
    enter(doors, given(issuer))


def test_each_try_is_on_record_without_the_account_in_clear(
    doors: OrganisationSignIn, issuer: str, sqlite: Database
) -> None:
    # Reliability S7
    enter(doors, given(issuer))
    why(doors, given(issuer, "li@stayline.example"))
    with sqlite.read() as unit:
        found = unit.conn.exec_driver_sql("SELECT action, object, payload FROM audit ORDER BY at").all()
    told = [(row[0], row[1], msgspec.json.decode(row[2])) for row in found if row[0].startswith("sign_in")]
    assert [(action, payload["way"]) for action, _, payload in told] == [
        ("sign_in", "oidc"),
        ("sign_in_refused", "oidc"),
    ]
    assert told[1][2]["why"] == "not_linked"
    assert "li@" not in str(told)


class Commands:
    """At the command line of one server."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder, self._capsys = folder, capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        assert main([*words, "--data", str(self._folder)]) == code
        told = self._capsys.readouterr()
        return told.out + told.err


def test_it_is_offered_linked_and_taken_back_by_command(
    sqlite: Database, tmp_path: Path, issuer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Commands(tmp_path, capsys)
    add_agent(sqlite, agent("1"))
    add_agent(sqlite, agent("2"))
    assert "oidc set" in run("user", "link", "1", "zhou", code=1)
    secret = tmp_path / "given.txt"
    secret.write_text("s3cret\n", "utf-8")
    run("oidc", "set", "--issuer", issuer, "--client-id", CLIENT, "--client-secret-file", str(secret))
    assert settings.secret_in(tmp_path) == "s3cret"
    run("user", "link", "1", "zhou")
    assert "user unlink 1" in run("user", "link", "2", "zhou", code=1)
    shown = run("oidc", "show")
    assert "zhou" in shown
    assert "s3cret" not in shown
    with sqlite.read() as unit:
        assert settings.read(unit) == Organisation(issuer=issuer, client_id=CLIENT)
    run("user", "unlink", "1")
    assert "zhou" not in run("oidc", "show")
    run("oidc", "off")
    assert settings.secret_in(tmp_path) == ""
    with sqlite.read() as unit:
        assert settings.read(unit) is None


@pytest.mark.parametrize("address", [NOWHERE, "http://idp.example", "not an address"])
def test_what_is_no_provider_is_not_set(
    sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    run = Commands(tmp_path, capsys)
    assert "openid-configuration" in run("oidc", "set", "--issuer", address, "--client-id", CLIENT, code=1)
    with sqlite.read() as unit:
        assert settings.read(unit) is None


def test_a_person_stands_for_one_user(database: Database) -> None:
    add_agent(database, agent("1"))
    add_agent(database, agent("2"))
    link = Link("https://idp.example", "sub", "zhou")
    with database.write() as unit:
        links.put(unit, "1", link)
        links.put(unit, "1", link)
        with pytest.raises(InputError):
            links.put(unit, "2", link)
        assert links.remove(unit, "1")
        links.put(unit, "2", link)
        assert [one.staff_number for one in links.everyone(unit)] == ["2"]


def test_nothing_is_asked_in_clear_over_a_network() -> None:
    with pytest.raises(asking.ProviderDown):
        asking.ask("http://idp.example/token", form={"code": "c"})

"""Signing in by a code of the provider: whom it names, if linked here and not disabled, gets a session as any other."""

import hashlib
import threading
from pathlib import Path

from core.server.access.sessions import Sessions, Throttled, Unauthenticated, account_disabled
from core.server.access.throttle import Throttle
from core.server.db import links
from core.server.db.engine import Database
from core.server.db.links import Link
from core.server.organisation import refusals, settings
from core.server.organisation.asking import ProviderDown
from core.server.organisation.id_token import TokenUnfit
from core.server.organisation.kept import PAUSE_S
from core.server.organisation.provider import ClientRefused, CodeRefused, Provider
from core.server.organisation.settings import Organisation
from core.wire.organisation import SignInByCode, SignInPage
from core.wire.session import Session

WAY = "oidc"
"""how a session was begun, on the record"""


class OrganisationSignIn:
    """Of one tenant; `folder` keeps the secret that this server shows the provider."""

    def __init__(self, database: Database, sessions: Sessions, throttle: Throttle, folder: Path) -> None:
        self._database, self._sessions, self._throttle, self._folder = database, sessions, throttle, folder
        self._lock = threading.Lock()
        self._provider: Provider | None = None

    def offered(self) -> bool:
        return self._settings() is not None

    def page(self) -> SignInPage:
        """Where a desk's browser goes; raises Refused where that is not offered, ProviderAway."""
        known = self._known()
        try:
            found = self._provider_of(known).discovered()
        except ProviderDown as error:
            raise refusals.ProviderAway(int(PAUSE_S)) from error
        return SignInPage(
            issuer=found.issuer,
            authorization_endpoint=found.authorization_endpoint,
            client_id=known.client_id,
            scope=known.scope,
        )

    def sign_in(self, given: SignInByCode, *, address: str) -> Session:
        """A new session; raises Refused, Unauthenticated, ProviderAway, Throttled. Every try is recorded.

        Counted as failures are those of a person whom the provider names, or of the address; a provider that does not
        answer counts for nobody.
        """
        known = self._known()
        self._wait("", address)
        subject = self._subject(known, given, address)
        counted = f"{WAY}/{subject}"
        self._wait(counted, address)
        with self._database.read() as unit:
            account = links.account_of(unit, Link(known.issuer, known.claim, subject))
        if account is None:
            self._sessions.refuse(f"{WAY}:{_digest(subject)}", counted, address, "not_linked", way=WAY)
            raise refusals.not_linked(subject)
        if account.disabled:
            self._sessions.refuse(account.agent.staff_number, counted, address, "disabled", way=WAY)
            raise account_disabled()
        self._throttle.succeeded(counted)
        return self._sessions.begin(account.agent, given.device, way=WAY)

    def _subject(self, known: Organisation, given: SignInByCode, address: str) -> str:
        secret = settings.secret_in(self._folder)
        try:
            return self._provider_of(known).subject(known, given, secret, self._database.clock)
        except ProviderDown as error:
            raise refusals.ProviderAway(int(PAUSE_S)) from error
        except ClientRefused as error:
            raise refusals.client_refused() from error
        except CodeRefused as error:
            raise self._refused(refusals.code_refused(), given, address) from error
        except TokenUnfit as error:
            raise self._refused(refusals.token_unfit(error.flaw), given, address) from error

    def _refused(self, error: Unauthenticated, given: SignInByCode, address: str) -> Unauthenticated:
        """Nobody is known by then: it counts for the address alone."""
        self._sessions.refuse(WAY, f"{WAY}/{_digest(given.code)}", address, error.code, way=WAY)
        return error

    def _wait(self, counted: str, address: str) -> None:
        wait = self._throttle.wait_s(counted, address)
        if wait:
            raise Throttled(wait)

    def _settings(self) -> Organisation | None:
        with self._database.read() as unit:
            return settings.read(unit)

    def _known(self) -> Organisation:
        known = self._settings()
        if known is None:
            raise refusals.NotOffered()
        return known

    def _provider_of(self, known: Organisation) -> Provider:
        """Another one once a command has set another issuer."""
        with self._lock:
            if self._provider is None or self._provider.issuer != known.issuer:
                self._provider = Provider(known.issuer)
            return self._provider


def _digest(text: str) -> str:
    """For the record, where an account that may be an e-mail address must not stand in clear."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

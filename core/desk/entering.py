"""Getting to the desk: the store's key, the store, signing in with the server or offline, the sync beside it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from core.calling import moments
from core.desk.attendance import close_desk
from core.desk.desk import Desk
from core.desk.folder import folder_of as folder_of
from core.desk.server_word import ServerWord
from core.domain.clock import Clock, steady_s, utc_now
from core.domain.errors import ServerUnreachable, ServerUntrusted, StoreError
from core.domain.people import Right
from core.store.types import KeyKind, KeyringState

if TYPE_CHECKING:
    from core.domain.disposition import Dispositions
    from core.store import Store
    from core.store.types import Applied
    from core.sync.ask import Ask
    from core.sync.authority import AuthorityLine
    from core.sync.browser import Browser
    from core.sync.review import ReviewLine
    from core.sync.session import Remembered
    from core.sync.status import RequestNews, SyncStatus
    from core.sync.syncer import Syncer
    from core.sync.transport import Transport
    from core.sync.trust import Trust
    from core.wire.session import Session

    Listener = Callable[[SyncStatus | Applied | RequestNews], None]

_log = logging.getLogger(__name__)
_NOTHING_SAID = ServerWord()


@dataclass
class Entered:
    """An open desk. `leave` closes it; nothing is lost, what waits is uploaded at the next sign-in."""

    store: "Store"
    desk: Desk
    syncer: "Syncer"
    ask: "Ask"
    authority: "AuthorityLine"
    review: "ReviewLine"
    clock: "ServerClock"
    offline: bool
    """signed in to what is on this machine"""
    by_organisation: bool | None = None
    """whether the server lets people in by accounts of their organisation; None where it was not asked"""

    def sign_out(self) -> None:
        """Ends the session here and closes the desk; `ask.end_session` tells the server, on a worker."""
        from core.sync.sign_in import sign_out

        self._hang_up()
        sign_out(self.store)
        self.store.close()

    def leave(self) -> None:
        self._hang_up()
        self.store.close()

    def _hang_up(self) -> None:
        self.authority.stop()
        self.review.stop()
        self.syncer.stop()
        try:
            close_desk(self.desk)
        except StoreError as error:
            _log.warning("that the desk was closed is not on record: %s", type(error).__name__)


def needs_passphrase(folder: Path) -> bool:
    """Whether the key comes from a passphrase: there is no keyring, or the store was made without one."""
    from core.store import key_kind, keyring_state

    kind = key_kind(folder)
    return kind is KeyKind.PASSPHRASE or (kind is None and keyring_state() is KeyringState.NONE)


def has_store(folder: Path) -> bool:
    from core.store import key_kind

    return key_kind(folder) is not None


def _device() -> str:
    """What this machine is called: an administrator who ends a session sees where it goes on."""
    import platform

    return platform.node()


@dataclass(frozen=True, repr=False)
class Accepted:
    """What the server took for a proof of who one is, before there is a store to keep anything in."""

    transport: "Transport"
    session: "Session"


def accepted(server: str, staff_number: str, proof: "str | Browser", *, word: ServerWord = _NOTHING_SAID) -> Accepted:
    """Asks the server alone and writes nothing. Raises SignInRefused, ServerForeign, ServerUnreachable."""
    from core.sync.sign_in import ask_server
    from core.sync.transport import Transport
    from core.sync.trust import Trust

    transport = Transport(server, trust=Trust(file=word.certificates, code=word.code))
    try:
        return Accepted(transport, ask_server(transport, staff_number, proof, device=_device()))
    except BaseException:
        transport.close()
        raise


def sign_in(
    folder: Path,
    server: str,
    staff_number: str,
    proof: "str | Browser",
    *,
    passphrase: str,
    listener: "Listener",
    accepted: Accepted | None = None,
    word: ServerWord = _NOTHING_SAID,
) -> Entered:
    """Sign in with the server, or offline where it cannot be reached and this machine knows the agent.

    `proof` is a password, or the browser in which the organisation's provider is asked; without a password one goes on
    offline where the passphrase of the store has been given.
    `accepted`: the server has been asked already; for a folder without a store. Where the server is not to be trusted,
    ServerUntrusted is raised first, and one goes on offline once `word` says so.
    Raises StoreLocked, StoreForeign, StoreDisk, StoreInUse, SignInRefused, ServerForeign, ServerUnreachable.
    """
    from core.store import discard
    from core.sync.session import remembered
    from core.sync.sign_in import keep_session, keeps_work, sign_in_online
    from core.sync.transport import Transport

    store = _open(folder, passphrase)
    never_used = False
    try:
        transport = accepted.transport if accepted else Transport(server, trust=_trust(store, word))
        offline, known = False, remembered(store) is not None
        never_used = not known and not keeps_work(store)
        try:
            if accepted is None:
                kept = sign_in_online(store, transport, staff_number, proof, device=_device())
            else:
                kept = keep_session(store, transport, accepted.session, proof)
        except (ServerUnreachable, ServerUntrusted) as error:
            if not known or (isinstance(error, ServerUntrusted) and not word.offline):
                raise
            kept, offline = _offline(store, folder, staff_number, proof), True
        return _enter(store, transport, kept, listener, offline=offline)
    except BaseException:
        store.close()
        if never_used:
            # A mistyped number must not leave a folder and a key behind, and another passphrase may be chosen.
            try:
                discard(folder)
            except StoreError as error:
                _log.warning("an unused store stays: %s", type(error).__name__)
        raise


def _offline(store: "Store", folder: Path, staff_number: str, proof: "str | Browser") -> "Remembered":
    from core.store import key_kind
    from core.sync import sign_in as signing

    if isinstance(proof, str):
        return signing.sign_in_offline(store, staff_number, proof)
    if key_kind(folder) is not KeyKind.PASSPHRASE:
        raise signing.needs_password_offline()
    return signing.go_on_offline(store, staff_number)


def offers_organisation(server: str, *, word: ServerWord = _NOTHING_SAID) -> bool:
    """Whether one may sign in there by an account of the organisation. Raises ServerForeign, ServerUnreachable."""
    from core.sync.transport import Transport
    from core.sync.trust import Trust

    transport = Transport(server, trust=Trust(file=word.certificates))
    try:
        return transport.hello().organisation
    finally:
        transport.close()


def resume(folder: Path, server: str, *, listener: "Listener", word: ServerWord = _NOTHING_SAID) -> Entered | None:
    """Go on with the session of the last run, without the network; None where one has to sign in."""
    from core.store import key_kind
    from core.sync import sign_in as signing
    from core.sync.transport import Transport

    if key_kind(folder) is not KeyKind.KEYRING:
        return None
    store = _open(folder, "")
    try:
        kept = signing.resume(store)
        if kept is None:
            store.close()
            return None
        return _enter(store, Transport(server, trust=_trust(store, word)), kept, listener, offline=False)
    except BaseException:
        store.close()
        raise


def _trust(store: "Store", word: ServerWord) -> "Trust":
    from core.sync.session import remembered
    from core.sync.trust import of_store

    kept = remembered(store)
    return of_store(store, file=word.certificates, code=word.code, announced=kept.site.server_keys if kept else ())


def _open(folder: Path, passphrase: str) -> "Store":
    from core.store import keyring_key, open_store, passphrase_key

    key = passphrase_key(folder, passphrase) if needs_passphrase(folder) else keyring_key(folder)
    return open_store(folder, key, shipped=_shipped)


def _shipped(scenario: str) -> "Dispositions | None":
    """Where the server has published none; reading YAML is not worth its time before."""
    from core.content.shipped import dispositions

    return dispositions().get(scenario)


def _enter(
    store: "Store", transport: "Transport", kept: "Remembered", listener: "Listener", *, offline: bool
) -> Entered:
    from core.sync.ask import Ask
    from core.sync.authority import AuthorityLine
    from core.sync.review import ReviewLine
    from core.sync.status import SyncState, SyncStatus
    from core.sync.syncer import Syncer

    clock = ServerClock(store)

    def told(news: "SyncStatus | Applied") -> None:
        clock.heard()
        if isinstance(news, SyncStatus) and news.state is SyncState.ONLINE:
            authority.server_is_there()
            review.server_is_there()
        if isinstance(news, SyncStatus):
            desk.heard(news)
        elif news.site is not None:
            desk.site = news.site
        listener(news)

    if Right.PORTFOLIO in kept.agent.rights:
        store.keep_portfolio_of(kept.agent.staff_number)
    desk = Desk(store=store, agent=kept.agent, site=kept.site, moment=moments(clock))
    authority = AuthorityLine(store, transport, kept.agent, listener)
    review = ReviewLine(store, transport, kept.agent)
    syncer = Syncer(store, transport, told)
    return Entered(
        store=store,
        desk=desk,
        syncer=syncer,
        ask=Ask(store, transport),
        authority=authority,
        review=review,
        clock=clock,
        offline=offline,
        by_organisation=transport.by_organisation,
    )


class ServerClock:
    """The server's time as it was last heard: the local clock is shown, not trusted.

    Between two times that the server is heard it goes by a clock that nobody can set. `heard` takes over what the sync
    has learnt; it is called on the sync's thread, so that nothing else has to read it.
    """

    def __init__(self, store: "Store", *, wall: Clock = utc_now, steady_s: Callable[[], float] = steady_s) -> None:
        self._store, self._wall, self._steady_s = store, wall, steady_s
        self._apart_s = store.clock_offset_s()
        self._anchor = self._anchored()

    def heard(self) -> None:
        """A local clock that was set shows as another distance; the same distance says nothing new."""
        apart_s = self._store.clock_offset_s()
        if apart_s != self._apart_s:
            self._apart_s = apart_s
            self._anchor = self._anchored()

    def __call__(self) -> datetime:
        at, steady_s = self._anchor
        return at + timedelta(seconds=self._steady_s() - steady_s)

    @property
    def local_ahead(self) -> timedelta:
        """How far this machine's clock runs ahead of the server's; negative where it is behind."""
        return self._wall() - self()

    def _anchored(self) -> tuple[datetime, float]:
        return self._wall() + timedelta(seconds=self._apart_s), self._steady_s()

"""Who is signed in on this machine: kept in the store, so that a restart goes straight to the queue."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec import Struct

from core.domain import decoding
from core.domain.clock import Clock
from core.domain.people import Agent
from core.store.store import Store
from core.sync.refusals import TokenRefused, signed_out
from core.sync.transport import Transport
from core.sync.trust import keep
from core.wire.session import Session, Site

_KEY = "session"
_SITE = "site"
"""apart from the tokens: what a pull tells of it must not write over those that were renewed meanwhile"""
_REFUSED = "session_refused"
DISABLED = "disabled"
"""the server's code for an account that was stopped"""
SEEN = "seen_at"
"""the latest time that this machine's clock has shown since the server was met"""
_T = TypeVar("_T")


class Remembered(Struct, frozen=True, kw_only=True):
    """The last session with the server."""

    agent: Agent
    site: Site
    access_token: str = ""
    refresh_token: str = ""
    """empty: signed out, or signed in offline after that"""
    told_at: datetime
    """server time at the last sign-in or refresh; offline limits count from the last contact, see sign_in"""

    def __repr__(self) -> str:
        return f"Remembered({self.agent.staff_number})"

    __str__ = __repr__


def remembered(store: Store) -> Remembered | None:
    """The session that this store keeps; None where nobody has signed in, or another program wrote it."""
    value = store.setting(_KEY)
    if not value:
        return None
    try:
        kept = decoding.decode(value, Remembered)
        told = store.setting(_SITE)
        return msgspec.structs.replace(kept, site=decoding.decode(told, Site)) if told else kept
    except msgspec.DecodeError:
        return None


def keep_site(store: Store, site: Site) -> None:
    """How the centre may call, as the server tells it now."""
    store.put_setting(_SITE, msgspec.json.encode(site).decode())


def remember(store: Store, session: Session, now: datetime) -> Remembered:
    kept = Remembered(
        agent=session.agent,
        site=session.site,
        access_token=session.access_token,
        refresh_token=session.refresh_token,
        told_at=session.server_time,
    )
    store.put_setting(_KEY, msgspec.json.encode(kept).decode())
    keep_site(store, session.site)
    store.put_setting(_REFUSED, "")
    # Meeting the server rights a clock that ran ahead once.
    store.put_setting(SEEN, min(session.server_time, now).isoformat())
    store.note_server_time(session.server_time, now)
    return kept


def know_server(store: Store, transport: Transport, site: Site) -> None:
    """A server that has just shown that it knows this agent: the key of its certificate, and those to come."""
    keep(store, transport.trust)
    transport.trust.announce(site.server_keys)


def note_refused(store: Store, code: str) -> None:
    """The server ended the session for that reason; the next sign-in with it takes this back."""
    store.put_setting(_REFUSED, code)
    forget_tokens(store)


def refused_for(store: Store) -> str:
    """Why the server ended the last session; empty where it did not."""
    return store.setting(_REFUSED) or ""


def forget_tokens(store: Store) -> None:
    """Signed out: work goes on locally, nothing is uploaded until the next sign-in."""
    kept = remembered(store)
    if kept is not None:
        bare = msgspec.structs.replace(kept, access_token="", refresh_token="")
        store.put_setting(_KEY, msgspec.json.encode(bare).decode())


class Credentials:
    """Gives each request a good token: renews it when it was refused, once for all who share the transport."""

    def __init__(self, store: Store, transport: Transport, clock: Clock) -> None:
        self._store, self._transport, self._clock = store, transport, clock

    def load(self) -> bool:
        """Takes the token from the store; False where signed out."""
        kept = remembered(self._store)
        self._transport.access_token = kept.access_token if kept else ""
        return bool(kept and kept.refresh_token)

    def call(self, ask: Callable[[], _T]) -> _T:
        """`ask` with a token; raises TokenRefused where signing in again is needed."""
        used = self._transport.access_token
        try:
            return ask()
        except TokenRefused:
            self._renew(used)
            return ask()

    def _renew(self, refused_token: str) -> None:
        with self._transport.renewing:
            if self._transport.access_token != refused_token:
                return
            token = self._refresh_token()
            session = self._transport.refresh(token)
            if self._refresh_token() != token:
                # Somebody signed out while the answer was on its way: it must not sign them in again.
                raise signed_out()
            remember(self._store, session, self._clock())
            know_server(self._store, self._transport, session.site)
            self._transport.access_token = session.access_token

    def _refresh_token(self) -> str:
        kept = remembered(self._store)
        return kept.refresh_token if kept else ""

"""Signing in, with the server or with what is on the machine."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.domain.clock import Clock, utc_now
from core.domain.errors import Refused, ServerForeign, ServerUnreachable, SignInRefused
from core.domain.text import Text
from core.store.store import Store
from core.sync.session import (
    DISABLED,
    SEEN,
    Remembered,
    forget_tokens,
    know_server,
    refused_for,
    remember,
    remembered,
)
from core.sync.transport import Transport
from core.wire.session import Session, SignIn

if TYPE_CHECKING:
    from core.sync.browser import Browser

_PASSWORD = "offline_password"
_FAILURES = "offline_failures"
_log = logging.getLogger(__name__)
MOST_FAILURES = 10
"""wrong passwords in a row before only the server may be asked"""


def sign_in_online(
    store: Store,
    transport: Transport,
    staff_number: str,
    proof: "str | Browser",
    *,
    device: str = "",
    clock: Clock = utc_now,
) -> Remembered:
    """Signs in with the server and keeps what offline work needs; `proof` is a password, or a browser to prove it in.

    Raises SignInRefused also where another agent's records on this machine still wait to be uploaded; ServerForeign,
    ServerUnreachable, StoreError.
    """
    before = remembered(store)
    other = before is not None and before.agent.staff_number != staff_number
    if before is not None and other and keeps_work(store):
        raise _others_work(before.agent.name)
    session = ask_server(transport, staff_number, proof, device=device)
    if other:
        store.hand_over()
    return keep_session(store, transport, session, proof, clock=clock)


def ask_server(transport: Transport, staff_number: str, proof: "str | Browser", *, device: str = "") -> Session:
    """A session for that proof; nothing is kept here. Raises SignInRefused, ServerForeign, ServerUnreachable."""
    if isinstance(proof, str):
        transport.hello()
        return transport.sign_in(SignIn(staff_number=staff_number, password=proof, device=device))
    from core.sync.organisation import ask_by_browser

    session = ask_by_browser(transport, proof, device=device)
    if session.agent.staff_number != staff_number:
        transport.access_token = session.access_token
        end_session(transport)
        raise _another(session.agent.staff_number, staff_number)
    return session


def keep_session(
    store: Store, transport: Transport, session: Session, proof: "str | Browser", *, clock: Clock = utc_now
) -> Remembered:
    """Goes on with a session that the server gave for that proof, and keeps what offline work needs."""
    kept = remember(store, session, clock())
    know_server(store, transport, session.site)
    if isinstance(proof, str):
        # A start that goes on with yesterday's session asks for no password.
        from argon2 import PasswordHasher

        store.put_setting(_PASSWORD, PasswordHasher().hash(proof))
        store.put_setting(_FAILURES, "0")
    transport.access_token = session.access_token
    return kept


def go_on_offline(store: Store, staff_number: str, *, clock: Clock = utc_now) -> Remembered:
    """Goes on with what is on this machine, for who has just opened the store with its passphrase and has no password.

    Raises SignInRefused: not known here, stopped by the server, or too long without the server.
    """
    kept = remembered(store)
    if kept is None or kept.agent.staff_number != staff_number:
        raise _not_known_here()
    _check_stopped(store)
    _check_limit(store, kept, clock())
    return kept


def sign_in_offline(store: Store, staff_number: str, password: str, *, clock: Clock = utc_now) -> Remembered:
    """Signs in to what is on this machine, with the last password that the server accepted.

    Raises SignInRefused: not known here, stopped by the server, wrong password, or too long without the server.
    """
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    kept = remembered(store)
    hashed = store.setting(_PASSWORD)
    if kept is None or kept.agent.staff_number != staff_number or not hashed:
        raise _not_known_here()
    _check_stopped(store)
    _check_failures(store)
    try:
        PasswordHasher().verify(hashed, password)
    except (VerificationError, InvalidHashError) as error:
        store.put_setting(_FAILURES, str(_failures(store) + 1))
        raise _refused(
            Text("工号或密码不对。", "The staff number or the password is wrong."),
            Text("请重新输入；离线时用上次联网登录的密码。", "Enter it again; offline it is that of the last sign-in."),
        ) from error
    _check_limit(store, kept, clock())
    store.put_setting(_FAILURES, "0")
    return kept


def resume(store: Store, *, clock: Clock = utc_now) -> Remembered | None:
    """The session that a restart goes on with, without asking; None where one has to sign in."""
    kept = remembered(store)
    if kept is None or not kept.refresh_token or offline_left(store, kept, clock()) <= timedelta(0):
        return None
    return kept


def sign_out(store: Store, transport: Transport | None = None) -> None:
    """Ends the session here; with the server too where it can be reached, else it runs out there by itself."""
    forget_tokens(store)
    if transport is not None:
        end_session(transport)


def end_session(transport: Transport) -> None:
    """Ends the session with the server, where it can be reached; for a worker, as it may take the deadline."""
    if not transport.access_token:
        return
    try:
        transport.sign_out()
    except (ServerUnreachable, ServerForeign, Refused) as error:
        _log.info("signed out here alone: %s", type(error).__name__)
    finally:
        transport.access_token = ""
        transport.close()


def offline_left(store: Store, kept: Remembered, now: datetime) -> timedelta:
    """How long one may still work without the server.

    Counted from the last contact to the later of the local clock and every time seen before, so that a clock set back
    wins nothing.
    """
    _see(store, now)
    contact = max(kept.told_at, store.server_time() or kept.told_at)
    seen = store.setting(SEEN)
    latest = max(now, contact, datetime.fromisoformat(seen) if seen else now)
    return timedelta(hours=kept.site.offline_limit_h) - (latest - contact)


def _check_limit(store: Store, kept: Remembered, now: datetime) -> None:
    if offline_left(store, kept, now) <= timedelta(0):
        hours = kept.site.offline_limit_h
        raise _refused(
            Text(
                f"离线已超过 {hours} 小时。已保存的记录都在。",
                f"Offline for over {hours} hours. All saved records are here.",
            ),
            Text("请联网后登录。", "Sign in with the network up."),
        )


def _check_failures(store: Store) -> None:
    if _failures(store) >= MOST_FAILURES:
        raise _refused(
            Text("密码输错次数过多，离线登录已停用。", "Too many wrong passwords; signing in offline is off."),
            Text("请联网后登录。", "Sign in with the network up."),
        )


def _failures(store: Store) -> int:
    return int(store.setting(_FAILURES) or 0)


def _see(store: Store, now: datetime) -> None:
    seen = store.setting(SEEN)
    if not seen or now > datetime.fromisoformat(seen) + timedelta(minutes=1):
        store.put_setting(SEEN, now.isoformat())


def keeps_work(store: Store) -> bool:
    """Whether anything waits here to be uploaded or finished."""
    return store.outbox_state().waiting > 0 or bool(store.drafts())


def _not_known_here() -> SignInRefused:
    return _refused(
        Text("这台电脑上没有该工号的数据。", "This staff number has no data on this computer."),
        Text("请联网后登录。", "Sign in with the network up."),
    )


def needs_password_offline() -> SignInRefused:
    """The provider cannot be asked, and nothing else here shows who sits at a machine with a keyring."""
    return _refused(
        Text(
            "连不上服务器，单位账号要联网登录。已保存的记录都在。",
            "The server cannot be reached, and your organisation's account needs it. All saved records are here.",
        ),
        Text(
            "请联网后再试；在本机用密码登录过的，可用工号和密码离线登录。",
            "Try again with the network up; if you have signed in here by password, that password works offline.",
        ),
    )


def _check_stopped(store: Store) -> None:
    if refused_for(store) == DISABLED:
        raise _refused(
            Text("账号已停用。已保存的记录都在。", "The account was stopped. All saved records are here."),
            Text("恢复后请联网登录。", "Once it is back, sign in with the network up."),
        )


def _another(theirs: str, typed: str) -> SignInRefused:
    return _refused(
        Text(
            f"您的单位账号关联的是工号 {theirs}，这里填的是 {typed}。",
            f"Your organisation's account stands for staff number {theirs}; {typed} was entered.",
        ),
        Text("请改填自己的工号，再登录一次。", "Enter your own staff number and sign in once more."),
    )


def _others_work(name: str) -> SignInRefused:
    return _refused(
        Text(
            f"这台电脑上还有{name}未上传或未完成的记录。",
            f"This computer still has records of {name} to upload or finish.",
        ),
        Text(f"请{name}先登录并上传，再换人使用。", f"Let {name} sign in and upload them first."),
    )


def _refused(message: Text, next_step: Text) -> SignInRefused:
    return SignInRefused(title=Text("不能登录", "Cannot sign in"), message=message, next_step=next_step)

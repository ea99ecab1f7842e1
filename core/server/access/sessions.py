"""Signing in, staying signed in, signing out.

A refresh token is used up by its use. A reply may be lost on the way, so a used token is taken again while nobody has
used its successor; once both ends hold a successor, the old token is a stolen one and ends the session.
"""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update

from core.domain.errors import Refused
from core.domain.people import Agent
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.access.passwords import matches
from core.server.access.throttle import Throttle
from core.server.access.tokens import LIFETIME, BadToken, Claims, Signer
from core.server.db import audit, people, settings
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import refresh_token, session
from core.server.db.sessions import holder
from core.wire.session import Session, SignIn

REFRESH_LIFETIME = timedelta(days=14)


class Unauthenticated(Refused):
    """No valid session: sign in again."""


class Throttled(Refused):
    """Too many failures; `retry_after_s` says when to try again."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(
            code="throttled",
            title=Text("登录过于频繁", "Too many attempts"),
            message=Text("多次登录失败，已暂停登录。", "Several failed attempts; sign-in is paused."),
            next_step=Text(f"请在 {retry_after_s} 秒后再试。", f"Try again in {retry_after_s} seconds."),
        )


def _counted_as(staff_number: str, account: people.Account | None) -> str:
    """What failures are counted for: a password that an administrator sets begins a new count."""
    return f"{staff_number}/{_digest(account.password_hash).hex()[:16]}" if account else staff_number


class Sessions:
    """The sessions of one tenant."""

    def __init__(self, database: Database, signer: Signer, throttle: Throttle) -> None:
        self._database, self._signer, self._throttle = database, signer, throttle

    def sign_in(self, request: SignIn, *, address: str) -> Session:
        """A new session; raises Unauthenticated or Throttled. Every try is recorded."""
        with self._database.read() as unit:
            account = people.get(unit, request.staff_number)
        counted = _counted_as(request.staff_number, account)
        with self._throttle.trying(counted, address) as wait:
            if wait:
                raise Throttled(wait)
            if not matches(account.password_hash if account else None, request.password) or account is None:
                self.refuse(request.staff_number if account else "", counted, address, "wrong_password")
                raise _wrong_password()
            if account.disabled:
                self.refuse(request.staff_number, counted, address, "disabled")
                raise account_disabled()
            self._throttle.succeeded(counted)
        return self.begin(account.agent, request.device)

    def begin(self, agent: Agent, device: str, **how: str) -> Session:
        """A session for who has shown who they are and is not disabled; on record, with `how` they did."""
        session_id = secrets.token_hex(16)
        with self._database.write() as unit:
            unit.conn.execute(
                session.insert().values(
                    tenant_id=unit.tenant,
                    id=session_id,
                    staff_number=agent.staff_number,
                    device=device[:200],
                    started_at=unit.now,
                )
            )
            audit.write(unit, writer=agent.staff_number, action=Action.SIGN_IN, object_=session_id, **how)
            return self._issue(unit, agent, session_id, parent=None)

    def refuse(self, who: str, counted: str, address: str, why: str, **how: str) -> None:
        """A try that failed: counted, and on record under who it was said to be; empty where there is nobody such, as
        a password may stand in the wrong field."""
        with self._database.write() as unit:
            self._throttle.failed(unit, counted, address)
            # One chain for all of them: an attacker's guesses must not make writers.
            audit.write(unit, writer="sign-in", action=Action.SIGN_IN_REFUSED, object_=who[:40], why=why, **how)

    def refresh(self, token: str) -> Session:
        """New tokens for a refresh token, which is used up; raises Unauthenticated."""
        digest = _digest(token)
        with self._database.write() as unit:
            row = unit.conn.execute(
                select(refresh_token, session.c.staff_number, session.c.ended_at)
                .join(
                    session,
                    (session.c.tenant_id == refresh_token.c.tenant_id) & (session.c.id == refresh_token.c.session_id),
                )
                .where(refresh_token.c.tenant_id == unit.tenant, refresh_token.c.digest == digest)
                .with_for_update(of=refresh_token)
            ).one_or_none()
            account = None if row is None else people.get(unit, row.staff_number)
            if row is None or account is None:
                raise _signed_out()
            # First: being stopped ends the sessions too, and a desk that is told so wipes what it holds.
            if account.disabled:
                raise account_disabled()
            if row.ended_at is not None or row.expires_at <= unit.now:
                raise _signed_out()
            stolen = row.revoked or (row.used_at is not None and self._successor_used(unit, digest))
            if stolen:
                self._end(unit, row.session_id)
                audit.write(unit, writer=row.staff_number, action=Action.SESSION_STOLEN, object_=row.session_id)
            else:
                self._use(unit, digest)
                return self._issue(unit, account.agent, row.session_id, parent=digest)
        raise _signed_out()

    def _successor_used(self, unit: Unit, digest: bytes) -> bool:
        statement = select(refresh_token.c.used_at).where(
            refresh_token.c.tenant_id == unit.tenant, refresh_token.c.parent == digest
        )
        return any(used is not None for used in unit.conn.execute(statement).scalars())

    def _use(self, unit: Unit, digest: bytes) -> None:
        """Mark the token used, revoke a successor whose reply was lost, and forget what has expired."""
        own = refresh_token.c.tenant_id == unit.tenant
        unit.conn.execute(update(refresh_token).where(own, refresh_token.c.parent == digest).values(revoked=True))
        unit.conn.execute(update(refresh_token).where(own, refresh_token.c.digest == digest).values(used_at=unit.now))
        unit.conn.execute(delete(refresh_token).where(own, refresh_token.c.expires_at < unit.now))

    def _issue(self, unit: Unit, agent: Agent, session_id: str, *, parent: bytes | None) -> Session:
        token = secrets.token_urlsafe(32)
        unit.conn.execute(
            refresh_token.insert().values(
                tenant_id=unit.tenant,
                digest=_digest(token),
                session_id=session_id,
                parent=parent,
                issued_at=unit.now,
                expires_at=unit.now + REFRESH_LIFETIME,
                revoked=False,
            )
        )
        return Session(
            access_token=self._signer.issue(Claims(agent.staff_number, session_id, unit.tenant), unit.now),
            access_expires_in_s=int(LIFETIME.total_seconds()),
            refresh_token=token,
            agent=agent,
            site=settings.site(unit),
            server_time=unit.now,
        )

    def authenticate(self, token: str) -> Caller:
        """Who holds the access token, as they are now: disabled or signed out since is Unauthenticated."""
        try:
            claims = self._signer.read(token, self._database.clock())
        except BadToken as error:
            raise _signed_out() from error
        with self._database.read() as unit:
            account, goes_on = holder(unit, claims.session_id, claims.staff_number)
        if account is not None and account.disabled:
            raise account_disabled()
        if claims.tenant != self._database.tenant or account is None or not goes_on:
            raise _signed_out()
        return Caller(account.agent, claims.session_id)

    def sign_out(self, caller: Caller) -> None:
        with self._database.write() as unit:
            self._end(unit, caller.session_id)
            audit.write(unit, writer=caller.staff_number, action=Action.SIGN_OUT, object_=caller.session_id)

    def _end(self, unit: Unit, session_id: str) -> None:
        unit.conn.execute(
            update(session)
            .where(session.c.tenant_id == unit.tenant, session.c.id == session_id, session.c.ended_at.is_(None))
            .values(ended_at=unit.now)
        )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _wrong_password() -> Unauthenticated:
    return Unauthenticated(
        code="wrong_password",
        title=Text("工号或密码不对", "Wrong staff number or password"),
        message=Text("服务器不认识这个组合。", "The server does not know this pair."),
        next_step=Text(
            "请检查后重试；忘记密码请找管理员重置。", "Check both; an administrator can set a new password."
        ),
    )


def account_disabled() -> Unauthenticated:
    return Unauthenticated(
        code="disabled",
        title=Text("账号已停用", "Account is disabled"),
        message=Text("管理员停用了这个工号。", "An administrator disabled this staff number."),
        next_step=Text("如有疑问请联系班长。", "Ask your team lead."),
    )


def _signed_out() -> Unauthenticated:
    return Unauthenticated(
        code="signed_out",
        title=Text("登录已失效", "Signed out"),
        message=Text("登录已过期或已退出。", "The session has expired or was ended."),
        next_step=Text("请重新登录；已保存的记录都在。", "Sign in again; everything saved is still there."),
    )

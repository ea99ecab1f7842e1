"""Signing in and staying so."""

from datetime import datetime

from msgspec import Struct

from core.domain.people import Agent


class SignIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """POST /v1/session."""

    staff_number: str
    password: str
    device: str = ""


class Refresh(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """POST /v1/session/refresh; the token is used up by it."""

    refresh_token: str


class Session(Struct, frozen=True, kw_only=True):
    access_token: str
    access_expires_in_s: int
    refresh_token: str
    agent: Agent
    site: "Site"
    server_time: datetime


class Site(Struct, frozen=True, kw_only=True):
    """What the centre is called and how it may call."""

    name_zh: str
    name_en: str
    official_hotline: str
    call_is_free_line: bool = False
    """SCRIPT-07: the line "this call is free" is switched on"""
    call_from: str = "09:00"
    call_until: str = "20:00"
    cap_24h: int = 3
    cap_30d: int = 10
    offline_limit_h: int = 72
    calendar: str = "cn"
    """rest days and do-not-disturb moments: a file of `resources/calendars/` (TASK-16)"""
    orders_told_days: int = 90
    """how long a desk is told of an order after it has ended"""
    complaint_rest_d: int = 7
    """so long after a complaint was closed the customer is called about nothing else; 0: no rest at all"""
    reply_within_h: int = 72
    """hours within which a customer who was asked to confirm an order replies; after them it has lapsed"""
    opened_24h: int = 200
    """customers whom one person may open without a task within 24 hours; those of the own desk do not count"""
    caller_number: str = ""
    """the operator's official number, as customers see it when they are called (INTEG-06); empty: whatever the exchange
    shows"""
    server_keys: tuple[str, ...] = ()
    """keys that the server's certificate will have, announced before it changes: names of `core.wire.server_key`"""
    reads: tuple[str, ...] = ()
    """which of `core.wire.push.LATER_KINDS` this server takes; the others wait on the desk for one that does"""


class Hello(Struct, frozen=True, kw_only=True):
    """GET /v1/hello, without a token: lets a client know that this is a Stayline server."""

    product: str
    version: str
    api: str
    server_time: datetime
    organisation: bool = False
    """one may sign in by an account of the organisation: `core.wire.organisation`"""


class Problem(Struct, frozen=True, kw_only=True):
    """The body of every answer that is not 2xx."""

    code: str
    title_zh: str
    title_en: str
    detail_zh: str = ""
    detail_en: str = ""
    next_zh: str = ""
    next_en: str = ""
    retry_after_s: int | None = None

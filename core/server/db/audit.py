"""The audit: one hash chain per writer, over digests, so that payloads can be purged and the chain still holds.

The head of each chain is kept apart with its length: an entry cut off at the end is noticed as well. Where each chain
ended is sealed into a chain of its own: one that is gone with its head is missed there.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import LargeBinary, bindparam, func, literal, or_, select, update

from core.domain.data_periods import LEAST_DAYS, Kept
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import audit, audit_head, audit_seal
from core.server.db.upsert import upsert

REGISTER: Final = "audit:register"
"""the writer of the chain that holds where the others ended: `core.server.db.sealing`"""
Value = str | int | bool | tuple[str, ...]
_START = b"\0" * 32
_SEALED_DIGITS = 32
_LEAST = timedelta(days=LEAST_DAYS[Kept.AUDIT])
_encode = msgspec.json.Encoder(order="sorted").encode


class Action(StrEnum):
    SIGN_IN = "sign_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_OUT = "sign_out"
    SESSION_STOLEN = "session_stolen"
    SESSIONS_ENDED = "sessions_ended"
    """by an administrator"""
    USER_ADDED = "user_added"
    USER_CHANGED = "user_changed"
    USER_DISABLED = "user_disabled"
    USER_ENABLED = "user_enabled"
    PASSWORD_SET = "password_set"
    USER_LINKED = "user_linked"
    """to an account of the organisation"""
    USER_UNLINKED = "user_unlinked"
    ORGANISATION_SET = "organisation_set"
    ORGANISATION_OFF = "organisation_off"
    DIAL_FORBIDDEN = "dial_forbidden"
    """a desk told of a dial that the calling rules were against at that moment: it happened all the same"""
    REVEAL = "reveal"
    CUSTOMER_OPENED = "customer_opened"
    CUSTOMER_NOT_OPENED = "customer_not_opened"
    """on another team's desk, or beyond the bound of a day"""
    CUSTOMER_SEARCHED = "customer_searched"
    QUIET_CHANGED = "quiet_changed"
    """hours in which the customer wants no calls"""
    DESK_SEEN = "desk_seen"
    """by a lead: who was to be called from it, and why"""
    CORRECTION = "correction"
    SUPERSEDED = "superseded"
    CONFLICT = "conflict"
    KEPT_ASIDE = "kept_aside"
    """an outcome that breaks a rule of its content"""
    REPAIRED = "repaired"
    OPT_OUT = "opt_out"
    OPT_OUT_RELEASED = "opt_out_released"
    DISPATCH = "dispatch"
    TASK_CLAIMED = "task_claimed"
    """by an agent who asked for the next"""
    IMPORT_BEGUN = "import_begun"
    IMPORT = "import"
    EXPORT = "export"
    BACKUP = "backup"
    RESTORE = "restore"
    PURGED = "purged"
    """what had been kept for long enough"""
    ERASED = "erased"
    """a customer who asked for it"""
    CONTENT_PUBLISHED = "content_published"
    SITE_SET = "site_set"
    CERTIFICATE_ANNOUNCED = "certificate_announced"
    TIP_APPROVED = "tip_approved"
    TIP_REFUSED = "tip_refused"
    TIP_RETURNED = "tip_returned"
    TIP_WITHDRAWN = "tip_withdrawn"
    TIP_REWORDED = "tip_reworded"
    BUDGET_OVERDRAWN = "budget_overdrawn"
    """by what all desks gave, though each may have kept within what it knew"""
    ORDER_MOVED = "order_moved"
    CARE_STARTED = "care_started"
    BRANCH_ASKED = "branch_asked"
    BRANCH_ANSWERED = "branch_answered"
    AUTHORITY_ASKED = "authority_asked"
    AUTHORITY_ANSWERED = "authority_answered"
    AUTHORITY_WITHDRAWN = "authority_withdrawn"
    AUTHORITY_EXPIRED = "authority_expired"
    AUTHORITY_MISUSED = "authority_misused"
    OFFER_NOT_GIVEN = "offer_not_given"
    """accepted by somebody else than the verified owner"""
    CASE_OPENED = "case_opened"
    CASE_CLOSED = "case_closed"
    CASES_HANDED_OVER = "cases_handed_over"
    DUTY_CHANGED = "duty_changed"
    TICKET_TAKEN = "ticket_taken"
    EVENT_TAKEN = "event_taken"
    TASK_SETTLED = "task_settled"
    """its reason is gone, as billing or CRM says (ID-11)"""
    LIST_CONFIRMED = "list_confirmed"
    """to be dispatched though agents found it poor"""
    BASE_READ = "base_read"
    DEPUTY_SET = "deputy_set"
    CARD_REDEEMED = "card_redeemed"
    TASK_MOVED = "task_moved"
    TASK_RECALLED = "task_recalled"
    AGENT_AWAY = "agent_away"
    TARGET_SET = "target_set"
    ON_NET = "on_net"
    PACKAGE_SNAPSHOT = "package_snapshot"
    CAUSE_NAMED = "cause_named"
    CALL_CLAIMED = "call_claimed"
    CALL_RELEASED = "call_released"
    CALL_SCORED = "call_scored"
    SCORE_SIGNED = "score_signed"
    SCORE_DISPUTED = "score_disputed"
    DISPUTE_DECIDED = "dispute_decided"
    COACHED = "coached"
    COACHING_LOOKED = "coaching_looked"
    SAVE_VERIFIED = "save_verified"
    ERRAND_ASKED = "errand_asked"
    ERRAND_MOVED = "errand_moved"
    ERRAND_CHANGED = "errand_changed"
    ERRAND_OVERDUE = "errand_overdue"
    COMMITMENT_MADE = "commitment_made"
    COMMITMENT_ENDED = "commitment_ended"
    CALLBACK_MOVED = "callback_moved"
    SLOT_BOOKED = "slot_booked"
    SLOT_CANCELLED = "slot_cancelled"
    LATER_BOUND = "later_bound"
    LATER_STRANGE = "later_strange"
    SNAPSHOT_TAKEN = "snapshot_taken"
    SNAPSHOT_DROPPED = "snapshot_dropped"
    SNAPSHOT_ERASED = "snapshot_erased"
    SNAPSHOT_ACCEPTED = "snapshot_accepted"
    SNAPSHOT_SCORED = "snapshot_scored"
    SOURCE_TOLD = "source_told"
    SCREENED = "screened"
    RULE_SAVED = "rule_saved"
    RULE_USED = "rule_used"
    MODEL_TRAINED = "model_trained"
    MODEL_PUBLISHED = "model_published"
    MODEL_ROLLED_BACK = "model_rolled_back"
    CAMPAIGN_DRAFTED = "campaign_drafted"
    CAMPAIGN_CHANGED = "campaign_changed"
    CAMPAIGN_MOVED = "campaign_moved"
    """started, paused, resumed, stopped, ended"""
    CAMPAIGN_DRAWN = "campaign_drawn"
    CAMPAIGN_DISPATCHED = "campaign_dispatched"
    CAMPAIGN_LIST_TAKEN = "campaign_list_taken"
    TASK_TYPE_SWITCHED = "task_type_switched"
    AUDIT_READ = "audit_read"
    """who saw a customer was asked"""
    CHAIN_SEALED = "chain_sealed"


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold."""

    writer: str
    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to put on record. The payload holds no number or name in clear: callers mask."""

    writer: str
    action: Action
    object_: str = ""
    payload: Mapping[str, Value] = field(default_factory=dict)


def write(unit: Unit, *, writer: str, action: Action, object_: str = "", **payload: Value) -> None:
    """Append to `writer`'s chain. The payload holds no number or name in clear: callers mask."""
    append(unit, hold(unit, [writer]), [Entry(writer, action, object_, payload)])


def hold(unit: Unit, writers: Collection[str]) -> dict[str, tuple[int, bytes]]:
    """Where these chains end, held for this transaction and in a lasting order. Who writes to several holds them before
    anything else: whoever works on a customer writes to one at last, and would wait for a chain that waits for them."""
    wanted = sorted(set(writers))
    found = {name: end for some in chunks(wanted) for name, end in _ends(unit, some)}
    new = [name for name in wanted if name not in found]
    if new:
        first = [{"tenant_id": unit.tenant, "writer": name, "seq": 0, "digest": _START} for name in new]
        upsert(unit, audit_head, first, keys=("tenant_id", "writer"), keep=("seq", "digest"))
        found |= {name: end for some in chunks(new) for name, end in _ends(unit, some)}
    return found


def _ends(unit: Unit, writers: Sequence[str]) -> list[tuple[str, tuple[int, bytes]]]:
    # One is what nearly all ask for, and a list costs more to put together.
    which = audit_head.c.writer == writers[0] if len(writers) == 1 else audit_head.c.writer.in_(writers)
    statement = select(audit_head).where(audit_head.c.tenant_id == unit.tenant, which).order_by(audit_head.c.writer)
    rows = unit.conn.execute(statement.with_for_update())
    return [(row.writer, (row.seq, bytes(row.digest))) for row in rows]


def append(unit: Unit, held: dict[str, tuple[int, bytes]], entries: Sequence[Entry]) -> None:
    """Append each entry to its writer's chain, in this order; `held` as `hold` gave it, and moved along."""
    rows = []
    for entry in entries:
        previous_seq, previous = held[entry.writer]
        body = _encode(entry.payload)
        body_digest = hashlib.sha256(body).digest()
        seq = previous_seq + 1
        digest = _link(previous, entry.writer, seq, unit.now, entry.action, entry.object_, body_digest)
        held[entry.writer] = seq, digest
        rows.append(
            {"tenant_id": unit.tenant, "writer": entry.writer, "seq": seq, "at": unit.now,
             "action": entry.action.value, "object": entry.object_, "payload": body, "payload_digest": body_digest,
             "digest": digest}
        )  # fmt: skip
    if not rows:
        return
    unit.conn.execute(audit.insert(), rows)
    head = update(audit_head).where(audit_head.c.tenant_id == unit.tenant, audit_head.c.writer == bindparam("whose"))
    ends = [
        {"whose": name, "end": held[name][0], "last": held[name][1]} for name in sorted({e.writer for e in entries})
    ]
    unit.conn.execute(head.values(seq=bindparam("end"), digest=bindparam("last")), ends)


def _link(
    previous: bytes, writer: str, seq: int, at: datetime, action: str, object_: str, payload_digest: bytes
) -> bytes:
    parts = (writer, str(seq), at.astimezone(UTC).isoformat(timespec="microseconds"), str(action), object_)
    return hashlib.sha256(previous + msgspec.json.encode(parts) + payload_digest).digest()


def count(unit: Unit) -> int:
    """How many entries there are, in all chains."""
    statement = select(func.count()).select_from(audit).where(audit.c.tenant_id == unit.tenant)
    return unit.conn.execute(statement).scalar_one()


def naming(unit: Unit, key: str) -> int:
    """How many entries are about it or hold it in what they say. Reads the whole audit."""
    needle = literal(msgspec.json.encode(key), LargeBinary)
    # What both call a place in bytes, counted from one.
    place = func.pg_catalog.position if unit.postgres else func.instr
    holds = or_(audit.c.object == key, place(audit.c.payload, needle) > 0)
    statement = select(func.count()).select_from(audit).where(audit.c.tenant_id == unit.tenant, holds)
    return unit.conn.execute(statement).scalar_one()


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where a chain ended when it was sealed."""

    seq: int
    digest: str
    """the beginning of it, in hex"""


def name_of_seal(writer: str, seq: int, digest: bytes) -> str:
    """What the register's entry is about. It stands there in full, as payloads are purged."""
    return f"{writer} {seq} {digest.hex()[:_SEALED_DIGITS]}"


def sealed(unit: Unit) -> dict[str, Sealed]:
    """The newest seal of each chain, by its writer, as the register has them."""
    seals = (audit.c.tenant_id == unit.tenant, audit.c.writer == REGISTER, audit.c.action == Action.CHAIN_SEALED.value)
    names = unit.conn.execute(select(audit.c.object).where(*seals).order_by(audit.c.seq)).scalars()
    parts = (name.rsplit(" ", 2) for name in names)
    return {one[0]: Sealed(int(one[1]), one[2]) for one in parts if len(one) == 3 and one[1].isdigit()}


def verify(unit: Unit) -> list[Break]:
    """Every place where a chain was cut, edited or reordered, or a payload emptied that no purge may have taken yet;
    empty where all hold."""
    heads = {
        row.writer: (row.seq, bytes(row.digest))
        for row in unit.conn.execute(select(audit_head).where(audit_head.c.tenant_id == unit.tenant))
    }
    seals = sealed(unit)
    breaks, unmet = _marks_amiss(unit, seals), dict(seals)
    last: dict[str, tuple[int, bytes]] = {}
    statement = select(audit).where(audit.c.tenant_id == unit.tenant).order_by(audit.c.writer, audit.c.seq)
    for row in unit.conn.execute(statement):
        seq, previous = last.get(row.writer, (0, _START))
        expected = _link(previous, row.writer, row.seq, row.at, row.action, row.object, bytes(row.payload_digest))
        if row.seq != seq + 1:
            breaks.append(Break(row.writer, row.seq, "an entry before it is missing"))
        elif expected != bytes(row.digest):
            breaks.append(Break(row.writer, row.seq, "edited"))
        elif row.payload is None and row.at > unit.now - _LEAST:
            breaks.append(Break(row.writer, row.seq, "payload gone before its time"))
        elif row.payload is not None and hashlib.sha256(row.payload).digest() != bytes(row.payload_digest):
            breaks.append(Break(row.writer, row.seq, "payload edited"))
        if row.writer in unmet and row.seq == unmet[row.writer].seq:
            if bytes(row.digest).hex()[:_SEALED_DIGITS] != unmet[row.writer].digest:
                breaks.append(Break(row.writer, row.seq, "not what was sealed"))
            del unmet[row.writer]
        last[row.writer] = (row.seq, bytes(row.digest))
    for writer in sorted(heads.keys() | last.keys()):
        if heads.get(writer, (0, _START)) != last.get(writer, (0, _START)):
            breaks.append(Break(writer, heads.get(writer, (0, _START))[0], "the end of the chain is not the head"))
    return breaks + [Break(writer, one.seq, "what was sealed is gone") for writer, one in unmet.items()]


def _marks_amiss(unit: Unit, seals: Mapping[str, Sealed]) -> list[Break]:
    """Where it is noted that a chain was sealed and the register does not say so, or the other way round."""
    statement = select(audit_seal.c.writer, audit_seal.c.seq).where(audit_seal.c.tenant_id == unit.tenant)
    marks = {row.writer: row.seq for row in unit.conn.execute(statement)}
    said = {writer: one.seq for writer, one in seals.items()}
    amiss = (writer for writer in sorted(marks.keys() | said.keys()) if marks.get(writer) != said.get(writer))
    return [Break(writer, marks.get(writer, 0), "sealed otherwise than the register says") for writer in amiss]

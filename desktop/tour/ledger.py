"""What the server's own database file holds, read beside the running server, without the server's help."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import Struct

from core.domain import decoding
from core.domain.follow_up import FollowUp
from core.domain.masking import mask_number
from core.domain.order_state import PlacedOrder
from core.domain.outcome import Outcome


class Held(Struct, frozen=True, kw_only=True):
    """One outcome as the server's database holds it, for tour.json; nothing of it identifies a person."""

    id: str
    corrects: str
    task_id: str
    customer_id: str
    agent: str
    scenario: str
    result: str
    contact: str
    success: bool
    reason: str
    intent: str
    case_result: str
    verification: str
    number: str
    """masked"""
    talk_time_s: int
    talk_time_source: str
    path: list[str]
    ticked: list[str]
    note: str
    order: str
    order_state: str
    """as the order's own row has it, with the day from which it holds and the CRM's reference"""
    offers: list[str]
    """what was offered beyond plans, what the customer said to it and what it costs us"""
    offer_orders: list[str]
    """the same of each accepted offer beyond plans that was ordered, with what it is"""
    follow_ups: list[str]
    copies: int
    """rows with this id: one"""
    superseded: bool
    corrected_by: str
    recorded_at: str
    received_at: str


class Ledger:
    def __init__(self, database: Path, agent: str) -> None:
        self._database, self._agent = database, agent
        self._before = self._ids()

    def fresh(self) -> list[Held]:
        """The agent's outcomes that came since the tour began, as they were received."""
        with self._open() as db:
            rows = db.execute(
                "SELECT id, body, superseded, corrected_by, received_at FROM outcome WHERE staff_number = ?"
                " ORDER BY received_at, recorded_at",
                (self._agent,),
            ).fetchall()
            return [_held(db, *row) for row in rows if row[0] not in self._before]

    def count(self, table: str) -> int:
        """Rows of the agent in `dial`, `reveal`, `skip` or `authority_request`."""
        assert table in ("dial", "reveal", "skip", "authority_request")
        with self._open() as db:
            found = db.execute(f"SELECT count(*) FROM {table} WHERE staff_number = ?", (self._agent,)).fetchone()
            return int(found[0])

    def scores_by(self, lead: str) -> list[str]:
        """What became of the scores that a lead gave, as the server holds them."""
        with self._open() as db:
            found = db.execute("SELECT state FROM quality_score WHERE scored_by = ? ORDER BY scored_at", (lead,))
            return [str(row[0]) for row in found]

    def taken_away_by(self, lead: str) -> int:
        """Exports of a lead that stand in the server's audit."""
        with self._open() as db:
            asked = "SELECT count(*) FROM audit WHERE writer = ? AND action = 'export'"
            return int(db.execute(asked, (lead,)).fetchone()[0])

    def texts_sent(self) -> int:
        """Texts of the agent that a gateway has taken."""
        with self._open() as db:
            found = db.execute(
                "SELECT count(*) FROM follow_up WHERE staff_number = ? AND kind = 'sms' AND state = 'sent'",
                (self._agent,),
            ).fetchone()
            return int(found[0])

    def _ids(self) -> frozenset[str]:
        with self._open() as db:
            return frozenset(row[0] for row in db.execute("SELECT id FROM outcome"))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True, timeout=10)) as db:
            yield db


def _held(db: sqlite3.Connection, id_: str, body: bytes, superseded: int, corrected_by: str, received_at: str) -> Held:
    outcome = decoding.decode(body, Outcome)
    copies = db.execute("SELECT count(*) FROM outcome WHERE id = ?", (id_,)).fetchone()[0]
    plans = db.execute("SELECT body, state FROM follow_up WHERE outcome_id = ? ORDER BY kind", (id_,)).fetchall()
    order, placed = outcome.order, _placed(db, id_)
    return Held(
        id=id_,
        corrects=str(outcome.corrects or ""),
        task_id=outcome.task_id or "",
        customer_id=outcome.customer_id,
        agent=outcome.agent,
        scenario=outcome.scenario,
        result=outcome.result,
        contact=outcome.contact,
        success=outcome.success,
        reason=outcome.reason,
        intent=outcome.intent or "",
        case_result=outcome.case_result or "",
        verification=outcome.verification,
        number=mask_number(outcome.call.number),
        talk_time_s=outcome.call.talk_time_s,
        talk_time_source=outcome.call.talk_time_source,
        path=[step.step for step in outcome.path],
        ticked=[one.item for one in outcome.ticked],
        note=outcome.note,
        order=f"{order.product}, {order.price_fen} fen, {order.term_months} months" if order else "",
        order_state="".join(_state(one) for one in placed if not one.offer),
        offers=[f"{made.offer} ({made.kind}): {made.reply.value}, {made.cost_fen} fen" for made in outcome.offers],
        offer_orders=[f"{one.order.product}: {_state(one)}" for one in placed if one.offer],
        follow_ups=[_spoken(decoding.decode(plan, FollowUp), state) for plan, state in plans],
        copies=int(copies),
        superseded=bool(superseded),
        corrected_by=corrected_by,
        recorded_at=outcome.recorded_at.isoformat(),
        received_at=received_at,
    )


def _placed(db: sqlite3.Connection, outcome_id: str) -> list[PlacedOrder]:
    rows = db.execute("SELECT body FROM placed_order WHERE outcome_id = ? ORDER BY id", (outcome_id,))
    return [decoding.decode(row[0], PlacedOrder) for row in rows]


def _state(order: PlacedOrder) -> str:
    steps = " → ".join(step.state.value for step in order.steps)
    parts = [steps, f"from {order.effective_from}" if order.effective_from else "", order.reference]
    return ", ".join(part for part in parts if part)


def _spoken(plan: FollowUp, state: str) -> str:
    due = f" due {plan.due_at.isoformat()}" if plan.due_at else ""
    return f"{plan.kind.value}{due} ({state})"

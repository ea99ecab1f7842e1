"""tour.json says what the server's own file holds: read from it, beside it, and in full."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from msgspec import structs
from ready_database import fill

from core.domain.call import CallRecord, Direction
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.offered import OfferMade, Reply
from core.domain.outcome import Contact, Outcome, Verification
from core.domain.text import Text
from core.server.db import records
from core.server.db.engine import Database, open_engine, sqlite_url
from desktop.tour.ledger import Ledger

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def outcome(result: str, agent: str = "1027") -> Outcome:
    call = CallRecord(direction=Direction.OUTBOUND, number="10012345678", dialled_at=NOON, talk_time_s=31)
    return Outcome(
        id=uuid4(),
        task_id="Q1",
        customer_id="C1",
        agent=agent,
        scenario="vip-care",
        script_version=1,
        call=call,
        result=result,
        contact=Contact.OWNER,
        verification=Verification.OWNER,
        recorded_at=NOON,
    )


def test_only_what_came_since_the_tour_began_and_of_this_agent(tmp_path: Path) -> None:
    # OUTCOME-01, FOLLOW-01: an outcome with its follow-up, as the server has them
    database = Database(open_engine(sqlite_url(tmp_path)))
    fill(database.engine)

    def put(one: Outcome, *plans: FollowUp) -> None:
        with database.write() as unit:
            records.add_outcome(unit, one, team_id="vip", superseded=False)
            records.add_follow_ups(unit, list(plans))

    put(outcome("cared"))
    ledger = Ledger(tmp_path / "stayline.db", "1027")
    assert ledger.fresh() == []
    given = OfferMade(
        offer="free-data", version=1, kind="free_use", name=Text("送流量", "Data"), reply=Reply.ACCEPTED, cost_fen=900
    )
    fresh = structs.replace(outcome("eased"), offers=(given,))
    plan = FollowUp(
        id=uuid4(), outcome_id=fresh.id, task_id="Q1", customer_id="C1", agent="1027", kind=FollowUpKind.CALLBACK,
        due_at=NOON + timedelta(days=1),
    )  # fmt: skip
    put(fresh, plan)
    put(outcome("eased", agent="1028"))

    (held,) = ledger.fresh()
    database.close()
    assert (held.id, held.result, held.contact, held.verification) == (str(fresh.id), "eased", "owner", "owner")
    assert (held.talk_time_s, held.copies) == (31, 1)
    assert held.offers == ["free-data (free_use): accepted, 900 fen"]
    assert held.follow_ups == ["callback due 2026-11-24T04:00:00+00:00 (waiting)"]
    # PRIVACY: no number leaves the database in clear
    assert held.number == "100 **** 5678"

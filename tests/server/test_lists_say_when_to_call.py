"""What an imported list says of consent, complaints and hours without calls reaches the calling rules."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from server_kit import NOON, SCENARIO, StillClock, add_agent, agent, document, send, verdicts

from core.compliance.spans import written
from core.domain.calendar import Window
from core.domain.call import QuietAsked
from core.domain.customer import Care, Contacting, Document, Ticket
from core.domain.text import Text
from core.server.calling_rules import ask_again
from core.server.claiming import claim_next
from core.server.customer_ids import customer_id
from core.server.database_sink import DatabaseSink
from core.server.db import customers
from core.server.db.engine import Database
from core.server.importing import ImportReport, propose, run_import
from core.server.loading import load
from core.wire.push import QuietTold

WHO = customer_id("id:K1")
HEADER = "客户编号,客户姓名,手机号码"
ROW = "K1,吴文静,10000000001"
TICKET = Ticket(id="crm", kind=Text("投诉", "Complaint"), topic=Text("弱", "Weak"), opened_at=NOON - timedelta(days=90))


def bring_in(
    database: Database, tmp_path: Path, header: str, cells: str, *, scenario: str = SCENARIO, name: str = "l"
) -> ImportReport:
    path = tmp_path / f"{name}.csv"
    path.write_text(f"{HEADER},{header}\n{ROW},{cells}\n", "utf-8")
    sink = DatabaseSink(database, source=f"import:{name}", file=path, scenario=scenario, by="t")
    report = run_import(propose(path, today=NOON.date()), scenario=scenario, sink=sink, now=NOON)
    sink.finish(report)
    return report


def claimed(database: Database) -> bool:
    """Whether the customer's task is given out, asked anew."""
    with database.write() as unit:
        ask_again(unit)
    return claim_next(database, ["2043"])[0].task is not None


@pytest.fixture
def centre(database: Database) -> Database:
    add_agent(database, agent(skills=(SCENARIO, "low-balance")))
    return database


# ID-06, TASK-16
def test_who_withholds_consent_is_sold_nothing_and_called_about_their_own_line(
    centre: Database, tmp_path: Path
) -> None:
    assert bring_in(centre, tmp_path, "营销同意", "不同意").consent_withheld == 1
    assert not claimed(centre)
    bring_in(centre, tmp_path, "营销同意", "同意", name="later")
    assert claimed(centre)


# ID-06, TASK-16
def test_a_call_about_their_own_line_goes_out_without_consent_to_sales(centre: Database, tmp_path: Path) -> None:
    bring_in(centre, tmp_path, "Marketing consent", "no", scenario="low-balance")
    assert claimed(centre)


# ID-06, VIP-03
def test_a_complaint_holds_until_some_days_after_a_list_closed_it(
    centre: Database, clock: StillClock, tmp_path: Path
) -> None:
    load(centre, [(at_hand(Care(tickets=[TICKET])), None)])
    assert bring_in(centre, tmp_path, "未结投诉时间", "2026-11-20").complaining == 1
    assert not claimed(centre)
    bring_in(centre, tmp_path, "投诉受理时间,投诉办结时间", "2026-11-20,2026-11-22", name="later")
    assert not claimed(centre)
    clock.forward(days=8)
    assert claimed(centre)
    with centre.read() as unit:
        care = customers.section(unit, WHO, "care", Care)
    assert care is not None
    assert [one.id for one in care.tickets] == ["import:complaint", "crm"], "what another system told stays"


# ID-06, TASK-16
def test_hours_without_calls_of_a_list_hold_until_an_agent_is_told_others(
    centre: Database, clock: StillClock, tmp_path: Path
) -> None:
    assert bring_in(centre, tmp_path, "免扰时段", "11:00-14:00").with_quiet_hours == 1
    assert not claimed(centre)
    clock.forward(hours=3)
    assert claimed(centre)
    told = QuietAsked(
        id=uuid4(), customer_id=WHO, agent="2043", at=clock.now, quiet=(Window(18 * 60, 24 * 60),)
    )  # fmt: skip
    me = add_agent(centre, agent(skills=(SCENARIO, "low-balance")))
    assert verdicts(send(centre, me, QuietTold(quiet=told))) == ["accepted"]
    bring_in(centre, tmp_path, "免扰时段", "12:00-13:00", name="later")
    with centre.read() as unit:
        contact = customers.section(unit, WHO, "contact", Contacting)
    assert contact is not None
    assert written(contact.quiet) == "18:00-24:00"


def at_hand(care: Care) -> Document:
    known = document(1, care=care)
    known.id = WHO
    return known

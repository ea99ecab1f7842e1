"""Hours without calls that a customer told an agent: they bind every desk and every dial path (TASK-16)."""

from datetime import datetime, timedelta
from typing import get_args
from uuid import uuid4

import msgspec
import pytest
from server_kit import NOON, StillClock, add_agent, agent, document, given, read_page, send, task, verdicts

from core.domain import decoding
from core.domain.calendar import Window
from core.domain.call import QuietAsked
from core.domain.customer import Contacting, Document
from core.domain.people import RIGHTS, Role
from core.server.claiming import claim_next
from core.server.db import customers, schema, settings
from core.server.db.engine import Database
from core.server.loading import load
from core.server.sync.pull import pull
from core.wire.push import LATER_KINDS, Item, QuietTold

EVENING = Window(0, 18 * 60)
HOUR = timedelta(hours=1)
FIRST_KINDS = frozenset(
    {
        "authority", "branch_ask", "callback_move", "care", "case_event", "cause_name", "coaching_look",
        "coaching_note", "commitment", "commitment_end", "dial", "errand", "errand_change", "errand_verdict",
        "export", "hand_over", "number", "outcome", "promise_event", "quality_claim", "quality_score", "reveal",
        "score_decision", "score_dispute", "score_signature", "skip", "state", "tip", "withdrawal",
    }
)  # fmt: skip
"""of items that each server reads"""


def quiet_told(*quiet: Window, who: str = "1", at: datetime = NOON, customer: str = "C1") -> QuietTold:
    return QuietTold(quiet=QuietAsked(id=uuid4(), customer_id=customer, quiet=quiet, at=at, agent=who))


def quiet_of(database: Database) -> list[Window]:
    with database.read() as unit:
        contact = customers.section(unit, "C1", "contact", Contacting)
    assert contact is not None
    return contact.quiet


# TASK-16
def test_not_before_six_holds_for_every_desk_and_for_what_goes_out(database: Database, clock: StillClock) -> None:
    me = add_agent(database, agent("1"))
    given(database, to="1")
    cursor = read_page(
        pull(database, staff_number="1", rights=RIGHTS[Role.OUTBOUND_REPRESENTATIVE], cursor="", limit=99).body
    ).cursor
    clock.forward(minutes=1)
    assert verdicts(send(database, me, quiet_told(EVENING))) == ["accepted"]
    assert quiet_of(database) == [EVENING]
    page = read_page(
        pull(database, staff_number="1", rights=RIGHTS[Role.OUTBOUND_REPRESENTATIVE], cursor=cursor, limit=99).body
    )
    (change,) = [one for one in page.changes if one.kind == "customer"]
    contact = decoding.decode(change.body, Document).contact
    assert contact is not None
    assert contact.quiet == [EVENING]


# TASK-16
def test_a_task_is_not_claimed_in_such_an_hour(database: Database, clock: StillClock) -> None:
    me = add_agent(database, agent("1"))
    load(database, [(document(1), task(1))])
    given(database, 2, to="1")
    assert verdicts(send(database, me, quiet_told(EVENING, customer="C2"))) == ["accepted"]
    with database.write() as unit:
        customers.edit_contact(unit, "C1", lambda contact: setattr(contact, "quiet", [EVENING]))
    assert claim_next(database, ["1"])[0].task is None
    clock.forward(hours=6, minutes=1)
    assert claim_next(database, ["1"])[0].task is not None


# TASK-16: what the customer said last stands, whatever comes late
def test_an_older_word_that_comes_late_changes_nothing(database: Database, clock: StillClock) -> None:
    me = add_agent(database, agent("1"))
    given(database, to="1")
    send(database, me, quiet_told(EVENING, at=NOON))
    late = quiet_told(Window(0, 60), at=NOON - HOUR)
    assert verdicts(send(database, me, late)) == ["accepted"]
    assert verdicts(send(database, me, late)) == ["duplicate"]
    assert quiet_of(database) == [EVENING]
    clock.forward(hours=1)
    send(database, me, quiet_told(at=NOON + HOUR))
    assert quiet_of(database) == [], "taken back"
    assert verdicts(send(database, me, quiet_told(EVENING, who="2"))) == ["rejected"], "another's word"
    assert verdicts(send(database, me, quiet_told(EVENING, customer="C9"))) == ["rejected"], "of nobody"


# TASK-16: nor does a desk's clock that is ahead
def test_a_clock_that_is_ahead_does_not_speak_last_for_good(database: Database, clock: StillClock) -> None:
    me = add_agent(database, agent("1"))
    given(database, to="1")
    send(database, me, quiet_told(EVENING, at=NOON + 20 * HOUR))
    clock.forward(hours=1)
    send(database, me, quiet_told(at=NOON + HOUR))
    assert quiet_of(database) == []


# TASK-16: nor is the word lost for it
def test_a_word_of_a_clock_that_is_days_ahead_is_taken_as_said_by_now(sqlite: Database, clock: StillClock) -> None:
    me = add_agent(sqlite, agent("1"))
    given(sqlite, to="1")
    assert verdicts(send(sqlite, me, quiet_told(EVENING, at=NOON + 72 * HOUR))) == ["accepted"]
    assert quiet_of(sqlite) == [EVENING]
    clock.forward(hours=1)
    send(sqlite, me, quiet_told(at=NOON + HOUR))
    assert quiet_of(sqlite) == []


def test_what_is_no_stretch_of_a_day_is_refused(sqlite: Database) -> None:
    me = add_agent(sqlite, agent("1"))
    given(sqlite, to="1")
    for wrong in (Window(5, 5), Window(-1, 60), Window(0, 1441)):
        assert verdicts(send(sqlite, me, quiet_told(wrong))) == ["rejected"]


# OUTCOME-11: as on the desk; a whole day would be a refusal that no record tells of
@pytest.mark.parametrize(
    "day", [(Window(0, 1440),), (Window(0, 700), Window(650, 1440)), (EVENING, Window(1080, 1440))]
)
def test_hours_that_leave_none_to_call_are_refused(sqlite: Database, day: tuple[Window, ...]) -> None:
    me = add_agent(sqlite, agent("1"))
    given(sqlite, to="1")
    assert verdicts(send(sqlite, me, quiet_told(*day))) == ["rejected"]
    assert verdicts(send(sqlite, me, quiet_told(Window(0, 700), Window(701, 1440)))) == ["accepted"]


# TASK-16
def test_who_changed_the_hours_from_what_is_on_record(database: Database, clock: StillClock) -> None:
    me = add_agent(database, agent("1"))
    given(database, to="1")
    send(database, me, quiet_told(EVENING))
    clock.forward(minutes=1)
    send(database, me, quiet_told(Window(0, 600), Window(1200, 1440), at=clock.now), quiet_told(at=NOON - HOUR))
    with database.read() as unit:
        rows = unit.conn.execute(schema.audit.select().where(schema.audit.c.action == "quiet_changed")).all()
    assert [(row.writer, row.object, msgspec.json.decode(row.payload)) for row in rows] == [
        ("1", "C1", {"before": "", "quiet": "0-1080"}),
        ("1", "C1", {"before": "0-1080", "quiet": "0-600 1200-1440"}),
    ]


def test_each_server_says_which_later_kinds_of_item_it_reads(sqlite: Database) -> None:
    kinds = {one.__struct_config__.tag for one in get_args(Item)}
    assert kinds - FIRST_KINDS == set(LATER_KINDS), "a further kind joins them: desks keep it from servers before it"
    with sqlite.write() as unit:
        settings.put_site(unit, msgspec.structs.replace(settings.site(unit), reads=("of another version",)))
    with sqlite.read() as unit:
        assert settings.site(unit).reads == LATER_KINDS


# TASK-16: a list brings the rest of the contact anew and leaves it
def test_an_imported_list_leaves_it_as_it_was_told(sqlite: Database) -> None:
    me = add_agent(sqlite, agent("1"))
    given(sqlite, to="1")
    send(sqlite, me, quiet_told(EVENING))
    again = document(1)
    assert again.contact is not None
    again.contact.address = "东岭路 1 号"
    load(sqlite, [(again, None)])
    assert quiet_of(sqlite) == [EVENING]

"""What a review writes: exports on record whoever took them, names of groups to the leads of the team."""

from datetime import date, timedelta
from uuid import uuid4

import msgspec
import pytest
from server_kit import NOON, add_agent, agent, read_page, send, verdicts
from sqlalchemy import select

from core.domain import decoding
from core.domain.causes import CAUSE_NAME
from core.domain.people import Role
from core.domain.takeaway import CauseName, TakenAs, TakenAway
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.cases.duty import keep_duty
from core.server.db import audit, authority
from core.server.db.engine import Database
from core.server.db.schema import audit as entries
from core.server.review.cause_names import retell_names
from core.server.sync.pull import pull
from core.wire.pull import ContentDocument
from core.wire.takeaway import CauseNamed, Exported

LEAD = agent("3001", role=Role.TEAM_LEAD, team="spring")


def taken(who: str = "3001", **changes: object) -> Exported:
    values = {
        "id": uuid4(), "agent": who, "at": NOON - timedelta(hours=3), "form": TakenAs.XLSX, "what": "figures",
        "rows": 12, "first": date(2026, 10, 1), "last": date(2026, 10, 31), "teams": ("spring",),
    }  # fmt: skip
    return Exported(export=TakenAway(**(values | changes)))  # type: ignore[arg-type]


def named(words: str, *, key: str = "price", who: str = "3001", minutes: int = 0) -> CauseNamed:
    at = NOON - timedelta(minutes=minutes)
    return CauseNamed(cause_name=CauseName(id=uuid4(), agent=who, at=at, key=key, name=Text(words, words)))


def names(database: Database, caller: Caller) -> dict[str, str]:
    page = read_page(
        pull(database, staff_number=caller.staff_number, rights=caller.agent.rights, cursor="", limit=500).body
    )
    pieces = [decoding.decode(change.body, ContentDocument) for change in page.changes]
    found = [decoding.decode(one.body, CauseName) for one in pieces if one.kind == CAUSE_NAME]
    return {one.key: one.name.zh for one in found}


def test_an_export_that_was_made_offline_comes_on_record_once(database: Database) -> None:
    # S13, EVAL-07
    lead, item = add_agent(database, LEAD), taken()
    assert verdicts(send(database, lead, item)) == ["accepted"]
    assert verdicts(send(database, lead, item)) == ["duplicate"]
    with database.read() as unit:
        (kept,) = unit.conn.execute(select(entries).where(entries.c.action == "export")).all()
        assert audit.verify(unit) == []
    assert (kept.writer, kept.object) == ("3001", "review/figures")
    told = msgspec.json.decode(kept.payload)
    assert (told["rows"], told["form"], told["period"], told["allowed"]) == (12, "xlsx", "2026-10-01/2026-10-31", True)


def test_an_export_by_somebody_without_the_right_is_on_record_as_such(sqlite: Database) -> None:
    caller = add_agent(sqlite, agent("2043"))
    assert verdicts(send(sqlite, caller, taken("2043"))) == ["accepted"]
    with sqlite.read() as unit:
        payload = unit.conn.execute(select(entries.c.payload).where(entries.c.action == "export")).scalar_one()
    assert msgspec.json.decode(payload)["allowed"] is False


@pytest.mark.parametrize("item", [taken("other"), taken(rows=-1), taken(what="x" * 100)])
def test_a_record_of_another_or_of_nonsense_is_not_taken(sqlite: Database, item: Exported) -> None:
    assert verdicts(send(sqlite, add_agent(sqlite, LEAD), item)) == ["rejected"]


def test_a_name_for_a_group_reaches_the_leads_of_the_team_and_nobody_else(database: Database) -> None:
    # EVAL-06
    lead, other = add_agent(database, LEAD), add_agent(database, agent("3002", role=Role.TEAM_LEAD, team="spring"))
    stranger = add_agent(database, agent("3003", role=Role.TEAM_LEAD, team="river"))
    assert verdicts(send(database, lead, named("月租嫌高"))) == ["accepted"]
    assert names(database, lead) == names(database, other) == {"price": "月租嫌高"}
    assert names(database, stranger) == {}
    assert verdicts(send(database, stranger, named("资费", who="3003"))) == ["accepted"]
    assert (names(database, other), names(database, stranger)) == ({"price": "月租嫌高"}, {"price": "资费"})
    # ROLE-02: who stands in for the lead calls the groups as that team does.
    with database.write() as unit:
        authority.put_deputy(unit, lead.agent.team, "3003", unit.now + timedelta(days=1))
    assert verdicts(send(database, lead, named("月租太高", minutes=-1))) == ["accepted"]
    assert "月租太高" in names(database, stranger).values()


def test_who_comes_to_stand_in_has_the_names_that_the_team_gave_before(database: Database) -> None:
    # ROLE-02, EVAL-06
    lead = add_agent(database, LEAD)
    deputy = add_agent(database, agent("3003", role=Role.TEAM_LEAD, team="river"))
    assert verdicts(send(database, lead, named("月租嫌高"))) == ["accepted"]
    keep_duty(database)
    with database.write() as unit:
        authority.put_deputy(unit, lead.agent.team, "3003", unit.now + timedelta(days=1))
    assert names(database, deputy) == {}
    keep_duty(database)
    assert names(database, deputy) == {"price": "月租嫌高"}
    with database.write() as unit:
        authority.drop_deputy(unit, lead.agent.team, "3003")
    keep_duty(database)
    assert names(database, deputy) == {}
    assert names(database, lead) == {"price": "月租嫌高"}
    assert retell_names(database) == 0


def test_a_name_given_earlier_that_comes_later_does_not_come_back(sqlite: Database) -> None:
    lead = add_agent(sqlite, LEAD)
    send(sqlite, lead, named("新名"))
    assert verdicts(send(sqlite, lead, named("旧名", minutes=30))) == ["accepted"]
    assert names(sqlite, lead) == {"price": "新名"}


@pytest.mark.parametrize("item", [named("客户 10012345678"), named("长" * 50), named("x", key="k" * 200)])
def test_a_name_with_a_number_or_without_measure_is_refused(sqlite: Database, item: CauseNamed) -> None:
    assert verdicts(send(sqlite, add_agent(sqlite, LEAD), item)) == ["rejected"]


def test_an_agent_names_no_groups(sqlite: Database) -> None:
    assert verdicts(send(sqlite, add_agent(sqlite, agent("2043")), named("x", who="2043"))) == ["rejected"]

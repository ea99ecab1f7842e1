"""Responsibility packages at the server: the snapshot never changes, its standing follows the net and the bills."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from review_kit import frame_of, lead
from server_kit import NOON, add_agent, agent, document, given, read_page, saved, send, stored, verdicts

from core.content.packages import packages
from core.domain import decoding
from core.domain.customer import Bill, Billing, Document, Value
from core.domain.errors import InputError
from core.domain.later_event import LaterEvent, LaterKind
from core.domain.package import PACKAGE, PACKAGE_STANDING, MonthRevenue, PackageMeasure, PackageStanding, PackageUnit
from core.domain.people import Role
from core.review.behind import behind
from core.review.pay.asked import of_indicator, of_owner
from core.server.access.caller import Caller
from core.server.cli import main
from core.server.db import audit, authority, published
from core.server.db.engine import Database
from core.server.db.schema import placed_order
from core.server.departments.binding import take_event
from core.server.loading import load
from core.server.packages.keeping import keep_packages
from core.server.packages.snapshot import SnapshotEmpty, take, taken, unit_of
from core.server.packages.standing import packages as packages_of
from core.server.packages.standing import standings, tell
from core.server.publishing import publish_shipped
from core.server.review.departures import keep_departures
from core.server.sync.pull import pull
from core.wire.pull import ContentDocument

BASE = msgspec.structs.replace(
    packages()[0],
    units=(PackageUnit(team="vip", managers=("1027",)), PackageUnit(team="spring", areas=("东岭区",))),
)
BEFORE = ("2025-10", "2025-11", "2025-12")


def customer(index: int, *, fen: int = 10_000, area: str = "东岭区", manager: str = "", **identity: object) -> Document:
    bills = [Bill(month=month, total_fen=fen) for month in (*BEFORE, "2026-01", "2026-02")]
    told = {"value": Value.HIGH, "on_net_since": date(2020, 1, 1), "manager_staff_number": manager} | identity
    made = document(index, area=area, billing=Billing(bills=bills))
    assert made.identity is not None
    return msgspec.structs.replace(made, identity=msgspec.structs.replace(made.identity, **told))


@pytest.fixture
def base(sqlite: Database) -> Database:
    return based(sqlite)


def based(database: Database) -> Database:
    """Six customers, four of whom the package is about; two months of its year are complete."""
    database.clock = lambda: datetime(2026, 3, 10, 4, tzinfo=UTC)
    late = customer(5, on_net_since=date(2026, 2, 1))
    everyone = [
        customer(1), customer(2, fen=20_000), customer(3, manager="1027", area="西河区"), customer(4, value=Value.LOW),
        late, customer(6, area="西河区"), customer(7, value=Value.MID),
    ]  # fmt: skip
    load(database, [(one, None) for one in everyone])
    piece = ContentDocument(kind=PACKAGE, name=BASE.id, version=1, body=msgspec.Raw(msgspec.json.encode(BASE)))
    with database.write() as unit:
        published.put(unit, [piece])
    return database


def by_team(database: Database) -> dict[str, PackageStanding]:
    with database.read() as unit:
        return {one.team: one for one in standings(unit, BASE)}


def test_the_snapshot_holds_who_was_a_customer_as_the_package_began(base: Database) -> None:
    # DATA-02, ROLE-04
    assert take(base, BASE, by="boss") == 4
    found = by_team(base)
    assert {team: one.customers for team, one in found.items()} == {"spring": 3, "vip": 1}
    assert found["spring"].base_fen == 40_000
    assert [(one.staff_number, one.customers) for one in found["vip"].owners] == [("1027", 1)]
    assert found["spring"].months == (
        MonthRevenue(month="2026-01", fen=40_000),
        MonthRevenue(month="2026-02", fen=40_000),
    )


def test_it_is_taken_once_and_a_customer_who_comes_later_is_not_in_it(base: Database) -> None:
    take(base, BASE, by="boss")
    load(base, [(customer(8), None)])
    with pytest.raises(InputError, match="does not change"):
        take(base, BASE, by="boss")
    with base.read() as unit:
        assert taken(unit, BASE.id) == 4
        assert audit.verify(unit) == []


def test_a_snapshot_of_nobody_is_refused_for_it_could_not_be_taken_again(base: Database) -> None:
    # KPI-03
    elsewhere = msgspec.structs.replace(BASE, units=(PackageUnit(team="spring", areas=("nowhere",)),))
    with pytest.raises(SnapshotEmpty, match="nobody would be in it"):
        take(base, elsewhere, by="boss")
    assert take(base, BASE, by="boss") == 4


def test_a_real_centre_gets_no_package_of_teams_that_it_has_not(sqlite: Database) -> None:
    # KPI-04
    publish_shipped(sqlite)
    with sqlite.read() as unit:
        assert packages_of(unit) == []
    for number, team in enumerate(("vip", "spring", "river")):
        add_agent(sqlite, agent(str(number), team=team))
    publish_shipped(sqlite)
    with sqlite.read() as unit:
        assert [one.id for one in packages_of(unit)] == ["base-2026"]


def test_who_leaves_is_out_of_the_count_and_pays_no_more(database: Database) -> None:
    # KPI-03: of three of the district one left in January; the snapshot stays three.
    base = based(database)
    take(base, BASE, by="boss")
    assert by_team(base)["spring"].left_known is False
    keep_departures(base, {"C2": date(2026, 1, 20)}, as_of=date(2026, 3, 9), by="boss")
    found = by_team(base)["spring"]
    assert (found.customers, found.left, found.left_lately, found.as_of) == (3, 1, 1, date(2026, 3, 9))
    assert [one.fen for one in found.months] == [40_000, 20_000]


def test_each_owners_migrations_are_plans_accepted_in_the_period_and_those_ordered_later(base: Database) -> None:
    # KPI-06
    take(base, BASE, by="boss")
    with base.write() as unit:
        for at, state in ((1, "accepted"), (2, "failed"), (3, "accepted")):
            moment = datetime(2026, 2, at, tzinfo=UTC)
            unit.conn.execute(
                placed_order.insert().values(
                    tenant_id=unit.tenant, id=f"o{at}", outcome_id=f"c{at}", customer_id=f"C{at}", staff_number="2043",
                    team_id="spring", state=state, created_at=moment, changed_at=moment, tries=0, body=b"{}",
                )
            )  # fmt: skip
        bought = LaterEvent(id="E", kind=LaterKind.ORDERED, customer_id="C1", at=datetime(2026, 3, 1, tzinfo=UTC))
        take_event(unit, bought, by="test")
        take_event(unit, msgspec.structs.replace(bought, id="F", at=datetime(2025, 12, 1, tzinfo=UTC)), by="test")
    found = {one.staff_number: one.migrations for team in by_team(base).values() for one in team.owners}
    assert found == {"": 2, "1027": 1}


def test_who_had_left_before_the_package_began_is_not_in_it(base: Database) -> None:
    keep_departures(base, {"C1": date(2025, 12, 31)}, as_of=date(2026, 3, 9), by="boss")
    assert take(base, BASE, by="boss") == 3


def pulled(database: Database, caller: Caller) -> list[PackageStanding]:
    page = read_page(
        pull(database, staff_number=caller.staff_number, rights=caller.agent.rights, cursor="", limit=500).body
    )
    pieces = [decoding.decode(change.body, ContentDocument) for change in page.changes]
    return [decoding.decode(one.body, PackageStanding) for one in pieces if one.kind == PACKAGE_STANDING]


def test_a_lead_is_told_of_the_own_team_a_planner_of_all_an_agent_of_none(base: Database) -> None:
    lead = add_agent(base, agent("3001", role=Role.TEAM_LEAD, team="spring"))
    planner = add_agent(base, agent("9001", role=Role.PLANNER, team="office"))
    caller = add_agent(base, agent("2043", team="spring"))
    take(base, BASE, by="boss")
    assert tell(base) == 2
    assert [one.team for one in pulled(base, lead)] == ["spring"]
    assert [one.team for one in pulled(base, planner)] == ["spring", "vip"]
    assert pulled(base, caller) == []
    # What has not changed is not sent again.
    assert tell(base) == 0
    # ROLE-02: who stands in for the lead is told, and forgets it when the lead is back.
    deputy = add_agent(base, agent("3002", role=Role.TEAM_LEAD, team="vip"))
    with base.write() as unit:
        authority.put_deputy(unit, "spring", "3002", unit.now + timedelta(days=3))
    assert tell(base) == 2
    assert [one.team for one in pulled(base, deputy)] == ["spring", "vip"]
    with base.write() as unit:
        authority.drop_deputy(unit, "spring", "3002")
    assert tell(base) == 1
    assert [one.team for one in pulled(base, deputy)] == ["vip"]
    assert [one.team for one in pulled(base, lead)] == ["spring"]


def test_who_comes_to_stand_in_need_not_wait_for_the_next_day(base: Database) -> None:
    # ROLE-02, KPI-04
    add_agent(base, agent("3001", role=Role.TEAM_LEAD, team="spring"))
    deputy = add_agent(base, agent("3002", role=Role.TEAM_LEAD, team="vip"))
    take(base, BASE, by="boss")
    assert keep_packages(base) == 2
    assert keep_packages(base) == 0
    with base.write() as unit:
        authority.put_deputy(unit, "spring", "3002", unit.now + timedelta(days=3))
    assert keep_packages(base) == 1
    assert {one.team for one in pulled(base, deputy)} == {"spring", "vip"}
    assert keep_packages(base) == 0
    planner = add_agent(base, agent("9001", role=Role.PLANNER, team="office"))
    assert keep_packages(base) == 2
    assert {one.team for one in pulled(base, planner)} == {"spring", "vip"}


def test_a_managers_own_customers_come_before_the_districts() -> None:
    found = [
        unit_of(BASE, area=area, manager=manager) for area, manager in (("东岭区", "1027"), ("东岭区", ""), ("x", ""))
    ]
    assert [one and one.team for one in found] == ["vip", "spring", None]
    rest = msgspec.structs.replace(BASE, units=(*BASE.units, PackageUnit(team="rest")))
    last = unit_of(rest, area="x", manager="")
    assert last is not None
    assert last.team == "rest"


def test_the_command_says_how_it_stands(base: Database, capsys: pytest.CaptureFixture[str]) -> None:
    url = ["--database", base.engine.url.render_as_string(hide_password=False)]
    assert main(["package", "snapshot", BASE.id, *url]) == 0
    assert main(["package", "snapshot", BASE.id, *url]) == 1
    assert main(["package", "standing", BASE.id, *url]) == 0
    assert main(["package", "list", *url]) == 0
    assert main(["package", "standing", "nothing", *url]) == 1
    said = capsys.readouterr()
    assert "Snapshot taken of 4 customers" in said.out
    assert "spring" in said.out
    assert "does not change" in said.err
    assert "no package called nothing" in said.err


def test_the_review_knows_with_whose_snapshot_customers_each_call_was(base: Database) -> None:
    # KPI-04, ROLE-04: taken after the calls were made and pulled
    base.clock = lambda: NOON
    boss, me = lead(base, team="spring"), add_agent(base, agent("2043", team="spring"))
    for index in (1, 2, 4):
        given(base, index, to="2043")
        assert verdicts(send(base, me, saved(stored(base, f"T{index}"), "2043"))) == ["accepted"]
    (retention,) = (one for one in BASE.indicators if one.measure is PackageMeasure.RETENTION)
    assert set(frame_of(base, boss).calls.words["snapshots"]) == {""}
    take(base, BASE, by="boss")
    keep_departures(base, {"C1": NOON.date(), "C4": NOON.date()}, as_of=NOON.date(), by="boss")
    frame = frame_of(base, boss)
    found = by_team(base)["spring"]
    assert behind(frame, of_owner(BASE, found, "")).count == 2
    assert found.left == behind(frame, of_indicator(BASE, found, retention.measure)).count == 1

"""Each figure of a review equals the sum that SQL makes of the server's own records, on the demo's three months."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ready_database import fill
from review_kit import frame_of
from sqlalchemy import text

from core.demo.people import AGENTS
from core.demo.world import World
from core.domain.clock import local_day
from core.domain.people import Role
from core.review.choice import Choice
from core.review.compare import rows
from core.review.measures import Measure, figure
from core.review.pictures import funnel, hours, offers, reasons, trend
from core.review.tally import Counter
from core.server.access.caller import Caller
from core.server.db import people, settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.db.schema import customer
from core.server.loading import load_history
from core.server.loading.past_tasks import load_past_tasks
from core.server.review.departures import keep_departures

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
CUSTOMERS = 450
FIRST, LAST = date(2026, 9, 20), date(2026, 11, 5)
CONNECTED = "('owner', 'family', 'third_party', 'other_number', 'identity_doubted', 'not_owner')"
DAY = "date(json_extract(body, '$.call.dialled_at'), '+8 hours')"
STANDS = f"corrected_by = '' AND {DAY} BETWEEN :first AND :last"


@pytest.fixture(scope="module")
def city() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(open_engine(sqlite_url(Path(folder))), clock=lambda: NOW)
        fill(database.engine)
        world = World(customers=CUSTOMERS, tasks=0, as_of=NOW)
        with database.write() as unit:
            settings.prepare(unit)
            for agent in AGENTS:
                people.put(unit, agent, password_hash="-")
            unit.conn.execute(
                customer.insert(),
                [
                    {
                        "tenant_id": unit.tenant, "id": f"JC{n:07d}", "version": 1, "name": "吴文静", "pinyin": "",
                        "initials": "", "main_number": "", "tier": ("none", "gold")[n % 2], "manager": "", "grid": "",
                        "value": ("high", "mid", "low")[n % 3], "area": f"{n % 4} 区", "branch": "", "changed_at": NOW,
                    }
                    for n in range(1, CUSTOMERS + 1)
                ],
            )  # fmt: skip
        load_past_tasks(database, [(one.task, one.campaign, one.given_at) for one in world.past_tasks()])
        load_history(database, world.outcomes(), {agent.staff_number: agent.team for agent in AGENTS})
        keep_departures(database, world.departures(), as_of=local_day(NOW) - timedelta(days=1), by="test")
        yield database
        database.close()


@pytest.fixture(scope="module")
def counter(city: Database) -> Counter:
    planner = next(agent for agent in AGENTS if agent.role is Role.PLANNER)
    return Counter(frame_of(city, Caller(planner, "s")))


def asked(database: Database, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with database.read() as unit:
        found = unit.conn.execute(text(statement), {"first": str(FIRST), "last": str(LAST), **values})
        return [tuple(row) for row in found]


CHOICE = Choice(FIRST, LAST)


# KPI-02
@pytest.mark.parametrize(
    ("choice", "more"),
    [
        (CHOICE, ""),
        (Choice(FIRST, LAST, team=("river",)), " AND team_id = 'river'"),
        (Choice(FIRST, LAST, agent=("2043", "2046")), " AND staff_number IN ('2043', '2046')"),
        (Choice(FIRST, LAST, scenario=("vip-care",)), " AND scenario = 'vip-care'"),
        (
            Choice(FIRST, LAST, area=("2 区",), value=("low",)),
            " AND customer_id IN (SELECT id FROM customer WHERE area = '2 区' AND value = 'low')",
        ),
    ],
    ids=["all", "team", "agents", "scenario", "area-and-value"],
)
def test_counts_and_rates_are_those_of_the_records(city: Database, counter: Counter, choice: Choice, more: str) -> None:
    [(calls, connected, owner, success, talk, wrap, handled)] = asked(
        city,
        f"SELECT count(*), sum(contact IN {CONNECTED}), sum(contact = 'owner'), sum(success),"
        f" sum(iif(contact IN {CONNECTED}, coalesce(json_extract(body, '$.call.talk_time_s'), 0), 0)),"
        f" sum(iif(contact IN {CONNECTED}, coalesce(json_extract(body, '$.call.wrap_up_s'), 0), 0)),"
        f" sum(contact IN {CONNECTED}) FROM outcome WHERE {STANDS}{more}",
    )
    assert calls > 20
    counts = counter.total(choice)
    told = {one: figure(one, counts) for one in Measure}
    assert (told[Measure.CONNECT_RATE].part, told[Measure.CONNECT_RATE].whole) == (connected, calls)
    assert (told[Measure.SUCCESS_RATE].part, told[Measure.SUCCESS_RATE].whole) == (success, owner)
    assert (told[Measure.SUCCESS_PER_CALL].part, told[Measure.SUCCESS_PER_CALL].whole) == (success, calls)
    assert told[Measure.RIGHT_PARTY_RATE].value == owner / calls
    assert told[Measure.TALK_TIME].part == talk
    assert (told[Measure.HANDLE_TIME].part, told[Measure.HANDLE_TIME].whole) == (talk + wrap, handled)


# KPI-01
@pytest.mark.parametrize(("days", "measure"), [(7, Measure.SAVE_RATE_7), (30, Measure.SAVE_RATE_30)])
def test_save_rates_count_only_calls_that_are_old_enough(
    city: Database, counter: Counter, days: int, measure: Measure
) -> None:
    known = local_day(NOW) - timedelta(days=1)
    [(attempts, left, young)] = asked(
        city,
        f"SELECT sum({DAY} <= :due), sum({DAY} <= :due AND left_on >= {DAY} AND left_on <= date({DAY}, :until)),"
        f" sum({DAY} > :due) FROM outcome LEFT JOIN departure USING (tenant_id, customer_id)"
        f" WHERE {STANDS} AND contact = 'owner'",
        due=str(known - timedelta(days=days)),
        until=f"+{days} days",
    )
    told = figure(measure, counter.total(CHOICE))
    assert (told.part, told.whole, told.young) == (attempts - left, attempts, young)
    assert attempts > 50
    if days == 30:
        assert young > 0
        assert figure(Measure.CHURN_RATE_30, counter.total(CHOICE)).part == left


def test_callbacks_kept_are_those_dialled_within_a_quarter_of_an_hour(city: Database, counter: Counter) -> None:
    [(promised, kept)] = asked(
        city,
        "SELECT count(*), sum(EXISTS (SELECT 1 FROM outcome AS o WHERE o.customer_id = f.customer_id"
        " AND abs(unixepoch(json_extract(o.body, '$.call.dialled_at')) - unixepoch(f.due_at)) <= 900"
        " AND json_extract(o.body, '$.call.dialled_at') > json_extract(p.body, '$.call.dialled_at')))"
        " FROM follow_up AS f JOIN outcome AS p ON p.id = f.outcome_id"
        " WHERE f.kind = 'callback' AND date(f.due_at, '+8 hours') BETWEEN :first AND :last",
    )
    told = figure(Measure.CALLBACK_ADHERENCE, counter.total(CHOICE))
    assert (told.part, told.whole) == (kept, promised)
    assert 0 < kept < promised


# EVAL-02, EVAL-03, ROLE-04
@pytest.mark.parametrize(
    ("dimension", "column"),
    [("agent", "o.staff_number"), ("team", "o.team_id"), ("scenario", "o.scenario"), ("area", "c.area"),
     ("campaign", "coalesce(t.list_id, '')")],
)  # fmt: skip
def test_each_group_has_its_own_records(city: Database, counter: Counter, dimension: str, column: str) -> None:
    stands = STANDS.replace("body", "o.body")
    found = {
        word: (calls, success, owner)
        for word, calls, success, owner in asked(
            city,
            f"SELECT {column}, count(*), sum(o.success), sum(o.contact = 'owner') FROM outcome AS o"
            " JOIN customer AS c ON c.id = o.customer_id LEFT JOIN task AS t ON t.id = o.task_id"
            f" WHERE {stands} GROUP BY 1",
        )
    }
    told = rows(counter, CHOICE, dimension)
    assert {
        row.word: (row.figures[Measure.CALLS].part, row.figures[Measure.SUCCESSES].part,
                   row.figures[Measure.OWNERS].part)
        for row in told
    } == found  # fmt: skip


# EVAL-05, KPI-09, KPI-01
def test_owners_verified_participation_and_new_services_are_those_of_the_records(
    city: Database, counter: Counter
) -> None:
    [(verified, orders)] = asked(
        city,
        "SELECT sum(json_extract(body, '$.verification') = 'owner'),"
        " sum(success AND json_extract(body, '$.order') IS NOT NULL)"
        f" FROM outcome WHERE {STANDS}",
    )
    [(told, taken, paid)] = asked(
        city,
        "SELECT count(*), sum(json_extract(o.value, '$.reply') = 'accepted'),"
        " sum(iif(json_extract(o.value, '$.reply') = 'accepted', coalesce(json_extract(o.value, '$.price_fen'), 0), 0))"
        f" FROM outcome, json_each(outcome.body, '$.offers') AS o WHERE {STANDS}",
    )
    counts = counter.total(CHOICE)
    found = {one: figure(one, counts) for one in Measure}
    assert found[Measure.VERIFIED_OWNERS].part == verified > 0
    assert (found[Measure.PARTICIPATION].part, found[Measure.PARTICIPATION].whole) == (taken, told)
    assert found[Measure.DEPOSITS].part == paid
    assert found[Measure.NEW_SERVICES].part == orders + taken


def test_the_pictures_show_what_the_records_say(city: Database, counter: Counter) -> None:
    wanted = asked(
        city,
        f"SELECT reason, count(*) FROM outcome WHERE {STANDS} AND contact = 'owner' AND NOT success AND reason <> ''"
        " GROUP BY 1 ORDER BY 2 DESC",
    )
    bars = reasons(counter, CHOICE)
    assert sorted((bar.reason, bar.calls) for bar in bars) == sorted(wanted)
    assert [bar.calls for bar in bars] == [calls for _, calls in wanted]
    assert bars[-1].share == 1.0

    heat = {
        (day, hour): (connected, dialled)
        for day, hour, connected, dialled in asked(
            city,
            "SELECT (strftime('%w', json_extract(body, '$.call.dialled_at'), '+8 hours') + 6) % 7,"
            " CAST(strftime('%H', json_extract(body, '$.call.dialled_at'), '+8 hours') AS INTEGER),"
            f" sum(contact IN {CONNECTED}), count(*) FROM outcome WHERE {STANDS} GROUP BY 1, 2",
        )
    }
    cells = hours(counter, CHOICE)
    assert {(one.weekday, one.hour): (one.connected, one.dialled) for one in cells if one.dialled} == heat

    told = asked(
        city,
        "SELECT json_extract(o.value, '$.offer'), count(*), sum(json_extract(o.value, '$.reply') = 'accepted'),"
        " sum(json_extract(o.value, '$.reply') = 'refused')"
        f" FROM outcome, json_each(outcome.body, '$.offers') AS o WHERE {STANDS} GROUP BY 1",
    )
    assert sorted((one.offer, one.made, one.accepted, one.refused) for one in offers(counter, CHOICE)) == sorted(told)


def test_a_task_counts_once_at_each_stage_where_it_got_there_first(city: Database, counter: Counter) -> None:
    stages = {
        "dialled": "1",
        "owner": "contact = 'owner'",
        "effective": "contact = 'owner' AND json_extract(body, '$.call.talk_time_s') >= 30",
        "success": "contact = 'owner' AND success",
    }
    found = funnel(counter, CHOICE)
    for name, condition in stages.items():
        [(count,)] = asked(
            city,
            f"SELECT count(*) FROM (SELECT min({DAY}) AS day FROM outcome WHERE corrected_by = '' AND task_id <> ''"
            f" AND {condition} GROUP BY task_id) WHERE day BETWEEN :first AND :last",
        )
        assert getattr(found, name) == count, name
    [(given,)] = asked(city, "SELECT count(*) FROM lease WHERE date(at, '+8 hours') BETWEEN :first AND :last")
    assert found.dispatched == given > found.dialled


def test_a_line_of_save_rates_adds_up_to_the_rate_of_the_period(counter: Counter) -> None:
    lines = trend(counter, CHOICE, 7)
    for scenario, points in lines.items():
        whole = figure(Measure.SAVE_RATE_7, counter.total(CHOICE.narrowed("scenario", scenario)))
        assert (sum(one.part for one in points), sum(one.whole for one in points)) == (whole.part, whole.whole)
    assert set(lines) == {"4g-upgrade", "broadband-disconnect", "vip-care"}

"""Promises, cases, scores and what calls brought later stand in the packs, as they are now, with the calls behind."""

from datetime import date, timedelta
from typing import Any

import pytest
from case_kit import event, opened, promised, publish_repairs, turn
from quality_desk_kit import CARD, Centre
from review_kit import all_details, frame_of, lead, listed
from server_kit import NOON, StillClock, add_agent, agent, document, given, had, saved, send, verdicts
from sqlalchemy import select, update

from core.domain.call import CallRecord, Direction
from core.domain.case import Damage, Ended, OpenedBy, Satisfaction
from core.domain.later_event import LaterEvent, LaterKind
from core.domain.offered import OfferMade, Reply
from core.domain.order import Order
from core.domain.order_state import OrderState
from core.domain.outcome import FalseData, Intent, Verification
from core.domain.people import Role
from core.domain.promise import Fulfilled
from core.domain.quality.inspection import Ruling
from core.domain.quality.scorecard import About
from core.domain.quality.scoring import Mark
from core.domain.reviewed import CallDetail
from core.domain.task import Tier
from core.domain.text import Text
from core.review.behind import Question, behind, of_measure
from core.review.choice import Choice
from core.review.compare import rows
from core.review.frame import Frame
from core.review.measures import Figure, Measure, figure
from core.review.tally import Counter
from core.server.access.caller import Caller
from core.server.cases.minding import mind_cases
from core.server.db import settings
from core.server.db.engine import Database
from core.server.db.reviewed import touch_outcomes
from core.server.db.schema import customer, placed_order, review_pack, setting
from core.server.departments.binding import take_event
from core.server.loading import load
from core.server.review.codes import REVIEW_KEY, coder, prepare_codes
from core.server.review.layout_change import LAYOUT_SETTING

DAY = timedelta(days=1)
WEEK = Choice(date(2026, 11, 20), date(2026, 11, 30))


def told(frame: Frame, measure: Measure, choice: Choice = WEEK) -> Figure:
    return figure(measure, Counter(frame).total(choice))


def calls_of(frame: Frame, fact: str | Measure, choice: Choice = WEEK) -> list[str]:
    """Whose calls stand behind a figure."""
    question = of_measure(fact, choice) if isinstance(fact, Measure) else Question(choice, fact)
    return [frame.calls.word("agent", row) for row in behind(frame, question).rows]


def specialist(database: Database, staff_number: str = "1027") -> Caller:
    return add_agent(database, agent(staff_number, role=Role.VIP_SPECIALIST))


def called(database: Database, who: Caller, index: int = 1, *, minutes: int = 0, **changes: object) -> str:
    """A call to the customer, so many minutes before or after noon."""
    at = NOON + timedelta(minutes=minutes)
    record = CallRecord(direction=Direction.OUTBOUND, number=f"1000000000{index}", dialled_at=at, talk_time_s=60)
    values = {"call": record, "recorded_at": at + timedelta(minutes=2), **changes}
    had(database, who, f"C{index}")
    item = saved(None, who.staff_number, customer_id=f"C{index}", **values)
    assert verdicts(send(database, who, item)) == ["accepted"]
    return str(item.id)


def test_promises_count_on_the_day_they_are_due_and_open_the_calls_they_were_given_in(
    database: Database, clock: StillClock
) -> None:
    # OUTCOME-08, EVAL-07
    who, chief = specialist(database), lead(database)
    load(database, [(document(1), None), (document(2), None)])
    called(database, who, 1, minutes=-2)
    called(database, who, 2, minutes=-3)
    kept = promised(database, who, 1, due_h=1)
    promised(database, who, 2, due_h=25)
    frame = frame_of(database, chief)
    assert Counter(frame).total(WEEK).of("promises_open") == 2
    assert told(frame, Measure.PROMISES_KEPT).whole == 0
    send(database, who, turn(who, kept, Fulfilled(words="已回复"), at=NOON + timedelta(minutes=30)))
    clock.forward(days=2)
    mind_cases(database)
    frame = frame_of(database, chief)
    assert (told(frame, Measure.PROMISES_KEPT).part, told(frame, Measure.PROMISES_KEPT).whole) == (1, 2)
    assert told(frame, Measure.PROMISES_BROKEN).part == 1
    first = Choice(WEEK.first, date(2026, 11, 23))
    assert (told(frame, Measure.PROMISES_KEPT, first).whole, told(frame, Measure.PROMISES_BROKEN, first).part) == (1, 0)
    [row] = rows(Counter(frame), WEEK, "agent")
    assert (row.word, row.figures[Measure.PROMISES_BROKEN].part) == ("1027", 1)
    asked = behind(frame, of_measure(Measure.PROMISES_BROKEN, WEEK))
    assert [int(frame.calls["at"][one]) for one in asked.rows] == [int(NOON.timestamp()) - 180]


def test_a_promise_that_was_given_before_the_period_still_opens_its_call(sqlite: Database, clock: StillClock) -> None:
    who, chief = specialist(sqlite), lead(sqlite)
    load(sqlite, [(document(1), None)])
    called(sqlite, who, 1, minutes=-2)
    promised(sqlite, who, 1, due_h=72)
    clock.forward(days=5)
    mind_cases(sqlite)
    later = Choice(date(2026, 11, 26), date(2026, 11, 28))
    frame = frame_of(sqlite, chief)
    assert told(frame, Measure.PROMISES_BROKEN, later).part == 1
    assert calls_of(frame, Measure.PROMISES_BROKEN, later) == ["1027"]


def test_cases_have_their_first_contact_days_to_close_and_satisfaction(database: Database, clock: StillClock) -> None:
    # KPI-08
    who, chief = specialist(database), lead(database)
    publish_repairs(database)
    load(database, [(document(n, tier=Tier.DIAMOND), None) for n in (1, 2)])
    spoken = opened(database, who, 1, opened_by=OpenedBy.COMPLAINT, damage=Damage.PERCEPTION)
    opened(database, who, 2)
    clock.forward(minutes=30)
    called(database, who, 1, minutes=28)
    clock.forward(days=3)
    mind_cases(database)
    at = clock()
    assert verdicts(send(database, who, event(who, spoken, Ended(satisfaction=Satisfaction.SATISFIED), at=at))) == [
        "accepted"
    ]
    frame = frame_of(database, chief)
    in_time = told(frame, Measure.FIRST_CONTACT_IN_TIME)
    assert (in_time.part, in_time.whole) == (1, 2)
    assert told(frame, Measure.FIRST_CONTACT_TIME).value == pytest.approx(1800, abs=130)
    assert told(frame, Measure.DAYS_TO_CLOSE).value == pytest.approx(3.0, abs=0.1)
    assert told(frame, Measure.COMPLAINT_DAYS).whole == 1
    assert (told(frame, Measure.SATISFACTION).part, told(frame, Measure.CASES_CLOSED).part) == (1, 1)
    assert calls_of(frame, Measure.DAYS_TO_CLOSE) == ["1027"]


def test_a_score_counts_with_its_call_until_it_is_voided(database: Database, clock: StillClock) -> None:
    # QA-01, QA-03, EVAL-07
    centre = Centre(database, clock)
    first, second = [item.id for item in CARD.items if item.about is About.PROCESSING][:2]
    centre.scored(1)
    marks: dict[str, Any] = {first: Mark.WRONG, second: Mark.MISSED}
    bad = centre.scored(2, **marks)
    frame = frame_of(database, centre.lead)
    case = centre.case(centre.lead, bad)
    mean = told(frame, Measure.MEAN_SCORE)
    assert (mean.part, mean.whole) == (100 + case.result.points, 2)
    assert (told(frame, Measure.MISSED).part, told(frame, Measure.WRONG).part) == (1, 1)
    assert calls_of(frame, Measure.WRONG) == ["2043"]
    assert len(calls_of(frame, Measure.MEAN_SCORE)) == 2
    [row] = rows(Counter(frame), WEEK, "agent")
    assert row.figures[Measure.MEAN_SCORE] == mean
    assert told(frame, Measure.MEAN_SCORE, Choice(date(2026, 11, 1), date(2026, 11, 9))).value is None
    centre.push(centre.agent, centre.dispute(centre.agent, bad.id))
    assert centre.push(centre.second, centre.decide(centre.second, bad.id, Ruling.VOIDED)) == ["accepted"]
    assert told(frame_of(database, centre.lead), Measure.MEAN_SCORE).value == 100


def test_what_a_call_brought_later_is_in_its_figures_and_in_the_call(database: Database, clock: StillClock) -> None:
    # OUTCOME-07
    who, chief = add_agent(database, agent()), lead(database)
    task = given(database, 1, to=who.staff_number)
    taken = OfferMade(offer="top", version=1, kind="prepay", name=Text("存", "Prepay"), reply=Reply.ACCEPTED)
    item = saved(task, who.staff_number, intent=Intent.HESITANT, offers=(taken,))
    assert verdicts(send(database, who, item)) == ["accepted"]
    assert told(frame_of(database, chief), Measure.LATER_ORDERS).part == 0
    clock.forward(days=3)
    with database.write() as unit:
        for number, kind in ((1, LaterKind.ORDERED), (2, LaterKind.REFERRED)):
            found = LaterEvent(id=f"E{number}", kind=kind, customer_id=task.customer_id, at=NOON + 3 * DAY, what="P1")
            assert take_event(unit, found, by="test") is not None
        # OFFER-06, KPI-09
        paid = LaterEvent(
            id="E3", kind=LaterKind.DEPOSITED, customer_id=task.customer_id, at=NOON + 3 * DAY, what="top", fen=10_000
        )
        assert take_event(unit, paid, by="test") is not None
    frame = frame_of(database, chief)
    assert (told(frame, Measure.LATER_ORDERS).part, told(frame, Measure.REFERRALS).part) == (1, 1)
    assert calls_of(frame, Measure.REFERRALS) == [who.staff_number]
    [detail] = all_details(database, chief)
    assert isinstance(detail, CallDetail)
    assert [(one.kind, one.days, one.fen) for one in detail.later] == [
        ("ordered", 3, 0), ("referred", 3, 0), ("deposited", 3, 10_000),
    ]  # fmt: skip
    assert (told(frame, Measure.PAID_IN).part, told(frame, Measure.RECOVERED).part) == (10_000, 0)
    assert calls_of(frame, Measure.PAID_IN) == [who.staff_number]


def test_the_share_of_orders_from_dispatch_knows_those_that_no_call_brought(
    database: Database, clock: StillClock
) -> None:
    # KPI-07
    who, chief = add_agent(database, agent()), lead(database)
    task = given(database, 1, to=who.staff_number)
    load(database, [(document(2), None), (document(3), None)])
    order = Order(
        product="P1", price_fen=8_800, term_months=0, locked=False, starts_on=date(2026, 12, 1), read_back=True,
        consent=True,
    )  # fmt: skip
    assert verdicts(send(database, who, saved(task, who.staff_number, success=True, order=order))) == ["accepted"]
    called(database, who, 2, success=True, order=order)
    with database.write() as unit:
        unit.conn.execute(update(customer).where(customer.c.id == "C3").values(manager=who.staff_number))
        elsewhere = LaterEvent(id="E1", kind=LaterKind.ORDERED, customer_id="C3", at=NOON + DAY, channel="store")
        assert take_event(unit, elsewhere, by="test") is None
    clock.forward(days=2)
    assert told(frame_of(database, chief), Measure.DISPATCH_SHARE).whole == 1
    with database.write() as unit:
        unit.conn.execute(update(placed_order).values(state=OrderState.ACCEPTED.value))
        touch_outcomes(unit, list(unit.conn.execute(select(placed_order.c.outcome_id)).scalars()))
    frame = frame_of(database, chief)
    share = told(frame, Measure.DISPATCH_SHARE)
    assert (share.part, share.whole) == (1, 3)
    assert told(frame, Measure.NEW_SERVICES).part == 2
    assert len(calls_of(frame, Measure.NEW_SERVICES)) == 2


def test_owners_are_verified_per_dealer(database: Database) -> None:
    # EVAL-05, OUTCOME-09
    who, chief = add_agent(database, agent()), lead(database)
    for index, dealer in ((1, "城东代理"), (2, "城东代理"), (3, "江北代理")):
        made = document(index)
        assert made.contact is not None
        made.contact.acquiring_dealer = dealer
        load(database, [(made, None)])
    called(database, who, 1, verification=Verification.OWNER)
    called(database, who, 2, verification=Verification.NOT_ASKED, false_data=FalseData(field="name", dealer="城东代理"))
    called(database, who, 3, verification=Verification.OWNER)
    frame = frame_of(database, chief)
    by_dealer = {row.word: row.figures for row in rows(Counter(frame), WEEK, "dealer")}
    assert {word: (one[Measure.VERIFIED_RATE].part, one[Measure.VERIFIED_RATE].whole, one[Measure.FALSE_DATA].part)
            for word, one in by_dealer.items()} == {"城东代理": (1, 2, 1), "江北代理": (1, 1, 0)}  # fmt: skip
    assert told(frame, Measure.CALLS, Choice(WEEK.first, WEEK.last, dealer=("城东代理",))).part == 2
    assert len(calls_of(frame, Measure.FALSE_DATA)) == 1


def test_a_customers_code_is_the_sites_own_and_cannot_be_made_elsewhere(sqlite: Database) -> None:
    # S4: ids are short, so that an unkeyed hash of all of them is made in seconds.
    who, chief = add_agent(sqlite, agent()), lead(sqlite)
    load(sqlite, [(document(1), None)])
    called(sqlite, who, 1)
    calls = frame_of(sqlite, chief).calls
    with sqlite.read() as unit:
        assert calls["customer"].tolist() == [coder(unit)("C1")]
        kept = settings.read(unit, REVIEW_KEY)
    prepare_codes(sqlite)
    with sqlite.write() as unit:
        assert settings.read(unit, REVIEW_KEY) == kept
        unit.conn.execute(update(setting).where(setting.c.key == REVIEW_KEY).values(value="ab" * 32))
        assert coder(unit)("C1") != calls["customer"][0]


def test_packs_of_an_earlier_program_are_made_anew_with_all_that_this_one_knows(sqlite: Database) -> None:
    # P9: the layout has a version.
    who, chief = specialist(sqlite), lead(sqlite)
    load(sqlite, [(document(1), None)])
    called(sqlite, who, 1, minutes=-2)
    promised(sqlite, who, 1, due_h=30)
    before = {one.period: one.version for one in listed(sqlite, chief).packs}
    assert set(before) == {"2026-11-23", "2026-11-24"}
    with sqlite.write() as unit:
        settings.write(unit, LAYOUT_SETTING, "1")
        unit.conn.execute(update(setting).where(setting.c.key == REVIEW_KEY).values(value="cd" * 32))
    after = {one.period: one.version for one in listed(sqlite, chief).packs}
    assert after == {period: version + 1 for period, version in before.items()}
    with sqlite.read() as unit:
        assert len(unit.conn.execute(select(review_pack)).all()) == 2

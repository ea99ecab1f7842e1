"""Which calls reach the queue: by risk as they arrive, by chance with their share; each is looked at once."""

from datetime import date, timedelta
from uuid import uuid4

import msgspec
import pytest
from quality_desk_kit import SAVE, Centre
from server_kit import StillClock, add_agent, agent

from core.content.plans import catalogue
from core.domain.call import Dial, Reveal
from core.domain.clock import local_day
from core.domain.offer_content import PLANS
from core.domain.order import Order
from core.domain.outcome import CaseResult, Contact, PathStep, Ticked
from core.domain.quality.kinds import SAMPLING
from core.domain.quality.sampling import Risk
from core.domain.quality.scorecard import Subject
from core.server.db.engine import Database
from core.server.db.published import put
from core.server.quality import arrived, reveals, sampling
from core.server.quality.content import rules
from core.server.quality.keeping import UNSCORED_FOR, keep_quality
from core.server.quality.sampling import look
from core.server.review.departures import keep_departures
from core.wire.pull import ContentDocument
from core.wire.push import Dialled, Revealed


@pytest.fixture
def centre(database: Database, clock: StillClock) -> Centre:
    return _without_chance(Centre(database, clock))


@pytest.fixture
def small(sqlite: Database, clock: StillClock) -> Centre:
    return _without_chance(Centre(sqlite, clock))


def _without_chance(centre: Centre) -> Centre:
    """Nothing is drawn by chance today: the week was filled up, and no share is taken."""
    thresholds(centre, chance_percent=0, least_per_week=0)
    look(centre.database)
    return centre


def thresholds(centre: Centre, **changes: float) -> None:
    with centre.database.write() as unit:
        new = msgspec.json.encode(msgspec.structs.replace(rules(unit), **changes))
        put(unit, [ContentDocument(kind=SAMPLING, name=SAMPLING, version=2, body=msgspec.Raw(new))])


def risks(centre: Centre) -> dict[str, list[Risk]]:
    return {name: [why.risk for why in call.why] for name, call in centre.queue(centre.lead).items()}


# QA-02
def test_risks_reach_the_lead_and_ordinary_calls_do_not(centre: Centre) -> None:
    ordinary = centre.call(1)
    short = centre.call(2, talk_s=8)
    at = centre.clock.now
    clicked = centre.call(
        3,
        path=(PathStep(step="opening", answer="1", at=at + timedelta(seconds=0.3)),),
        ticked=(Ticked(item="staff_number", at=at + timedelta(seconds=0.3)),),
    )
    note = "客户说搬去女儿家照看外孙，线路先留着，年后再说。"
    centre.call(4, note=note, note_edited=True, recorded_at=at - timedelta(minutes=5))
    copied = centre.call(5, note=note, note_edited=True)
    assert look(centre.database) == 3
    assert risks(centre) == {
        str(short.id): [Risk.SHORT_SUCCESS],
        str(clicked.id): [Risk.HURRIED],
        str(copied.id): [Risk.COPIED_NOTE],
    }
    assert str(ordinary.id) not in risks(centre)
    assert look(centre.database) == 0, "looked at once"


# QA-02, BB-12
def test_a_save_whose_customer_left_after_all_comes_back(centre: Centre) -> None:
    save = centre.call(1)
    assert look(centre.database) == 0
    centre.clock.forward(days=20)
    centre.call(1, success=False, case_result=CaseResult.DISCONNECTED, result="disconnected")
    assert look(centre.database) == 1
    (told,) = centre.queue(centre.lead).values()
    assert (told.id, told.why[0].risk, told.why[0].detail.zh) == (save.id, Risk.CHURNED, "20 天后")


# QA-02, BB-12
def test_who_left_by_the_billing_systems_list_brings_the_save_back(centre: Centre) -> None:
    save, kept = centre.call(1), centre.call(2)
    centre.call(3, success=False, case_result=CaseResult.DISCONNECTED, result="disconnected")
    look(centre.database)
    centre.clock.forward(days=30)
    day = local_day(save.recorded_at)
    left = {save.customer_id: day + timedelta(days=12), kept.customer_id: day - timedelta(days=1), "C3": day, "C4": day}
    assert keep_departures(centre.database, left, as_of=local_day(centre.clock.now), by="boss") == 4
    (told,) = centre.queue(centre.lead).values()
    assert (told.id, told.why[0].risk, told.why[0].detail.zh) == (save.id, Risk.CHURNED, "12 天后")
    assert keep_departures(centre.database, left, as_of=local_day(centre.clock.now), by="boss") == 0
    # A desk that was offline brings its save after the list.
    late = centre.call(4, recorded_at=save.recorded_at)
    assert look(centre.database) == 1
    assert risks(centre)[str(late.id)] == [Risk.CHURNED]


def test_a_further_reason_is_added_to_a_call_that_is_there(small: Centre) -> None:
    at = small.clock.now + timedelta(seconds=0.3)
    save = small.call(1, path=(PathStep(step="opening", answer="1", at=at),),
                      ticked=(Ticked(item="staff_number", at=at),))  # fmt: skip
    look(small.database)
    small.clock.forward(days=3)
    small.call(1, success=False, case_result=CaseResult.DISCONNECTED, result="disconnected")
    look(small.database)
    assert risks(small) == {str(save.id): [Risk.CHURNED, Risk.HURRIED]}


def test_chance_takes_its_share_of_connected_calls_alone(small: Centre) -> None:
    thresholds(small, chance_percent=100)
    drawn = small.call(1)
    small.call(2, contact=Contact.UNANSWERED, success=False, case_result=None, result="unanswered", talk_s=0)
    assert look(small.database) == 1
    assert risks(small) == {str(drawn.id): [Risk.CHANCE]}


def test_each_agent_has_so_many_looked_at_a_week(small: Centre) -> None:
    thresholds(small, least_per_week=2)
    for index in range(1, 6):
        small.call(index)
    look(small.database)
    assert risks(small) == {}, "once a day"
    small.clock.forward(days=1)
    assert look(small.database) == 2
    small.clock.forward(days=1)
    assert look(small.database) == 0


def test_nothing_is_missed_of_what_arrived_late_or_in_pages(small: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrived, "PAGE", 2)
    monkeypatch.setattr(sampling, "PAGE", 2)
    shorts = {str(small.call(index, talk_s=5).id) for index in range(1, 8)}
    assert look(small.database) == 7
    old = small.call(9, talk_s=5, recorded_at=small.clock.now - timedelta(days=6))
    assert look(small.database) == 1
    assert set(risks(small)) == shorts | {str(old.id)}


# QA-02
def test_a_number_that_is_shown_and_not_called_is_looked_into(centre: Centre) -> None:
    called, silent = centre.call(1), centre.call(2)

    def shown(customer: str) -> Revealed:
        return Revealed(reveal=Reveal(id=uuid4(), customer_id=customer, number="10000000001", at=centre.clock.now,
                                      agent="2043"))  # fmt: skip

    dial = Dial(id=uuid4(), customer_id=called.customer_id, task_id=None, number="10000000001", agent="2043",
                at=centre.clock.now)  # fmt: skip
    centre.push(centre.agent, shown(called.customer_id), Dialled(dial=dial), shown(silent.customer_id),
                shown(silent.customer_id))  # fmt: skip
    assert reveals.look(centre.database) == 0, "there is still time to call"
    centre.clock.forward(hours=13)
    assert reveals.look(centre.database) == 1, "one for agent, customer and day"
    (told,) = centre.queue(centre.lead).values()
    assert (told.subject, told.outcome, told.why[0].risk) == (Subject.REVEAL, None, Risk.NO_CALL)
    centre.clock.forward(hours=2)
    assert reveals.look(centre.database) == 0


def test_what_nobody_scores_leaves_the_queue(small: Centre) -> None:
    call = small.call(1, talk_s=5)
    keep_quality(small.database)
    assert set(risks(small)) == {str(call.id)}
    small.clock.now += UNSCORED_FOR + timedelta(days=1)
    keep_quality(small.database)
    assert risks(small) == {}


def test_a_call_goes_to_the_team_in_which_it_was_made(small: Centre) -> None:
    add_agent(small.database, agent("2043", team="B", team_name="二班", skills=(SAVE,)))
    call = small.call(1, talk_s=5)
    add_agent(small.database, agent("2043", team="A", team_name="一班", skills=(SAVE,)))
    look(small.database)
    assert set(small.queue(small.lead)) == {str(call.id)}, "the record says which team it was of"


# QA-02
def test_a_plan_of_the_table_goes_by_its_code_or_its_name_in_either_language(small: Centre) -> None:
    plan = catalogue().plans[0]
    body = msgspec.Raw(msgspec.json.encode(catalogue()))
    with small.database.write() as unit:
        put(unit, [ContentDocument(kind=PLANS, name=PLANS, version=1, body=body)])
    for index, product in enumerate((plan.code, plan.name.zh, plan.name.en), start=1):
        small.call(index, order=order(product))
    invented = small.call(9, order=order("全家免费一年"))
    look(small.database)
    assert risks(small) == {str(invented.id): [Risk.UNKNOWN_OFFER]}


def order(product: str) -> Order:
    return Order(product=product, price_fen=9900, term_months=12, locked=False, starts_on=date(2026, 12, 1),
                 read_back=True, consent=True)  # fmt: skip

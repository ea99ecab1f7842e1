"""What each plan would have cost: the same figures as the calculator's, with the reason of every no and its day."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

import msgspec
import pytest
from presenter_kit import StillMoment
from store_kit import NOW, Kind, a_page, a_task, gone, put

from core.content import scripts
from core.content.offer_rules import eligibility_rules, recommendation_rule
from core.content.plans import catalogue
from core.demo.world import World
from core.desk import opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.order_filled import first_of_next_month
from core.desk.plans import MOST, PlanChoice, PlanComparison, PlanDesk
from core.desk.proposal import order_form
from core.domain import decoding
from core.domain.charge import Charge
from core.domain.clock import local_day
from core.domain.customer import Document
from core.domain.errors import ContentError
from core.domain.offer_content import ELIGIBILITY, PLANS, RECOMMENDATION
from core.domain.outcome import Verification
from core.domain.text import Lang
from core.offers.advice import Advice
from core.offers.eligibility import Way
from core.offers.explain import explain
from core.offers.recommend import PlanContent, plan_content, recommend
from core.offers.record import record
from core.offers.spoken import KEEP
from core.rules import holds
from core.store.store import Store
from core.wire.pull import ContentDocument

TODAY = local_day(NOW)


@cache
def city() -> World:
    return World(seed=7, customers=60, as_of=NOW, tasks=60)


@cache
def everyone() -> tuple[Document, ...]:
    return tuple(city().documents())


@cache
def upgraders() -> tuple[Document, ...]:
    """The demo's customers of the 4G upgrade."""
    wanted = {task.customer_id for task in city().tasks() if task.scenario == "4g-upgrade"}
    return tuple(document for document in everyone() if document.id in wanted)


@cache
def content() -> PlanContent:
    return plan_content(catalogue(), eligibility_rules(), recommendation_rule())


@pytest.fixture
def plans(desk: Desk) -> PlanDesk:
    return PlanDesk(desk)


def found(plans: PlanDesk, wanted: Callable[[PlanComparison], bool]) -> tuple[Document, PlanComparison]:
    """The first customer of whom that holds."""
    return next((one, seen) for one in everyone() if wanted(seen := plans.compare(one)))


def published(store: Store, body: bytes) -> None:
    store.apply(
        a_page(put(ContentDocument(kind=PLANS, name=PLANS, version=99, body=msgspec.Raw(body))), cursor="9"), now=NOW
    )


def test_every_figure_is_the_calculators_to_the_fen(plans: PlanDesk) -> None:
    # 4G-07, SCRIPT-12
    for document in upgraders():
        seen, told = plans.compare(document), recommend(document, content(), TODAY)
        assert (seen.advice, seen.compared) == (told.advice, told.compared)
        rows = {row.plan.code: row for row in told.rows}
        taken = [one for one in seen.choices if not one.current and not one.refusals]
        assert {row.plan.code for row in told.rows[:MOST]} <= {one.row.plan.code for one in taken}
        assert all(one.row == rows[one.row.plan.code] for one in taken)
        assert [one.row for one in seen.choices if one.current] == [told.current]
        assert [one.row for one in seen.choices if one.best and not one.current] == [told.proposed] * bool(
            told.proposed
        )


def test_each_plan_opens_to_months_that_make_its_figures(plans: PlanDesk) -> None:
    document = upgraders()[0]
    seen, records = plans.compare(document), record(document, content().plans)
    for choice in seen.choices:
        assert choice.months == explain(choice.row.plan, records, content().plans)
        fen = {month.month: month.fen for month in choice.months}
        assert sum(fen[name] for name in seen.compared) == choice.row.total_fen
        assert max(fen[name] for name in seen.compared) == choice.row.worst_fen
        assert all(month.fen == sum(line.fen for line in month.lines) for month in choice.months)


def test_under_a_contract_lock_the_better_plan_is_named_with_its_day_and_a_tier_up_offered(plans: PlanDesk) -> None:
    # CONTRACT-02, 4G-07
    document, seen = found(plans, lambda one: one.advice is Advice.TIER_UP and any(c.refusals for c in one.choices))
    assert document.services is not None
    ends = {contract.ends_on for contract in document.services.contracts if contract.locked}
    (refused,) = [one for one in seen.choices if one.refusals]
    assert {refusal.until for refusal in refused.refusals} == ends
    assert refused.row.helps_fen > seen.choices[0].row.helps_fen
    assert seen.choices[0].best
    assert seen.choices[0].row.way is Way.TIER_UP
    assert all(one.row.way is Way.TIER_UP for one in seen.choices if not one.current and not one.refusals)


def test_what_would_help_only_later_stands_below_the_present_plan(plans: PlanDesk) -> None:
    _, seen = found(plans, lambda one: one.advice is Advice.LATER)
    assert seen.choices[0].current
    assert not any(one.best for one in seen.choices)
    assert seen.choices[1].refusals


def test_the_present_plan_wins_where_it_is_best(plans: PlanDesk) -> None:
    # OFFER-09, SCRIPT-13
    _, seen = found(plans, lambda one: one.advice is Advice.KEEP)
    assert seen.said == KEEP
    assert seen.choices[0].current
    assert seen.choices[0].best
    assert seen.choices[0].saving_fen is None


def test_of_a_bill_that_a_hand_corrected_no_saving_is_claimed(plans: PlanDesk) -> None:
    document, seen = found(plans, lambda one: bool(one.corrected))
    assert document.billing is not None
    by_hand = {bill.month for bill in document.billing.bills if any(item.code == "adjustment" for item in bill.items)}
    assert set(seen.corrected) <= by_hand
    assert not set(seen.corrected) & set(seen.compared)
    for choice in seen.choices:
        assert {month.month for month in choice.months if not month.made} == by_hand
        assert choice.row.gain is None or choice.row.gain.months == len(seen.compared)


def test_without_use_on_record_nothing_is_compared(plans: PlanDesk) -> None:
    document = msgspec.structs.replace(upgraders()[0], usage=None)
    for one in (document, Document(id="C1")):
        seen = plans.compare(one)
        assert (seen.advice, seen.choices) == (Advice.UNKNOWN, ())


def test_months_without_data_are_named_apart(plans: PlanDesk) -> None:
    document = decoding.decode(msgspec.json.encode(upgraders()[0]), Document)
    assert document.usage is not None
    lost = document.usage.months.pop(-2)
    seen = plans.compare(document)
    assert seen.unknown == (lost.month,)
    assert lost.month not in seen.compared


def test_a_plan_that_a_pull_made_dearer_is_billed_so_at_once(plans: PlanDesk, store: Store) -> None:
    document = upgraders()[0]
    before = plans.compare(document).choices[0].row
    dearer = [
        msgspec.structs.replace(plan, fee_fen=plan.fee_fen + 100) if plan.code == before.plan.code else plan
        for plan in catalogue().plans
    ]
    published(store, msgspec.json.encode(msgspec.structs.replace(catalogue(), plans=tuple(dearer))))
    now = {one.row.plan.code: one.row for one in plans.compare(document).choices}
    assert now[before.plan.code].median_fen == before.median_fen + 100


def test_a_server_that_publishes_no_plans_leaves_those_that_came_with_the_program(desk: Desk, store: Store) -> None:
    before = PlanDesk(desk).compare(upgraders()[0])
    kinds = (PLANS, ELIGIBILITY, RECOMMENDATION)
    store.apply(a_page(*(gone(Kind.CONTENT, f"{kind}/{kind}") for kind in kinds), cursor="9"), now=NOW)
    assert store.content(PLANS, PLANS) is None
    assert PlanDesk(desk).compare(upgraders()[0]) == before


def test_a_damaged_catalogue_is_told_and_the_next_good_one_is_taken(plans: PlanDesk, store: Store) -> None:
    published(store, b'{"version": 99}')
    with pytest.raises(ContentError):
        plans.compare(upgraders()[0])
    published(store, msgspec.json.encode(catalogue()))
    assert plans.compare(upgraders()[0]).choices


def test_the_day_of_the_servers_clock_counts(plans: PlanDesk, moment: StillMoment) -> None:
    document, seen = found(plans, lambda one: any(refusal.until for c in one.choices for refusal in c.refusals))
    (until,) = {refusal.until for one in seen.choices for refusal in one.refusals}
    assert until is not None
    moment.forward(((until - TODAY).days + 1) * 86_400)
    assert not any(refusal.until == until for one in plans.compare(document).choices for refusal in one.refusals)


def session_of(desk: Desk, document: Document, lang: Lang = Lang.ZH) -> CallSession:
    desk.store.apply(a_page(put(document), put(a_task(1, customer_id=document.id)), cursor="2"), now=NOW)
    return CallSession(opening.open_task(desk, "T0001"), lang=lang, moment=desk.moment)


def say(session: CallSession, *answers: str) -> None:
    for words in answers:
        view = session.conversation.view()
        session.conversation.answer(next(a.digit for a in view.answers if words in (a.label.zh, a.label.en)))
        session.suggest()


def on_sale(seen: PlanComparison) -> bool:
    return bool(seen.facts.get("current_is_on_sale")) and seen.proposed is not None and seen.tier_up is None


def test_an_english_window_orders_the_plan_by_its_code_and_chinese_name(desk: Desk, plans: PlanDesk) -> None:
    # INTEG-07
    document, seen = found(plans, on_sale)
    session = session_of(desk, document, Lang.EN)
    session.plans_compared(seen)
    plan = seen.proposed
    assert plan is not None
    session.form.order = order_form(plan, seen, lang=Lang.EN, starts_on=TODAY)
    session.choose("order_agreed")
    assert session.form.order.product == plan.name.en
    order = session.saved().outcome.order
    assert order is not None
    assert (order.product, order.name, order.code) == (plan.name.zh, plan.name, plan.code)
    assert (order.version, order.charge) == (catalogue().version, Charge.MONTH)
    session.form.order.product = "Another one"
    session.order_changed()
    typed = session.saved().outcome.order
    assert typed is not None
    assert (typed.product, typed.code, typed.version) == ("Another one", "", 0)
    assert any("套餐目录里没有" in text.zh for text in session.lacking())


def test_a_plan_that_was_looked_up_leads_to_its_source_after_a_restart_too(desk: Desk, plans: PlanDesk) -> None:
    # SCRIPT-13, OUTCOME-12
    document, seen = found(plans, on_sale)
    shown = {one.row.plan.code for one in seen.choices}
    far = next(row.plan for row in reversed(recommend(document, content(), TODAY).rows) if row.plan.code not in shown)
    session = session_of(desk, document)
    session.plans_compared(plans.compare(document, ordered=far.code))
    session.form.order = order_form(far, seen, lang=Lang.ZH, starts_on=TODAY)
    source = session.source_of("order_price")
    assert source is not None
    assert (source.plan_code, f"{far.fee_fen // 100} 元" in source.how.zh if source.how else "") == (far.code, True)
    assert session.compared is not None
    assert [one.row.plan.code for one in session.compared.choices if one.row.plan.code not in shown] == [far.code]


def test_whatever_tier_up_a_locked_customer_prefers_the_contract_goes_on(desk: Desk, plans: PlanDesk) -> None:
    # CONTRACT-02
    document, seen = found(plans, lambda seen: len(moving_up(seen)) > 1)
    other = next(one for one in moving_up(seen) if seen.tier_up is None or one.row.plan.code != seen.tier_up.code)
    session = session_of(desk, document)
    session.plans_compared(seen)
    session.choose("order_agreed")
    session.conversation.verify(Verification.OWNER)
    session.take(other)
    assert (session.form.order.term_months, session.form.order.locked) == (0, True)
    assert not any("协议" in text.zh and "“" in text.zh for text in session.lacking())


def moving_up(seen: PlanComparison) -> list[PlanChoice]:
    return [one for one in seen.choices if one.row.way is Way.TIER_UP and not one.refusals]


def test_a_trial_is_ordered_with_its_end_and_the_plan_to_return_to(desk: Desk, plans: PlanDesk) -> None:
    # SCRIPT-14, FOLLOW-07
    document, seen = found(plans, on_sale)
    session = session_of(desk, msgspec.structs.replace(document, care=None))
    session.plans_compared(seen)
    session.conversation.verify(Verification.OWNER)
    session.conversation.go("order")
    say(session, "试两个月")
    order = session.form.order
    session.choose("trial_agreed")
    trial = order.trial()
    assert trial is not None
    first = first_of_next_month(TODAY)
    assert (order.starts_on, trial.ends_on) == (first, first_of_next_month(first_of_next_month(first)) - timedelta(1))
    present = next(one.row.plan for one in seen.choices if one.current)
    assert (trial.back_to, trial.back_to_name) == (present.code, present.name)
    assert "试到" in "".join(span.text for span in session.conversation.view().spans)


def test_no_trial_is_offered_where_the_old_plan_cannot_be_had_again(plans: PlanDesk) -> None:
    # SCRIPT-14
    _, seen = found(plans, lambda one: one.facts.get("current_is_on_sale") is False)
    open_here = {step.id: step for step in scripts()["4g-upgrade"].steps}
    for step in ("hesitate", "not-enough"):
        (ways,) = [one for one in open_here[step].answers if one.to == "trial"]
        assert not holds(ways.when, seen.facts)

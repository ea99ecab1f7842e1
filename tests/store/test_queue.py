"""The queue: its order, its sections, and how the agent's own work moves tasks at once."""

from datetime import timedelta

import pytest
from store_kit import (
    NOW,
    Block,
    Contact,
    Kind,
    Section,
    Sort,
    Tier,
    a_document,
    a_number,
    a_page,
    a_skip,
    a_task,
    answered,
    asking,
    gone,
    put,
    saved,
    with_customer,
)

from core.domain.task import Task
from core.store.store import Store
from core.store.types import Draft, QueueQuery

HOUR = timedelta(hours=1)


def ids(store: Store, query: QueueQuery | None = None) -> list[str]:
    return [row.task_id for row in store.queue(query or asking(), offset=0, limit=100)]


def where(store: Store, task_id: str, query: QueueQuery | None = None) -> Section:
    rows = {row.task_id: row.section for row in store.queue(query or asking(), offset=0, limit=100)}
    return rows[task_id]


def vip(number: int, tier: Tier, **changed: object) -> Task:
    return with_customer(a_task(number, **changed), tier=tier)


def test_due_callbacks_come_first_then_unfinished_then_vip_by_tier_then_scenarios(store: Store) -> None:
    # VIP-05, TASK-06: callbacks that were promised, what was begun, the best customers, then the rest by scenario.
    store.apply(
        a_page(
            put(a_task(1, scenario="4g-upgrade")),
            put(a_task(2, scenario="broadband-disconnect")),
            put(vip(3, Tier.SILVER)),
            put(vip(4, Tier.DIAMOND)),
            put(vip(5, Tier.GOLD)),
            put(a_task(6, callback_at=NOW - HOUR)),
            put(a_task(7, callback_at=NOW - 2 * HOUR)),
            put(a_task(8, callback_at=NOW + HOUR)),
            put(a_task(9, block=Block.NO_NUMBER)),
            put(a_task(10)),
        ),
        now=NOW,
    )
    store.put_draft(Draft(key="T0010", customer_id="C0010", task_id="T0010", begun=True, body=b"{}", at=NOW))
    assert ids(store) == [f"T{n:04d}" for n in (7, 6, 10, 4, 5, 3, 2, 1, 8, 9)]
    assert store.counts(asking()).by_section == {
        Section.DUE: 2,
        Section.UNFINISHED: 1,
        Section.VIP: 3,
        Section.SCENARIO: 2,
        Section.LATER: 1,
        Section.BLOCKED: 1,
    }


def test_within_a_scenario_priority_then_due_time_decide(store: Store) -> None:
    store.apply(
        a_page(
            put(a_task(1, priority=5, due_at=NOW + HOUR)),
            put(a_task(2, priority=1, due_at=NOW + 3 * HOUR)),
            put(a_task(3, priority=1, due_at=NOW + 2 * HOUR)),
            put(a_task(4, priority=1, due_at=None)),
        ),
        now=NOW,
    )
    assert ids(store) == ["T0003", "T0002", "T0004", "T0001"]


def test_a_callback_falls_due_as_time_passes(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), put(a_task(2, callback_at=NOW + HOUR))), now=NOW)
    assert where(store, "T0002") is Section.LATER
    assert ids(store, asking(NOW + HOUR))[0] == "T0002"
    assert where(store, "T0002", asking(NOW + HOUR)) is Section.DUE


def test_a_saved_outcome_takes_its_task_away_at_once(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), put(a_task(2))), now=NOW)
    store.save(saved(a_task(1)))
    assert ids(store) == ["T0002"]
    assert store.counts(asking()).total == 1
    assert store.find("wwj", now=NOW).total == 1


def test_a_callback_made_offline_appears_as_one_at_once(store: Store) -> None:
    # FOLLOW-01: a second call the same day.
    store.apply(a_page(put(a_task(1)), put(a_task(2))), now=NOW)
    store.save(saved(a_task(1), callback_at=NOW + 3 * HOUR, success=False))
    assert where(store, "T0001") is Section.LATER
    row = next(r for r in store.queue(asking(NOW + 3 * HOUR), offset=0, limit=10) if r.task_id == "T0001")
    assert row.section is Section.DUE
    assert row.callback_at == NOW + 3 * HOUR
    assert row.attempts == 1


def test_a_callback_for_anyone_leaves_this_desk(store: Store) -> None:
    store.apply(a_page(put(a_task(1))), now=NOW)
    store.save(saved(a_task(1), callback_at=NOW + HOUR, mine=False, success=False))
    assert ids(store) == []


def test_an_unanswered_call_comes_back_later(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), put(a_task(2))), now=NOW)
    store.save(saved(a_task(1), contact=Contact.UNANSWERED, success=False, result="unanswered"))
    assert where(store, "T0001") is Section.LATER
    assert where(store, "T0001", asking(NOW + 2 * HOUR)) is Section.SCENARIO


def test_a_skipped_task_sinks_until_its_time(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), put(a_task(2))), now=NOW)
    store.log(a_skip("T0001", NOW + HOUR))
    assert ids(store) == ["T0002", "T0001"]
    assert where(store, "T0001") is Section.LATER
    assert where(store, "T0001", asking(NOW + HOUR)) is Section.SCENARIO


def test_a_skip_without_a_time_holds_for_the_day(store: Store) -> None:
    store.apply(a_page(put(a_task(1))), now=NOW)
    store.log(a_skip("T0001", None))
    assert where(store, "T0001", asking(NOW + 13 * HOUR)) is Section.LATER
    assert where(store, "T0001", asking(NOW + 14 * HOUR)) is Section.SCENARIO


def test_a_refusal_blocks_every_task_of_the_customer_at_once(store: Store) -> None:
    # OUTCOME-11: final for all of the customer's numbers, before the server has heard of it.
    first, second = a_task(1), a_task(2, customer_id="C0001")
    store.apply(a_page(put(first), put(second), put(a_task(3))), now=NOW)
    store.save(saved(first, opt_out=True, success=False))
    rows = {row.task_id: row for row in store.queue(asking(), offset=0, limit=10)}
    assert set(rows) == {"T0002", "T0003"}
    assert rows["T0002"].section is Section.BLOCKED
    assert rows["T0002"].block is Block.OPTED_OUT
    assert store.opted_out("C0001")
    assert not store.opted_out("C0003")


def test_a_refusal_blocks_whoever_has_one_of_the_customers_numbers(store: Store) -> None:
    # OUTCOME-11
    for n, numbers in ((1, ("10000000001", "10000000009")), (2, ("10000000002", "10000000009")), (3, ("10000000003",))):
        store.apply(a_page(put(a_task(n)), put(a_document(n, numbers=numbers)), cursor=str(n)), now=NOW)
    refusal = saved(a_task(1), opt_out=True, success=False)
    store.save(refusal)
    rows = {row.task_id: row for row in store.queue(asking(), offset=0, limit=10)}
    assert set(rows) == {"T0002", "T0003"}
    assert rows["T0002"].block is Block.OPTED_OUT
    assert rows["T0003"].block is None
    assert store.opted_out("C0002")
    assert not store.opted_out("C0003")
    assert store.opted_out("C0003", ["10000000009"]), "a number that this machine knows of the other alone"
    assert store.opted_out("C0003", [refusal.outcome.call.number]), "the one that was called"
    store.log(a_number("C0003", "10000000001"))
    assert store.opted_out("C0003")
    store.save(saved(a_task(1), corrects=refusal.id, success=False))
    rows = {row.task_id: row for row in store.queue(asking(), offset=0, limit=10)}
    assert {row.block for row in rows.values()} == {None}


def test_an_outcome_holds_until_the_server_has_answered_and_sent_the_task_anew(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), cursor="1"), now=NOW)
    kept = saved(a_task(1))
    store.save(kept)
    # A page that was under way when the outcome was saved does not know of it.
    store.apply(a_page(put(a_task(1, priority=1)), cursor="2"), now=NOW)
    assert ids(store) == []
    store.settle(answered(kept.id))
    assert ids(store) == [], "the mirror still has the task as it was"
    store.apply(a_page(put(a_task(1, priority=2)), cursor="3"), now=NOW)
    assert ids(store) == ["T0001"], "the server gave it back"


def test_a_correction_opens_a_closed_task_again(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), cursor="1"), now=NOW)
    first = saved(a_task(1))
    store.save(first)
    store.settle(answered(first.id))
    store.apply(a_page(gone(Kind.TASK, "T0001"), cursor="2"), now=NOW)
    assert ids(store) == []
    again = saved(a_task(1), corrects=first.id, callback_at=NOW + HOUR, success=False)
    store.save(again)
    assert where(store, "T0001") is Section.LATER
    store.settle(answered(again.id))
    store.apply(a_page(put(a_task(1, callback_at=NOW + HOUR)), cursor="3"), now=NOW)
    assert ids(store) == ["T0001"]


def test_a_revoked_task_goes_and_a_changed_one_moves(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), put(a_task(2)), cursor="1"), now=NOW)
    applied = store.apply(a_page(gone(Kind.TASK, "T0001"), put(a_task(2, callback_at=NOW)), cursor="2"), now=NOW)
    assert applied.task_ids == ("T0001", "T0002")
    assert ids(store) == ["T0002"]
    assert where(store, "T0002") is Section.DUE
    assert store.task("T0001") is None


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NAME, ["T0002", "T0003", "T0001"]),
        (Sort.DUE, ["T0003", "T0001", "T0002"]),
        (Sort.TIER, ["T0001", "T0003", "T0002"]),
        (Sort.SCENARIO, ["T0002", "T0003", "T0001"]),
    ],
)
def test_sorts_go_across_the_sections(store: Store, sort: Sort, expected: list[str]) -> None:
    store.apply(
        a_page(
            put(with_customer(a_task(1, due_at=NOW + HOUR), tier=Tier.GOLD, pinyin="zhang")),
            put(with_customer(a_task(2, due_at=NOW + 2 * HOUR, scenario="vip-care"), pinyin="an")),
            put(with_customer(a_task(3, due_at=NOW), pinyin="ma")),
        ),
        now=NOW,
    )
    assert ids(store, asking(sort=sort)) == expected


def test_filters_narrow_rows_and_counts_alike(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), put(a_task(2, scenario="vip-care")), put(vip(3, Tier.GOLD))), now=NOW)
    query = asking(scenarios=("4g-upgrade",), tiers=(Tier.NONE,))
    assert ids(store, query) == ["T0001"]
    assert store.counts(query).total == 1
    store.save(saved(a_task(1)))
    assert store.counts(query).total == 0


def test_a_row_says_what_the_queue_shows(store: Store) -> None:
    store.apply(a_page(put(a_task(1, area="江汉"))), now=NOW)
    store.put_draft(Draft(key="T0001", customer_id="C0001", task_id="T0001", begun=False, body=b"{}", at=NOW))
    (row,) = store.queue(asking(), offset=0, limit=1)
    assert (row.name, row.area, row.number_masked, row.number_count) == ("吴文静", "江汉", "100 **** 0001", 1)
    assert row.has_draft
    assert row.section is Section.SCENARIO

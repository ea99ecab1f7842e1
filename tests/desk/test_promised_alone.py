"""A callback promised in a call without a task is kept before the server has heard of it. FOLLOW-01"""

from datetime import timedelta

from store_kit import NOW, Section, answered, asking, saved

from core.desk import opening
from core.desk.desk import Desk
from core.desk.next_up import next_row
from core.store.store import Store

DUE = NOW + timedelta(hours=1)


def test_it_stands_in_the_queue_and_falls_due(desk: Desk, store: Store) -> None:
    store.save(saved(None, callback_at=DUE))
    (later,) = store.queue(asking(), offset=0, limit=9)
    assert (later.section, later.callback_at) == (Section.LATER, DUE)
    assert store.counts(asking(DUE)).by_section[Section.DUE] == 1
    row = next_row(desk, asking(DUE))
    assert row is not None
    assert row.task_id == later.task_id
    opened = opening.open_task(desk, row.task_id)
    assert (opened.task, opened.customer_id, opened.numbers[0]) == (None, "C9999", "10012345678")
    assert opened.key == row.task_id == opening.reopen_draft(desk, row.task_id).key


def test_it_makes_way_for_the_next_call_and_for_the_servers_task(store: Store) -> None:
    first, other = saved(None, callback_at=DUE), saved(None, customer_id="C2", callback_at=DUE)
    store.save(first)
    store.save(other)
    store.save(saved(None))
    assert [row.customer_id for row in store.queue(asking(), offset=0, limit=9)] == ["C2"]
    store.settle(answered(other.id))
    assert store.queue(asking(), offset=0, limit=9) == []


def test_one_that_anyone_may_take_waits_for_the_server(store: Store) -> None:
    store.save(saved(None, callback_at=DUE, mine=False))
    assert store.queue(asking(), offset=0, limit=9) == []

"""A pull that is cut off in the middle: the desk shows what it had before or all that is new, never half."""

from collections.abc import Callable

import msgspec
from store_kit import NOW, Kind, a_document, a_page, a_task, asking, gone, put

from core.domain.customer import Care, Document
from core.domain.task import Block, Gone
from core.store.store import Store


def yesterday(store: Store) -> None:
    store.apply(a_page(*(put(a_task(n)) for n in (1, 2, 3)), *(put(a_document(n)) for n in (1, 2, 3))), now=NOW)


def on_the_desk(store: Store) -> list[str]:
    return sorted(row.task_id for row in store.queue(asking(), offset=0, limit=99))


def names(store: Store) -> list[bool]:
    """Of each customer, whether the document is today's."""
    return ["今日".encode() in (store.customer(f"C000{n}") or b"") for n in (1, 2, 3)]


def who_says(*, opted_out: bool) -> Document:
    return msgspec.structs.replace(a_document(2), care=Care(opted_out=opted_out))


# Reliability R11
def test_half_of_a_pull_shows_nothing_and_the_rest_shows_all(store: Store, reopened: Callable[[], Store]) -> None:
    yesterday(store)
    before = on_the_desk(store)
    first = a_page(gone(Kind.TASK, "T0001"), put(a_task(4)), put(a_document(1, name="今日")), cursor="2", more=True)
    applied = store.apply(first, now=NOW)
    assert (applied.anything, applied.finished, applied.staged) == (False, False, 3)
    again = reopened()
    assert (on_the_desk(again), names(again)) == (before, [False] * 3)
    assert (again.cursor(), again.waits_for_pages()) == ("2", True)
    second = a_page(put(a_document(2, name="今日")), put(a_task(5)), cursor="3", more=True)
    again.apply(second, now=NOW)
    assert (on_the_desk(again), again.cursor()) == (before, "3")
    last = again.apply(a_page(gone(Kind.TASK, "T0005"), put(a_document(3, name="今日")), cursor="4"), now=NOW)
    assert on_the_desk(again) == ["T0002", "T0003", "T0004"]
    assert (names(again), again.cursor(), again.waits_for_pages()) == ([True] * 3, "4", False)
    assert last.task_ids == ("T0001", "T0004", "T0005")
    assert last.customer_ids == ("C0001", "C0002", "C0003")


def test_a_desk_that_has_nothing_shows_its_first_pull_as_it_comes(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), cursor="1", more=True), now=NOW)
    assert on_the_desk(store) == ["T0001"]
    store.apply(a_page(put(a_task(2)), cursor="2"), now=NOW)
    store.apply(a_page(put(a_task(3)), cursor="3", more=True), now=NOW)
    assert on_the_desk(store) == ["T0001", "T0002"]


# TASK-16: who refused is called by no desk that has heard of it, however little else it has heard
def test_a_refusal_in_half_a_pull_holds_at_once(store: Store) -> None:
    yesterday(store)
    refused = put(who_says(opted_out=True))
    blocked = put(a_task(3, block=Block.OPTED_OUT))
    applied = store.apply(a_page(gone(Kind.TASK, "T0001", Gone.OPTED_OUT), refused, cursor="2", more=True), now=NOW)
    assert applied.customer_ids == ("C0001", "C0002")
    assert store.apply(a_page(blocked, cursor="3", more=True), now=NOW).customer_ids == ("C0003",)
    assert [store.opted_out(f"C000{n}") for n in (1, 2, 3)] == [True] * 3
    store.apply(a_page(put(who_says(opted_out=False)), put(a_task(3)), cursor="4"), now=NOW)
    assert [store.opted_out(f"C000{n}") for n in (1, 2, 3)] == [True, False, False]


def test_what_is_fetched_anew_forgets_half_a_pull(store: Store) -> None:
    yesterday(store)
    store.apply(a_page(put(a_task(4)), cursor="2", more=True), now=NOW)
    store.clear_mirror()
    assert (store.cursor(), store.waits_for_pages()) == ("", False)
    store.apply(a_page(put(a_task(5)), cursor="3"), now=NOW)
    assert on_the_desk(store) == ["T0005"]

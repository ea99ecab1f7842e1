"""What the server has taken is kept for some weeks, for a server that is brought back from a backup."""

from datetime import timedelta

import msgspec
import pytest
from store_kit import NOW, a_dial, a_page, a_task, an_outcome, gone, periods, put, saved

from core.domain.data_periods import LET_GO
from core.store.sent import KEPT
from core.store.store import Store
from core.store.types import UploadState
from core.wire.pull import Kind
from core.wire.push import Answer, Answers, Saved, Verdict


@pytest.fixture
def worked(store: Store) -> Saved:
    """A dial and its result, both taken by the server."""
    store.apply(a_page(put(a_task(1))), now=NOW)
    store.log(a_dial("C0001", NOW))
    kept = saved(a_task(1), recorded_at=NOW)
    store.save(kept)
    answer(store, Verdict.ACCEPTED)
    return kept


def answer(store: Store, verdict: Verdict) -> None:
    """To all that waits."""
    told = tuple(Answer(id=item.id, verdict=verdict) for item in store.pending(99))
    store.settle(Answers(answers=told, server_time=NOW))


def waiting(store: Store) -> list[tuple[str, bytes]]:
    return [(item.kind, item.body) for item in store.pending(99)]


def test_all_of_it_waits_again_as_it_was_and_in_its_order(store: Store, worked: Saved) -> None:
    assert waiting(store) == []
    later = saved(None, customer_id="C0002", recorded_at=NOW)
    store.save(later)
    assert store.send_again(NOW) == 3
    kinds = [kind for kind, _ in waiting(store)]
    bodies = [body for _, body in waiting(store)]
    assert kinds == ["dial", "outcome", "outcome"]
    assert bodies[1:] == [msgspec.json.encode(worked), msgspec.json.encode(later)], "byte for byte, the oldest first"
    assert store.outbox_state().oldest_at == NOW, "nothing has waited for weeks"
    assert store.send_again(NOW) == 3, "asked twice, it is sent once"
    answer(store, Verdict.DUPLICATE)
    assert waiting(store) == []


def test_what_was_refused_for_want_of_it_is_sent_after_it(store: Store, worked: Saved) -> None:
    correction = Saved(outcome=an_outcome(a_task(1), corrects=worked.id, recorded_at=NOW + timedelta(minutes=1)))
    store.save(correction)
    answer(store, Verdict.REJECTED)
    store.send_again(NOW)
    assert [body for kind, body in waiting(store) if kind == "outcome"] == list(
        map(msgspec.json.encode, (worked, correction))
    )
    assert {row.upload for row in store.saved_between(NOW - KEPT, NOW + KEPT)} == {UploadState.WAITING}


def test_nothing_is_kept_of_a_customer_who_is_let_go(store: Store, worked: Saved) -> None:
    # CARE-09, reliability S8
    assert worked.outcome.customer_id == "C0001"
    store.apply(a_page(gone(Kind.TASK, "T0001", "done"), gone(Kind.CUSTOMER, "C0001", LET_GO)), now=NOW)
    assert store.send_again(NOW) == 0


def test_it_goes_by_itself_after_some_weeks(store: Store, worked: Saved) -> None:
    store.apply(a_page(periods(days=90)), now=NOW)
    late = NOW + KEPT + timedelta(days=1)
    store.apply(a_page(at=late, cursor="2"), now=late)
    assert store.saved(worked.id) == worked, "the agent's own list has it for as long as the site says"
    assert store.send_again(late) == 0


def test_another_agent_at_the_desk_sends_nothing_of_the_one_before(store: Store, worked: Saved) -> None:
    store.hand_over()
    assert store.send_again(NOW) == 0

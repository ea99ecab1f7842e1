"""What the agent did: kept with its outbox row, listed, counted, corrected."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from store_kit import (
    NOW,
    Contact,
    Verdict,
    a_callback,
    a_dial,
    a_document,
    a_number,
    a_page,
    a_reveal,
    a_skip,
    a_task,
    answered,
    asking,
    put,
    saved,
    with_customer,
)

from core.domain import decoding
from core.domain.disposition import Dispositions, Result
from core.domain.errors import StoreError
from core.domain.follow_up import FollowUpKind, FollowUpState
from core.domain.text import Text
from core.store.saving import consequence
from core.store.store import Store
from core.store.types import Draft, ScenarioFigures, UploadState
from core.wire.push import Saved

HOUR = timedelta(hours=1)
DAY = (NOW - 12 * HOUR, NOW + 12 * HOUR)


def a_draft(key: str = "T0001", task_id: str | None = "T0001") -> Draft:
    return Draft(key=key, customer_id="C0001", task_id=task_id, begun=True, body=b'{"note":"x"}', at=NOW)


def test_an_outcome_is_there_after_a_restart_with_its_outbox_row(store: Store, reopened: Callable[[], Store]) -> None:
    store.apply(a_page(put(a_task(1))), now=NOW)
    kept = saved(a_task(1), callback_at=NOW + HOUR)
    store.save(kept)
    again = reopened()
    assert again.saved(kept.id) == kept
    (item,) = again.pending(10)
    assert (item.id, item.kind) == (kept.id, "outcome")
    assert decoding.decode(item.body, Saved) == kept
    assert again.outbox_state().oldest_at == NOW


def test_saving_twice_is_saving_once_and_never_an_overwrite(store: Store) -> None:
    kept = saved(a_task(1))
    store.save(kept)
    store.save(kept)
    assert store.outbox_state().waiting == 1
    with pytest.raises(ValueError, match="saved already"):
        store.save(Saved(outcome=msgspec.structs.replace(kept.outcome, note="other")))


def test_drafts_are_kept_at_every_change_and_go_with_the_outcome(store: Store, reopened: Callable[[], Store]) -> None:
    store.put_draft(a_draft())
    store.put_draft(msgspec.structs.replace(a_draft(), body=b'{"note":"xy"}'))
    store.put_draft(a_draft("call:1", None))
    again = reopened()
    assert [draft.key for draft in again.drafts()] == ["T0001", "call:1"]
    found = again.draft("T0001")
    assert found is not None
    assert found.body == b'{"note":"xy"}'
    again.save(saved(a_task(1)))
    assert again.draft("T0001") is None
    again.save(saved(None), draft_key="call:1")
    assert again.drafts() == []


def test_the_items_are_uploaded_in_the_order_of_the_work(store: Store) -> None:
    items = [
        a_dial("C0001"),
        a_reveal("C0001"),
        saved(a_task(1)),
        a_skip("T0002", None),
        a_number("C0001", "10011110000"),
    ]
    for item in items:
        store.save(item) if isinstance(item, Saved) else store.log(item)
        if not isinstance(item, Saved):
            store.log(item)
    assert [item.id for item in store.pending(10)] == [item.id for item in items]
    assert [item.kind for item in store.pending(10)] == ["dial", "reveal", "outcome", "skip", "number"]


@pytest.mark.parametrize(
    ("verdict", "upload", "waits", "troubled"),
    [
        (Verdict.ACCEPTED, UploadState.UPLOADED, 0, 0),
        (Verdict.DUPLICATE, UploadState.UPLOADED, 0, 0),
        (Verdict.SUPERSEDED, UploadState.SUPERSEDED, 0, 0),
        (Verdict.REJECTED, UploadState.REJECTED, 0, 1),
        (Verdict.CONFLICT, UploadState.CONFLICT, 0, 1),
    ],
)
def test_what_the_server_said_is_shown(
    store: Store, verdict: Verdict, upload: UploadState, waits: int, troubled: int
) -> None:
    kept = saved(a_task(1))
    store.save(kept)
    assert store.saved_between(*DAY)[0].upload is UploadState.WAITING
    store.settle(answered(kept.id, verdict=verdict, message="任务已转走"))
    (row,) = store.saved_between(*DAY)
    assert row.upload is upload
    assert row.message == Text("任务已转走", "任务已转走")
    state = store.outbox_state()
    assert (state.waiting, len(state.troubled)) == (waits, troubled)
    assert store.pending(10) == []
    assert store.saved(kept.id) == kept, "what the server would not take is never deleted here"


def test_what_was_refused_stays_in_sight_until_it_is_corrected(store: Store) -> None:
    wrong = saved(a_task(1))
    store.save(wrong)
    store.save(saved(a_task(2)))
    store.settle(answered(wrong.id, verdict=Verdict.REJECTED))
    later = (NOW + timedelta(days=3), NOW + timedelta(days=4))
    assert store.outbox_state().refused == 1
    assert [row.outcome_id for row in store.saved_between(*later, refused=True)] == [wrong.id]
    assert store.saved_between(*later) == []
    store.save(saved(a_task(1), corrects=wrong.id, recorded_at=NOW + timedelta(days=3)))
    assert store.outbox_state().refused == 0
    assert [row.corrects for row in store.saved_between(*later, refused=True)] == [wrong.id]


def test_a_correction_is_a_new_record_and_counts_instead(store: Store) -> None:
    store.apply(a_page(put(a_task(1))), now=NOW)
    first = saved(a_task(1), callback_at=NOW + HOUR, success=True)
    store.save(first)
    second = saved(
        a_task(1), corrects=first.id, success=False, contact=Contact.FAMILY, recorded_at=NOW + timedelta(days=2)
    )
    store.save(second)
    assert [item.id for item in store.pending(9)] == [first.id, second.id]
    newest, oldest = store.saved_between(DAY[0], NOW + timedelta(days=3))
    assert (newest.corrects, newest.corrected) == (first.id, False)
    assert oldest.corrected
    figures = store.day_figures(*DAY)
    assert (figures.called, figures.owner, figures.success, figures.connected) == (1, 0, 0, 1)
    assert store.day_figures(NOW + timedelta(days=1), NOW + timedelta(days=3)).called == 0
    assert store.follow_ups(FollowUpKind.CALLBACK, FollowUpState.WAITING) == []


def test_the_days_figures(store: Store) -> None:
    # KPI-02: calls, successes and their parts, per scenario.
    store.log(a_dial("C0001"))
    store.log(a_dial("C0001", NOW - timedelta(days=1)))
    store.save(saved(a_task(1)))
    store.save(saved(a_task(2), contact=Contact.UNANSWERED, success=False))
    store.save(saved(a_task(3, scenario="vip-care"), contact=Contact.FAMILY, success=False))
    store.save(saved(None, success=False))
    figures = store.day_figures(*DAY)
    assert (figures.dialled, figures.called, figures.connected, figures.owner, figures.success) == (1, 4, 3, 2, 1)
    assert figures.talk_s == 4 * 95
    assert figures.by_scenario["vip-care"] == ScenarioFigures(called=1, calls=1, connected=1, owner=0, success=0)


def test_the_days_list_is_searched_and_newest_first(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), put(with_customer(a_task(2), name="张伟", pinyin="zhangwei"))), now=NOW)
    store.save(saved(a_task(1)))
    store.save(saved(a_task(2), recorded_at=NOW + HOUR, note="想要回电"))
    assert [row.name for row in store.saved_between(*DAY)] == ["张伟", "吴文静"]
    for text in ("zhangw", "张", "回电", "T0002"):
        assert [row.name for row in store.saved_between(*DAY, text=text)] == ["张伟"]
    assert len(store.saved_between(*DAY, limit=1)) == 1


def test_a_call_without_a_task_is_listed_by_the_documents_name(store: Store) -> None:
    store.apply(a_page(put(a_document(9999, name="单晓"))), now=NOW)
    store.save(saved(None))
    assert store.saved_between(*DAY)[0].name == "单晓"


def test_a_callback_is_done_once_the_customer_was_called_again(store: Store) -> None:
    store.save(saved(a_task(1), callback_at=NOW + HOUR, success=False))
    assert len(store.follow_ups(FollowUpKind.CALLBACK, FollowUpState.WAITING)) == 1
    store.save(saved(a_task(1), recorded_at=NOW + HOUR))
    (callback,) = store.follow_ups(FollowUpKind.CALLBACK)
    assert callback.state is FollowUpState.DONE


def test_what_has_no_time_is_listed_in_the_order_of_its_making(store: Store) -> None:
    made = []
    for number in range(6):
        one = saved(a_task(number + 1))
        text = msgspec.structs.replace(a_callback(one.outcome, NOW), kind=FollowUpKind.SMS, due_at=None)
        store.save(msgspec.structs.replace(one, follow_ups=(text,)))
        made.append(text.id)
    assert [text.id for text in store.follow_ups(FollowUpKind.SMS)] == made


def test_dials_numbers_and_refusals_count_before_the_server_knows(store: Store) -> None:
    # TASK-16, OUTCOME-11, OUTCOME-03
    store.log(a_dial("C0001", NOW - timedelta(days=40)))
    store.log(a_dial("C0001", NOW))
    assert store.dials("C0001", NOW - timedelta(days=30)) == [NOW]
    added = a_number("C0001", "10011110000")
    store.log(added)
    assert store.added_numbers("C0001") == [added.number]
    assert store.customers_by_number("10011110000") == ["C0001"]
    refusal = saved(a_task(1), opt_out=True)
    store.save(refusal)
    assert store.opted_out("C0001")
    store.save(saved(a_task(1), corrects=refusal.id))
    assert not store.opted_out("C0001")


def test_the_dispositions_say_whether_a_result_closes_the_task() -> None:
    results = (
        Result(code="sold", label=Text("成功", "Sold")),
        Result(code="later", label=Text("再联系", "Later"), closes=False, retry_after_min=30),
    )
    dispositions = Dispositions(scenario="4g-upgrade", version=1, results=results, reasons=())
    assert consequence(saved(a_task(1), result="sold"), dispositions).effect == "closed"
    then = consequence(saved(a_task(1), result="later"), dispositions)
    assert (then.effect, then.at) == ("retry", NOW + timedelta(minutes=30))
    refusal = saved(a_task(1), result="later", opt_out=True)
    assert consequence(refusal, dispositions).effect == "closed"


def test_another_agent_takes_over_only_when_nothing_is_left_to_do(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), cursor="7"), now=NOW)
    kept = saved(a_task(1))
    store.save(kept)
    with pytest.raises(StoreError):
        store.hand_over()
    assert store.saved(kept.id) == kept
    store.settle(answered(kept.id))
    store.put_setting("theme", "dark")
    store.put_setting("tip_draft", "{}")
    store.hand_over()
    assert store.setting("tip_draft") is None
    assert (store.saved(kept.id), store.cursor(), store.task("T0001")) == (None, "", None)
    assert store.setting("theme") == "dark"


def test_an_answer_to_an_unknown_item_changes_nothing(store: Store) -> None:
    store.save(saved(a_task(1)))
    store.settle(answered(uuid4()))
    assert store.outbox_state().waiting == 1


def test_correcting_an_old_record_leaves_later_work_on_the_task_alone(store: Store) -> None:
    store.apply(a_page(put(a_task(1))), now=NOW)
    first = saved(a_task(1), contact=Contact.UNANSWERED, success=False)
    store.save(first)
    store.save(saved(a_task(1), callback_at=NOW + HOUR, success=False, recorded_at=NOW + timedelta(minutes=5)))
    store.put_draft(a_draft())
    store.save(saved(a_task(1), corrects=first.id, contact=Contact.REJECTED, success=False))
    assert store.draft("T0001") is not None
    store.drop_draft("T0001")
    (row,) = store.queue(asking(), offset=0, limit=9)
    assert row.callback_at == NOW + HOUR, "what the later call promised stands"
    assert len(store.follow_ups(FollowUpKind.CALLBACK, FollowUpState.WAITING)) == 1


def test_a_correction_may_end_its_own_draft(store: Store) -> None:
    first = saved(a_task(1))
    store.save(first)
    store.put_draft(a_draft("correct:1", None))
    store.save(saved(a_task(1), corrects=first.id), draft_key="correct:1")
    assert store.drafts() == []

"""What the server let go is here no more: rows and words; what it has not answered waits for its answer."""

from datetime import timedelta

import pytest
from store_kit import (
    NOW,
    Verdict,
    a_dial,
    a_document,
    a_number,
    a_page,
    a_task,
    answered,
    gone,
    periods,
    put,
    saved,
)

from core.domain.data_periods import LET_GO, LONGEST_DAYS
from core.domain.errors import StoreError
from core.store import files, letting_go
from core.store.errors import busy
from core.store.store import Store
from core.store.types import Draft
from core.wire.pull import Kind
from core.wire.push import Answer, Answers, Saved

NOTE, NAME = "金丝雀备注", "金雀儿"
CUSTOMER = "C0001"


@pytest.fixture
def worked(store: Store) -> Saved:
    """Called, noted and promised to be called back; the server has all of it."""
    store.apply(a_page(put(a_task(1)), put(a_document(1, numbers=("10000000001",), name=NAME))), now=NOW)
    kept = saved(a_task(1), callback_at=NOW + timedelta(hours=1), note=NOTE, opt_out=True)
    store.save(kept)
    store.log(a_dial(CUSTOMER))
    store.log(a_number(CUSTOMER, "10000000001"))
    store.put_draft(Draft(key="T0001", customer_id=CUSTOMER, task_id="T0001", begun=True, body=NOTE.encode(), at=NOW))
    store.settle(answered(*(item.id for item in store.pending(10))))
    return kept


def held(store: Store) -> set[str]:
    """Tables of both files of which a cell says who the customer is or what was written of them."""
    found: set[str] = set()
    with store._reading() as connection:
        for schema in ("main", "work"):
            names = connection.exec_driver_sql(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'")
            for (name,) in names.all():
                if name.startswith(("task_gram", "article_gram", "sqlite_")):
                    continue
                rows = connection.exec_driver_sql(f"SELECT * FROM {schema}.{name}").all()
                text = "\n".join(
                    cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
                    for row in rows
                    for cell in row
                )
                if any(word in text for word in (NOTE, NAME, "10000000001")):
                    found.add(f"{schema}.{name}")
    return found


def test_a_customer_who_is_let_go_leaves_results_without_words(store: Store, worked: Saved) -> None:
    assert {"main.customer", "work.outcome", "work.draft"} <= held(store)
    applied = store.apply(a_page(gone(Kind.TASK, "T0001", "done"), gone(Kind.CUSTOMER, CUSTOMER, LET_GO)), now=NOW)
    assert applied.let_go == (CUSTOMER,)
    assert held(store) == set()
    bare = store.saved(worked.id)
    assert bare is not None
    # The day's figures count it, and the refusal still holds here.
    assert (bare.outcome.success, bare.outcome.note, bare.outcome.opt_out) == (True, "", True)


def test_a_customer_who_only_leaves_the_desk_leaves_what_was_saved(store: Store, worked: Saved) -> None:
    store.apply(a_page(gone(Kind.TASK, "T0001", "done"), gone(Kind.CUSTOMER, CUSTOMER)), now=NOW)
    assert store.saved(worked.id) == worked


def test_what_waits_for_the_server_stays_until_it_answers(store: Store) -> None:
    store.apply(a_page(put(a_task(1)), put(a_document(1, name=NAME))), now=NOW)
    late = saved(a_task(1), note=NOTE)
    store.save(late)
    store.apply(a_page(gone(Kind.TASK, "T0001"), gone(Kind.CUSTOMER, CUSTOMER, LET_GO)), now=NOW)
    assert store.saved(late.id) == late
    answer = Answer(id=late.id, verdict=Verdict.REJECTED, code=LET_GO)
    store.settle(Answers(answers=(answer,), server_time=NOW))
    assert held(store) == set()
    assert (store.outbox_state().waiting, store.outbox_state().troubled) == (0, [])


def test_a_desk_that_could_not_let_go_hears_of_it_again(
    store: Store, worked: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.cursor()
    page = a_page(gone(Kind.TASK, "T0001", "done"), gone(Kind.CUSTOMER, CUSTOMER, LET_GO), cursor="later")
    with monkeypatch.context() as cut_short:
        cut_short.setattr(letting_go, "of_customers", _fails)
        with pytest.raises(StoreError):
            store.apply(page, now=NOW)
    assert store.cursor() == before, "the server tells it once more"
    store.apply(page, now=NOW)
    assert held(store) == set()


def test_what_goes_with_the_servers_answer_goes_from_the_journal_too(store: Store) -> None:
    late = saved(None, note=NOTE)
    store.save(late)
    store.settle(Answers(answers=(Answer(id=late.id, verdict=Verdict.REJECTED, code=LET_GO),), server_time=NOW))
    assert (store.folder / f"{files.WORK}-wal").stat().st_size == 0


def _fails(*_: object) -> None:
    raise busy()


def test_words_go_by_themselves_after_the_site_s_period(store: Store, worked: Saved) -> None:
    store.apply(a_page(periods(days=90), gone(Kind.CUSTOMER, CUSTOMER)), now=NOW)
    store.apply(a_page(at=NOW + timedelta(days=89), cursor="2"), now=NOW)
    assert store.saved(worked.id) == worked
    store.apply(a_page(at=NOW + timedelta(days=91), cursor="3"), now=NOW)
    kept = store.saved(worked.id)
    assert kept is not None
    assert (kept.outcome.note, kept.outcome.success) == ("", True)


def test_nothing_goes_that_was_not_uploaded_however_old(store: Store) -> None:
    late = saved(a_task(1), note=NOTE)
    store.save(late)
    store.apply(a_page(periods(days=90), at=NOW + timedelta(days=LONGEST_DAYS)), now=NOW)
    assert store.saved(late.id) == late


def test_a_kind_that_only_a_later_server_knows_stops_nothing(store: Store, worked: Saved) -> None:
    store.apply(a_page(periods(days=90, beside=b'{"kind":"recordings","days":9,"why":{"zh":"-","en":"-"}},')), now=NOW)
    store.apply(a_page(gone(Kind.CUSTOMER, CUSTOMER), at=NOW + timedelta(days=91), cursor="2"), now=NOW)
    kept = store.saved(worked.id)
    assert kept is not None
    assert kept.outcome.note == ""

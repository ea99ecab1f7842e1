"""Many threads at once: saves while a pull runs, reads beside both; nobody waits in vain, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest
from store_kit import AGENT, NOW, a_page, a_task, asking, put, saved

from core.domain.presence import AgentState, StateChange
from core.store.store import Store


def test_saves_and_reads_go_on_beside_a_pull(store: Store) -> None:
    # Performance P4, for correctness alone: a save writes work.db and never waits for the mirror's transaction.
    done = Event()

    def pull() -> int:
        pages = 0
        while not done.is_set():
            pages += 1
            store.apply(a_page(*(put(a_task(n, priority=pages % 9)) for n in range(100)), cursor=str(pages)), now=NOW)
        return pages

    def save(worker: int) -> list[str]:
        kept = [saved(a_task(1000 + worker * 100 + n)) for n in range(15)]
        for one in kept:
            store.save(one)
        return [str(one.id) for one in kept]

    def read() -> bool:
        return all(store.look(asking(), offset=0, limit=50).counts.total in (0, 100) for _ in range(40))

    with ThreadPoolExecutor(6) as pool:
        pulling = pool.submit(pull)
        reading = pool.submit(read)
        ids = [one for future in [pool.submit(save, w) for w in range(4)] for one in future.result()]
        assert reading.result(), "a page is seen whole or not at all"
        done.set()
        assert pulling.result() > 0
    assert {str(item.id) for item in store.pending(1000)} == set(ids)


def test_the_mirrors_writer_does_not_hold_up_a_save(store: Store) -> None:
    with store._mirror.begin() as mirror:
        mirror.exec_driver_sql("INSERT INTO meta VALUES ('held', '1')")
        store.save(saved(None))
        assert store.counts(asking()).total == 0
    assert store.outbox_state().waiting == 1


def test_who_keeps_what_the_agent_does_returns_when_it_is_kept_also_where_another_has_taken_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # KPI-02: the sync is at it while the desk is closed.
    taken, take = Event(), store.states.take

    def seen_taken() -> list[StateChange]:
        changes = take()
        taken.set()
        return changes

    monkeypatch.setattr(store.states, "take", seen_taken)
    store.states.note(StateChange(id=uuid4(), agent=AGENT, state=AgentState.READY, at=NOW))

    def keep_and_look() -> list[str]:
        store.keep_states()
        return [item.kind for item in store.pending(10)]

    with ThreadPoolExecutor(2) as pool:
        with store._work.begin():
            sync = pool.submit(store.keep_states)
            assert taken.wait(5)
            closing = pool.submit(keep_and_look)
            with pytest.raises(TimeoutError):
                closing.result(0.1)
        sync.result(5)
        assert closing.result(5) == ["state"]

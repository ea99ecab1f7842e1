"""Random days at the desk beside the plain model: rows, order, pages, counts and search agree at every step."""

import tempfile
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from queue_model import SCENARIOS, Model, found_by_eye, ordered
from store_kit import (
    NOW,
    Block,
    Contact,
    Kind,
    Section,
    Sort,
    Tier,
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
from core.store import queue_source
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.store.types import Draft
from core.wire.pull import Change

NAMES = [("吴文静", "wuwenjing", "wwj"), ("张伟", "zhangwei", "zw"), ("单晓", "shanxiao", "sx")]
MINUTES = st.integers(-300, 300).map(lambda m: timedelta(minutes=m))
NUMBERS = st.integers(1, 7)


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    number = draw(NUMBERS)
    name, pinyin, initials = draw(st.sampled_from(NAMES))
    task = a_task(
        number,
        customer_id=f"C{number % 4}",
        scenario=draw(st.sampled_from(SCENARIOS)),
        priority=draw(st.integers(0, 2)),
        due_at=draw(st.none() | MINUTES.map(NOW.__add__)),
        callback_at=draw(st.none() | st.none() | MINUTES.map(NOW.__add__)),
        block=draw(st.sampled_from([None, None, None, Block.NO_NUMBER])),
    )
    tier = draw(st.sampled_from([Tier.NONE, *Tier]))
    return with_customer(task, name=name, pinyin=pinyin, initials=initials, tier=tier)


class Desk(RuleBasedStateMachine):
    @initialize(dense=st.sampled_from([0, queue_source.DENSE]))
    def begin(self, dense: int) -> None:
        # At 0 every search walks the index, as with a hundred thousand hits.
        self.patch = mock.patch.object(queue_source, "DENSE", dense)
        self.patch.start()
        self.folder = tempfile.TemporaryDirectory()
        self.store: Store = open_store(Path(self.folder.name), StoreKey("5a" * 32))
        self.model = Model()
        self.now: datetime = NOW
        self.cursor = 0

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.patch.stop()
            self.store.close()
            self.folder.cleanup()

    def _pull(self, *changes: Change) -> None:
        self.cursor += 1
        self.store.apply(a_page(*changes, cursor=str(self.cursor)), now=self.now)

    @rule(sent=st.lists(tasks(), min_size=1, max_size=5, unique_by=lambda task: task.id))
    def the_server_sends_tasks(self, sent: list[Task]) -> None:
        self._pull(*(put(task) for task in sent))
        for task in sent:
            self.model.pulled(task.id, task)

    @rule(number=NUMBERS)
    def the_server_takes_a_task(self, number: int) -> None:
        self._pull(gone(Kind.TASK, f"T{number:04d}"))
        self.model.pulled(f"T{number:04d}", None)

    @precondition(lambda self: self.model.shown(self.now))
    @rule(data=st.data(), after=st.none() | MINUTES, mine=st.booleans(), contact=st.sampled_from(list(Contact)[:5]))
    def an_outcome_is_saved(self, data: st.DataObject, after: timedelta | None, mine: bool, contact: Contact) -> None:
        task = data.draw(st.sampled_from(self.model.shown(self.now))).task
        callback_at = None if after is None else self.now + after
        refuses = callback_at is None and contact is Contact.OWNER and data.draw(st.integers(0, 5)) == 0
        kept = saved(
            task,
            callback_at=callback_at,
            mine=mine,
            contact=contact,
            opt_out=refuses,
            success=False,
            recorded_at=self.now,
        )
        self.store.save(kept)
        self.model.save(kept)

    @rule()
    def the_server_answers(self) -> None:
        ids = {item.id for item in self.store.pending(100)}
        self.store.settle(answered(*ids))
        for touch in self.model.touched.values():
            touch.settled = touch.settled or touch.saved.id in ids

    @precondition(lambda self: self.model.mirror)
    @rule(data=st.data(), ahead=st.integers(1, 200))
    def a_task_is_skipped(self, data: st.DataObject, ahead: int) -> None:
        task_id = data.draw(st.sampled_from(sorted(self.model.mirror)))
        until = self.now + timedelta(minutes=ahead)
        self.store.log(a_skip(task_id, until, self.now))
        self.model.skips[task_id] = until

    @precondition(lambda self: self.model.mirror)
    @rule(data=st.data(), begun=st.booleans())
    def a_draft_is_kept_or_dropped(self, data: st.DataObject, begun: bool) -> None:
        task_id = data.draw(st.sampled_from(sorted(self.model.mirror)))
        touch = self.model.touched.get(task_id)
        if begun and touch is None:
            draft = Draft(key=task_id, customer_id="C1", task_id=task_id, begun=True, body=b"{}", at=self.now)
            self.store.put_draft(draft)
            self.model.begun[task_id] = self.now
        else:
            self.store.drop_draft(task_id)
            self.model.begun.pop(task_id, None)

    @rule(minutes=st.integers(1, 120))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def the_program_restarts(self) -> None:
        self.store.close()
        self.store = open_store(Path(self.folder.name), StoreKey("5a" * 32))

    @rule(sort=st.sampled_from(list(Sort)), text=st.sampled_from(["", "w", "zha", "文", "0003", "T000", "吴文"]))
    def a_filtered_queue_agrees(self, sort: Sort, text: str) -> None:
        query = asking(
            self.now, sort=sort, text=text, scenarios=("4g-upgrade", "vip-care"), tiers=(Tier.NONE, Tier.GOLD)
        )
        assert self._rows(query, 0, 50) == self._expected(query)
        assert self.store.counts(query).total == len(self._expected(query))

    @rule(text=st.sampled_from(["w", "zha", "文", "0003", "t000", "吴文", "100", "静"]))
    def a_search_agrees(self, text: str) -> None:
        found = self.store.find(text, now=self.now, limit=3)
        expected = [one for one in self._expected(asking(self.now)) if found_by_eye(self.model.mirror[one[0]], text)]
        assert found.total == len(expected)
        assert [(row.task_id, row.section) for row in found.rows] == expected[:3]

    @invariant()
    def the_queue_is_the_models(self) -> None:
        if not hasattr(self, "store"):
            return
        query = asking(self.now)
        expected = self._expected(query)
        assert self._rows(query, 0, 50) == expected
        counts = self.store.counts(query)
        assert counts.total == len(expected)
        for section in Section:
            assert counts.by_section[section] == sum(where is section for _, where in expected)
        by_name = [self.model.mirror[task_id].scenario for task_id, where in expected if where is Section.SCENARIO]
        assert list(counts.by_scenario.items()) == [(name, len(list(run))) for name, run in groupby(by_name)]

    @invariant()
    def pages_join_to_the_whole(self) -> None:
        if not hasattr(self, "store"):
            return
        for sort in (Sort.QUEUE, Sort.DUE):
            query = asking(self.now, sort=sort)
            pages = [row for offset in range(0, 12, 2) for row in self._rows(query, offset, 2)]
            assert pages == self._expected(query)

    def _rows(self, query, offset: int, limit: int) -> list[tuple[str, Section]]:  # type: ignore[no-untyped-def]
        return [(row.task_id, row.section) for row in self.store.queue(query, offset=offset, limit=limit)]

    def _expected(self, query) -> list[tuple[str, Section]]:  # type: ignore[no-untyped-def]
        return [(one.task.id, one.section) for one in ordered(self.model.shown(self.now), query)]


# TASK-06, FOLLOW-01: the queue is right whatever was saved, pulled, skipped or restarted before.
TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)

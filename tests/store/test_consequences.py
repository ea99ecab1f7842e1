"""The desk shows at once what the server will say: one rule decides what an outcome does to its task."""

from datetime import timedelta

import msgspec
import pytest
from store_kit import NOW, Contact, Section, a_callback, a_page, a_task, an_outcome, asking, put

from core.content.shipped import dispositions as shipped
from core.domain.aftermath import RETRY_AFTER
from core.domain.disposition import Dispositions, Result
from core.domain.task import Task
from core.domain.text import Text
from core.server.sync.effects import after_outcome
from core.store.overlay import Effect
from core.store.saving import consequence
from core.store.store import Store
from core.wire.pull import ContentDocument
from core.wire.push import Saved

CLOSING = Result(code="r", label=Text("成", "Done"))
SOON = Result(code="r", label=Text("忙", "Busy"), closes=False, retry_after_min=30)


def dispositions(result: Result) -> Dispositions:
    return Dispositions(scenario="4g-upgrade", version=1, results=(result,), reasons=())


def effect_of(task: Task) -> Effect:
    if task.callback_at is not None and task.callback_mine:
        return Effect.CALLBACK
    return Effect.RETRY if task.assigned_to and task.state.value == "assigned" else Effect.CLOSED


@pytest.mark.parametrize("contact", list(Contact))
@pytest.mark.parametrize("result", [None, CLOSING, SOON])
@pytest.mark.parametrize("callback", [None, True, False])
@pytest.mark.parametrize("opt_out", [False, True])
def test_desk_and_server_agree(contact: Contact, result: Result | None, callback: bool | None, opt_out: bool) -> None:
    task = a_task(1)
    outcome = an_outcome(task, contact=contact, result="r", success=False, opt_out=opt_out)
    promised = () if callback is None else (a_callback(outcome, NOW + timedelta(days=1), mine=callback),)
    here = consequence(Saved(outcome=outcome, follow_ups=promised), dispositions(result) if result else None)
    there = after_outcome(task, outcome, promised, result, NOW)
    assert here.effect is effect_of(there)
    if here.effect is Effect.RETRY:
        assert here.at == there.due_at == NOW + (timedelta(minutes=30) if result is SOON else RETRY_AFTER)
    if here.effect is Effect.CALLBACK:
        assert here.at == there.callback_at


def test_a_result_that_the_newest_content_has_not_counts_as_the_call_offered_it(store: Store) -> None:
    # A client in a call keeps the version it started with
    changes = [put(a_task(1)), put(published(dispositions(SOON)))]
    store.apply(a_page(*changes), now=NOW)
    other = msgspec.structs.replace(dispositions(msgspec.structs.replace(CLOSING, code="other")), version=2)
    store.apply(a_page(put(published(other)), cursor="2"), now=NOW)
    store.save(Saved(outcome=an_outcome(a_task(1), result="r", success=False)))
    (row,) = store.queue(asking(section=Section.LATER), offset=0, limit=9)
    assert row.later_until == NOW + timedelta(minutes=30)


def published(found: Dispositions) -> ContentDocument:
    body = msgspec.Raw(msgspec.json.encode(found))
    return ContentDocument(kind="dispositions", name=found.scenario, version=found.version, body=body)


def test_what_these_tests_save_is_a_result_that_a_server_takes() -> None:
    outcome = an_outcome(None)
    offered = shipped()[outcome.scenario].result(outcome.result)
    assert offered is not None
    assert offered.success is outcome.success

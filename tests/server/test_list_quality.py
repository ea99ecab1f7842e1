"""Agents' findings lower the quality of a list and of the dealer behind it; a poor list waits until it is confirmed."""

from collections.abc import Collection
from datetime import timedelta

import msgspec
import pytest
from running_kit import publish
from server_kit import NOON, add_agent, agent, document, outcome, stored, task

from core.domain.customer import Contacting
from core.domain.list_quality import LIST_QUALITY, Quality
from core.domain.outcome import Contact
from core.domain.task import TaskState
from core.server.claiming import claim_next
from core.server.db import records
from core.server.db.engine import Database, Unit
from core.server.desks import WaitsFor
from core.server.dispatching import desks, dispatch_waiting
from core.server.list_quality import holding
from core.server.list_quality.figures import of_dealers, of_lists
from core.server.list_quality.holding import confirm, held, look_at_lists
from core.server.loading import load, load_tasks
from core.server.outstanding import outstanding

LIST, WAITING = "autumn", 41


@pytest.fixture
def centre(sqlite: Database) -> Database:
    """A list of 41: forty were called, sixteen of them in vain, and one waits; a desk with room."""
    publish(sqlite, LIST_QUALITY)
    add_agent(sqlite, agent("2043"))
    people = [document(index) for index in range(1, WAITING + 1)]
    for one in people:
        dealer = "城南代理" if int(one.id[1:]) % 2 else "城北代理"
        assert one.contact is not None
        one.contact = Contacting(numbers=one.contact.numbers, acquiring_dealer=dealer)
    load(sqlite, [(one, None) for one in people])
    called = [task(index, state=TaskState.DONE) for index in range(1, WAITING)]
    load_tasks(sqlite, iter([*called, task(WAITING)]), list_id=LIST)
    with sqlite.write() as unit:
        for index, of in enumerate(called):
            contact = (Contact.BAD_NUMBER, Contact.NOT_OWNER, Contact.OWNER, Contact.OWNER, Contact.FAMILY)[index % 5]
            records.add_outcome(unit, outcome(of, "2043", contact=contact), team_id="A", superseded=False)
    return sqlite


def test_a_poor_list_is_held_until_it_is_confirmed(centre: Database) -> None:
    # TASK-08
    with centre.read() as unit:
        quality = of_lists(unit, [LIST])[LIST]
    assert (quality.called, quality.wrong, quality.owners) == (40, 16, 16)
    assert quality.low is not None
    assert 0.2 < quality.low < 0.4
    assert look_at_lists(centre) == {LIST}
    assert dispatch_waiting(centre, actor="test").assignments == ()
    assert claim_next(centre, ["2043"])[0].task is None, "nor does an agent who asks get it"
    with centre.read() as unit:
        assert [one.why for one in outstanding(unit, desks(unit))] == [WaitsFor.LIST_HELD]
    assert confirm(centre, LIST, by="9001")
    assert look_at_lists(centre) == frozenset(), "confirmed, it is not held again"
    dispatch_waiting(centre, actor="test")
    assert stored(centre, f"T{WAITING}").assigned_to == "2043"


def test_one_confirmed_while_it_is_looked_at_is_not_held(centre: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    # TASK-08
    def meanwhile(unit: Unit, lists: Collection[str]) -> dict[str, Quality]:
        found = of_lists(unit, lists)
        confirm(centre, LIST, by="9001")
        return found

    monkeypatch.setattr(holding, "of_lists", meanwhile)
    assert look_at_lists(centre) == frozenset()
    with centre.read() as unit:
        assert held(unit) == frozenset()


def test_what_nobody_learnt_and_what_was_corrected_does_not_count(centre: Database) -> None:
    with centre.write() as unit:
        more = outcome(task(1), "2043", contact=Contact.UNANSWERED, recorded_at=NOON + timedelta(hours=1))
        records.add_outcome(unit, more, team_id="A", superseded=False)
        found = outcome(task(2), "2043", contact=Contact.OWNER, recorded_at=NOON + timedelta(hours=1))
        records.add_outcome(unit, found, team_id="A", superseded=False)
        quality = of_lists(unit, [LIST])[LIST]
    assert (quality.called, quality.wrong, quality.owners) == (40, 15, 17), "the newest that told counts"


def test_few_calls_hold_no_list_and_neither_does_a_centre_without_a_rule(sqlite: Database) -> None:
    load(sqlite, [(document(1), None), (document(2), None)])
    load_tasks(sqlite, iter([task(1, state=TaskState.DONE), task(2)]), list_id=LIST)
    with sqlite.write() as unit:
        wrong = outcome(task(1), "2043", contact=Contact.BAD_NUMBER)
        records.add_outcome(unit, wrong, team_id="A", superseded=False)
    assert look_at_lists(sqlite) == frozenset()
    publish(sqlite, LIST_QUALITY)
    assert look_at_lists(sqlite) == frozenset()
    with sqlite.read() as unit:
        assert held(unit) == frozenset()


def test_each_dealer_has_wrong_ones_and_verified_owners(centre: Database) -> None:
    # EVAL-05
    with centre.read() as unit:
        found = of_dealers(unit, days=90)
    assert {dealer: (one.called, one.wrong, one.owners) for dealer, one in found.items()} == {
        "城南代理": (20, 8, 8), "城北代理": (20, 8, 8),
    }  # fmt: skip
    assert msgspec.json.encode(found["城南代理"])

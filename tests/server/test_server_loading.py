"""Loading is by section and field: the same again changes nothing, and what agents added stays."""

from uuid import uuid4

from server_kit import NOON, add_agent, agent, dialled, document, given, number_of, saved, send, stored, task

from core.demo.world import World
from core.domain import decoding
from core.domain.call import AddedNumber
from core.domain.customer import Care, Contacting, Document, Identity, Number
from core.domain.indicator import Indicator, IndicatorType
from core.domain.people import RIGHTS, Role
from core.domain.task import Block, TaskCustomer
from core.domain.text import Text
from core.server.db import customers, refusals, schema
from core.server.db.engine import Database, Unit
from core.server.loading import Counts, load, load_history, load_indicators, load_tasks
from core.wire.push import NumberAdded

ALL = RIGHTS[Role.OUTBOUND_REPRESENTATIVE]


def read(database: Database, customer_id: str = "C1") -> Document:
    with database.read() as unit:
        return decoding.decode(customers.documents(unit, [customer_id], ALL)[customer_id], Document)


def test_the_same_again_changes_nothing(database: Database) -> None:
    pairs = [(document(n, indicators={"x": n}), task(n)) for n in range(5)]
    assert load(database, pairs) == Counts(added=5, tasks=5)
    assert load(database, pairs) == Counts(unchanged=5)
    assert read(database, "C3").version == 1


def test_what_a_list_does_not_say_stays(database: Database) -> None:
    # ID-06
    load(database, [(document(indicators={"a": 1, "b": 2}), None)])
    slim = Document(id="C1", identity=Identity(points=5), indicators={"b": 3})
    assert load(database, [(slim, None)]) == Counts(changed=1)
    now = read(database)
    assert now.identity == Identity(name="吴文静", area="东岭区", points=5)
    assert now.contact is not None
    assert now.contact.numbers[0].number == number_of(1)
    assert now.indicators == {"a": 1, "b": 3}
    assert now.version == 2


def test_what_agents_added_stays(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    added = AddedNumber(id=uuid4(), customer_id="C1", number=number_of(9), source="本人", at=NOON, agent="1")
    send(database, me, dialled("1"), NumberAdded(number=added), saved(mine, "1", note="记"))
    assert load(database, [(document(), None)]) == Counts(unchanged=1)
    newer = document()
    newer.contact = Contacting(numbers=[Number(number=number_of(5), main=True, source="crm")], address="新址")
    newer.care = Care(dials=[])
    load(database, [(newer, None)])
    now = read(database)
    assert now.contact is not None
    assert now.care is not None
    assert [(n.number, n.main) for n in now.contact.numbers] == [
        (number_of(5), True),
        (number_of(1), False),
        (number_of(9), False),
    ]
    assert now.contact.address == "新址"
    assert [call.note for call in now.care.calls] == ["记"]
    assert now.care.dials == [NOON]


def test_a_task_is_loaded_once_and_searchable_by_sound(database: Database) -> None:
    load(database, [(document(), task())])
    who = stored(database, "T1").customer
    assert (who.pinyin, who.initials) == ("wuwenjing", "wwj")
    assert load_tasks(database, [task(), task(2, customer_id="C1")]) == 0


def test_a_loaded_refusal_is_a_refusal(database: Database) -> None:
    # OUTCOME-11
    load(database, [(document(care=Care(opted_out=True)), task())])
    with database.read() as unit:
        assert refusals.is_opted_out(unit, "C1")
    assert stored(database, "T1").block == "opted_out"


def test_a_refusal_that_a_later_list_brings_withdraws_the_task_from_its_desk(database: Database) -> None:
    # OUTCOME-11
    me = add_agent(database, agent("1"))
    given(database, to="1")
    load(database, [(document(care=Care(opted_out=True)), task(2, customer_id="C1"))])
    assert (stored(database, "T1").state, stored(database, "T1").block) == ("cancelled", "opted_out")
    assert stored(database, "T2").block == "opted_out"
    with database.read() as unit:
        assert refusals.is_opted_out(unit, "C1")
        told = feed_rows(unit, me.staff_number)
    assert ("task", "T1", True) in told
    before = stored(database, "T2")
    assert load(database, [(document(care=Care(opted_out=True)), None)]) == Counts(unchanged=1)
    assert stored(database, "T2") == before


def feed_rows(unit: Unit, audience: str) -> list[tuple[str, str, bool]]:
    rows = unit.conn.execute(schema.feed.select().where(schema.feed.c.audience == audience))
    return [(row.kind, row.key, bool(row.deleted)) for row in rows]


def test_a_catalogue_is_published_once(database: Database) -> None:
    one = Indicator(
        name="a", label=Text("甲", "A"), group=Text("组", "Group"), source=Text("源", "Source"), type=IndicatorType.TEXT
    )
    for _ in range(2):
        load_indicators(database, "demo", [one])
    with database.read() as unit:
        assert [(row.key, row.seq) for row in unit.conn.execute(schema.feed.select())] == [("demo", 1)]


def test_history_is_kept_without_effect(database: Database) -> None:
    mine = given(database, to="1")
    past = [saved(mine, "1") for _ in range(3)]
    assert load_history(database, past, {"1": "A"}) == 3
    assert load_history(database, past, {"1": "A"}) == 3
    me = add_agent(database, agent("1"))
    assert send(database, me, past[0]).answers[0].verdict == "duplicate"
    assert stored(database, "T1").attempts == 0


def test_every_document_of_a_world_arrives_whole(sqlite: Database) -> None:
    documents = list(World(seed=3, customers=40, tasks=10, as_of=NOON).documents())
    load(sqlite, [(one, None) for one in documents])
    for one in documents:
        assert read(sqlite, one.id) == one


def test_a_number_that_comes_later_makes_the_waiting_task_callable(database: Database) -> None:
    # ID-06, TASK-14
    unknown = document()
    unknown.contact = Contacting(numbers=[])
    nobody = TaskCustomer(name="吴文静")
    load(database, [(unknown, task(customer=nobody))])
    assert stored(database, "T1").block is Block.NO_NUMBER
    load(database, [(document(), task(2))])
    now = stored(database, "T1")
    assert (now.block, now.customer.numbers) == (None, (number_of(1),))


def test_a_number_does_not_make_a_refusal_callable(database: Database) -> None:
    # OUTCOME-11
    load(database, [(document(), task(block=Block.OPTED_OUT))])
    newer = document()
    newer.contact = Contacting(numbers=[Number(number=number_of(5), main=True, source="crm")])
    load(database, [(newer, None)])
    assert stored(database, "T1").block is Block.OPTED_OUT

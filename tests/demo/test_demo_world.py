"""The same seed and day give the same world, of any size."""

import re
from datetime import UTC, datetime

import msgspec
import pytest
from demo_day import AS_OF

from core.content import scripts
from core.demo.world import World
from core.domain.customer import Document, decode_document
from core.domain.people import Role

encode = msgspec.json.encode


def test_a_seed_gives_the_same_world_again(world: World, documents: list[Document]) -> None:
    again = World(seed=7, customers=40, as_of=AS_OF, tasks=20)
    assert [encode(one) for one in again.documents()] == [encode(one) for one in documents[:40]]
    first, second = ([encode(saved) for saved in again.outcomes()] for _ in range(2))
    assert first == second


def test_another_seed_gives_other_people() -> None:
    names = [
        [d.identity.name for d in World(seed=s, customers=90, as_of=AS_OF).documents() if d.identity] for s in (7, 8)
    ]
    assert names[0][60:] != names[1][60:]


def test_a_customer_is_the_same_in_a_world_of_any_size(world: World, documents: list[Document]) -> None:
    large = World(seed=7, customers=100_000, as_of=AS_OF)
    for index in (0, 17, 99, 259):
        assert encode(large.document(index)) == encode(documents[index])


def test_tasks_are_the_same_whether_documents_were_read_before_or_not(world: World) -> None:
    again = World(seed=7, customers=260, as_of=AS_OF, tasks=120)
    assert [encode(task) for task in again.tasks()] == [encode(task) for task in world.tasks()]


@pytest.mark.parametrize("as_of", [datetime(2026, 3, 1, 0, 5, tzinfo=UTC), datetime(2028, 2, 29, 15, 59, tzinfo=UTC)])
def test_any_day_will_do_and_nothing_lies_in_its_future(as_of: datetime) -> None:
    small = World(customers=120, as_of=as_of, tasks=60)
    for document in small.documents():
        assert document.care is not None
        assert document.billing is not None
        moments = [p.at for p in document.billing.payments]
        moments += [call.at for call in document.care.calls] + [order.at for order in document.care.orders]
        moments += [warning.at for warning in document.care.warnings]
        moments += [ticket.opened_at for ticket in document.care.tickets]
        assert all(moment <= as_of for moment in moments), document.id
    assert all(saved.outcome.recorded_at <= as_of for saved in small.outcomes())
    assert list(small.tasks())


def test_twelve_people_at_the_phones_in_three_teams(world: World) -> None:
    # ROLE-01, ROLE-03
    agents = [one.agent for one in world.agents()]
    staff = {agent.staff_number: agent for agent in agents}
    at_phones = [a for a in agents if a.role not in (Role.PLANNER, Role.ADMINISTRATOR)]
    assert len(at_phones) == 12
    assert {a.team for a in at_phones} == {team.id for team in world.teams()}
    assert len(world.teams()) == 3
    assert {a.role for a in agents} == set(Role)
    assert staff["1027"].name == "苏梅"
    assert staff["1027"].role is Role.VIP_SPECIALIST
    assert staff["2043"].name == "何俊"
    assert {"4g-upgrade", "broadband-disconnect"} <= set(staff["2043"].skills)
    assert "vip-care" not in staff["2043"].skills
    # FOLLOW-02: who claims a save does not ask after it.
    assert set(staff["1027"].skills) == set(scripts()) - {"save-verification"}
    assert {one.password for one in world.agents()} == {"stayline-demo"}


def test_no_number_of_the_world_can_be_dialled(world: World, documents: list[Document]) -> None:
    numbers = [n.number for d in documents if d.contact for n in d.contact.numbers]
    numbers += [saved.outcome.call.number for saved in world.outcomes()]
    assert all(re.fullmatch(r"100\d{8}", number) for number in numbers)
    text = b"".join(encode(d) for d in documents).decode()
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)


def test_numbers_are_unique(documents: list[Document]) -> None:
    numbers = [n.number for d in documents if d.contact for n in d.contact.numbers]
    assert len(numbers) == len(set(numbers)) > 260


def test_a_document_is_whole_and_survives_the_wire(documents: list[Document]) -> None:
    sizes = []
    for document in documents:
        body = encode(document)
        assert decode_document(body) == document
        assert all(getattr(document, name) is not None for name in document.__struct_fields__)
        sizes.append(len(body))
    assert 20_000 < sum(sizes) / len(sizes) < 30_000

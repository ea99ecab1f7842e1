"""A small world, looked at on a fixed day."""

import pytest
from demo_day import AS_OF

from core.demo.world import World
from core.domain.customer import Document
from core.domain.task import Task


@pytest.fixture(scope="session")
def world() -> World:
    return World(seed=7, customers=260, as_of=AS_OF, tasks=120)


@pytest.fixture(scope="session")
def documents(world: World) -> list[Document]:
    return list(world.documents())


@pytest.fixture(scope="session")
def tasks(world: World) -> list[Task]:
    return list(world.tasks())

"""A sample of the invented city on a fixed day, and the catalogue compiled."""

from datetime import UTC, date, datetime

import pytest

from core.content.plans import catalogue
from core.demo.world import World
from core.domain.clock import local_day
from core.domain.customer import Document
from core.offers.compiled import CompiledPlans, compiled

SAMPLE = 1_200


@pytest.fixture(scope="session")
def as_of() -> datetime:
    return datetime(2026, 11, 22, 4, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def today(as_of: datetime) -> date:
    return local_day(as_of)


@pytest.fixture(scope="session")
def documents(as_of: datetime) -> list[Document]:
    world = World(seed=7, customers=SAMPLE, as_of=as_of, tasks=60)
    return [world.document(index) for index in range(SAMPLE)]


@pytest.fixture(scope="session")
def plans() -> CompiledPlans:
    return compiled(catalogue().plans)

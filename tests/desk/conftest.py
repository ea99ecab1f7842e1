"""A desk of its own for each test: a real store with the shipped content and one agent."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from presenter_kit import SITE, StillMoment, an_agent
from store_kit import a_page, put

from core.content.shipped import dispositions, shipped
from core.desk.desk import Desk
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.wire.pull import ContentDocument


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "store", StoreKey("5a" * 32), shipped=lambda scenario: dispositions().get(scenario))
    content = [
        put(ContentDocument(kind=one.kind, name=one.name, version=one.version, body=msgspec.Raw(one.body)))
        for one in shipped()
    ]
    opened.apply(a_page(*content), now=StillMoment().wall)
    yield opened
    opened.close()


@pytest.fixture
def moment() -> StillMoment:
    return StillMoment()


@pytest.fixture
def desk(store: Store, moment: StillMoment) -> Desk:
    return Desk(store=store, agent=an_agent(), site=SITE, moment=moment)

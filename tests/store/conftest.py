"""A store of its own for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store

KEY = StoreKey("5a" * 32)


@pytest.fixture
def key() -> StoreKey:
    return KEY


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "store", KEY)
    yield opened
    opened.close()


@pytest.fixture
def reopened(store: Store) -> Iterator[Callable[[], Store]]:
    """Closes the store and opens it again, as a restart does."""
    opened: list[Store] = [store]

    def again() -> Store:
        opened[-1].close()
        opened.append(open_store(store.folder, KEY))
        return opened[-1]

    yield again
    opened[-1].close()

"""The store of P9's product, opened as a desk does, without anything that the review would import."""

from datetime import UTC, datetime
from pathlib import Path

from core.domain.people import Agent, Role
from core.store import Store, StoreKey, open_store

KEY = "5a" * 32
AGENT = Agent(staff_number="9001", name="顾清", role=Role.PLANNER, team="office", team_name="运营室")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def opened(folder: Path) -> Store:
    return open_store(folder, StoreKey(KEY))

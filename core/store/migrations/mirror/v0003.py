"""Scenarios without a place of their own are told apart in the queue's order, where all of them had the same rank."""

from alembic.operations import Operations

OTHERS = 50
LETTERS = "-0123456789abcdefghijklmnopqrstuvwxyz"
NAME_LETTERS = 10
TIER_BEFORE, TIER_STEP = 10_000, 10**18
VIP = 1


def scenario_rank(scenario: str) -> int:
    """Of one that has no place of its own, as this version orders them: never edited."""
    rank = 0
    for letter in scenario.lower()[:NAME_LETTERS].ljust(NAME_LETTERS):
        rank = rank * (len(LETTERS) + 1) + LETTERS.find(letter) + 1
    return OTHERS + rank


def upgrade(op: Operations) -> None:
    mirror = op.get_bind()
    rows = mirror.exec_driver_sql("SELECT n, part, rank, tier, scenario_rank, scenario FROM task WHERE part <> 0").all()
    for n, part, rank, tier, before, scenario in rows:
        after = scenario_rank(scenario) if before == OTHERS else before
        priority = rank - before * 100 - (tier * TIER_BEFORE if part == VIP else 0)
        rank = after * 100 + priority + (tier * TIER_STEP if part == VIP else 0)
        mirror.exec_driver_sql("UPDATE task SET rank = ?, scenario_rank = ? WHERE n = ?", (rank, after, n))
    # Callbacks stand by their time alone, but can be sorted by scenario too.
    for (scenario,) in mirror.exec_driver_sql(
        "SELECT DISTINCT scenario FROM task WHERE part = 0 AND scenario_rank = ?", (OTHERS,)
    ).all():
        mirror.exec_driver_sql(
            "UPDATE task SET scenario_rank = ? WHERE part = 0 AND scenario = ?", (scenario_rank(scenario), scenario)
        )

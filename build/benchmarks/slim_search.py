"""P5, reference: an ordered LIKE over a slim table with an index in queue order. Imports nothing of ours."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import raw_store

FIRST = 200
_TIERS = {"diamond": 0, "gold": 1, "silver": 2, "none": 3}
_SCENARIOS = {"vip-care": 0, "broadband-disconnect": 1, "4g-upgrade": 2}
_DUE, _VIP, _SCENARIO, _LATER, _BLOCKED = 0, 2, 3, 4, 5
_NEVER = 2**62


class SlimSearch:
    """The tasks of a queue as it stands at `now`: one table that is searched, one row of it shown for each."""

    def __init__(self, path: Path, key: str, tasks: Iterable[dict[str, Any]], now: datetime) -> None:
        self._connection = raw_store.connect(path, key)
        self._connection.execute(
            "CREATE TABLE slim (n INTEGER PRIMARY KEY, task_id TEXT, part INT, rank INT, at INT, words TEXT,"
            " shown TEXT)"
        )
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(
            "INSERT INTO slim (task_id, part, rank, at, words, shown) VALUES (?, ?, ?, ?, ?, ?)",
            (_row(task, now) for task in tasks),
        )
        self._connection.execute("CREATE INDEX slim_order ON slim (part, rank, at, task_id)")
        self._connection.execute("COMMIT")
        self._connection.execute("ANALYZE")

    def find(self, text: str) -> tuple[int, list[tuple[str, ...]]]:
        """How many match, and the first in queue order as they are shown."""
        like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        total = self._connection.execute(
            "SELECT count(*) FROM slim WHERE words LIKE ? ESCAPE '\\'", (like,)
        ).fetchone()[0]
        rows = self._connection.execute(
            "SELECT task_id, shown FROM slim WHERE words LIKE ? ESCAPE '\\' ORDER BY part, rank, at, task_id LIMIT ?",
            (like, FIRST),
        ).fetchall()
        return total, [(task_id, *json.loads(shown)) for task_id, shown in rows]

    def close(self) -> None:
        self._connection.close()


def _row(task: dict[str, Any], now: datetime) -> tuple[object, ...]:
    who, tier = task["customer"], _TIERS[task["customer"]["tier"]]
    promised, scenario = task.get("callback_at"), _SCENARIOS[task["scenario"]]
    moment = promised or task.get("due_at")
    at = _NEVER if moment is None else _micros(moment)
    rank = scenario * 100 + task["priority"]
    if task.get("block"):
        part = _BLOCKED
    elif promised:
        part, rank = (_DUE if at <= _micros(now.isoformat()) else _LATER), 0
    elif tier == _TIERS["none"]:
        part = _SCENARIO
    else:
        part, rank = _VIP, rank + tier * 10**18
    words = "\n".join((who["name"], who["pinyin"], who["initials"], *who["numbers"], task["id"].lower()))
    shown = json.dumps([who["name"], task["scenario"], task["reason"]["zh"], who["tier"]], ensure_ascii=False)
    return task["id"], part, rank, at, words, shown


def _micros(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return int(moment.timestamp()) * 1_000_000

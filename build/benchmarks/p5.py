"""P5: search as one types over 100k tasks: the count and the first 200 in queue order, beside an ordered LIKE."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import made_tasks
import queue_store
from frame import Plan, Row, alternate, prove_equal, row, timed
from slim_search import FIRST, SlimSearch

from core.store import Store

ONE = ("w", "吴", "1", "j", "静", "0")
"""what stands in the field after the first key"""
MORE = (
    "吴文", "文静", "欧阳", "欧阳文", "王伟", "晓琳", "wu", "wuw", "wuwen", "wuwenjing", "wwj", "lx", "ouyang", "oy",
    "100", "1001", "10012", "5678", "123456", "t00", "t0001", "t0012345", "zzz", "不存在",
)  # fmt: skip
"""names, pinyin, initials, numbers and ids, as far as they have been typed; two that find nothing"""


def rows(plan: Plan) -> Iterator[Row]:
    count = queue_store.size(plan)
    data = queue_store.data_folder(count)
    with tempfile.TemporaryDirectory(prefix="stayline-p5-") as folder, queue_store.opened(data) as store:
        made = made_tasks.tasks(count, agent=queue_store.AGENT.staff_number)
        slim = SlimSearch(Path(folder) / "slim.db", queue_store.KEY, made, made_tasks.NOW)
        for text in (*ONE, *MORE):
            prove_equal(_shown(store, text), slim.find(text), what=f"search for {text!r}")
        yield _measured(store, slim, MORE, plan, "two characters or more", 0.25)
        yield _measured(store, slim, ONE, plan, "one character", 0.7)
        slim.close()


def _measured(store: Store, slim: SlimSearch, texts: Sequence[str], plan: Plan, what: str, goal: float) -> Row:
    """A pair is all texts, one after the other: a slow one weighs as much as it takes."""
    pairs = alternate(
        timed(lambda: [store.find(text, limit=FIRST, now=made_tasks.NOW) for text in texts]),
        timed(lambda: [slim.find(text) for text in texts]),
        plan,
    )
    return row(id="P5", what=f"search, {what}: {len(texts)} texts over 100k", pairs=pairs, goal=goal)


def _shown(store: Store, text: str) -> tuple[int, list[tuple[str, ...]]]:
    found = store.find(text, limit=FIRST, now=made_tasks.NOW)
    return found.total, [(row.task_id, row.name, row.scenario, row.reason.zh, row.tier.value) for row in found.rows]

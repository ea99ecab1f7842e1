"""What a row of the queue says of a callback's hour: how late it is, in as few words as leave the name its room."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject

from core.compliance import Barrier
from core.desk.held_rows import HeldRow
from core.domain.task import TaskState, Tier
from core.domain.text import Text
from core.store.types import QueueRow, Section
from desktop.queue.holds import Holds
from desktop.queue.row_words import RowWords
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""ten in the morning where the customers are"""


def due(at: datetime) -> QueueRow:
    return QueueRow(
        task_id="q-1",
        customer_id="c-1",
        name="王秀兰",
        tier=Tier.NONE,
        scenario="4g-upgrade",
        reason=Text("约好再呼", "asked to be called"),
        figure=None,
        section=Section.DUE,
        due_at=None,
        callback_at=at,
        later_until=None,
        state=TaskState.ASSIGNED,
        block=None,
        attempts=0,
        has_draft=False,
        number_count=1,
        number_masked="100 **** 0001",
        area="",
    )


# FOLLOW-01
@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=30), "09:59"),
        (timedelta(minutes=19), "09:41 · 超 19 分"),
        (timedelta(hours=3, minutes=10), "06:50 · 超 3 小时"),
        (timedelta(hours=16), "11-19 18:00"),
    ],
)
def test_a_callback_that_is_late_says_how_late_in_few_words(ago: timedelta, said: str) -> None:
    words = RowWords(Tongue(), lambda name: Text(name, name))
    assert words.figure(due(NOW - ago), NOW) == (said, Tone.BAD)


# TASK-16, VIP-03
@pytest.mark.parametrize(
    ("barrier", "until", "said"),
    [
        (Barrier.HOURS, NOW + timedelta(hours=8), "免扰至 18:00"),
        (Barrier.HOURS, NOW + timedelta(hours=32), "免扰至 11-21 18:00"),
        (Barrier.CAP_24H, NOW + timedelta(hours=32), "拨满至 11-21"),
        (Barrier.COMPLAINT, NOW + timedelta(days=6), "投诉后免扰至 11-26"),
        (Barrier.COMPLAINT, None, "投诉未结"),
        (Barrier.NO_CONSENT, None, "不同意营销"),
    ],
)
def test_a_row_that_is_held_says_why_and_until_when(barrier: Barrier, until: datetime | None, said: str) -> None:
    words = RowWords(Tongue(), lambda name: Text(name, name))
    words.holds = Known(HeldRow(barrier, until, Text("全句", "in full")))
    row = due(NOW - timedelta(minutes=19))
    assert words.figure(row, NOW) == (said, Tone.WARN)
    assert words.spoken(row).endswith("全句")


class Known(Holds):
    """As it is once it was looked for."""

    def __init__(self, held: HeldRow) -> None:
        parent = QObject()
        super().__init__(lambda _rows: {}, lane=lambda *_: None, now=lambda: NOW, changed=lambda: None, parent=parent)
        self._parent, self._held = parent, held

    def of(self, row: QueueRow) -> HeldRow | None:
        return self._held

    known = of

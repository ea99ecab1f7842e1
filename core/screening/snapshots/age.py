"""Whether what became of a snapshot's customers is known."""

from datetime import date, timedelta

from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.snapshots.record import Snapshot


def old_enough(snapshot: Snapshot, known_until: date, within_days: int) -> bool:
    """Whether the days after it have passed, as far as it is known who left."""
    return local_day(snapshot.taken_at) + timedelta(days=within_days) <= known_until


def too_young(known_until: date, within_days: int) -> InputError:
    """No snapshot is old enough."""
    return InputError(
        title=Text("快照还太新", "The snapshots are too young"),
        message=Text(
            f"离网名单到 {known_until} 为止，没有一个快照取于 {within_days} 天以前。",
            f"Who left is known until {known_until}, and no snapshot was taken {within_days} days before that.",
        ),
        next_step=Text("请用 on-net 导入更新的离网名单，或缩短 --within。",
                       "Bring a newer list with on-net, or shorten --within."),
    )  # fmt: skip

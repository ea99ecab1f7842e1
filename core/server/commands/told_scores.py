"""Scoring a snapshot, and what is said of it."""

from pathlib import Path

from core.domain.errors import InputError
from core.screening.model.published import published_model
from core.screening.snapshots.record import Snapshot
from core.server.commands.place import actor
from core.server.commands.progress import progress
from core.server.commands.say import counted, say, told, warn
from core.server.db.engine import Database


def score_and_tell(database: Database, data: Path, snapshot: Snapshot, *, model: str = "") -> None:
    """Raises InputError where there is no model, or the snapshot is of another schema."""
    from core.server.screening.drifted import drifted
    from core.server.screening.scoring import score_snapshot

    with progress("评分 score") as report:
        scored = score_snapshot(database, data, snapshot, model=model, by=actor(), progress=report)
    mean = "-" if scored.mean is None else f"{100 * scored.mean:.1f}%"
    say(
        f"模型 {scored.model} 已给快照 {scored.snapshot} 的 {scored.rows} 位客户评分，平均离网概率 {mean}。"
        f" / Model {scored.model} scored {counted(scored.rows, 'customer')} of snapshot {scored.snapshot};"
        f" mean chance of leaving {mean}."
    )
    if (moved := drifted(scored)) is not None:
        warn(f"！{moved.zh} / {moved.en}")


def score_if_published(database: Database, data: Path, snapshot: Snapshot) -> None:
    """A snapshot that the model does not fit is kept all the same: what hangs on the score waits, and it is said."""
    if not published_model(data, database.tenant):
        return
    try:
        score_and_tell(database, data, snapshot)
    except InputError as error:
        for line in told(error):
            warn(line)
        warn("用到离网风险的规则暂停。 / Rules that ask for the churn risk are held.")

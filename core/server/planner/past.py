"""How a rule that is being built would have done on the snapshots that are kept, as far as it is known who left."""

from collections.abc import Callable

from core.domain.errors import InputError
from core.domain.warning_rule import WarningRule
from core.screening.frame import Frame, opened_frame
from core.screening.past.performance import performance
from core.screening.snapshots.age import old_enough
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.scored import Scores
from core.screening.words import factors_of
from core.server.db.engine import Database
from core.server.planner.known import Known
from core.server.screening.ends import ends_of
from core.server.screening.past import called_after
from core.wire.screening import PAST_DAYS, PastMonth

MOST_MONTHS = 6
_PERCENT = 100


def past_months(
    database: Database, shelf: Shelf, known: Known, rule: WarningRule, working: Callable[[Frame], None]
) -> tuple[PastMonth, ...]:
    """Newest first; none where nobody has said who left, or no snapshot is old enough. `working` hears of each frame
    before it is asked, so that it can be stopped."""
    try:
        left_on, known_until = ends_of(database)
    except InputError:
        return ()
    found = [one for one in shelf.all() if old_enough(one, known_until, PAST_DAYS) and _has_all(one, known, rule)]
    months = []
    for snapshot in sorted(found, key=lambda one: one.taken_at, reverse=True)[:MOST_MONTHS]:
        model = Scores(shelf.data, shelf.tenant).at_the_time(snapshot.id, snapshot.taken_at)
        frame = opened_frame(shelf, snapshot, known.library, factors_of(rule), model=model)
        working(frame)
        called = called_after(database, snapshot, PAST_DAYS)
        month = performance(frame, [rule], snapshot, left_on=left_on, called=called, within_days=PAST_DAYS)
        (hits,) = month.rules
        months.append(
            PastMonth(
                snapshot_id=snapshot.id, taken_at=snapshot.taken_at, matched=hits.matched, left=hits.left,
                precision=_percent(hits.precision), recall=_percent(hits.found), lift=hits.lift,
            )
        )  # fmt: skip
    return tuple(months)


def _has_all(snapshot: Snapshot, known: Known, rule: WarningRule) -> bool:
    """It was taken when every factor of the rule was there."""
    asked = known.library.asked_by(factors_of(rule))
    return all(known.library.factors[one].working is not None or one in snapshot.columns for one in asked)


def _percent(share: float | None) -> float | None:
    return None if share is None else _PERCENT * share

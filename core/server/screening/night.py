"""ID-05, 09: the night's chain in one call: a snapshot, how its sources stand, the model's scores, tasks of rules, the
choosing of campaigns, and giving out. Each phase is timed, and none is begun twice of the same snapshot."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from core.domain.campaign import CampaignState, Trigger
from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.text import Text
from core.domain.warning_rule import Population, RuleUse, WarningRule
from core.screening.model.published import ModelKind, counting, folder_of_models, published_model
from core.screening.snapshots.record import Snapshot
from core.server.db import campaigns
from core.server.db.engine import Database
from core.server.screening.running import Desk, Outcome, run

DAILY = frozenset({Population.NEW_JOINER, Population.PROACTIVE_CARE})
"""ID-03: the populations whose rules run every day by themselves; the churn-inclined are called by campaigns"""


class Phase(Struct, frozen=True, kw_only=True):
    name: Text
    seconds: float
    done: int
    """customers, tasks or campaigns"""


class Night(Struct, frozen=True, kw_only=True):
    """What became of it."""

    snapshot: Snapshot
    phases: list[Phase]
    outcomes: list[Outcome]
    troubles: list[Text]
    """what was left out, and why: the rest went on"""

    @property
    def seconds(self) -> float:
        return sum(one.seconds for one in self.phases)


class _Clock:
    def __init__(self, tell: Callable[[Phase], None]) -> None:
        self.phases: list[Phase] = []
        self._tell = tell

    @contextmanager
    def phase(self, zh: str, en: str) -> Iterator[list[int]]:
        """Put what was done into the list."""
        done, start = [0], time.perf_counter()
        yield done
        found = Phase(name=Text(zh, en), seconds=time.perf_counter() - start, done=done[0])
        self.phases.append(found)
        self._tell(found)


def run_night(
    database: Database, data: Path, take: Callable[[], Snapshot], *, by: str, rules: Sequence[str] = (),
    limit: int = 0, confirmed: bool = False, root: Path | None = None, tell: Callable[[Phase], None],
) -> Night:  # fmt: skip
    """`take` gives the snapshot; `rules` are those that run, those of every day where none is named.

    Raises InputError where there is no snapshot of it. What a source, a model or a bound holds is told and waits."""
    clock = _Clock(tell)
    troubles: list[Text] = []
    with clock.phase("快照", "snapshot") as done:
        snapshot = take()
        done[0] = snapshot.rows
    if published_model(data, database.tenant):
        with clock.phase("模型评分", "model") as done:
            done[0] = _scored(database, data, snapshot, by, troubles)
    with clock.phase("规则派生任务", "rules") as done:
        desk = Desk(database, data, snapshot_id=snapshot.id, root=root)
        chosen = desk.named(rules) if rules else _daily(desk)
        outcomes = run(desk, chosen, scenario="", limit=limit, confirmed=confirmed, by=by, strict=False)
        done[0] = sum(one.made for one in outcomes)
    with clock.phase("活动选客户", "campaigns") as done:
        done[0] = _chosen(database, data, snapshot, root, troubles)
        _expected(database, data, snapshot, root, troubles)
    with clock.phase("派单", "dispatch") as done:
        done[0] = _given(database, by)
    return Night(snapshot=snapshot, phases=clock.phases, outcomes=outcomes, troubles=troubles)


def _daily(desk: Desk) -> list[WarningRule]:
    return [one for one in desk.rules.values() if one.use is RuleUse.CALL and one.population in DAILY]


def _scored(database: Database, data: Path, snapshot: Snapshot, by: str, troubles: list[Text]) -> int:
    from core.server.screening.drifted import drifted
    from core.server.screening.scoring import score_snapshot

    try:
        scored = score_snapshot(database, data, snapshot, by=by)
    except InputError as error:
        model = published_model(data, database.tenant)
        zh, en = f"模型 {model} 没有给任何人评分", f"Model {model} scored nobody"
        troubles.append(Text(f"{zh}：{error.message.zh}", f"{en}: {error.message.en}"))
        return 0
    if (moved := drifted(scored)) is not None:
        troubles.append(moved)
    return scored.rows


def _chosen(database: Database, data: Path, snapshot: Snapshot, root: Path | None, troubles: list[Text]) -> int:
    """How many campaigns of every day chose anew."""
    with database.read() as unit:
        today = local_day(unit.now)
        due = [
            one.campaign
            for one in campaigns.every(unit, [CampaignState.RUNNING])
            if one.campaign.trigger is Trigger.DAILY
            and one.campaign.starts_on <= today <= one.campaign.ends_on
            and one.standing.chosen_from != snapshot.id
        ]
    held = [(one.name, why) for one in due if (why := _choosing(database, data, one.id, root)) is not None]
    troubles += [Text(f"{name.zh}：{why.zh}", f"{name.en}: {why.en}") for name, why in held]
    return len(due) - len(held)


def _choosing(database: Database, data: Path, campaign_id: str, root: Path | None) -> Text | None:
    """What keeps that campaign from choosing; None where it chose."""
    from core.server.campaigns.starting import choose_again

    try:
        choose_again(database, data, campaign_id, root=root)
    except InputError as error:
        return error.message
    with database.read() as unit:
        kept = campaigns.get(unit, campaign_id)
    return None if kept is None else kept.standing.why


def _expected(
    database: Database, data: Path, snapshot: Snapshot, root: Path | None, troubles: list[Text]
) -> None:  # fmt: skip
    """TASK-06: those who still wait in campaigns under way are put in order by what is known of them tonight."""
    if counting(folder_of_models(data, database.tenant), ModelKind.UPLIFT) is None:
        return
    from core.server.campaigns.reexpecting import expect_again

    desk = Desk(database, data, snapshot_id=snapshot.id, root=root)
    troubles += dict.fromkeys(expect_again(database, data, desk))


def _given(database: Database, by: str) -> int:
    from core.server.campaigns.dispatching import dispatch_campaigns
    from core.server.dispatching import dispatch_waiting
    from core.server.leases import reap

    reap(database)
    of_campaigns = dispatch_campaigns(database, actor=by)
    return of_campaigns + len(dispatch_waiting(database, actor=by).assignments)

"""Tasks that are long done, as what past calls were made for: no desk is told of them."""

from collections.abc import Sequence
from datetime import datetime

from core.domain.task import Task
from core.server.db import reviewed, tasks
from core.server.db.engine import Database
from core.server.db.schema import lease, task
from core.server.db.upsert import upsert

_BATCH = 1_000


def load_past_tasks(database: Database, done: Sequence[tuple[Task, str, datetime]]) -> None:
    """Each with the list that it came with and when it came to its desk; known ones stay."""
    for start in range(0, len(done), _BATCH):
        batch = done[start : start + _BATCH]
        with database.write() as unit:
            rows = [tasks.row(unit, value, list_id=campaign) for value, campaign, _ in batch]
            leases = [
                {
                    "tenant_id": unit.tenant,
                    "task_id": value.id,
                    "epoch": value.lease_epoch,
                    "customer_id": value.customer_id,
                    "staff_number": value.assigned_to,
                    "at": given_at,
                }
                for value, _, given_at in batch
            ]
            upsert(unit, task, rows, keys=("tenant_id", "id"), keep=tuple(rows[0]))
            upsert(unit, lease, leases, keys=("tenant_id", "task_id", "epoch"), keep=tuple(leases[0]))
            reviewed.touch_days(unit, {(value.assigned_to, given_at) for value, _, given_at in batch})

"""Erasures that leave the snapshots to the night: the server's own job, which is there while somebody waits for it."""

from core.domain.job import SINCE, Job
from core.domain.text import Text
from core.server.db import settings
from core.server.db.engine import Unit

AT_NIGHT = Job(
    id="erased-at-night",
    version=1,
    name=Text("从快照取出要求删除的客户", "Take who asked to be erased out of the snapshots"),
    runs=(("snapshot", "erased"),),
    minute="10",
    hour="3",
    tries=3,
    again_after_min=30,
)
"""No site's content can leave it out."""
_WAITS = SINCE + AT_NIGHT.id
"""setting: since when somebody does; what was due before is not made up for by day. Empty once nobody does"""


def wait_for_the_night(unit: Unit) -> None:
    settings.write(unit, _WAITS, unit.now.isoformat())


def waiting(unit: Unit) -> str:
    """Since when somebody has waited last; empty where nobody does."""
    return settings.read(unit, _WAITS) or ""


def no_longer(unit: Unit, since: str) -> None:
    """All who waited at that time are out; who came meanwhile waits on."""
    if since and waiting(unit) == since:
        settings.write(unit, _WAITS, "")

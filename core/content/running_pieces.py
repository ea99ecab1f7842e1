"""The files of `core.content.running` as pieces of content, and what is wrong with all of them at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from core.content import running as files
from core.content.mistakes import Mistakes
from core.domain.condition import Condition
from core.domain.incoming import EVENT_KIND
from core.domain.job import JOB
from core.domain.list_quality import LIST_QUALITY
from core.domain.outreach import OUTREACH
from core.domain.recheck import RECHECK
from core.domain.retrying import RETRY_POLICY


class Piece(NamedTuple):
    kind: str
    name: str
    version: int
    value: msgspec.Struct
    file: Path
    """below the content folder"""


def running(root: Path) -> Iterator[Piece]:
    """Raises ContentError."""
    for event in files.load_event_kinds(root):
        yield Piece(EVENT_KIND, event.id, event.version, event, files.EVENTS / f"{event.id}.yaml")
    for policy in files.load_retry_policies(root):
        yield Piece(RETRY_POLICY, policy.id, policy.version, policy, files.RETRIES / f"{policy.id}.yaml")
    for recheck in files.load_rechecks(root):
        yield Piece(RECHECK, recheck.id, recheck.version, recheck, files.RECHECKS / f"{recheck.id}.yaml")
    for job in files.load_jobs(root):
        yield Piece(JOB, job.id, job.version, job, files.JOBS / f"{job.id}.yaml")
    for words in files.load_outreach(root):
        yield Piece(OUTREACH, words.scenario, words.version, words, files.OUTREACH_FOLDER / f"{words.scenario}.yaml")
    if (root / files.QUALITY_FILE).exists():
        rule = files.load_quality_rule(root / files.QUALITY_FILE)
        yield Piece(LIST_QUALITY, LIST_QUALITY, rule.version, rule, files.QUALITY_FILE)


def check_running(root: Path, mistakes: Mistakes, *, also: Callable[[Condition], list[str]]) -> None:
    """Every mistake of every kind of these files is told; `also` looks at their conditions."""
    mistakes.of(lambda: files.load_rechecks(root, also=also))
    for load in (
        files.load_event_kinds,
        files.load_retry_policies,
        files.load_jobs,
        files.load_outreach,
    ):
        mistakes.of(lambda load=load: load(root))  # type: ignore[misc]
    if (root / files.QUALITY_FILE).exists():
        mistakes.of(lambda: files.load_quality_rule(root / files.QUALITY_FILE))

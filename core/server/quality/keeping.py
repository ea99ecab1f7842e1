"""What inspection needs unasked: claims that ran out return, new leads are told, old entries leave the desks."""

from datetime import timedelta

import msgspec

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.quality.kinds import SAMPLED, SCORED
from core.server.db import quality, settings
from core.server.db.engine import Database, Unit
from core.server.db.schema import coaching_note, quality_call, quality_score
from core.server.quality import reveals, sampling, verifying
from core.server.quality.leads import leads
from core.server.quality.telling import forget, tell_call, tell_note, tell_score

UNSCORED_FOR = timedelta(days=30)
"""a call that nobody scores by then leaves the queue"""
SHOWN_FOR = timedelta(days=120)
"""scores stay on the desks so long; the server keeps them"""
_LEADS, _TIDIED = "quality_leads", "quality_tidied"


def keep_quality(database: Database) -> None:
    """One round of the housekeeping."""
    sampling.look(database)
    reveals.look(database)
    verifying.keep(database)
    with database.write() as unit:
        return_claims(unit)
        tell_new_leads(unit)
        _tidy(unit)


def return_claims(unit: Unit) -> int:
    """A claim that ran out: the call is anybody's again."""
    late = quality.calls(
        unit, quality_call.c.claimed_until <= unit.now, quality_call.c.claim_id != "", quality_call.c.score_id == ""
    )
    for call in late:
        quality.change_call(unit, call.id, claim_id="", claimed_by="", claimed_until=None)
        free = quality.call(unit, call.id)
        assert free is not None
        tell_call(unit, free)
    return len(late)


def tell_new_leads(unit: Unit) -> None:
    """Who became lead of a team, or stands in for one, gets what lies there; who is no more loses it."""
    now = leads(unit)
    kept = settings.read(unit, _LEADS)
    before = decoding.decode(kept, dict[str, tuple[str, ...]]) if kept else {}
    if now == before:
        return
    settings.write(unit, _LEADS, msgspec.json.encode(now).decode())
    for team in sorted(now.keys() | before.keys()):
        if now.get(team) != before.get(team):
            _tell_team(unit, team)


def _tell_team(unit: Unit, team: str) -> None:
    since = unit.now - SHOWN_FOR
    for call in quality.calls(unit, quality_call.c.team_id == team, quality_call.c.sampled_at > since):
        tell_call(unit, call)
    shown = (quality_score.c.team_id == team, quality_score.c.scored_at > since, quality_score.c.counts)
    for case in quality.scores(unit, *shown):
        tell_score(unit, case)
    for note in quality.notes(unit, coaching_note.c.team_id == team, coaching_note.c.open):
        tell_note(unit, note)


def _tidy(unit: Unit) -> None:
    """Once a day."""
    today = local_day(unit.now).isoformat()
    if settings.read(unit, _TIDIED) == today:
        return
    settings.write(unit, _TIDIED, today)
    old = (quality_call.c.score_id == "", quality_call.c.sampled_at <= unit.now - UNSCORED_FOR)
    for call in quality.calls(unit, *old):
        quality.drop_call(unit, call.id)
        forget(unit, SAMPLED, call.id)
    before = unit.now - SHOWN_FOR
    for case in quality.scores(
        unit, quality_score.c.scored_at <= before, quality_score.c.scored_at > before - SHOWN_FOR
    ):
        forget(unit, SCORED, str(case.score.id))
        forget(unit, SAMPLED, str(case.score.call))

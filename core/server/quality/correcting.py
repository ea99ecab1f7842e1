"""A record that was corrected: a call that waits is shown as it stands now, a score says that it was given before."""

import msgspec

from core.domain.outcome import Outcome
from core.server.db import chains, quality
from core.server.db.engine import Unit
from core.server.quality.telling import tell_call, tell_score


def note(unit: Unit, correction: Outcome) -> None:
    """The score keeps the version that it was given for."""
    root = chains.root_of(unit, str(correction.id))
    found = quality.call(unit, root, lock=True)
    newest = chains.newest_of(unit, root)
    if found is None or newest is None or found.outcome_id == str(newest.id):
        return
    quality.change_call(unit, root, outcome_id=str(newest.id))
    changed = quality.call(unit, root)
    assert changed is not None
    tell_call(unit, changed)
    case = quality.score(unit, found.score_id, lock=True) if found.score_id else None
    if case is not None and case.score.outcome != newest.id:
        told = msgspec.structs.replace(case, corrected=newest.id)
        quality.put_score(unit, told, counts=True)
        tell_score(unit, told)

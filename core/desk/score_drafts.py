"""Cards that a lead has begun to score: kept at each mark, so that nothing is lost to a crash or a phone call."""

from uuid import UUID

import msgspec
from msgspec import Struct

from core.desk.desk import Desk
from core.domain import decoding
from core.domain.quality.scoring import Marked
from core.store.settings import QUALITY_DRAFTS

MOST = 50
"""drafts kept; the oldest go first"""


class ScoreDraft(Struct, frozen=True, kw_only=True):
    marks: tuple[Marked, ...] = ()
    fails: tuple[str, ...] = ()
    remark: str = ""


EMPTY = ScoreDraft()


def drafts(desk: Desk) -> dict[UUID, ScoreDraft]:
    """By the call, or by the score whose dispute is decided."""
    kept = desk.store.setting(QUALITY_DRAFTS)
    return decoding.decode(kept, dict[UUID, ScoreDraft]) if kept else {}


def keep_draft(desk: Desk, subject: UUID, draft: ScoreDraft) -> None:
    """An empty one is forgotten."""
    known = {key: value for key, value in drafts(desk).items() if key != subject}
    if draft != EMPTY:
        known[subject] = draft
    newest = dict(list(known.items())[-MOST:])
    desk.store.put_setting(QUALITY_DRAFTS, msgspec.json.encode(newest).decode())

"""What can be done with what is in view: which keys act, in which words, and what the line of text is for."""

from core.domain.quality.inspection import ScoreState, holder
from core.domain.text import Text, filled
from desktop.keys.leading import Inspect
from desktop.quality import words
from desktop.quality.presenter import AGAIN_DAYS, Part, QualityPresenter

Acts = dict[Inspect, Text]


def acts_of(p: QualityPresenter) -> tuple[Acts, Inspect | None]:
    """By key, with the one that is meant first; nothing while nothing is in view."""
    opened, seen = p.opened, p.seen
    if opened is None or seen is None:
        return {}, None
    entry = opened.entry
    match p.part:
        case Part.QUEUE:
            by = holder(entry.call.claimed, seen.now) if entry.call is not None else ""
            if by not in ("", p.me):
                return {}, None
            claim: Acts = {Inspect.SECOND: words.RELEASE} if by else {Inspect.FIRST: words.CLAIM}
            return claim | {Inspect.SEND: words.SEND}, Inspect.SEND if by else Inspect.FIRST
        case Part.DISPUTES:
            rulings = {Inspect.FIRST: words.UPHOLD, Inspect.SECOND: words.AMEND, Inspect.THIRD: words.VOID}
            return rulings, Inspect.FIRST
        case Part.GIVEN:
            return {Inspect.THIRD: filled(words.WRITE_NOTE, days=str(AGAIN_DAYS))}, Inspect.THIRD
        case Part.COACHING:
            if entry.note is None or not entry.note.open or entry.note.note.agent == p.me:
                return {}, None
            again = filled(words.AGAIN, days=str(AGAIN_DAYS))
            return {Inspect.FIRST: words.BETTER, Inspect.SECOND: again}, Inspect.FIRST
        case Part.OWN:
            if entry.case is None or entry.case.state is not ScoreState.GIVEN:
                return {}, None
            return {Inspect.FIRST: words.SIGN, Inspect.SECOND: words.ARGUE}, Inspect.FIRST


def field_of(p: QualityPresenter) -> Text | None:
    """What the line of text is for; None where there is nothing to say."""
    if not acts_of(p)[0]:
        return None
    return {
        Part.QUEUE: words.REMARK, Part.DISPUTES: words.DECISION, Part.GIVEN: words.COACH, Part.COACHING: words.LOOK,
        Part.OWN: words.DISPUTE,
    }[p.part]  # fmt: skip

"""What becomes of a tip that everyone has: it is reworded, or taken back; its author is told either way."""

from msgspec import structs

from core.domain import decoding
from core.domain.knowledge import TIP, Article, TipState
from core.domain.text import Lang, Text
from core.domain.tip_rules import REASON_MOST, tip_flaw
from core.server import tip_errors
from core.server.access.caller import Caller
from core.server.db import audit, published, tips
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.feed import EVERYONE
from core.server.db.tips import StoredTip
from core.server.tips import answer, competitor_in, document_of, judged

_REWORDED = Text("您的经验改了措辞，继续公开。", "Your tip was reworded and stays with everyone.")


def take_back(database: Database, tip_id: str, *, reason: str, by: str, judge: Caller | None = None) -> StoredTip:
    """Every desk forgets the tip at its next pull. `judge` as for `core.server.tips.decide`.

    Raises InputError where there is no such tip, nobody has it, or no reason is given; Refused where the judge may not.
    """
    reason = reason.strip()[:REASON_MOST]
    if not reason:
        raise tip_errors.no_reason()
    with database.write() as unit:
        found = judged(unit, tip_id, judge)
        if found.state is TipState.WITHDRAWN:
            # The answer that said so may have been lost.
            return found
        if found.state is not TipState.APPROVED:
            raise tip_errors.not_standing()
        tips.decide(unit, tip_id, state=TipState.WITHDRAWN, by=by, reason=reason)
        published.drop(unit, TIP, tip_id, audience=EVERYONE)
        answer(unit, found.tip, TipState.WITHDRAWN, reason)
        audit.write(unit, writer=by, action=Action.TIP_WITHDRAWN, object_=tip_id, author=found.tip.agent)
        return _reread(unit, tip_id)


def reword(
    database: Database, tip_id: str, *, title: str, text: str, by: str, reason: str = "", judge: Caller | None = None
) -> StoredTip:
    """Everyone has these words at the next pull, under a version of their own; the tip stays its author's.

    Raises InputError where there is no such tip, nobody has it, or the words may not stand so; Refused where the judge
    may not, or the words speak of a competitor.
    """
    title, text = title.strip(), text.strip()
    flaw = tip_flaw(title, text)
    if flaw is not None:
        raise tip_errors.bad_words(flaw)
    with database.write() as unit:
        found = judged(unit, tip_id, judge)
        if found.state is not TipState.APPROVED:
            raise tip_errors.not_standing()
        if word := competitor_in(unit, title, text):
            raise tip_errors.competitor(word)
        if (title, text) == (found.tip.title, found.tip.text):
            return found
        better = structs.replace(found.tip, title=title, text=text)
        tips.reword(unit, better)
        version = _version(unit, tip_id) + 1
        published.put(unit, [document_of(better, version)])
        told = reason.strip() or (_REWORDED.zh if better.lang is Lang.ZH else _REWORDED.en)
        answer(unit, better, TipState.APPROVED, told[:REASON_MOST])
        audit.write(
            unit, writer=by, action=Action.TIP_REWORDED, object_=tip_id, author=found.tip.agent, version=version
        )
        return _reread(unit, tip_id)


def _version(unit: Unit, tip_id: str) -> int:
    body = published.body(unit, TIP, tip_id)
    return 0 if body is None else decoding.decode(body, Article).version


def _reread(unit: Unit, tip_id: str) -> StoredTip:
    found = tips.get(unit, tip_id)
    assert found is not None
    return found

"""What becomes of a tip: approved, everyone has it at the next pull; refused or returned, its author is told why."""

import msgspec
from msgspec import structs

from core.domain import decoding
from core.domain.knowledge import TIP, TIP_ANSWER, Article, ArticleKind, LineOfWork, Tip, TipAnswer, TipState, step_key
from core.domain.people import Right
from core.domain.text import Lang, Text
from core.domain.tip_rules import REASON_MOST
from core.domain.watched import WATCHED, WatchedWords
from core.domain.watched import found as word_of
from core.server import tip_errors
from core.server.access.caller import Caller
from core.server.db import audit, published, tips
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.tips import StoredTip
from core.wire.pull import ContentDocument

_LINES = {"broadband": LineOfWork.BROADBAND, "vip": LineOfWork.CARE, "4g": LineOfWork.MOBILE, "5g": LineOfWork.MOBILE}
"""line of work by the beginning of a scenario's id; service where none fits"""
_ACTIONS = {
    TipState.APPROVED: Action.TIP_APPROVED,
    TipState.REFUSED: Action.TIP_REFUSED,
    TipState.RETURNED: Action.TIP_RETURNED,
}


def readable(caller: Caller) -> str:
    """The team whose tips somebody may judge; empty: all teams. Raises Refused for others."""
    if not caller.may(Right.JUDGE_TIPS):
        raise tip_errors.forbidden()
    return "" if caller.may(Right.PLAN) else caller.agent.team


def decide(
    database: Database,
    tip_id: str,
    *,
    approve: bool,
    again: bool = False,
    reason: str = "",
    by: str,
    judge: Caller | None = None,
) -> StoredTip:
    """Approve, refuse or (`again`) return a tip that waits. `judge` is who asks by the API; None at the command line.

    Raises InputError where there is no such tip, it was decided otherwise before, or no reason is given to one that
    is not approved; Refused where the judge may not, or wrote it, or where it speaks of a competitor.
    """
    reason = reason.strip()
    if not approve and not reason:
        raise tip_errors.no_reason()
    with database.write() as unit:
        found = judged(unit, tip_id, judge)
        state = TipState.APPROVED if approve else TipState.RETURNED if again else TipState.REFUSED
        if found.state is state:
            # The answer that said so may have been lost.
            return found
        if found.state is not TipState.WAITING:
            raise tip_errors.decided_before(found)
        if approve and (word := competitor_in(unit, found.tip.title, found.tip.text)):
            raise tip_errors.competitor(word)
        tips.decide(unit, tip_id, state=state, by=by, reason=reason[:REASON_MOST])
        if approve:
            published.put(unit, [document_of(found.tip)])
        answer(unit, found.tip, state, reason[:REASON_MOST])
        audit.write(
            unit, writer=by, action=_ACTIONS[state], object_=tip_id, author=found.tip.agent,
        )  # fmt: skip
        decided = tips.get(unit, tip_id)
        assert decided is not None
        return decided


def judged(unit: Unit, tip_id: str, judge: Caller | None) -> StoredTip:
    """The tip, held until the transaction ends. Raises as `decide` does where there is none, or the judge may not."""
    found = tips.get(unit, tip_id, lock=True)
    if judge is not None:
        team = readable(judge)
        if found is not None and found.tip.agent == judge.staff_number:
            raise tip_errors.own()
        if found is not None and team and found.team != team:
            found = None
    if found is None:
        raise tip_errors.unknown(tip_id)
    return found


def competitor_in(unit: Unit, title: str, text: str) -> str:
    """The word of a competitor that a tip names, by the words that are published (BB-09); empty where there is none."""
    return word_of(Text(f"{title}\n{text}", f"{title}\n{text}"), watched_words(unit).competitor)


def watched_words(unit: Unit) -> WatchedWords:
    """Those that are published, else those that came with the program."""
    body = published.body(unit, WATCHED, WATCHED)
    if body is not None:
        return decoding.decode(body, WatchedWords)
    # Its room reads YAML, which a server need not know to listen.
    from core.content.watched import watched_words as shipped

    return shipped()


def document_of(tip: Tip, version: int = 1) -> ContentDocument:
    """The tip as an article that every desk pulls."""
    # Its room reads YAML and pinyin, which a server need not know to listen.
    from core.content.initials import initials_of

    title, body = _in_its_language(tip.lang, tip.title.strip()), _in_its_language(tip.lang, tip.text.strip())
    article = Article(
        id=str(tip.id),
        version=version,
        kind=ArticleKind.TIP,
        title=title,
        body=body,
        line=next((line for start, line in _LINES.items() if tip.scenario.startswith(start)), LineOfWork.SERVICE),
        scenarios=(tip.scenario,) if tip.scenario else (),
        steps=(step_key(tip.scenario, tip.step),) if tip.step else (),
        initials=initials_of(tip.title),
        author=tip.agent,
    )
    return ContentDocument(kind=TIP, name=article.id, version=version, body=msgspec.Raw(msgspec.json.encode(article)))


def _in_its_language(lang: Lang, words: str) -> Text:
    return Text(words, "") if lang is Lang.ZH else Text("", words)


def answer(unit: Unit, tip: Tip, state: TipState, reason: str) -> None:
    """Goes to the author's desk alone."""
    told = TipAnswer(
        id=tip.id, title=tip.title, state=state if state is TipState.APPROVED else TipState.REFUSED, reason=reason,
        at=unit.now, withdrawn=state is TipState.WITHDRAWN,
    )  # fmt: skip
    if state is TipState.RETURNED:
        told = structs.replace(told, again=True, text=tip.text, scenario=tip.scenario, step=tip.step)
    document = ContentDocument(
        kind=TIP_ANSWER, name=str(tip.id), version=1, body=msgspec.Raw(msgspec.json.encode(told))
    )
    published.put(unit, [document], audience=tip.agent)

"""What becomes of a tip: approved, everyone has it at the next pull; refused or returned, its author is told why."""

import msgspec
from msgspec import structs

from core.domain.errors import InputError, Refused
from core.domain.knowledge import TIP, TIP_ANSWER, Article, ArticleKind, LineOfWork, Tip, TipAnswer, TipState, step_key
from core.domain.people import Right
from core.domain.text import Lang, Text
from core.domain.tip_rules import REASON_MOST
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
_DECIDED = {
    TipState.APPROVED: Text("已批准", "approved"),
    TipState.REFUSED: Text("未采纳", "refused"),
    TipState.RETURNED: Text("已退回作者修改", "returned to its author"),
}


def readable(caller: Caller) -> str:
    """The team whose tips somebody may judge; empty: all teams. Raises Refused for others."""
    if not caller.may(Right.JUDGE_TIPS):
        raise _forbidden()
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
    is not approved; Refused where the judge may not, or wrote it.
    """
    reason = reason.strip()
    if not approve and not reason:
        raise _no_reason()
    with database.write() as unit:
        found = tips.get(unit, tip_id, lock=True)
        if judge is not None:
            team = readable(judge)
            if found is not None and found.tip.agent == judge.staff_number:
                raise _own()
            if found is not None and team and found.team != team:
                found = None
        if found is None:
            raise _unknown(tip_id)
        state = TipState.APPROVED if approve else TipState.RETURNED if again else TipState.REFUSED
        if found.state is state:
            # The answer that said so may have been lost.
            return found
        if found.state is not TipState.WAITING:
            raise _decided(found)
        tips.decide(unit, tip_id, state=state, by=by, reason=reason[:REASON_MOST])
        if approve:
            published.put(unit, [_document(found.tip)])
        _answer(unit, found.tip, state, reason[:REASON_MOST])
        audit.write(
            unit, writer=by, action=_ACTIONS[state], object_=tip_id, author=found.tip.agent,
        )  # fmt: skip
        decided = tips.get(unit, tip_id)
        assert decided is not None
        return decided


def _document(tip: Tip) -> ContentDocument:
    """The tip as an article that every desk pulls."""
    # Its room reads YAML and pinyin, which a server need not know to listen.
    from core.content.initials import initials_of

    title, body = _in_its_language(tip.lang, tip.title.strip()), _in_its_language(tip.lang, tip.text.strip())
    article = Article(
        id=str(tip.id),
        version=1,
        kind=ArticleKind.TIP,
        title=title,
        body=body,
        line=next((line for start, line in _LINES.items() if tip.scenario.startswith(start)), LineOfWork.SERVICE),
        scenarios=(tip.scenario,) if tip.scenario else (),
        steps=(step_key(tip.scenario, tip.step),) if tip.step else (),
        initials=initials_of(tip.title),
        author=tip.agent,
    )
    return ContentDocument(kind=TIP, name=article.id, version=1, body=msgspec.Raw(msgspec.json.encode(article)))


def _in_its_language(lang: Lang, words: str) -> Text:
    return Text(words, "") if lang is Lang.ZH else Text("", words)


def _answer(unit: Unit, tip: Tip, state: TipState, reason: str) -> None:
    """Goes to the author's desk alone."""
    told = TipAnswer(
        id=tip.id, title=tip.title, state=state if state is TipState.APPROVED else TipState.REFUSED, reason=reason,
        at=unit.now,
    )  # fmt: skip
    if state is TipState.RETURNED:
        told = structs.replace(told, again=True, text=tip.text, scenario=tip.scenario, step=tip.step)
    document = ContentDocument(
        kind=TIP_ANSWER, name=str(tip.id), version=1, body=msgspec.Raw(msgspec.json.encode(told))
    )
    published.put(unit, [document], audience=tip.agent)


def _forbidden() -> Refused:
    return Refused(
        code="forbidden",
        title=Text("无权操作", "Not permitted"),
        message=Text("只有班长、策划和管理员可以审批经验。", "Team leads, planners and administrators judge tips."),
        next_step=Text("请找您的班长。", "Ask your team lead."),
    )


def _own() -> Refused:
    return Refused(
        code="own_tip",
        title=Text("不能审批自己的经验", "Your own tip"),
        message=Text("自己写的经验要由另一个人审批。", "A tip is judged by somebody else than its author."),
        next_step=Text("请另一位班长或策划审批。", "Ask another team lead or a planner."),
    )


def _unknown(tip_id: str) -> InputError:
    return InputError(
        title=Text("没有这条经验", "No such tip"),
        message=Text(f"没有编号为 {tip_id} 的经验。", f"There is no tip {tip_id}."),
        next_step=Text("用 stayline-server tips list 查看。", "See them with stayline-server tips list."),
    )


def _decided(found: StoredTip) -> InputError:
    done = _DECIDED[found.state]
    return InputError(
        title=Text("这条经验已经处理过", "Decided before"),
        message=Text(f"{found.decided_by} {done.zh}。", f"It was {done.en} by {found.decided_by}."),
        next_step=Text("不用再处理。", "Nothing is left to do."),
    )


def _no_reason() -> InputError:
    return InputError(
        title=Text("缺少理由", "No reason"),
        message=Text("不采纳或退回都要写明理由。", "A refusal or a return says why."),
        next_step=Text("请写一句给作者的话。", "Write a line to its author."),
    )

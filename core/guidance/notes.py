"""The automatic note: what came of the call in a line or two; the agent may edit it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo

from core.domain.authority import AuthorityCase
from core.domain.clock import CHINA
from core.domain.disposition import Dispositions
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.offered import REPLY_NAMES, OfferMade, Reply
from core.domain.outcome import PathStep
from core.domain.script import Script
from core.domain.text import Lang, Text
from core.guidance.authority_notes import authority_words
from core.guidance.render import is_known, plain
from core.guidance.state import OBJECTION

_KINDS = {
    FollowUpKind.CALLBACK: Text("回拨", "call back"),
    FollowUpKind.SMS: Text("短信待发", "SMS waiting"),
    FollowUpKind.WORK_ORDER: Text("派工单", "work order"),
    FollowUpKind.HOME_VISIT: Text("上门走访", "home visit"),
    FollowUpKind.ESCALATION: Text("升级处理", "escalation"),
}
_REASON = Text("原因：", "Reason: ")
_RAISED = Text("客户提到：", "Raised: ")
_OFFERS = Text("优惠：", "Offers: ")
_AUTHORITY = Text("授权：", "Authority: ")
_FOLLOW_UP = Text("跟进：", "Follow-up: ")


def automatic_note(
    script: Script,
    dispositions: Dispositions,
    *,
    path: Sequence[PathStep],
    result: str,
    reason: str = "",
    follow_ups: Sequence[FollowUp] = (),
    asked: Sequence[AuthorityCase] = (),
    offers: Sequence[OfferMade] = (),
    facts: Mapping[str, object],
    lang: Lang,
    zone: tzinfo = CHINA,
) -> str:
    """Result, reason, objections, offers and follow-ups in `lang`; empty while no result is chosen."""
    chosen = dispositions.result(result)
    if chosen is None:
        return ""
    note = chosen.note
    parts = [plain(note, facts, lang) if note and is_known(note, facts) else _sentence(chosen.label.of(lang), lang)]
    why = next((one.label for one in dispositions.reasons if one.code == reason), None)
    if why:
        parts.append(_sentence(_REASON.of(lang) + why.of(lang), lang))
    raised = _raised(script, path, lang)
    if raised:
        parts.append(_sentence(_RAISED.of(lang) + _listed(raised, lang), lang))
    if offers:
        parts.append(_sentence(_OFFERS.of(lang) + _listed(_offered(offers, lang), lang), lang))
    taken = {one.offer for one in offers if one.reply is Reply.ACCEPTED}
    granted = authority_words(asked, lang, accepted=taken)
    if granted:
        parts.append(_sentence(_AUTHORITY.of(lang) + _listed(granted, lang), lang))
    if follow_ups:
        words = _counted(follow_up_words(one, lang, zone=zone) for one in follow_ups)
        parts.append(_sentence(_FOLLOW_UP.of(lang) + _listed(words, lang), lang))
    return ("" if lang is Lang.ZH else " ").join(parts)


def follow_up_words(follow_up: FollowUp, lang: Lang, *, zone: tzinfo = CHINA) -> str:
    """`11-23 10:00 回拨`, `11-23 10:00 call back`; the hour is the wall clock at `zone`."""
    kind = _KINDS[follow_up.kind].of(lang)
    if follow_up.due_at is None:
        return kind
    return f"{follow_up.due_at.astimezone(zone):%m-%d %H:%M} {kind}"


def _counted(words: Iterable[str]) -> list[str]:
    """Each once, in their order: `短信待发 ×3`."""
    return [word if often == 1 else f"{word} ×{often}" for word, often in Counter(words).items()]


def _offered(offers: Sequence[OfferMade], lang: Lang) -> list[str]:
    """`“存 100 送 30”接受`, `Prepay 100, get 30: accepted`."""
    words = []
    for one in offers:
        reply = REPLY_NAMES[one.reply].of(lang)
        words.append(f"“{one.name.zh}”{reply}" if lang is Lang.ZH else f"{one.name.en}: {reply.lower()}")
    return words


def _raised(script: Script, path: Sequence[PathStep], lang: Lang) -> list[str]:
    labels = {OBJECTION + one.id: one.label.of(lang) for one in script.objections}
    return list(dict.fromkeys(labels[entry.step] for entry in path if entry.step in labels))


def _listed(words: list[str], lang: Lang) -> str:
    return ("；" if lang is Lang.ZH else "; ").join(words)


def _sentence(words: str, lang: Lang) -> str:
    return words + ("。" if lang is Lang.ZH else ".")

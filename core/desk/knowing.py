"""Knowledge at the desk: what to read at the present step, and a tip written down for everyone."""

from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from core.desk.desk import Desk
from core.domain import decoding
from core.domain.errors import InputError
from core.domain.knowledge import Tip, TipAnswer
from core.domain.text import Lang, Text
from core.domain.tip_rules import FLAW_WORDS, tip_flaw, told_competitor
from core.domain.watched import WATCHED, WatchedWords, found
from core.store.settings import TIP_DRAFT
from core.wire.push import TipWritten


class TipDraft(Struct, frozen=True, kw_only=True):
    """A tip while it is written; kept, so that nothing typed is lost."""

    title: str = ""
    text: str = ""
    scenario: str = ""
    step: str = ""
    after: UUID | None = None
    """the tip that came back, which this one takes the place of"""
    asked: str = ""
    """what its judge would like to be said better"""

    @property
    def empty(self) -> bool:
        return not (self.title.strip() or self.text.strip())


def keep_tip_draft(desk: Desk, draft: TipDraft) -> None:
    desk.store.put_setting(TIP_DRAFT, msgspec.json.encode(draft).decode())


def tip_draft(desk: Desk) -> TipDraft:
    """What was written and not yet sent; an empty one where there is nothing."""
    kept = desk.store.setting(TIP_DRAFT)
    return decoding.decode(kept, TipDraft) if kept else TipDraft()


def anew(answer: TipAnswer) -> TipDraft:
    """A tip that came back, to go on writing."""
    return TipDraft(
        title=answer.title,
        text=answer.text,
        scenario=answer.scenario,
        step=answer.step,
        after=answer.id,
        asked=answer.reason,
    )


def competitor_in(desk: Desk, words: str) -> str:
    """The word of a competitor in what is written, by the words that are published (BB-09); empty where there is none,
    or none were pulled yet: the server looks again."""
    body = desk.store.content(WATCHED, WATCHED)
    if body is None:
        return ""
    return found(Text(words, words), decoding.decode(body, WatchedWords).competitor)


def write_tip(desk: Desk, draft: TipDraft, *, lang: Lang) -> Tip:
    """Queues the tip for a team lead to read. Raises InputError, and keeps the draft, where it may not be sent so."""
    flaw = tip_flaw(draft.title, draft.text)
    if flaw is not None:
        raise InputError(
            title=Text("经验还不能提交", "The tip cannot be sent yet"),
            message=FLAW_WORDS[flaw],
            next_step=Text("改好再提交一次。", "Change it and send it once more."),
        )
    if word := competitor_in(desk, f"{draft.title}\n{draft.text}"):
        raise InputError(
            title=Text("经验还不能提交", "The tip cannot be sent yet"),
            message=told_competitor(word),
            next_step=Text(
                "只写我们自己能做的，再提交一次。", "Write what we can do ourselves, and send it once more."
            ),
        )
    tip = Tip(
        id=uuid4(),
        agent=desk.agent.staff_number,
        at=desk.moment().wall,
        title=draft.title.strip(),
        text=draft.text.strip(),
        scenario=draft.scenario,
        step=draft.step,
        lang=lang,
        after=draft.after,
    )
    desk.store.log(TipWritten(tip=tip))
    keep_tip_draft(desk, TipDraft())
    return tip

"""Tips that wait or stand, and what becomes of them. No widgets; the server, which alone knows, on its lane."""

from collections.abc import Callable
from enum import StrEnum
from uuid import UUID

from msgspec import structs

from core.desk.desk import Desk
from core.desk.judging import WaitingTip, standing_tips, waiting_tips
from core.domain.errors import ServerUnreachable, StaylineError
from core.domain.text import Text
from core.domain.tip_rules import FLAW_WORDS, REASON_MOST, tip_flaw
from core.sync.ask import Ask
from core.wire.tips import JudgedTip, TipDecision, TipWording
from desktop.keys.leading import Judge
from desktop.lane import Lane

SENTENCE_MOST = REASON_MOST


class Reading(StrEnum):
    """How the list stands."""

    BEGUN = "begun"
    READ = "read"
    OFFLINE = "offline"


class TipsPresenter:
    """`changed` is told when the list is other than before, `judged` once a decision is the server's."""

    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        *,
        lane: Lane,
        changed: Callable[[], None],
        judged: Callable[[Judge, UUID], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._ask, self._lane = desk, ask, lane
        self._changed, self._judged, self._show_error = changed, judged, show_error
        self.tips: list[WaitingTip] = []
        self.standing = False
        """whether those that everyone has are seen, in place of those that wait"""
        self.reading = Reading.BEGUN
        self._asked = 0
        self._deciding: set[UUID] = set()
        self._decided: set[UUID] = set()
        """since the list was asked for: it may have been read before"""

    def load(self) -> None:
        """An answer that a later one has overtaken is dropped."""
        self._asked += 1
        self._decided.clear()
        ticket = self._asked

        def show(found: list[WaitingTip]) -> None:
            if ticket == self._asked:
                self._put([one for one in found if one.judged.tip.id not in self._decided], Reading.READ)

        def failed(error: Exception) -> None:
            if not isinstance(error, ServerUnreachable):
                self._show_error(error)
            elif ticket == self._asked:
                self._put(self.tips, Reading.OFFLINE)

        read = standing_tips if self.standing else waiting_tips
        self._lane(lambda: read(self._desk, self._ask), show, failed)

    def switch(self) -> None:
        """From those that wait to those that stand, and back."""
        self.standing = not self.standing
        self._put([], Reading.BEGUN)
        self.load()

    def judge(self, tip: WaitingTip, how: Judge, sentence: str) -> bool:
        """False where a sentence is missing; the tip stays in the list until the server has the decision."""
        sentence = sentence.strip()
        if how is not Judge.APPROVE and not sentence:
            return False
        tip_id = str(tip.judged.tip.id)
        decision = TipDecision(approve=how is Judge.APPROVE, again=how is Judge.RETURN, reason=sentence)
        if how is Judge.TAKE_BACK:
            self._ask_for(tip, how, lambda: self._ask.take_tip_back(tip_id, sentence))
        else:
            self._ask_for(tip, how, lambda: self._ask.decide_tip(tip_id, decision))
        return True

    def reword(self, tip: WaitingTip, title: str, text: str, sentence: str) -> Text | None:
        """What is wrong with the words; None where they are on their way."""
        title, text = title.strip(), text.strip()
        if (flaw := tip_flaw(title, text)) is not None:
            return FLAW_WORDS[flaw]
        wording = TipWording(title=title, text=text, reason=sentence.strip())
        self._ask_for(tip, Judge.REWORD, lambda: self._ask.reword_tip(str(tip.judged.tip.id), wording))
        return None

    def _ask_for(self, tip: WaitingTip, how: Judge, act: Callable[[], JudgedTip]) -> None:
        tip_id = tip.judged.tip.id
        if tip_id in self._deciding:
            return
        self._deciding.add(tip_id)

        def done(now: JudgedTip) -> None:
            self._deciding.discard(tip_id)
            if how is not Judge.REWORD:
                self._decided.add(tip_id)
            # The other list may have been asked for meanwhile: nothing of that is read yet.
            begun = self.reading is Reading.BEGUN
            self._put(self._after(tip_id, how, now), Reading.BEGUN if begun else Reading.READ)
            self._judged(how, tip_id)

        def failed(error: Exception) -> None:
            self._deciding.discard(tip_id)
            self._show_error(error)
            if isinstance(error, StaylineError) and not isinstance(error, ServerUnreachable):
                # Somebody else may have decided it.
                self.load()

        self._lane(act, done, failed)

    def _after(self, tip_id: UUID, how: Judge, now: JudgedTip) -> list[WaitingTip]:
        """What was reworded stays, in its new words; what was decided goes."""
        if how is not Judge.REWORD:
            return [one for one in self.tips if one.judged.tip.id != tip_id]
        return [
            one if one.judged.tip.id != tip_id else one._replace(judged=structs.replace(one.judged, tip=now.tip))
            for one in self.tips
        ]

    def _put(self, tips: list[WaitingTip], reading: Reading) -> None:
        if tips != self.tips or reading is not self.reading:
            self.tips, self.reading = tips, reading
            self._changed()

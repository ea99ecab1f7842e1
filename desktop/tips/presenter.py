"""Tips that wait and what becomes of them. No widgets; the server on its lane, for nobody else knows of them."""

from collections.abc import Callable
from enum import StrEnum
from uuid import UUID

from core.desk.desk import Desk
from core.desk.judging import WaitingTip, waiting_tips
from core.domain.errors import ServerUnreachable, StaylineError
from core.domain.tip_rules import REASON_MOST
from core.sync.ask import Ask
from core.wire.tips import JudgedTip, TipDecision
from desktop.keys import Judge
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
        judged: Callable[[Judge], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._ask, self._lane = desk, ask, lane
        self._changed, self._judged, self._show_error = changed, judged, show_error
        self.tips: list[WaitingTip] = []
        self.reading = Reading.BEGUN
        self._asked = 0
        self._deciding: set[UUID] = set()

    def load(self) -> None:
        """An answer that a later one has overtaken is dropped."""
        self._asked += 1
        ticket = self._asked

        def show(found: list[WaitingTip]) -> None:
            if ticket == self._asked:
                self._put(found, Reading.READ)

        def failed(error: Exception) -> None:
            if not isinstance(error, ServerUnreachable):
                self._show_error(error)
            elif ticket == self._asked:
                self._put(self.tips, Reading.OFFLINE)

        self._lane(lambda: waiting_tips(self._desk, self._ask), show, failed)

    def judge(self, tip: WaitingTip, how: Judge, sentence: str) -> bool:
        """False where a sentence is missing; the tip stays in the list until the server has the decision."""
        sentence = sentence.strip()
        if how is not Judge.APPROVE and not sentence:
            return False
        tip_id = tip.judged.tip.id
        if tip_id in self._deciding:
            return True
        self._deciding.add(tip_id)
        decision = TipDecision(approve=how is Judge.APPROVE, again=how is Judge.RETURN, reason=sentence)

        def done(_: JudgedTip) -> None:
            self._deciding.discard(tip_id)
            self._put([one for one in self.tips if one.judged.tip.id != tip_id], Reading.READ)
            self._judged(how)

        def failed(error: Exception) -> None:
            self._deciding.discard(tip_id)
            self._show_error(error)
            if isinstance(error, StaylineError) and not isinstance(error, ServerUnreachable):
                # Somebody else may have decided it.
                self.load()

        self._lane(lambda: self._ask.decide_tip(str(tip_id), decision), done, failed)
        return True

    def _put(self, tips: list[WaitingTip], reading: Reading) -> None:
        if tips != self.tips or reading is not self.reading:
            self.tips, self.reading = tips, reading
            self._changed()

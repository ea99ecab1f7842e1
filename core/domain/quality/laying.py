"""What was said here and the server has not told back yet, laid over what it told: pure, in the order of the saying."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from core.domain.quality.inspection import (
    Claim,
    Claimed,
    CoachingCase,
    CoachingNote,
    Decision,
    Dispute,
    LookedAgain,
    Ruling,
    SampledCall,
    Score,
    ScoreCase,
    ScoreState,
    Signature,
    holder,
)
from core.domain.quality.scorecard import Scorecard
from core.domain.quality.scoring import result_of

CLAIM_H = 24
"""until the server says how long a claim holds"""
Said = Claim | Score | Signature | Dispute | Decision | CoachingNote | LookedAgain


class Laid:
    """Calls, scores and notes by id, as they stand once everything said here is taken."""

    def __init__(
        self,
        calls: Iterable[SampledCall],
        scores: Iterable[ScoreCase],
        notes: Iterable[CoachingCase],
        cards: Sequence[Scorecard],
        *,
        my_name: str,
    ) -> None:
        self.calls = {one.id: one for one in calls}
        self.scores = {one.score.id: one for one in scores}
        self.notes = {one.note.id: one for one in notes}
        self._cards = {(card.id, card.version): card for card in cards}
        self._my_name = my_name

    def lay(self, said: Said, *, names: dict[str, str]) -> None:
        """`names` of agents by staff number, as far as they are known here."""
        match said:
            case Claim():
                self._claim(said)
            case Score():
                self._score(said)
            case Signature():
                self._change(said.score, ScoreState.GIVEN, state=ScoreState.SIGNED, signed_at=said.at)
            case Dispute():
                self._change(said.score, ScoreState.GIVEN, state=ScoreState.DISPUTED, dispute=said)
            case Decision():
                self._decide(said)
            case CoachingNote():
                self._coach(said, names.get(said.agent, said.agent))
            case LookedAgain():
                self._look(said)

    def _claim(self, said: Claim) -> None:
        call = self.calls.get(said.call)
        if call is None or call.score is not None or holder(call.claimed, said.at) not in ("", said.by):
            return
        if call.claimed is not None and call.claimed.claim == said.id:
            return
        until = said.at + timedelta(hours=CLAIM_H)
        claimed = None if said.release else Claimed(claim=said.id, by=said.by, by_name=self._my_name, until=until)
        self.calls[said.call] = msgspec.structs.replace(call, claimed=claimed)

    def _score(self, said: Score) -> None:
        call, card = self.calls.get(said.call), self._cards.get((said.card, said.card_version))
        if call is None or card is None or call.score is not None:
            return
        result = result_of(card, said.marks, said.fails)
        self.calls[said.call] = msgspec.structs.replace(call, score=said.id)
        self.scores[said.id] = ScoreCase(
            score=said,
            by_name=self._my_name,
            agent=call.agent,
            agent_name=call.agent_name,
            team=call.team,
            subject=call.subject,
            scenario=call.scenario,
            scenario_label=call.scenario_label,
            called_at=call.at,
            customer=call.customer,
            said=call.result,
            result=result,
            given=result,
            received_at=said.at,
        )

    def _change(self, score: UUID, only: ScoreState, **changes: object) -> None:
        case = self.scores.get(score)
        if case is not None and case.state is only:
            self.scores[score] = msgspec.structs.replace(case, **changes)

    def _decide(self, said: Decision) -> None:
        case = self.scores.get(said.score)
        if case is None:
            return
        result = case.result
        card = self._cards.get((case.score.card, case.score.card_version))
        if said.ruling is Ruling.AMENDED and card is not None:
            result = result_of(card, said.marks, said.fails)
        self._change(
            said.score, ScoreState.DISPUTED, state=ScoreState.DECIDED, decision=said, decided_by_name=self._my_name,
            result=result,
        )  # fmt: skip

    def _coach(self, said: CoachingNote, agent_name: str) -> None:
        if said.id not in self.notes:
            self.notes[said.id] = CoachingCase(
                note=said, by_name=self._my_name, agent_name=agent_name, team="", look_again_at=said.look_again_at
            )

    def _look(self, said: LookedAgain) -> None:
        case = self.notes.get(said.note)
        if case is None or any(look.id == said.id for look in case.looks):
            return
        again = said.again_at if said.again_at is not None and not said.better else case.look_again_at
        self.notes[said.note] = msgspec.structs.replace(case, looks=(*case.looks, said), look_again_at=again)

"""One call through a script: the step to say, the answers that lead on, the list of what must be said.

Pure and deterministic with its clock; keeps its whole state in a ConversationState. Knows no window and no store."""

from collections.abc import Mapping

import msgspec

from core.domain.clock import Clock
from core.domain.disposition import Result
from core.domain.outcome import Answered, PathStep, Ticked, Verification
from core.domain.script import LineProposal, MustItem, Proposal, Script
from core.domain.text import Lang, Text
from core.guidance import pointed
from core.guidance.closing import REFUSED_CONTACT, VERIFY_OWNER
from core.guidance.cues import cues_of
from core.guidance.place import OFFERING, SELLING, Place
from core.guidance.probing import asked
from core.guidance.render import render
from core.guidance.said import answered
from core.guidance.script_index import ScriptIndex
from core.guidance.state import OBJECTION, ConversationState, TrailStep
from core.guidance.views import CheckView, ObjectionLabel, ObjectionView, StepView

END = "end"


class Conversation:
    """Methods that move return the new view. A digit or an id that is not on offer raises ValueError."""

    def __init__(
        self,
        script: Script,
        facts: Mapping[str, object],
        *,
        lang: Lang,
        clock: Clock,
        state: ConversationState | None = None,
    ) -> None:
        self._index = ScriptIndex(script)
        self._facts = facts
        self._cues = cues_of(script, facts)
        self._stands: Place | None = None
        self._lang = lang
        self._clock = clock
        self._state = self._restored(state) if state else self._fresh()

    @property
    def script(self) -> Script:
        return self._index.script

    @property
    def verification(self) -> Verification:
        return self._state.verification

    @property
    def ended(self) -> bool:
        return self._state.ended

    @property
    def untouched(self) -> bool:
        """Nothing was answered, raised, ticked or verified, and the first step is in view."""
        return self._state == self._fresh()

    @property
    def suggested_result(self) -> str:
        """Code of the result that the answers, or an objection after them, point to; empty where none does."""
        return pointed.result_of(self._state, self._index)

    @property
    def suggested_reason(self) -> str:
        """Code of the reason that the answers and objections point to; empty where none does."""
        return pointed.reason_of(self._state, self._index)

    @property
    def promised(self) -> tuple[str, ...]:
        """Codes of the follow-up presets that the latest answer's words promise."""
        return pointed.promised(self._state, self._index, in_writing=self._facts.get("need_hearing") is True)

    @property
    def ordered(self) -> Proposal | None:
        """What the customer said last on this way to take, of what the bill calculator found."""
        taken = pointed.taken(self._state, self._index)
        return taken.orders if taken is not None else None

    @property
    def renewed(self) -> bool:
        """Whether the customer renews the contract as it is."""
        return pointed.renewed(self._state, self._index)

    @property
    def trial_months(self) -> int:
        """For how many months that is tried; 0: it is taken for good."""
        taken = pointed.taken(self._state, self._index)
        return taken.trial_months if taken is not None else 0

    @property
    def line(self) -> LineProposal | None:
        """What the customer said last on this way to take in place of the present line."""
        return pointed.line_taken(self._state, self._index)

    @property
    def open_to_offers(self) -> bool:
        """The owner is on the line, and nothing forbids to sell now."""
        return self._place().why_closed(SELLING) is None

    @property
    def why_not_sell(self) -> Text | None:
        """Why nothing that costs is offered now, whoever is on the line; None where it may be (SCRIPT-09)."""
        return self._place().why_closed(OFFERING)

    @property
    def offers(self) -> tuple[str, ...]:
        """Ids of the offers that the step in view leads to; none where selling is closed."""
        return self._place().offers

    def state(self) -> ConversationState:
        """For the draft; give it back to the constructor to go on from here."""
        return self._state

    def stand_at(self, state: ConversationState) -> None:
        """Back to what `state()` gave before a move."""
        self._state = state

    def set_lang(self, lang: Lang) -> None:
        self._lang = lang

    def set_facts(self, facts: Mapping[str, object]) -> None:
        """Newer figures of the same customer, as a pull brought them, or the order form's for reading back."""
        self._facts, self._cues = facts, cues_of(self.script, facts)

    # the step

    def view(self) -> StepView:
        """The step in view; worked out once, however many ask before the next move."""
        return self._place().view

    def answer(self, digit: int) -> StepView:
        """What the customer said; ticks what the step's words cover and goes on."""
        place = self._place()
        step, offered = place.step, place.answers
        if not 1 <= digit <= len(offered) or not offered[digit - 1].enabled:
            raise ValueError(f"answer {digit} is not on offer at step {step.id!r}")
        position, answer = place.offered[digit - 1]
        self._log(step.id, str(position), place.variant)
        for item in step.ticks:
            self.tick(item, True)
        if answer.verification is not None:
            self._verified(answer.verification)
        self._change(refused=self._state.refused or answer.suggests == REFUSED_CONTACT)
        self._lead(position, answer.to)
        return self.view()

    def back(self) -> StepView:
        """The step before; the way ahead is kept. At the first step nothing happens."""
        self._change(at=max(self._state.at - 1, 0), ended=False)
        return self.view()

    def forward(self) -> StepView:
        """Along the way already walked; at its end nothing happens."""
        self._change(at=min(self._state.at + 1, len(self._state.trail) - 1))
        return self.view()

    def go(self, stage_id: str) -> StepView:
        """To a stage: its step on the way already walked, else its first. Raises ValueError on an unknown stage."""
        first = self._index.first_of_stage.get(stage_id)
        if first is None:
            raise ValueError(f"no stage {stage_id!r}")
        walked = [at for at, t in enumerate(self._state.trail) if self._index.steps[t.step].stage == stage_id]
        if walked:
            self._change(at=walked[-1], ended=False)
        else:
            self._enter(first)
        return self.view()

    def verify(self, verification: Verification) -> StepView:
        """Who is on the line, stated beside the script; whoever is not the owner gets the short version."""
        self._verified(verification)
        short = self._index.short_version(verification)
        if short is not None and self._place().step.id != short:
            self._enter(short)
        return self.view()

    # objections

    def objections(self) -> tuple[ObjectionLabel, ...]:
        return tuple(ObjectionLabel(one.id, one.label) for one in self.script.objections)

    def objection(self, objection_id: str) -> ObjectionView:
        """The customer raised it: noted in the path. Raises ValueError on an unknown id."""
        one = self._index.objections.get(objection_id)
        if one is None:
            raise ValueError(f"no objection {objection_id!r}")
        last = self._state.log[-1].step if self._state.log else ""
        if last != OBJECTION + one.id:
            self._log(OBJECTION + one.id, "")
        self._change(refused=self._state.refused or one.suggests == REFUSED_CONTACT)
        empathise, clarify, answer, confirm = (
            render(text, self._facts, self._lang) for text in (one.empathise, asked(one), one.answer, one.confirm)
        )
        return ObjectionView(one.id, one.label, empathise, clarify, answer, confirm)

    # the checklist

    def tick(self, item: str, on: bool) -> None:
        """Said or done, by the agent's word; a tick keeps its first time. Ticking the verification states the owner.

        Raises ValueError on an unknown item."""
        if item not in self._index.items:
            raise ValueError(f"no checklist item {item!r}")
        if item == VERIFY_OWNER and on != (self._state.verification is Verification.OWNER):
            self._change(verification=Verification.OWNER if on else Verification.NOT_ASKED)
        self._mark(item, on)

    def checklist(self) -> tuple[CheckView, ...]:
        done = {t.item for t in self._state.ticked}
        return tuple(CheckView(item, item.id in done) for item in self.script.checklist)

    def missing(self, result: Result) -> list[MustItem]:
        """What must still be said or done before that result may be saved."""
        done = {t.item for t in self._state.ticked}
        return [self._index.items[item] for item in result.must if item in self._index.items and item not in done]

    # for the outcome

    def path(self) -> tuple[PathStep, ...]:
        """Everything as walked, the step in view last unless the script ended."""
        if self._state.ended:
            return self._state.log
        place = self._place()
        return (*self._state.log, PathStep(step=place.step.id, at=self._clock(), said=place.variant))

    def answered(self) -> tuple[Answered, ...]:
        """What was said to the questions of a survey."""
        return answered(self._state.trail, self._index.steps)

    def ticked(self) -> tuple[Ticked, ...]:
        return self._state.ticked

    # inside

    def _place(self) -> Place:
        """State, facts and words are replaced where they change, never changed in place."""
        here = self._stands
        if here and here.state is self._state and here.facts is self._facts and here.lang is self._lang:
            return here
        self._stands = Place(self._index, self._state, self._facts, self._cues, self._lang)
        return self._stands

    def _lead(self, position: int, to: str) -> None:
        """Along the trail where it already goes there, else on a new one from here."""
        trail, at = self._state.trail, self._state.at
        ahead = trail[at + 1 :]
        here = TrailStep(trail[at].step, position)
        if to == END:
            self._change(trail=(*trail[:at], here), ended=True)
        elif ahead and ahead[0].step == to:
            self._change(trail=(*trail[:at], here, *ahead), at=at + 1, ended=False)
        else:
            self._change(trail=(*trail[:at], here, TrailStep(to)), at=at + 1, ended=False)

    def _enter(self, step_id: str) -> None:
        """To a step that no answer led to; what was ahead makes way, the log keeps it."""
        trail, at = self._state.trail, self._state.at
        self._change(trail=(*trail[: at + 1], TrailStep(step_id)), at=at + 1, ended=False)

    def _verified(self, verification: Verification) -> None:
        self._change(verification=verification)
        if VERIFY_OWNER in self._index.items:
            self._mark(VERIFY_OWNER, verification is Verification.OWNER)

    def _mark(self, item: str, on: bool) -> None:
        was = [t for t in self._state.ticked if t.item == item]
        if on and not was:
            self._change(ticked=(*self._state.ticked, Ticked(item=item, at=self._clock())))
        elif not on and was:
            self._change(ticked=tuple(t for t in self._state.ticked if t.item != item))

    def _log(self, step: str, answer: str, said: int = -1) -> None:
        self._change(log=(*self._state.log, PathStep(step=step, answer=answer, at=self._clock(), said=said)))

    def _change(self, **changes: object) -> None:
        self._state = msgspec.structs.replace(self._state, **changes)

    def _fresh(self) -> ConversationState:
        script = self.script
        return ConversationState(script=script.id, version=script.version, trail=(TrailStep(script.start),))

    def _restored(self, state: ConversationState) -> ConversationState:
        """As it stood. Of another version of the script what was said and done is kept, not the place."""
        script = self.script
        if (state.script, state.version) == (script.id, script.version):
            return state
        return msgspec.structs.replace(
            self._fresh(),
            log=state.log,
            ticked=tuple(t for t in state.ticked if t.item in self._index.items),
            verification=state.verification,
            refused=state.refused,
        )

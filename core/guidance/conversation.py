"""One call through a script: the step to say, the answers that lead on, the list of what must be said.

Pure and deterministic with its clock; keeps its whole state in a ConversationState. Knows no window and no store."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from core.domain.clock import Clock
from core.domain.disposition import Result
from core.domain.outcome import Answered, PathStep, Ticked, Verification
from core.domain.script import Answer, LineProposal, MustItem, Proposal, Script, Step
from core.domain.text import Lang, Text
from core.guidance.closing import ASKED_ENOUGH, REFUSED_CONTACT, VERIFY_OWNER, why_closed
from core.guidance.cues import cues_of, shown, with_cues
from core.guidance.probing import asked
from core.guidance.render import Spans, is_known, render
from core.guidance.said import PREFIX, answered, said
from core.guidance.script_index import ScriptIndex
from core.guidance.state import OBJECTION, ConversationState, TrailStep
from core.guidance.views import AnswerView, CheckView, ObjectionLabel, ObjectionView, StageState, StageView, StepView
from core.rules import holds

END = "end"
SELLING = Step(id="", stage="", say=(), discloses=True, sells=True)
"""stands for any step that sells"""
OFFERING = Step(id="", stage="", say=(), sells=True)
"""stands for selling whoever is on the line"""


class _Viewed(NamedTuple):
    """What a view was worked out from: all of it is replaced where it changes, never changed in place."""

    state: ConversationState
    facts: Mapping[str, object]
    lang: Lang
    view: StepView


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
        self._known_at: tuple[tuple[TrailStep, ...], int] | None = None
        self._known_facts = facts
        self._viewed: _Viewed | None = None
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
        return self._latest("suggests")

    @property
    def suggested_reason(self) -> str:
        """Code of the reason that the answers and objections point to; empty where none does."""
        return self._latest("reason")

    @property
    def promised(self) -> tuple[str, ...]:
        """Codes of the follow-up presets that the latest answer's words promise."""
        entry = self._state.trail[self._state.at]
        if not self._state.ended:
            entry = self._state.trail[max(self._state.at - 1, 0)]
        if not entry.answer:
            return ()
        answer = self._index.steps[entry.step].answers[entry.answer - 1]
        written = self._state.ended and self._facts.get("need_hearing") is True and self.script.in_writing
        return (*answer.plans, self.script.in_writing) if written else answer.plans

    @property
    def ordered(self) -> Proposal | None:
        """What the customer said last on this way to take, of what the bill calculator found."""
        taken = self._taken()
        return taken.orders if taken is not None else None

    @property
    def trial_months(self) -> int:
        """For how many months that is tried; 0: it is taken for good."""
        taken = self._taken()
        return taken.trial_months if taken is not None else 0

    @property
    def line(self) -> LineProposal | None:
        """What the customer said last on this way to take in place of the present line."""
        return next((answer.line for answer in self._given_last() if answer.line is not None), None)

    def _taken(self) -> Answer | None:
        return next((answer for answer in self._given_last() if answer.orders is not None), None)

    def _given_last(self) -> Iterator[Answer]:
        """The answers on this way, the last one first."""
        return (self._index.steps[t.step].answers[t.answer - 1] for t in reversed(self._state.trail) if t.answer)

    @property
    def open_to_offers(self) -> bool:
        """The owner is on the line, and nothing forbids to sell now."""
        return self._why_closed(SELLING) is None

    @property
    def why_not_sell(self) -> Text | None:
        """Why nothing that costs is offered now, whoever is on the line; None where it may be (SCRIPT-09)."""
        return self._why_closed(OFFERING)

    @property
    def offers(self) -> tuple[str, ...]:
        """Ids of the offers that the step in view leads to; none where selling is closed."""
        offers = self._step().offers
        return offers if offers and self.open_to_offers else ()

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
        self._facts, self._cues, self._known_at = facts, cues_of(self.script, facts), None

    # the step

    def view(self) -> StepView:
        """The step in view; worked out once, however many ask before the next move."""
        seen = self._viewed
        if seen and seen.state is self._state and seen.facts is self._facts and seen.lang is self._lang:
            return seen.view
        view = self._viewed_now()
        self._viewed = _Viewed(self._state, self._facts, self._lang, view)
        return view

    def _viewed_now(self) -> StepView:
        step = self._step()
        closed = self._why_closed(step)
        return StepView(
            step_id=step.id,
            stages=self._stages(step),
            spans=() if closed else self._say(step),
            hint=with_cues(step.hint, self._cues) if step.id == self.script.start else step.hint,
            answers=self._answers(step, closed),
            can_back=self._state.at > 0,
            can_forward=self._state.at < len(self._state.trail) - 1,
            closed=closed,
            ended=self._state.ended,
            cues=shown(self._cues),
            zone=self._index.zones.get(step.zone),
            offers=self.offers,
        )

    def answer(self, digit: int) -> StepView:
        """What the customer said; ticks what the step's words cover and goes on."""
        step = self._step()
        offered = self._answers(step, self._why_closed(step))
        if not 1 <= digit <= len(offered) or not offered[digit - 1].enabled:
            raise ValueError(f"answer {digit} is not on offer at step {step.id!r}")
        position, answer = self._offered(step)[digit - 1]
        self._log(step.id, str(position), self._variant(step))
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
        if short is not None and self._step().id != short:
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
        step = self._step()
        return (*self._state.log, PathStep(step=step.id, at=self._clock(), said=self._variant(step)))

    def answered(self) -> tuple[Answered, ...]:
        """What was said to the questions of a survey."""
        return answered(self._state.trail, self._index.steps)

    def ticked(self) -> tuple[Ticked, ...]:
        return self._state.ticked

    # inside

    def _step(self) -> Step:
        return self._index.steps[self._state.trail[self._state.at].step]

    def _why_closed(self, step: Step, answer: Answer | None = None) -> Text | None:
        """`answer`: as it would be once that answer was given."""
        stated = answer.verification if answer else None
        facts = self._known()
        if answer is not None and answer.sets:
            facts = {**facts, **{f"{PREFIX}{name}": value for name, value in answer.sets.items()}}
        return why_closed(
            step,
            facts,
            verification=stated or self._state.verification,
            refused=self._state.refused,
            cues=self._cues,
        )

    def _known(self) -> Mapping[str, object]:
        """The facts and what was said up to here."""
        here = (self._state.trail, self._state.at)
        if self._known_at != here:
            found = said(self._state.trail[: self._state.at], self._index.steps)
            self._known_at, self._known_facts = here, ({**self._facts, **found} if found else self._facts)
        return self._known_facts

    def _say(self, step: Step) -> Spans:
        return render(step.say[self._variant(step)].text, self._facts, self._lang)

    def _variant(self, step: Step) -> int:
        """Which of a step's words stand there: the first that fit the customer and lack no figure, else the last."""
        facts = self._known()
        for at, say in enumerate(step.say):
            if holds(say.when, facts) and is_known(say.text, self._facts):
                return at
        return len(step.say) - 1

    def _stages(self, current: Step) -> tuple[StageView, ...]:
        walked = {self._index.steps[t.step].stage for t in self._state.trail if t.answer}
        out = []
        for stage in self.script.stages:
            done = StageState.DONE if stage.id in walked else StageState.AHEAD
            out.append(StageView(stage.id, stage.label, StageState.CURRENT if stage.id == current.stage else done))
        return tuple(out)

    def _offered(self, step: Step) -> list[tuple[int, Answer]]:
        """The answers that hold for this customer, with their positions in the script, from 1."""
        facts, walked = self._known(), self._state.trail[: self._state.at]
        return [
            (at, one)
            for at, one in enumerate(step.answers, start=1)
            if holds(one.when, facts) and not (one.once and TrailStep(step.id, at) in walked)
        ]

    def _answers(self, step: Step, closed: Text | None) -> tuple[AnswerView, ...]:
        given = self._state.trail[self._state.at].answer
        out = []
        for digit, (position, one) in enumerate(self._offered(step), start=1):
            target = self._index.steps.get(one.to)
            why_not = closed or (self._why_not_to(target, one) if target else None)
            out.append(AnswerView(digit, one.label, why_not is None, why_not, position == given))
        return tuple(out)

    def _why_not_to(self, target: Step, answer: Answer) -> Text | None:
        if target.at_most is not None:
            walked = sum(entry.step == target.id for entry in self._state.trail[: self._state.at + 1])
            if walked >= target.at_most:
                return ASKED_ENOUGH
        return self._why_closed(target, answer)

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

    def _latest(self, what: str) -> str:
        """`suggests` or `reason` of the latest answer on the trail or objection in the log that has one."""
        answered = {(t.step, str(t.answer)) for t in self._state.trail if t.answer}
        for entry in reversed(self._state.log):
            found = ""
            objection = self._index.objections.get(entry.step.removeprefix(OBJECTION))
            if entry.step.startswith(OBJECTION) and objection is not None:
                found = getattr(objection, what)
            elif (entry.step, entry.answer) in answered:
                found = getattr(self._index.steps[entry.step].answers[int(entry.answer) - 1], what)
            if found:
                return found
        return ""

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

"""Where a conversation stands: the step, its words for this customer, the answers on offer, and why some are closed.

Pure; a conversation that moves on has another place, so that each is worked out once however many ask."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from core.domain.script import Answer, Cue, Step
from core.domain.text import Lang, Text
from core.guidance.closing import ASKED_ENOUGH, why_closed
from core.guidance.cues import shown, with_cues
from core.guidance.render import is_known, render
from core.guidance.said import PREFIX, said
from core.guidance.script_index import ScriptIndex
from core.guidance.state import ConversationState, TrailStep
from core.guidance.views import AnswerView, StageState, StageView, StepView
from core.rules import holds

SELLING = Step(id="", stage="", say=(), discloses=True, sells=True)
"""stands for any step that sells"""
OFFERING = Step(id="", stage="", say=(), sells=True)
"""stands for selling whoever is on the line"""


class Place:
    """`facts` and `cues` are of the customer; nothing given here changes afterwards."""

    def __init__(
        self,
        index: ScriptIndex,
        state: ConversationState,
        facts: Mapping[str, object],
        cues: Sequence[Cue],
        lang: Lang,
    ) -> None:
        self._index, self._cues = index, cues
        self.state, self.facts, self.lang = state, facts, lang
        self.step = index.steps[state.trail[state.at].step]

    @cached_property
    def view(self) -> StepView:
        step, state = self.step, self.state
        return StepView(
            step_id=step.id,
            stages=self._stages(),
            spans=() if self._closed else render(step.say[self.variant].text, self.facts, self.lang),
            hint=with_cues(step.hint, self._cues) if step.id == self._index.script.start else step.hint,
            answers=self.answers,
            can_back=state.at > 0,
            can_forward=state.at < len(state.trail) - 1,
            closed=self._closed,
            ended=state.ended,
            cues=shown(self._cues),
            zone=self._index.zones.get(step.zone),
            offers=self.offers,
        )

    @cached_property
    def answers(self) -> tuple[AnswerView, ...]:
        given = self.state.trail[self.state.at].answer
        out = []
        for digit, (position, one) in enumerate(self.offered, start=1):
            target = self._index.steps.get(one.to)
            why_not = self._closed or (self._why_not_to(target, one) if target else None)
            out.append(AnswerView(digit, one.label, why_not is None, why_not, position == given))
        return tuple(out)

    @cached_property
    def offered(self) -> list[tuple[int, Answer]]:
        """The answers that hold for this customer, with their positions in the script, from 1."""
        walked = self.state.trail[: self.state.at]
        return [
            (at, one)
            for at, one in enumerate(self.step.answers, start=1)
            if holds(one.when, self._known) and not (one.once and TrailStep(self.step.id, at) in walked)
        ]

    @cached_property
    def variant(self) -> int:
        """Which of the step's words stand there: the first that fit the customer and lack no figure, else the last."""
        for at, say in enumerate(self.step.say):
            if holds(say.when, self._known) and is_known(say.text, self.facts):
                return at
        return len(self.step.say) - 1

    @property
    def offers(self) -> tuple[str, ...]:
        """Ids of the offers that the step leads to; none where selling is closed."""
        offers = self.step.offers
        return offers if offers and self.why_closed(SELLING) is None else ()

    def why_closed(self, step: Step, answer: Answer | None = None) -> Text | None:
        """`answer`: as it would be once that answer was given."""
        stated = answer.verification if answer else None
        facts = self._known
        if answer is not None and answer.sets:
            facts = {**facts, **{f"{PREFIX}{name}": value for name, value in answer.sets.items()}}
        return why_closed(
            step,
            facts,
            verification=stated or self.state.verification,
            refused=self.state.refused,
            cues=self._cues,
        )

    @cached_property
    def _closed(self) -> Text | None:
        return self.why_closed(self.step)

    @cached_property
    def _known(self) -> Mapping[str, object]:
        """The facts and what was said up to here."""
        found = said(self.state.trail[: self.state.at], self._index.steps)
        return {**self.facts, **found} if found else self.facts

    def _why_not_to(self, target: Step, answer: Answer) -> Text | None:
        if target.at_most is not None:
            walked = sum(entry.step == target.id for entry in self.state.trail[: self.state.at + 1])
            if walked >= target.at_most:
                return ASKED_ENOUGH
        return self.why_closed(target, answer)

    def _stages(self) -> tuple[StageView, ...]:
        walked = {self._index.steps[t.step].stage for t in self.state.trail if t.answer}
        out = []
        for stage in self._index.script.stages:
            done = StageState.DONE if stage.id in walked else StageState.AHEAD
            here = stage.id == self.step.stage
            out.append(StageView(stage.id, stage.label, StageState.CURRENT if here else done))
        return tuple(out)

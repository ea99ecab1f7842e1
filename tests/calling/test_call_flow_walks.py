"""Random walks through a call with clocks that jump and programs that crash, beside a plain model of it."""

from call_kit import NUMBER, OTHER, Clocks, permit, tel
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.calling import Action, CallFlow, decode_draft, encode_draft
from core.domain.call import CallState

# Whole eighths of seconds: sums of floats stay exact, so the model may be compared by ==.
seconds = st.integers(0, 8 * 400).map(lambda eighths: eighths / 8)


class CallWalk(RuleBasedStateMachine):
    @initialize(inbound=st.booleans())
    def open(self, inbound: bool) -> None:
        self.clocks = Clocks()
        self.flow = CallFlow.inbound(OTHER, self.clocks.now) if inbound else CallFlow()
        self.state = CallState.IN_CALL if inbound else CallState.PREVIEW
        self.talk = self.wrap = 0.0
        self.answered = inbound
        self.dialled = False

    def offers(self, action: Action) -> bool:
        return action in self.flow.actions

    @rule(by=seconds)
    def time_passes(self, by: float) -> None:
        self.clocks.pass_(by)
        if self.state is CallState.IN_CALL:
            self.talk += by
        if self.state is CallState.WRAP_UP:
            self.wrap += by

    @rule(by=st.sampled_from([-3 * 86400, -8 * 3600, -1, 1, 3 * 86400]))
    def the_wall_clock_jumps(self, by: int) -> None:
        self.clocks.jump(by)

    @precondition(lambda self: self.offers(Action.DIAL))
    @rule(number=st.sampled_from([NUMBER, OTHER]))
    def dial(self, number: str) -> None:
        self.flow.dial(tel(), permit(number), self.clocks.now)
        self.state, self.dialled = CallState.DIALLING, True

    @precondition(lambda self: self.offers(Action.ANSWERED))
    @rule()
    def answer(self) -> None:
        self.flow.answered(self.clocks.now)
        self.state, self.answered, self.wrap = CallState.IN_CALL, True, 0.0

    @precondition(lambda self: self.offers(Action.UNANSWERED))
    @rule()
    def no_answer(self) -> None:
        self.flow.unanswered(self.clocks.now)
        self.state = CallState.WRAP_UP

    @precondition(lambda self: self.offers(Action.ENDED))
    @rule()
    def end(self) -> None:
        self.flow.ended(self.clocks.now)
        self.state = CallState.WRAP_UP

    @precondition(lambda self: self.offers(Action.REOPEN))
    @rule()
    def reopen(self) -> None:
        self.flow.reopen(self.clocks.now)
        self.state, self.talk, self.wrap = CallState.IN_CALL, self.talk + self.wrap, 0.0

    @rule()
    def finish(self) -> None:
        self.flow.finish(self.clocks.now)
        if self.state is not CallState.SAVED:
            self.state = CallState.WRAP_UP

    @precondition(lambda self: self.offers(Action.SAVE))
    @rule()
    def save(self) -> None:
        self.flow.saved(self.clocks.now)
        self.state = CallState.SAVED

    @rule()
    def crash_and_come_back(self) -> None:
        kept = encode_draft(self.flow.draft(self.clocks.now))
        wall = self.flow.draft(self.clocks.now).kept_at
        # Back at once, with the wall clock as the call had it, so that no gap is counted.
        self.clocks.wall = wall
        self.clocks.restart()
        self.flow = CallFlow.restore(decode_draft(kept), self.clocks.now)

    @invariant()
    def the_flow_is_where_the_model_is(self) -> None:
        record, now = self.flow.record(self.clocks.now), self.clocks.now
        assert self.flow.state is self.state
        assert self.flow.talk_s(now) == self.talk
        assert self.flow.wrap_up(now).used_s == self.wrap
        assert self.flow.begun == (self.dialled or self.answered)
        stamps = [at for at in (record.dialled_at, record.answered_at, record.ended_at) if at]
        assert stamps == sorted(stamps)
        assert (record.talk_time_s, record.wrap_up_s) == (int(self.talk), int(self.wrap))


CallWalk.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestCallWalk = CallWalk.TestCase

"""A call from preview to saved, as the agent states it. Pure: every moment is passed in.

preview ─ dial ─▶ dialling ─ answered ─▶ in_call ─ ended ─▶ wrap_up ─ saved ─▶ saved
   │                 └────── unanswered ───────────────────▶   │
   └──────────────── no_call ──────────────────────────────▶   │
                     ◀── dial again, where nobody answered ────┤
                                    in_call ◀── reopen ────────┘
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from core.calling.dialler import Dialler
from core.calling.draft import CallDraft
from core.calling.moment import Moment
from core.calling.stopwatch import Stopwatch
from core.calling.wrap_up import WrapUp
from core.compliance import Permit
from core.domain.call import LONGEST_TALK_S, CallRecord, CallState, Direction, TalkTimeSource

WRAP_UP_LIMIT_S = 60
GAP_LIMIT_S = 600
"""A call found running after a longer gap than this has ended meanwhile; its talk time stops where it was last kept."""
INBOUND = "inbound"


class Action(StrEnum):
    DIAL = "dial"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    ENDED = "ended"
    NO_CALL = "no_call"
    REOPEN = "reopen"
    SAVE = "save"


class WrongState(ValueError):
    """An action that the call's state does not offer: ask `CallFlow.actions` first."""


class CallFlow:
    """One call. Talk time and wrap-up run by the monotonic clock, so that neither is ever negative."""

    def __init__(self, *, wrap_up_limit_s: int = WRAP_UP_LIMIT_S) -> None:
        self._limit_s = wrap_up_limit_s
        self._begin(CallDraft(), None)

    @classmethod
    def inbound(cls, number: str, at: Moment, *, wrap_up_limit_s: int = WRAP_UP_LIMIT_S) -> "CallFlow":
        """A customer is on the line: the call opens answered, and needs no Permit."""
        flow = cls(wrap_up_limit_s=wrap_up_limit_s)
        flow._begin(CallDraft(direction=Direction.INBOUND, number=number, dialler=INBOUND), at)
        flow._answer(at)
        return flow

    @classmethod
    def restore(
        cls, draft: CallDraft, at: Moment, *, wrap_up_limit_s: int = WRAP_UP_LIMIT_S, gap_limit_s: int = GAP_LIMIT_S
    ) -> "CallFlow":
        """Go on from a stored draft after a restart.

        The phone did not crash with the program: a short gap counts as talk, a long one ends the call where it was
        last kept. Wrap-up counts worked time only.
        """
        flow = cls(wrap_up_limit_s=wrap_up_limit_s)
        flow._begin(draft, at)
        gap_s = (at.wall - draft.kept_at).total_seconds() if draft.kept_at else 0.0
        if draft.state is CallState.IN_CALL and gap_s > gap_limit_s:
            flow._state = CallState.WRAP_UP
            flow._ended_at = draft.kept_at
            flow._wrap.start(at.monotonic_s)
        elif draft.state is CallState.IN_CALL:
            flow._talk.before_s += max(0.0, gap_s)
            flow._talk.start(at.monotonic_s)
        elif draft.state is CallState.WRAP_UP:
            flow._wrap.start(at.monotonic_s)
        return flow

    def _begin(self, draft: CallDraft, at: Moment | None) -> None:
        self._state = draft.state
        self._direction, self._number, self._dialler = draft.direction, draft.number, draft.dialler
        self._dialled_at, self._answered_at, self._ended_at = draft.dialled_at, draft.answered_at, draft.ended_at
        self._talk, self._wrap = Stopwatch(draft.talk_s), Stopwatch(draft.wrap_up_s)
        self._talk_stated_s, self._extended_s = draft.talk_stated_s, draft.extended_s
        self._anchor = at
        if at is not None and draft.kept_at is not None and draft.kept_at > at.wall:
            # The clock was set back meanwhile: dates go on from where they were.
            self._anchor = at._replace(wall=draft.kept_at)

    # What may be done

    @property
    def state(self) -> CallState:
        return self._state

    @property
    def number(self) -> str:
        return self._number

    @property
    def direction(self) -> Direction:
        return self._direction

    @property
    def begun(self) -> bool:
        """Something was dialled or answered: the call may not be left without an outcome."""
        return self._dialled_at is not None or self._answered_at is not None

    @property
    def actions(self) -> frozenset[Action]:
        """What the state offers now; the window shows nothing else."""
        match self._state:
            case CallState.PREVIEW:
                return frozenset({Action.DIAL, Action.NO_CALL})
            case CallState.DIALLING:
                return frozenset({Action.ANSWERED, Action.UNANSWERED})
            case CallState.IN_CALL:
                return frozenset({Action.ENDED})
            case CallState.WRAP_UP:
                again = Action.REOPEN if self._answered_at else Action.DIAL
                late = {Action.ANSWERED} if self._dialled_at and not self._answered_at else set()
                return frozenset({Action.SAVE, again, *late})
            case CallState.SAVED:
                return frozenset()

    # What happens

    def dial(self, dialler: Dialler, permit: Permit, at: Moment) -> None:
        """Dial, also another number after one that nobody answered; nothing changes where the dialler raises."""
        self._need(Action.DIAL)
        number = permit.number
        dialler.dial(permit)
        self._wrap.stop(at.monotonic_s)
        self._anchor = at if self._anchor is None else Moment(max(at.wall, self._dated(at)), at.monotonic_s)
        self._number, self._dialler, self._dialled_at = number, dialler.name, self._dated(at)
        self._ended_at = None
        self._state = CallState.DIALLING

    def answered(self, at: Moment) -> None:
        self._need(Action.ANSWERED)
        self._answer(at)

    def unanswered(self, at: Moment) -> None:
        self._need(Action.UNANSWERED)
        self._wind_up(at)

    def ended(self, at: Moment, *, talk_time_s: int | None = None) -> None:
        """The talk is over; `talk_time_s` where the agent states it, else as long as it ran."""
        self._need(Action.ENDED)
        self._talk.stop(at.monotonic_s)
        self._talk_stated_s = None if talk_time_s is None else max(0, talk_time_s)
        self._wind_up(at)

    def no_call(self, at: Moment) -> None:
        """Close without a call: nothing is dialled."""
        self._need(Action.NO_CALL)
        self._anchor = at
        self._wind_up(at)
        self._ended_at = None

    def reopen(self, at: Moment) -> None:
        """It was stated too early that the talk is over: it goes on, the time since counts as talk."""
        self._need(Action.REOPEN)
        self._talk.before_s += self._wrap.elapsed(at.monotonic_s)
        self._wrap = Stopwatch()
        self._talk.start(at.monotonic_s)
        self._talk_stated_s, self._ended_at = None, None
        self._state = CallState.IN_CALL

    def finish(self, at: Moment) -> None:
        """Bring the call to wrap-up from wherever it is: for a result chosen while it still rings or runs."""
        steps: dict[CallState, Callable[[Moment], None]] = {
            CallState.PREVIEW: self.no_call,
            CallState.DIALLING: self.unanswered,
            CallState.IN_CALL: self.ended,
        }
        step = steps.get(self._state)
        if step is not None:
            step(at)

    def saved(self, at: Moment) -> None:
        """The outcome is committed; nothing changes any more."""
        self._need(Action.SAVE)
        self._wrap.stop(at.monotonic_s)
        self._state = CallState.SAVED

    def extend(self, by_s: int) -> None:
        """More wrap-up time, in seconds."""
        if by_s < 0:
            raise ValueError("an extension cannot be negative")
        self._extended_s += by_s

    # What is known

    def talk_s(self, at: Moment) -> float:
        """Seconds of talk up to `at`, as the agent stated or as they ran."""
        return float(self._talk_stated_s) if self._talk_stated_s is not None else self._talk.elapsed(at.monotonic_s)

    def wrap_up(self, at: Moment) -> WrapUp:
        return WrapUp(limit_s=self._limit_s, extended_s=self._extended_s, used_s=self._wrap.elapsed(at.monotonic_s))

    def record(self, at: Moment) -> CallRecord:
        """The call as the outcome keeps it, up to `at`."""
        return CallRecord(
            direction=self._direction,
            number=self._number,
            dialled_at=self._dialled_at,
            answered_at=self._answered_at,
            ended_at=self._ended_at,
            talk_time_s=min(int(self.talk_s(at)), LONGEST_TALK_S),
            talk_time_source=TalkTimeSource.AGENT_STATED,
            wrap_up_s=int(self._wrap.elapsed(at.monotonic_s)),
            dialler=self._dialler,
        )

    def draft(self, at: Moment) -> CallDraft:
        """What the store keeps, up to `at`."""
        return CallDraft(
            state=self._state,
            direction=self._direction,
            number=self._number,
            dialler=self._dialler,
            dialled_at=self._dialled_at,
            answered_at=self._answered_at,
            ended_at=self._ended_at,
            talk_s=self._talk.elapsed(at.monotonic_s),
            talk_stated_s=self._talk_stated_s,
            wrap_up_s=self._wrap.elapsed(at.monotonic_s),
            extended_s=self._extended_s,
            kept_at=self._dated(at),
        )

    def _answer(self, at: Moment) -> None:
        self._wrap = Stopwatch()
        self._answered_at, self._ended_at = self._dated(at), None
        self._talk.start(at.monotonic_s)
        self._state = CallState.IN_CALL

    def _wind_up(self, at: Moment) -> None:
        self._ended_at = self._dated(at)
        self._wrap.start(at.monotonic_s)
        self._state = CallState.WRAP_UP

    def _dated(self, at: Moment) -> datetime:
        """The wall clock as it was when the call began, carried on by the clock that does not jump."""
        if self._anchor is None:
            return at.wall
        return self._anchor.wall + timedelta(seconds=max(0.0, at.monotonic_s - self._anchor.monotonic_s))

    def _need(self, action: Action) -> None:
        if action not in self.actions:
            raise WrongState(f"{action} is not offered in {self._state}")

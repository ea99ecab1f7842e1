"""Practising a drill: one turn after another, a choice at each, the model answer after it. Pure; keeps its whole state.

An agent without a call can rehearse; the same drill, counted, is a skills quiz (KB-04)."""

from typing import NamedTuple

from msgspec import Struct, structs

from core.domain.drill import Drill, DrillStep, DrillTurn
from core.domain.text import Text


class DrillState(Struct, frozen=True, kw_only=True):
    """Where a rehearsal stands: enough to go on after the window was closed."""

    drill: str
    version: int
    chosen: tuple[int, ...] = ()
    """position of the choice in each turn walked, from 1"""
    told: bool = False
    """the last choice's feedback is in view"""


class TurnView(NamedTuple):
    """The turn to be answered; its choices by digit, from 1."""

    at: int
    """from 1"""
    of: int
    step: DrillStep
    customer: Text
    choices: tuple[Text, ...]


class Feedback(NamedTuple):
    right: bool
    why: Text
    best: int
    """digit of the right choice"""
    model: Text


class DrillScore(NamedTuple):
    right: int
    of: int
    missed: tuple[DrillStep, ...]
    """the steps to practise again, each once"""
    lesson: Text


class DrillRun:
    """Methods that move raise ValueError on a digit that is not on offer or out of turn."""

    def __init__(self, drill: Drill, state: DrillState | None = None) -> None:
        self.drill = drill
        fits = state is not None and (state.drill, state.version) == (drill.id, drill.version)
        self._state = state if state is not None and fits else DrillState(drill=drill.id, version=drill.version)

    def state(self) -> DrillState:
        """Give it back to the constructor to go on from here; of another version the drill begins anew."""
        return self._state

    @property
    def ended(self) -> bool:
        return len(self._state.chosen) == len(self.drill.turns) and not self._state.told

    def view(self) -> TurnView | None:
        """The turn in view, answered or not; None at the end."""
        if self.ended:
            return None
        turn, at = self._turn(), self._at()
        says = tuple(choice.say for choice in turn.choices)
        return TurnView(at + 1, len(self.drill.turns), turn.step, turn.customer, says)

    def choose(self, digit: int) -> Feedback:
        """What the agent would say; the turn stays in view until `go_on`."""
        turn = None if self.ended or self._state.told else self._turn()
        if turn is None or not 1 <= digit <= len(turn.choices):
            raise ValueError(f"choice {digit} is not on offer")
        self._state = structs.replace(self._state, chosen=(*self._state.chosen, digit), told=True)
        return self._feedback(turn, digit)

    def feedback(self) -> Feedback | None:
        """Of the choice just made; None before it."""
        return self._feedback(self._turn(), self._state.chosen[-1]) if self._state.told else None

    def go_on(self) -> TurnView | None:
        """To the next turn; None at the end."""
        if not self._state.told:
            raise ValueError("nothing was chosen yet")
        self._state = structs.replace(self._state, told=False)
        return self.view()

    def again(self) -> TurnView | None:
        """From the beginning."""
        self._state = DrillState(drill=self.drill.id, version=self.drill.version)
        return self.view()

    def score(self) -> DrillScore:
        """Of the turns walked so far."""
        walked = list(zip(self.drill.turns, self._state.chosen, strict=False))
        missed = [turn.step for turn, digit in walked if not turn.choices[digit - 1].right]
        return DrillScore(len(walked) - len(missed), len(walked), tuple(dict.fromkeys(missed)), self.drill.lesson)

    def _at(self) -> int:
        return len(self._state.chosen) - self._state.told

    def _turn(self) -> DrillTurn:
        return self.drill.turns[self._at()]

    def _feedback(self, turn: DrillTurn, digit: int) -> Feedback:
        best = next(at for at, choice in enumerate(turn.choices, start=1) if choice.right)
        chosen = turn.choices[digit - 1]
        return Feedback(chosen.right, chosen.why, best, turn.model)

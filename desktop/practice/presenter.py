"""A rehearsal as the page shows it: which drill, which turn, what was said. Knows no widget; keeps all in the store."""

from collections.abc import Callable
from typing import NamedTuple

from msgspec import structs

from core.desk.desk import Desk
from core.desk.practising import Practice, Rehearsal, after, drills, keep_practice, practice
from core.domain.drill import Drill, DrillTurn
from core.guidance.drill import DrillRun, DrillScore, Feedback, TurnView
from desktop.lane import Lane


class Reviewed(NamedTuple):
    right: bool
    turn: DrillTurn


class PracticePresenter:
    """`changed` is told after each move, so that the page draws itself anew."""

    def __init__(
        self, desk: Desk, *, lane: Lane, changed: Callable[[], None], show_error: Callable[[Exception], None]
    ) -> None:
        self._desk, self._lane, self._changed, self._show_error = desk, lane, changed, show_error
        self.drills: list[Drill] = []
        self._kept = Practice()
        self._run: DrillRun | None = None
        self._read = False

    def load(self) -> None:
        """Reads the drills that are here; where one stands is read the first time alone, then this page knows best."""

        def work() -> tuple[list[Drill], Practice]:
            return drills(self._desk), practice(self._desk)

        def done(found: tuple[list[Drill], Practice]) -> None:
            self.drills = found[0]
            if not self._read:
                self._kept, self._read = found[1], True
            drill = next((one for one in self.drills if one.id == self._kept.latest), None)
            # A drill that was published anew goes on where it stood, if it is the same version.
            self._run = DrillRun(drill, self._kept.of(drill).state) if drill else None
            self._changed()

        self._lane(work, done, self._show_error)

    # What is in view

    @property
    def drill(self) -> Drill | None:
        return self._run.drill if self._run else None

    @property
    def said(self) -> str:
        """The agent's own words at this turn."""
        return self.rehearsal(self._run.drill).said if self._run else ""

    def turn(self) -> TurnView | None:
        """None where no drill is open, and at its end."""
        return self._run.view() if self._run else None

    def feedback(self) -> Feedback | None:
        return self._run.feedback() if self._run else None

    def chosen(self) -> int:
        """Digit of the choice that the feedback speaks of; 0 before it."""
        return self._run.state().chosen[-1] if self._run and self._run.state().told else 0

    def score(self) -> DrillScore | None:
        """At the end of a drill; None before it."""
        return self._run.score() if self._run and self._run.ended else None

    def review(self) -> list[Reviewed]:
        """At the end of a drill, each turn with whether it was answered well; nothing before it."""
        if self._run is None or not self._run.ended:
            return []
        chosen = self._run.state().chosen
        return [
            Reviewed(turn.choices[digit - 1].right, turn)
            for turn, digit in zip(self._run.drill.turns, chosen, strict=True)
        ]

    def rehearsal(self, drill: Drill) -> Rehearsal:
        return self._kept.of(drill)

    # Moves; what is not on offer is passed over

    def open(self, drill_id: str) -> None:
        """Where it was left; one that had ended begins anew."""
        drill = next((one for one in self.drills if one.id == drill_id), None)
        if drill is None:
            return
        self._run = DrillRun(drill, self.rehearsal(drill).state)
        if self._run.ended:
            self._run.again()
        self._keep()

    def choose(self, digit: int) -> None:
        turn = self.turn()
        if self._run is None or turn is None or self.chosen() or not 1 <= digit <= len(turn.choices):
            return
        self._run.choose(digit)
        self._keep()

    def go_on(self) -> None:
        if self._run is None or not self.chosen():
            return
        self._run.go_on()
        self._keep(said="")

    def again(self) -> None:
        if self._run is not None:
            self._run.again()
            self._keep(said="")

    def next_drill(self) -> None:
        """The one after this; after the last the first."""
        ids = [drill.id for drill in self.drills]
        if ids:
            at = ids.index(self._run.drill.id) + 1 if self._run and self._run.drill.id in ids else 0
            self.open(ids[at % len(ids)])

    def write(self, words: str) -> None:
        """The agent's own words, kept with the turn; nothing is drawn anew."""
        if self._run is not None and words != self.said:
            self._kept = self._kept.put(self._run.drill, structs.replace(self.rehearsal(self._run.drill), said=words))
            self._save()

    def _keep(self, said: str | None = None) -> None:
        assert self._run is not None
        rehearsal = after(self.rehearsal(self._run.drill), self._run)
        if said is not None:
            rehearsal = structs.replace(rehearsal, said=said)
        self._kept = self._kept.put(self._run.drill, rehearsal)
        self._save()
        self._changed()

    def _save(self) -> None:
        kept = self._kept
        self._lane(lambda: keep_practice(self._desk, kept), None, self._show_error)

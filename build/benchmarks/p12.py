"""P12: an answer's key to the script's next step painted, on real tasks, beside a bare panel with as many texts."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

import city_server
from bare_panel import BarePanel
from frame import Pairs, Plan, Row, prove_equal, row
from live_desk import LiveDesk, live_desk
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton
from windows import until_painted

from core.desk.call_session import CallSession
from core.guidance.views import AnswerView, StepView
from core.store.types import QueueRow
from desktop.call.script_panel import ScriptPanel
from desktop.widgets.card import Card
from desktop.widgets.painted import PaintedButton
from desktop.widgets.say_box import SayBox
from desktop.widgets.stage_bar import StageBar

CUSTOMERS = 300
"""the city's size does not matter here: the words of one customer are in view"""
ANSWERS, SMOKE_ANSWERS, WARM_UP = 50, 3, 15
"""keys in each script"""
GOAL = 1.5


def rows(plan: Plan) -> Iterator[Row]:
    answers, warm_up = (SMOKE_ANSWERS, 1) if plan.smoke else (ANSWERS, WARM_UP)
    pairs, scripts = Pairs(), []
    with (
        tempfile.TemporaryDirectory(prefix="stayline-p12-") as folder,
        city_server.serving(CUSTOMERS) as url,
        live_desk(url, Path(folder)) as desk,
    ):
        desk.until(lambda: desk.window.queue.model.rowCount() > 1)
        for task_id in _tasks(desk):
            walk = Walk(desk, task_id)
            scripts.append(walk.script)
            for number in range(answers + warm_up):
                ours, theirs = walk.step(ours_first=number % 2 == 0)
                if number >= warm_up:
                    pairs.product.append(ours)
                    pairs.reference.append(theirs)
            walk.close()
    yield row(id="P12", what=f"answer to next step painted ({', '.join(scripts)})", pairs=pairs, goal=GOAL)


def _tasks(desk: LiveDesk) -> list[str]:
    """The first task of each scenario in the queue that may be called."""
    model = desk.window.queue.model
    within = (model.at(place) for place in range(model.rowCount()))
    first: dict[str, str] = {}
    for one in within:
        if isinstance(one, QueueRow) and one.block is None:
            first.setdefault(one.scenario, one.task_id)
    return list(first.values())


class Walk:
    """Answers a customer's script by key, whichever answer was given least; once it ends, again from its start.

    The bare panel goes the same way one answer behind, so that either may be first."""

    def __init__(self, desk: LiveDesk, task_id: str) -> None:
        self._desk, self._panel = desk, desk.page.script
        self._given: Counter[tuple[str, str]] = Counter()
        desk.take_keys()
        desk.presenter.in_view.open_task(task_id)
        desk.until(lambda: self._opened(task_id))
        self.script = self._session.opened.script.id
        desk.dial()
        desk.press("F7")
        self._come_to_rest()
        self._bare = BarePanel(self._panel.width(), self._panel.height())
        self._bare.show()
        self._behind: list[str] = []
        self._answer()

    def step(self, *, ours_first: bool) -> tuple[float, float]:
        """Seconds from key to painted, and of the bare panel with the words of the step before; proved equal."""
        words = self._behind
        if ours_first:
            ours, theirs = self._answer(), self._repaint(words)
        else:
            theirs, ours = self._repaint(words), self._answer()
        prove_equal(self._bare.painted(), words, what=f"texts of a step of {self.script}")
        return ours, theirs

    def close(self) -> None:
        self._bare.hide()
        self._bare.deleteLater()

    def _answer(self) -> float:
        session, answer = self._session, self._next()
        before = session.conversation.state()
        begin = time.perf_counter()
        until_painted(
            self._panel.findChildren(Card)[0],
            partial(self._desk.press, str(answer.digit)),
            lambda: session.conversation.state() is not before,
        )
        seconds = time.perf_counter() - begin
        self._come_to_rest()
        self._behind = painted_words(self._panel)
        return seconds

    def _repaint(self, words: list[str]) -> float:
        self._come_to_rest()
        begin = time.perf_counter()
        until_painted(self._bare, partial(self._bare.show_words, words))
        return time.perf_counter() - begin

    def _next(self) -> AnswerView:
        view = self._session.conversation.view()
        while view.ended or not _open(view):
            self._desk.presenter.script.go_stage(0)
            while self._session.conversation.view().can_back:
                self._desk.presenter.script.step(True)
            view = self._session.conversation.view()
        self._come_to_rest()
        chosen = min(_open(view), key=lambda one: self._given[view.step_id, one.label.zh])
        self._given[view.step_id, chosen.label.zh] += 1
        return chosen

    def _come_to_rest(self) -> None:
        """What followed the last key is done too: the draft is kept, the other columns are painted."""
        self._desk.rest()
        self._desk.breathe()
        self._desk.take_keys()

    def _opened(self, task_id: str) -> bool:
        session = self._desk.presenter.session
        return session is not None and session.opened.key == task_id and not self._desk.page.behind

    @property
    def _session(self) -> CallSession:
        session = self._desk.presenter.session
        assert session is not None
        return session


def _open(view: StepView) -> list[AnswerView]:
    return [answer for answer in view.answers if answer.enabled]


def painted_words(panel: ScriptPanel) -> list[str]:
    """The texts that the panel draws, those to say first: read while it paints itself once."""
    drawn: list[str] = []
    draw: Callable[..., object] = QPainter.drawText

    def noted(painter: QPainter, *words: object) -> object:
        drawn.extend(word for word in words if isinstance(word, str))
        return draw(painter, *words)

    # Chips and stages are drawn from a copy of their last painting: this time each draws its own.
    kept: list[PaintedButton | StageBar] = [*panel.findChildren(PaintedButton), *panel.findChildren(StageBar)]
    for one in kept:
        one.look_changed()
    with patch.object(QPainter, "drawText", noted):
        panel.grab()
    # Qt paints these itself, out of Python's sight.
    say = [box.words for box in panel.findChildren(SayBox) if box.isVisible()]
    buttons = [button.text() for button in panel.findChildren(QPushButton) if button.isVisible()]
    return [*say, *(word for word in drawn if word), *buttons]

"""What the view shows of a conversation. Words that are filled in are spans in the chosen language; labels are Text."""

from enum import StrEnum
from typing import NamedTuple

from core.domain.script import CueKind, MustItem, Selling, Zone
from core.domain.text import Text
from core.guidance.render import Spans


class StageState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


class StageView(NamedTuple):
    id: str
    label: Text
    state: StageState


class AnswerView(NamedTuple):
    digit: int
    """key, from 1, without gaps"""
    label: Text
    enabled: bool
    why_not: Text | None
    chosen: bool
    """was given before the agent went back"""


class CueView(NamedTuple):
    """A moment that this customer is in: its name, whether to sell, what to do."""

    id: str
    kind: CueKind
    label: Text
    selling: Selling
    advice: Text


class StepView(NamedTuple):
    step_id: str
    stages: tuple[StageView, ...]
    spans: Spans
    """empty while closed"""
    hint: Text | None
    answers: tuple[AnswerView, ...]
    can_back: bool
    can_forward: bool
    closed: Text | None
    """why the words are not shown"""
    ended: bool
    """the last answer led to the end; the step stays in view"""
    cues: tuple[CueView, ...] = ()
    """the weightiest first"""
    zone: Zone | None = None
    """what customer and agent like of such words"""
    offers: tuple[str, ...] = ()
    """ids of offers that may come up here; none where selling is closed"""


class ObjectionLabel(NamedTuple):
    id: str
    label: Text


class ObjectionView(NamedTuple):
    """Empathise, clarify, answer, confirm."""

    id: str
    label: Text
    empathise: Spans
    clarify: Spans
    answer: Spans
    confirm: Spans


class CheckView(NamedTuple):
    item: MustItem
    ticked: bool

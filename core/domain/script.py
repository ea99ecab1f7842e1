"""A script: what to say, step by step, for one scenario. Content: one file a scenario, both languages."""

from msgspec import Struct

from core.domain.condition import Condition
from core.domain.outcome import Verification
from core.domain.text import Text


class Say(Struct, frozen=True, kw_only=True):
    """Words for the case that `when` describes.

    The first whose condition holds and whose figures are all known is said;
    the last of a step has no condition and no figure that can be missing."""

    when: Condition | None = None
    text: Text
    """jinja2 over the facts: {{ call_name }}, {{ saving | yuan }}"""


class Answer(Struct, frozen=True, kw_only=True):
    """What the customer says; digit 1 … 9 by position."""

    label: Text
    to: str
    """a step's id, or `end`"""
    verification: Verification | None = None
    suggests: str = ""
    """result code preselected in the outcome column"""
    reason: str = ""
    """reason code preselected"""
    when: Condition | None = None
    """not offered unless it holds"""


class Step(Struct, frozen=True, kw_only=True):
    id: str
    stage: str
    say: tuple[Say, ...]
    hint: Text | None = None
    """for the agent, not to be said"""
    answers: tuple[Answer, ...] = ()
    discloses: bool = False
    """SCRIPT-22: tells of bills or takes an order; closed until the owner is verified"""
    sells: bool = False
    """SCRIPT-09: closed while a complaint is open"""
    ticks: tuple[str, ...] = ()
    """checklist items that saying this step ticks"""


class Stage(Struct, frozen=True, kw_only=True):
    """A stop on the bar above the words."""

    id: str
    label: Text


class Objection(Struct, frozen=True, kw_only=True):
    """One click away at any step: empathise, clarify, answer, confirm."""

    id: str
    label: Text
    """what the customer says"""
    empathise: Text
    clarify: Text
    answer: Text
    confirm: Text
    reason: str = ""
    """reason code preselected"""
    suggests: str = ""
    """result code preselected: "stop calling me" can be said at any step"""


class MustItem(Struct, frozen=True, kw_only=True):
    """Must be said or done before a result that names it."""

    id: str
    label: Text


class Script(Struct, frozen=True, kw_only=True):
    id: str
    version: int
    title: Text
    start: str
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    objections: tuple[Objection, ...] = ()
    checklist: tuple[MustItem, ...] = ()
    figures: tuple[str, ...] = ()
    """facts that matter for this scenario: shown first in the 360° view (names of core.guidance.facts)"""

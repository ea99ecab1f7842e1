"""A script: what to say, step by step, for one scenario. Content: one file a scenario, both languages."""

from enum import StrEnum

from msgspec import Struct

from core.domain.approval import Approval
from core.domain.condition import Condition
from core.domain.outcome import Verification
from core.domain.task import TaskType
from core.domain.text import Text


class Say(Struct, frozen=True, kw_only=True):
    """Words for the case that `when` describes.

    The first whose condition holds and whose figures are all known is said;
    the last of a step has no condition and no figure that can be missing."""

    when: Condition | None = None
    text: Text
    """jinja2 over the facts: {{ call_name }}, {{ saving | yuan }}"""
    approval: Approval | None = None
    """without one nothing is said of competitors"""


class Proposal(StrEnum):
    """What the bill calculator found for the customer, as something to be ordered."""

    PROPOSED = "proposed"
    """the plan that it proposes"""
    TIER_UP = "tier_up"
    """what a contract allows to move up to"""
    BACK = "back"
    """the plan that the customer had before the one that is tried (SCRIPT-14)"""


class LineProposal(StrEnum):
    """What the broadband plans hold for a customer who means to leave (BB-04, BB-06, BB-10)."""

    ECONOMY = "economy"
    """the cheapest year, cheaper than the present line"""
    HOLIDAY = "holiday"
    METERED = "metered"
    BUNDLE = "bundle"
    """a plan with a line as fast as the present one"""


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
    code: str = ""
    """at a question: what is kept of this answer; empty: nothing is (done, declined)"""
    sets: dict[str, str] = {}
    """what later conditions may ask for: `need: data` is the field `said.need`; `problem: open` closes selling"""
    plans: tuple[str, ...] = ()
    """follow-up presets that the words promise, an SMS, a callback or an order: chosen with this answer"""
    once: bool = False
    """not offered again once it was given"""
    orders: Proposal | None = None
    """the customer takes it: the order form is filled with it"""
    line: LineProposal | None = None
    """the customer takes that line: the order form is filled with it"""
    renews: bool = False
    """the customer renews the contract as it is: the order form is filled with its terms (CONTRACT-01)"""
    trial_months: int = 0
    """with `orders`: taken for a trial of so many months, with a way back (SCRIPT-14); 0: for good"""


class QuestionKind(StrEnum):
    """SCRIPT-18: the usual kinds."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    SEVERAL = "several"
    """asked again until the customer has named all"""
    SCALE = "scale"
    """very satisfied … very dissatisfied"""
    SCORE = "score"
    """points, ten the best"""
    FREQUENCY = "frequency"
    AMOUNT = "amount"
    """a band of money or of use"""
    OPEN = "open"
    """in the customer's own words, kept in the note"""


class Question(Struct, frozen=True, kw_only=True):
    """What a step of a survey asks; its answers are kept with the outcome, question by question."""

    code: str
    kind: QuestionKind


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
    question: Question | None = None
    at_most: int | None = None
    """a loop's bound: so often on one way, then answers lead here no more"""
    zone: str = ""
    """which of the script's zones its words lie in"""
    offers: tuple[str, ...] = ()
    """ids of offers beyond plans that these words lead to, the most natural first"""
    approval: Approval | None = None
    """of a hint that speaks of competitors; what is said carries its own"""

    def words_on_record(self, said: int) -> Text | None:
        """The words that a walk says stood there; None where there are several and it does not say."""
        if 0 <= said < len(self.say):
            return self.say[said].text
        return self.say[0].text if len(self.say) == 1 else None


class CueKind(StrEnum):
    """VIP-03: the four moments of truth; VIP-02: clusters of behaviour."""

    FIRST = "first"
    CHANGE = "change"
    IMPORTANT = "important"
    DO_NOT_DISTURB = "do_not_disturb"
    BEHAVIOUR = "behaviour"


class Selling(StrEnum):
    """Whether to sell at all at such a moment."""

    YES = "yes"
    IF_ASKED = "if_asked"
    NEVER = "never"
    """selling steps are closed"""


class Cue(Struct, frozen=True, kw_only=True):
    """What the agent should know before the first word: the moment this customer is in, and the strategy for it."""

    id: str
    kind: CueKind
    label: Text
    when: Condition
    selling: Selling = Selling.YES
    advice: Text
    approval: Approval | None = None


class Zone(Struct, frozen=True, kw_only=True):
    """4G-08: what the customer likes to hear × what the agent likes to say, with a guide for it."""

    id: str
    customer_likes: bool
    agent_likes: bool
    label: Text
    guide: Text
    approval: Approval | None = None


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
    probe: Text | None = None
    """SCRIPT-10: asked after `clarify` where this may be an excuse for something else"""
    masks: tuple[str, ...] = ()
    """ids of the objections that may stand behind it"""
    approval: Approval | None = None


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
    cues: tuple[Cue, ...] = ()
    """the weightiest first"""
    zones: tuple[Zone, ...] = ()
    """all four, or none"""
    in_writing: str = ""
    """SMS preset for a customer who hears badly: chosen when the talk ends"""
    task_type: TaskType | None = None
    """TASK-01: of what kind the tasks are that lists bring for it; None: what is usual (core.domain.task_types)"""

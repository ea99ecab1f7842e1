"""What a department is asked to do for a customer (FOLLOW-04, 05, 09; INTEG-04): its states, and who may move them.

A work order, a visit, a matter passed on, or the cause of a problem fed back to the department answerable.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.follow_up import FollowUpKind
from core.domain.outcome import Contact
from core.domain.text import Text

ERRAND = "errand"
"""kind of the content document that tells a desk of its errand; its name is the errand's id"""
OWN_DESK = "own_desk"
"""department of a reminder to oneself: no department has anything to do for it"""
WORDS_MOST = 500
"""characters of what is asked, and of an answer"""


class ErrandKind(StrEnum):
    WORK_ORDER = "work_order"
    HOME_VISIT = "home_visit"
    ESCALATION = "escalation"
    FEEDBACK = "feedback"
    """FOLLOW-09: the cause of a problem, to the department answerable; of one customer, or of none"""


class ErrandState(StrEnum):
    """Being late is no state: what is late may still be done."""

    WAITING = "waiting"
    """not handed to the department yet"""
    SUBMITTED = "submitted"
    """the department has it and has not said anything yet"""
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """not wanted any more: the record was corrected, the order behind it fell, or its agent took it back"""


class Stage(StrEnum):
    """FOLLOW-05: how far a work order has come, as far as the department says."""

    PLACED = "placed"
    CONTACTED = "contacted"
    """the local office has spoken with the customer"""
    SET_UP = "set_up"
    COMPLETED = "completed"
    """竣工"""
    BILLED = "billed"
    """the first bill after it is out"""


OPEN_ERRANDS = frozenset({ErrandState.WAITING, ErrandState.SUBMITTED, ErrandState.ACCEPTED, ErrandState.IN_PROGRESS})
"""states in which something is still to be done"""
HANDED_OVER = OPEN_ERRANDS - {ErrandState.WAITING}
ENDED_ERRANDS = frozenset(ErrandState) - OPEN_ERRANDS

_RANK = {
    ErrandState.WAITING: 0,
    ErrandState.SUBMITTED: 1,
    ErrandState.ACCEPTED: 2,
    ErrandState.IN_PROGRESS: 3,
}

ERRAND_KINDS: dict[ErrandKind, Text] = {
    ErrandKind.WORK_ORDER: Text("工单", "Work order"),
    ErrandKind.HOME_VISIT: Text("上门走访", "Home visit"),
    ErrandKind.ESCALATION: Text("升级", "Escalation"),
    ErrandKind.FEEDBACK: Text("问题反馈", "Feedback"),
}
ERRAND_STATES: dict[ErrandState, Text] = {
    ErrandState.WAITING: Text("待派出", "Not sent yet"),
    ErrandState.SUBMITTED: Text("已派出，待接单", "Sent, not taken yet"),
    ErrandState.ACCEPTED: Text("已接单", "Taken"),
    ErrandState.IN_PROGRESS: Text("处理中", "In progress"),
    ErrandState.DONE: Text("已办结", "Done"),
    ErrandState.REFUSED: Text("已退单", "Refused"),
    ErrandState.WITHDRAWN: Text("已撤回", "Withdrawn"),
}
OVERDUE = Text("超时", "Overdue")
STAGES: dict[Stage, Text] = {
    Stage.PLACED: Text("派单", "Placed"),
    Stage.CONTACTED: Text("已联系客户", "Customer contacted"),
    Stage.SET_UP: Text("施工开通", "Set up"),
    Stage.COMPLETED: Text("竣工", "Completed"),
    Stage.BILLED: Text("出首月账单", "First bill"),
}
OF_FOLLOW_UPS: dict[FollowUpKind, ErrandKind] = {
    FollowUpKind.WORK_ORDER: ErrandKind.WORK_ORDER,
    FollowUpKind.HOME_VISIT: ErrandKind.HOME_VISIT,
    FollowUpKind.ESCALATION: ErrandKind.ESCALATION,
}
"""follow-ups of a call that a department works on"""


class Errand(Struct, frozen=True, kw_only=True):
    """What is asked. One that a call brought has its follow-up's id: the same is never asked twice."""

    id: UUID
    kind: ErrandKind
    department: str
    """code of a department in `resources/departments/`"""
    text: str
    """what is to be done, or what went wrong"""
    agent: str
    at: datetime
    customer_id: str = ""
    """empty for feedback that is about no one customer"""
    scenario: str = ""
    """under which it comes back as a task; empty: its agent is told, and no task is made"""
    outcome_id: UUID | None = None
    case: str = ""
    """of a repair case"""
    number: str = ""
    """digits that the department may call; empty: the customer's main number"""
    consent: bool = False
    """FOLLOW-04: the customer agreed to a visit"""
    due_at: datetime | None = None
    """a visit: when it was agreed; else by when it is wanted, where the agent said so"""
    offer: str = ""
    """id of the offer beyond plans that brings it: nothing is set up before the customer has confirmed"""
    opens: str = ""
    """name of the request to a branch that it carries (4G-05): how it ends is the branch's answer"""


class ErrandChange(Struct, frozen=True, kw_only=True):
    """Its agent moves it to a time that the customer agreed to, or takes it back."""

    id: UUID
    errand: UUID
    agent: str
    at: datetime
    due_at: datetime | None = None
    agreed_with: Contact | None = None
    """who said that the new time suits; none where it is taken back"""
    withdrawn: bool = False


class ErrandVerdict(Struct, frozen=True, kw_only=True):
    """What a team lead says to what was passed on to them: for departments inside the centre."""

    id: UUID
    errand: UUID
    agent: str
    """the lead"""
    at: datetime
    state: ErrandState
    """in progress, done or refused"""
    words: str = ""
    """a refusal needs some"""


class ErrandStep(Struct, frozen=True, kw_only=True):
    state: ErrandState
    at: datetime
    by: str
    """a staff number, the department's code, `server`, or who gave a command"""
    stage: Stage | None = None
    words: Text | None = None


class PlacedErrand(Struct, frozen=True, kw_only=True):
    """An errand as the server follows it."""

    errand: Errand
    state: ErrandState = ErrandState.WAITING
    stage: Stage | None = None
    answer_by: datetime
    """by when it is to have ended; after that it is late"""
    overdue_at: datetime | None = None
    """when the server noticed that it was late"""
    reason: Text | None = None
    """why it was refused, or what was found"""
    reference: str = ""
    """the department's own number of it"""
    bill_on: date | None = None
    """FOLLOW-05: day of the first bill with what was set up"""
    revision: int = 1
    """goes up with each change that the department is to hear of"""
    heard: int = 0
    """the revision that the department has"""
    leaving: bool = False
    """it was, or is being, handed over: whether the department has it is for the department to say"""
    steps: tuple[ErrandStep, ...] = ()

    @property
    def id(self) -> UUID:
        return self.errand.id


class ErrandTold(Struct, frozen=True, kw_only=True):
    """What desks are told: its agent's, and for what stays inside the centre those of the team's leads."""

    errand: Errand
    state: ErrandState
    at: datetime
    """of its last change"""
    answer_by: datetime
    stage: Stage | None = None
    overdue: bool = False
    reason: Text | None = None
    reference: str = ""
    bill_on: date | None = None
    customer: str = ""
    """name as it is shown, masked"""
    agent_name: str = ""
    steps: tuple[ErrandStep, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ERRANDS


def may_move(before: ErrandState, after: ErrandState) -> bool:
    """Forward among the open states, from each of them to an end; an end is for good."""
    if before not in OPEN_ERRANDS:
        return False
    return after in ENDED_ERRANDS or _RANK[after] > _RANK[before]


def chain(told: ErrandTold, today: date) -> tuple[tuple[Stage, bool], ...]:
    """FOLLOW-05: the stages of a work order, each with whether it is reached by `today`; none of other kinds."""
    if told.errand.kind is not ErrandKind.WORK_ORDER:
        return ()
    stages = list(Stage)
    done = told.state is ErrandState.DONE
    stage = Stage.COMPLETED if done and told.stage is None else told.stage
    reached = stages.index(stage) if stage is not None else 0 if told.state is not ErrandState.WAITING else -1
    if done and told.bill_on is not None and today >= told.bill_on:
        reached = stages.index(Stage.BILLED)
    return tuple((one, at <= reached) for at, one in enumerate(stages))


def errand_words(told: ErrandTold) -> Text:
    """How it stands, in words: late or not, how far a work order has come, why it was refused or what was found."""
    words = ERRAND_STATES[told.state]
    if told.state is ErrandState.IN_PROGRESS and told.stage is not None:
        words = STAGES[told.stage]
    if told.state is ErrandState.DONE and told.errand.kind is ErrandKind.WORK_ORDER:
        words = STAGES[Stage.COMPLETED]
    if told.is_open and told.overdue:
        words = Text(f"{OVERDUE.zh} · {words.zh}", f"{OVERDUE.en} · {words.en}")
    if told.reason is not None and told.state in ENDED_ERRANDS:
        words = Text(f"{words.zh}：{told.reason.zh}", f"{words.en}: {told.reason.en}")
    if told.state is ErrandState.DONE and told.bill_on is not None:
        day = told.bill_on.isoformat()
        words = Text(f"{words.zh}，{day} 起出账", f"{words.en}, first bill on {day}")
    return words

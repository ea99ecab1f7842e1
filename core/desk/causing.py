"""Problems that calls met, at the desk: grouped from the review's calls, named, sent to the department answerable."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import msgspec

from core.desk.desk import Desk
from core.desk.reviewing import ListedCall, Loaded, Reviewer
from core.domain.causes import CAUSE_NAME, CAUSE_WORDS, CauseWords
from core.domain.department import DEPARTMENT, Department
from core.domain.errand import Errand, ErrandKind
from core.domain.errors import InputError
from core.domain.masking import holds_long_number, mask_text
from core.domain.takeaway import NAME_MOST, CauseName
from core.domain.text import Text
from core.review.causes.clusters import Cluster, Problem, clusters
from core.review.causes.talked import talked
from core.review.choice import Choice
from core.review.frame import Frame
from core.review.taking.labels import Labels
from core.wire.errands import ErrandAsked
from core.wire.takeaway import CauseNamed

MOST_NOTES = 20_000
"""that are read of what is chosen, evenly: the details of a year of calls would take minutes"""
_words = msgspec.json.Decoder(CauseWords).decode
_name = msgspec.json.Decoder(CauseName).decode
_department = msgspec.json.Decoder(Department).decode


@dataclass(frozen=True, slots=True)
class Group:
    """Calls that met one problem, as it is called here."""

    cluster: Cluster
    label: Text
    """a lead's name for it, or its own"""
    examples: tuple[ListedCall, ...]

    @property
    def calls(self) -> int:
        return len(self.cluster.calls)


@dataclass(frozen=True, slots=True)
class Causes:
    groups: tuple[Group, ...]
    looked_at: int
    """calls that gave a reason or have a note"""
    of: int
    """calls with anybody on the line in what is chosen"""


def causes(
    desk: Desk, reviewer: Reviewer, loaded: Loaded, choice: Choice, *, wanted: Callable[[], bool] = lambda: True
) -> Causes:
    """The groups of what is chosen. For a worker; stops early with nothing where it is not `wanted` any more."""
    frame, labels = loaded.frame, reviewer.labels()
    part, of = talked(frame, choice, most=MOST_NOTES)
    problems: list[Problem] = []
    for start in range(0, len(part), 1_000):
        if not wanted():
            return Causes((), 0, of)
        chunk = part[start : start + 1_000]
        notes = {one.row: _note_of(one) for one in reviewer.details(frame, chunk)}
        problems += [_problem(frame, labels, row, notes.get(row, "")) for row in chunk]
    said = [one for one in problems if one.reason is not None or one.note]
    names = names_given(desk)
    groups = [
        Group(one, names.get(one.key, one.label), tuple(reviewer.details(frame, one.examples)))
        for one in clusters(said, _cause_words(desk))
    ]
    return Causes(tuple(groups), len(said), of)


def names_given(desk: Desk) -> dict[str, Text]:
    """What leads of this team call groups, by key."""
    bodies = [desk.store.content(CAUSE_NAME, name) for name in desk.store.content_names(CAUSE_NAME)]
    return {one.key: one.name for one in (_name(body) for body in bodies if body is not None)}


def rename(desk: Desk, cluster: Cluster, words: str) -> Text:
    """Calls the group so from now on, for all leads of the team. Raises InputError for what is no name."""
    name = " ".join(words.split())
    if not name or len(name) > NAME_MOST or holds_long_number(name):
        raise InputError(
            title=Text("这个名字不能用", "Not a name that can be used"),
            message=Text(
                f"名字要有字、不超过 {NAME_MOST} 个字、不含号码。", f"1 to {NAME_MOST} characters, no number."
            ),
            next_step=Text("换一个短一点的名字。", "Choose a shorter one."),
        )
    text = Text(name, name)
    given = CauseName(id=uuid4(), agent=desk.agent.staff_number, at=desk.moment().wall, key=cluster.key, name=text)
    desk.store.log(CauseNamed(cause_name=given))
    return text


def departments(desk: Desk) -> list[Department]:
    """Those that take feedback, by id."""
    bodies = [desk.store.content(DEPARTMENT, name) for name in sorted(desk.store.content_names(DEPARTMENT))]
    found = [_department(body) for body in bodies if body is not None]
    return [one for one in found if one.hours(ErrandKind.FEEDBACK) is not None]


def send_on(desk: Desk, group: Group, choice: Choice, department: str, *, words: str) -> Errand:
    """FOLLOW-09: tells the department what its customers met, with how many and how they said it; nobody by name."""
    told = words.strip() or feedback_text(group, choice)
    errand = Errand(
        id=uuid4(),
        kind=ErrandKind.FEEDBACK,
        department=department,
        text=mask_text(told),
        agent=desk.agent.staff_number,
        at=desk.moment().wall,
    )
    desk.store.log(ErrandAsked(errand=errand))
    return errand


def feedback_text(group: Group, choice: Choice) -> str:
    """What the department is told unless the lead writes it otherwise; Chinese, as departments work in it."""
    said = "；".join(mask_text(one.detail.note)[:80].rstrip("。；") for one in group.examples if one.detail.note)
    lines = f"{choice.first} 至 {choice.last}，{group.calls} 次通话反映：{group.label.zh}。"
    return f"{lines}例如：{said}。" if said else lines


def _note_of(one: ListedCall) -> str:
    """What the agent wrote: an automatic note tells of the result, not of the problem."""
    detail = one.detail
    spoken = detail.disconnect.suggestion if detail.disconnect else ""
    return "。".join(part for part in (detail.note if detail.note_edited else "", spoken) if part)


def _problem(frame: Frame, labels: Labels, row: int, note: str) -> Problem:
    scenario, reason = frame.calls.word("scenario", row), frame.calls.word("reason", row)
    return Problem(call=row, reason=labels.reason(scenario, reason) if reason else None, note=note)


def _cause_words(desk: Desk) -> CauseWords:
    """Published ones; none where the site publishes none: notes are then grouped by their own words alone."""
    body = desk.store.content(CAUSE_WORDS, CAUSE_WORDS)
    return CauseWords(version=0) if body is None else _words(body)

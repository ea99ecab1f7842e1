"""Problems that calls met, at the desk: grouped from the review's calls, named, sent to the department answerable."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

import msgspec

from core.desk.desk import Desk
from core.desk.reviewing import ListedCall, Loaded, Reviewer
from core.domain import decoding
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
_CHUNK = 500
"""notes that are read together"""
_words = decoding.decoder(CauseWords).decode
_name = decoding.decoder(CauseName).decode
_own = decoding.decoder(dict[str, CauseName]).decode
_OWN_NAMES = "cause_names"
"""setting: names of groups given at this desk"""
_department = decoding.decoder(Department).decode


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

    def named(self, key: str, name: Text) -> "Causes":
        """With another name for the group of this key."""
        groups = (replace(one, label=name) if one.cluster.key == key else one for one in self.groups)
        return replace(self, groups=tuple(groups))


def causes(
    desk: Desk,
    reviewer: Reviewer,
    loaded: Loaded,
    choice: Choice,
    *,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Causes:
    """The groups of what is chosen. For a worker; `told` hears how many of the notes are read, then how many are cut
    into words as well, and what it raises ends the work."""
    frame, labels = loaded.frame, reviewer.labels()
    part, of = talked(frame, choice, most=MOST_NOTES)
    problems: list[Problem] = []
    for start in range(0, len(part), _CHUNK):
        told(start, 2 * len(part))
        chunk = part[start : start + _CHUNK]
        notes = {one.row: _note_of(one) for one in reviewer.details(frame, chunk)}
        problems += [_problem(frame, labels, row, notes.get(row, "")) for row in chunk]
    said = [one for one in problems if one.reason is not None or one.note]
    names = names_given(desk)
    found = clusters(said, _cause_words(desk), told=lambda done: told(len(part) + done, 2 * len(part)))
    groups = [Group(one, names.get(one.key, one.label), tuple(reviewer.details(frame, one.examples))) for one in found]
    return Causes(tuple(groups), len(said), of)


def names_given(desk: Desk) -> dict[str, Text]:
    """What leads of this team call groups, by key; one's own name at once, until another lead's is newer."""
    newest = {one.key: one for one in map(_name, desk.store.contents(CAUSE_NAME))}
    for one in _own_names(desk).values():
        if one.key not in newest or newest[one.key].at <= one.at:
            newest[one.key] = one
    return {key: one.name for key, one in newest.items()}


def _own_names(desk: Desk) -> dict[str, CauseName]:
    """Given at this desk, by key: what was not uploaded yet, or was not pulled again, is in no document."""
    return _own(desk.store.setting(_OWN_NAMES) or "{}")


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
    own = {**_own_names(desk), cluster.key: given}
    desk.store.put_setting(_OWN_NAMES, msgspec.json.encode(own).decode())
    return text


def departments(desk: Desk) -> list[Department]:
    """Those that take feedback, by id."""
    return [
        one for one in map(_department, desk.store.contents(DEPARTMENT)) if one.hours(ErrandKind.FEEDBACK) is not None
    ]


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

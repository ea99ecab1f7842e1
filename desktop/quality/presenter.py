"""What the quality page shows and does. No widgets; the store on its lane, nothing asked of the server."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import Struct

from core.desk import inspecting
from core.desk.call_path import PathLine, path_of
from core.desk.desk import Desk
from core.desk.inspecting import Inspection
from core.desk.score_drafts import EMPTY, ScoreDraft, drafts, keep_draft
from core.domain.people import Right
from core.domain.quality.inspection import CoachingCase, Ruling, SampledCall, ScoreCase, ScoreState, holder
from core.domain.quality.scorecard import Scorecard
from core.domain.quality.scoring import Mark, Marked, ScoreResult, result_of
from core.domain.text import Text, filled
from desktop.lane import Lane
from desktop.quality import saying, words
from desktop.widgets.values import Tone

AGAIN_DAYS = 7
"""after so many days coaching is looked at again"""


class Part(StrEnum):
    """The lists of the page, in the order of their tabs."""

    QUEUE = "queue"
    DISPUTES = "disputes"
    GIVEN = "given"
    COACHING = "coaching"
    OWN = "own"


class Entry(Struct, frozen=True, kw_only=True):
    """One line of a list."""

    id: UUID
    call: SampledCall | None = None
    case: ScoreCase | None = None
    note: CoachingCase | None = None


class Opened(Struct, frozen=True, kw_only=True):
    """The entry in view, with what must be read for it."""

    entry: Entry
    card: Scorecard | None = None
    path: tuple[PathLine, ...] = ()
    draft: ScoreDraft = EMPTY


class QualityPresenter:
    """`changed` is told when a list is other than before, `opened_changed` when what is in view is."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        changed: Callable[[], None],
        opened_changed: Callable[[], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
        written: Callable[[UUID], None],
    ) -> None:
        """`written` is told of the entry of which something is on the disk by now."""
        self._desk, self._lane = desk, lane
        self._changed, self._opened_changed = changed, opened_changed
        self._say, self._show_error, self._logged, self._written = say, show_error, logged, written
        leads = Right.SCORE in desk.agent.rights
        self.parts = tuple(Part) if leads else (Part.COACHING, Part.OWN)
        self.part = Part.QUEUE if leads else Part.OWN
        self.seen: Inspection | None = None
        self.opened: Opened | None = None
        self._asked = 0
        self._view = 0
        self._writing: set[UUID] = set()
        """entries of which something was written that the lists do not show yet: pressed twice, a key writes once"""

    @property
    def me(self) -> str:
        return self._desk.agent.staff_number

    # Lists

    def load(self) -> None:
        self._asked += 1
        ticket = self._asked

        def show(seen: Inspection) -> None:
            if ticket == self._asked:
                self.seen = seen
                self._writing.clear()
                self._changed()

        self._lane(lambda: inspecting.inspection(self._desk), show, self._show_error)

    def turn(self, part: Part) -> None:
        self.part = part
        self._changed()

    def entries(self) -> list[Entry]:
        seen = self.seen
        if seen is None:
            return []
        match self.part:
            case Part.QUEUE:
                return [Entry(id=call.id, call=call) for call in seen.queue]
            case Part.COACHING:
                notes = seen.notes or seen.own_notes
                return [Entry(id=note.note.id, note=note) for note in notes]
            case Part.DISPUTES:
                cases = seen.disputes
            case Part.GIVEN:
                cases = seen.given
            case Part.OWN:
                cases = seen.own
        return [Entry(id=case.score.id, case=case, call=seen.calls.get(case.score.call)) for case in cases]

    def count(self, part: Part) -> int:
        """What waits for this person there."""
        seen = self.seen
        if seen is None:
            return 0
        waiting = {
            Part.QUEUE: len(seen.queue), Part.DISPUTES: len(seen.disputes), Part.GIVEN: 0,
            Part.COACHING: len(seen.due_notes), Part.OWN: seen.to_answer,
        }  # fmt: skip
        return waiting[part]

    # The entry in view

    def open(self, entry: Entry | None) -> None:
        """Reads what is needed for it; of two that are opened quickly the last counts."""
        self._view += 1
        if entry is None:
            self.opened = None
            self._opened_changed()
            return
        ticket, before = self._view, self.opened
        if before is not None and before.entry.id == entry.id and before.entry.case == entry.case:
            self.opened = msgspec.structs.replace(before, entry=entry)
            self._opened_changed()
            return

        def show(opened: Opened) -> None:
            if ticket == self._view:
                self.opened = opened
                self._opened_changed()

        self._lane(lambda: self._read(entry), show, self._show_error)

    def _read(self, entry: Entry) -> Opened:
        seen = self.seen
        assert seen is not None
        outcome = entry.call.outcome if entry.call is not None else None
        path = path_of(self._desk, outcome) if outcome is not None else ()
        if entry.case is not None:
            return Opened(entry=entry, card=seen.card_of(entry.case), path=path, draft=self._of_case(entry.case))
        if entry.call is None:
            return Opened(entry=entry)
        draft = drafts(self._desk).get(entry.id, EMPTY)
        return Opened(entry=entry, card=seen.card(entry.call), path=path, draft=draft)

    def _of_case(self, case: ScoreCase) -> ScoreDraft:
        """What was marked; for a dispute to be decided as far as it was marked anew."""
        decided = case.decision
        if decided is not None and decided.ruling is Ruling.AMENDED:
            return ScoreDraft(marks=decided.marks, fails=decided.fails)
        given = ScoreDraft(marks=case.score.marks, fails=case.score.fails)
        return drafts(self._desk).get(case.score.id, given) if case.state is ScoreState.DISPUTED else given

    @property
    def may_mark(self) -> bool:
        """A call that nobody else has claimed, or a dispute that is this person's to decide."""
        opened, seen = self.opened, self.seen
        if opened is None or seen is None or opened.card is None:
            return False
        if self.part is Part.QUEUE and opened.entry.call is not None:
            return holder(opened.entry.call.claimed, seen.now) in ("", self.me)
        return self.part is Part.DISPUTES

    @property
    def result(self) -> ScoreResult | None:
        """Of what is marked so far."""
        opened = self.opened
        if opened is None or opened.card is None:
            return None
        return result_of(opened.card, opened.draft.marks, opened.draft.fails)

    @property
    def unmarked(self) -> int:
        opened = self.opened
        if opened is None or opened.card is None:
            return 0
        marked = {one.item for one in opened.draft.marks}
        return sum(item.id not in marked for item in opened.card.items)

    def marked(self, item: str) -> Marked | None:
        draft = self.opened.draft if self.opened is not None else EMPTY
        return next((one for one in draft.marks if one.item == item), None)

    def mark(self, item: str, mark: Mark) -> None:
        known = self.marked(item)
        self._put_mark(Marked(item=item, mark=mark, words=known.words if known else ""))

    def say_of_item(self, item: str, said: str) -> None:
        known = self.marked(item)
        if known is not None and known.words != said:
            self._put_mark(msgspec.structs.replace(known, words=said))

    def _put_mark(self, one: Marked) -> None:
        if self.opened is not None and self.may_mark:
            others = tuple(known for known in self.opened.draft.marks if known.item != one.item)
            self._keep(marks=(*others, one))

    def toggle_fail(self, fail: str) -> None:
        if self.opened is not None and self.may_mark:
            fails = self.opened.draft.fails
            self._keep(fails=tuple(f for f in fails if f != fail) if fail in fails else (*fails, fail))

    def set_remark(self, remark: str) -> None:
        if self.opened is not None and self.may_mark and self.opened.draft.remark != remark:
            self._keep(remark=remark)

    def _keep(self, **changes: object) -> None:
        """At once in view, and on the disk before the next step of the lane."""
        assert self.opened is not None
        draft = msgspec.structs.replace(self.opened.draft, **changes)
        self.opened = msgspec.structs.replace(self.opened, draft=draft)
        subject = self.opened.entry.id
        self._lane(lambda: keep_draft(self._desk, subject, draft), None, self._show_error)
        self._opened_changed()

    # Acts

    def claim(self, *, release: bool = False) -> None:
        call = self.opened.entry.call if self.opened is not None else None
        if call is not None and self.part is Part.QUEUE:
            self._do(lambda: inspecting.claim(self._desk, call, release=release), None)

    def send(self) -> None:
        """Gives the score in view."""
        opened = self.opened
        if opened is None or opened.card is None or opened.entry.call is None or not self.may_mark:
            return
        if self.part is not Part.QUEUE:
            return
        card, call, draft = opened.card, opened.entry.call, opened.draft

        def give() -> None:
            inspecting.give_score(self._desk, call, card, draft.marks, draft.fails, draft.remark)
            keep_draft(self._desk, call.id, EMPTY)

        self._do(give, filled(words.SENT, name=call.agent_name))

    def decide(self, ruling: Ruling) -> None:
        opened = self.opened
        if opened is None or opened.entry.case is None or self.part is not Part.DISPUTES:
            return
        case, card, draft = opened.entry.case, opened.card, opened.draft

        def settle() -> None:
            inspecting.decide(self._desk, case, ruling, draft.remark, card=card, marks=draft.marks, fails=draft.fails)
            keep_draft(self._desk, case.score.id, EMPTY)

        self._do(settle, filled(words.DECIDED, name=case.agent_name))

    def sign(self) -> None:
        case = self._own_case()
        if case is not None:
            self._do(lambda: inspecting.sign(self._desk, case), words.SIGNED)

    def dispute(self, reason: str) -> None:
        case = self._own_case()
        if case is not None:
            self._do(lambda: inspecting.dispute(self._desk, case, reason), words.DISPUTED)

    def _own_case(self) -> ScoreCase | None:
        case = self.opened.entry.case if self.opened is not None and self.part is Part.OWN else None
        return case if case is not None and case.state is ScoreState.GIVEN else None

    def coach(self, said: str) -> None:
        case = self.opened.entry.case if self.opened is not None and self.part is Part.GIVEN else None
        if case is None:
            return
        at = self._desk.moment().wall + timedelta(days=AGAIN_DAYS)
        done = filled(words.COACHED, day=saying.day(at))
        self._do(lambda: inspecting.coach(self._desk, case.agent, said, at, score=case.score.id), done)

    def look(self, said: str, *, better: bool) -> None:
        note = self.opened.entry.note if self.opened is not None else None
        if note is None or not note.open or note.note.agent == self.me:
            return
        at = None if better else self._desk.moment().wall + timedelta(days=AGAIN_DAYS)
        self._do(
            lambda: inspecting.look_again(self._desk, note, better=better, words=said.strip(), again_at=at),
            words.LOOKED,
        )

    def _do(self, work: Callable[[], object], done: Text | None) -> None:
        subject = self.opened.entry.id if self.opened is not None else None
        if subject is None or subject in self._writing:
            return
        self._writing.add(subject)

        def kept(_: object) -> None:
            if done is not None:
                self._say(done, Tone.OK)
            self._logged()
            self._written(subject)
            self.load()

        def failed(error: Exception) -> None:
            self._writing.discard(subject)
            self._show_error(error)

        self._lane(work, kept, failed)

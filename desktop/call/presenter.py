"""What the call page does: opens customers, dials, keeps drafts, saves and moves on. No widgets.

Every slow or durable step runs on the store's lane; the page is told what changed and reads it from here.
"""

from collections.abc import Callable
from datetime import datetime
from enum import Flag, auto

from core.calling import Action, Dialler
from core.compliance import Permit
from core.desk import dialling, opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.draft import encode_draft
from core.desk.opened import Opened
from core.desk.queueing import next_row
from core.desk.taskless import customer_of
from core.domain.call import CallState
from core.domain.errors import DialFailed, Refused
from core.domain.outcome import Verification
from core.domain.text import Lang, Text
from core.guidance.render import prepare
from core.store.types import Draft, QueueQuery
from desktop.call import words
from desktop.lane import Lane
from desktop.widgets.values import Tone

OTHER_NUMBER_SOURCE = "customer"
"""where a number comes from that was named in the call"""


class Part(Flag):
    """What of the page must be drawn anew."""

    CUSTOMER = auto()
    CALL = auto()
    SCRIPT = auto()
    OUTCOME = auto()
    DRAFT = auto()
    ALL = CUSTOMER | CALL | SCRIPT | OUTCOME | DRAFT


class CallPresenter:
    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        dialler: Dialler,
        lang: Lang,
        changed: Callable[[Part], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        moved: Callable[[str], None],
        logged: Callable[[], None],
    ) -> None:
        self.desk, self._lane, self.dialler, self.lang = desk, lane, dialler, lang
        self._changed, self._say, self._show_error = changed, say, show_error
        self._moved, self._logged = moved, logged
        self.session: CallSession | None = None
        self.draft_kept_at: datetime | None = None
        self.revealed = False
        self.number = ""
        self.withdrawn = False
        self.query: Callable[[], QueueQuery] = lambda: QueueQuery(now=desk.moment().wall)
        self.following: Callable[[str], list[str]] = lambda _task_id: []
        self._opening = 0
        self._dialling = False
        self._saving = False
        self._keeping = False
        self._dirty = False

    # Opening

    def open_task(self, task_id: str) -> None:
        """Show the customer of a task; a call begun with another stays under "unfinished"."""
        session = self.session
        if session and session.opened.key == task_id:
            return
        if customer := customer_of(task_id):
            self.open_customer(*customer, None)
        elif task_id.startswith("call:"):
            self._open(lambda: opening.reopen_draft(self.desk, task_id))
        else:
            self._open(lambda: opening.resume_task(self.desk, task_id))

    def open_customer(
        self,
        customer_id: str,
        scenario: str,
        inbound_number: str | None,
        body: bytes | None = None,
        *,
        typed_number: str = "",
    ) -> None:
        """A call without a task; `body` where only the server knew the customer."""

        def work() -> Opened:
            opened = opening.open_customer(
                self.desk,
                customer_id,
                scenario=scenario,
                inbound_number=inbound_number,
                typed_number=typed_number,
                body=body,
            )
            if typed_number and dialling.keep_typed(self.desk, opened):
                self._logged()
            return opened

        self._open(work)

    def _open(self, work: Callable[[], Opened]) -> None:
        if self._saving:
            return
        self._leave()
        self._opening += 1
        ticket = self._opening

        def done(session: CallSession) -> None:
            if ticket == self._opening:
                self._show(session)

        self._lane(lambda: self._prepare(work()), done, self._show_error)

    def _prepare(self, opened: Opened) -> CallSession:
        """On the store's lane: also what the view will want, so that it reads nothing itself."""
        prepare(opened.script, self.lang)
        return CallSession(opened, lang=self.lang, moment=self.desk.moment)

    def _show(self, session: CallSession | None) -> None:
        self.session, self.draft_kept_at, self.revealed, self.withdrawn = session, None, False, False
        self.number = session.opened.numbers[0] if session and session.opened.numbers else ""
        if session and session.flow.number:
            self.number = session.flow.number
        self._moved(session.opened.key if session else "")
        self._changed(Part.ALL)

    def _leave(self) -> None:
        """The customer in view makes way; what was begun is kept and said."""
        session = self.session
        if session is None or session.untouched:
            return
        self.keep_draft()
        if session.flow.begun:
            self._say(_filled(words.UNFINISHED_KEPT, name=session.opened.name), Tone.WARN)

    # The call

    @property
    def state(self) -> CallState:
        return self.session.flow.state if self.session else CallState.PREVIEW

    def dial_or_answered(self) -> None:
        """The one key before and while it rings: dial, then "answered"; after nobody answered, dial again."""
        session = self.session
        if session is None or self._saving:
            return
        if session.flow.state is CallState.DIALLING:
            session.flow.answered(self.desk.moment())
            self._touched(Part.CALL | Part.OUTCOME)
        elif session.flow.state is CallState.PREVIEW or self._may_redial(session):
            self._dial(session)

    def _may_redial(self, session: CallSession) -> bool:
        return Action.DIAL in session.flow.actions

    def _dial(self, session: CallSession) -> None:
        """Once, however often the key is pressed meanwhile: each permit counts in the caps."""
        if self._dialling:
            return
        self._dialling = True
        number = self.number

        def permitted(permit: Permit) -> None:
            self._dialling = False
            # The attempt counts on every desk: the server hears of it before the outcome.
            self._logged()
            if self.session is not session:
                return
            try:
                session.flow.dial(self.dialler, permit, self.desk.moment())
            except DialFailed as error:
                self._show_error(error)
                return
            self._say(words.DIALLED_ELSEWHERE, Tone.NEUTRAL)
            self._touched(Part.CALL | Part.OUTCOME)

        def refused(error: Exception) -> None:
            self._dialling = False
            self._show_error(error)

        self._lane(lambda: dialling.permit_to_dial(self.desk, session.opened, number), permitted, refused)

    def end(self) -> None:
        """The talk is over; said again by mistake, it goes on. After "unanswered": it was answered after all."""
        session = self.session
        if session is None or self._saving:
            return
        now, actions = self.desk.moment(), session.flow.actions
        if Action.ENDED in actions:
            session.flow.ended(now)
        elif Action.REOPEN in actions:
            session.flow.reopen(now)
        elif Action.ANSWERED in actions and session.flow.state is CallState.WRAP_UP:
            session.flow.answered(now)
        else:
            return
        self._touched(Part.CALL | Part.OUTCOME)

    def extend(self, by_s: int = 30) -> None:
        if self.session:
            self.session.flow.extend(by_s)
            self._touched(Part.CALL)

    def choose_number(self, digits: str) -> None:
        self.number, self.revealed = digits, False
        self._changed(Part.CALL)

    def reveal(self) -> None:
        """Show the number in full, on record, or hide it again."""
        session = self.session
        if session is None or not self.number:
            return
        if self.revealed:
            self.revealed = False
            self._changed(Part.CALL)
            return

        def shown(_: object) -> None:
            self._logged()
            self.revealed = True
            self._changed(Part.CALL)

        number = self.number
        self._lane(lambda: dialling.reveal(self.desk, session.opened, number), shown, self._show_error)

    # The script

    def answer(self, digit: int) -> None:
        session = self.session
        if session is None:
            return
        offered = session.conversation.view().answers
        if not 1 <= digit <= len(offered) or not offered[digit - 1].enabled:
            return
        session.conversation.answer(digit)
        session.suggest()
        self._touched(Part.SCRIPT | Part.OUTCOME)

    def step(self, back: bool) -> None:
        if self.session:
            if back:
                self.session.conversation.back()
            else:
                self.session.conversation.forward()
            self._touched(Part.SCRIPT)

    def go_stage(self, index: int) -> None:
        if self.session:
            self.session.conversation.go(self.session.conversation.view().stages[index].id)
            self._touched(Part.SCRIPT)

    def verify(self, who: Verification) -> None:
        if self.session:
            self.session.conversation.verify(who)
            self._touched(Part.SCRIPT | Part.OUTCOME)

    def tick(self, position: int) -> None:
        if self.session is None:
            return
        items = self.session.conversation.checklist()
        if position < len(items):
            self.session.conversation.tick(items[position].item.id, not items[position].ticked)
            self._touched(Part.SCRIPT | Part.OUTCOME)

    def objection_raised(self) -> None:
        """An objection was opened: it may point to a reason or a result."""
        if self.session:
            self.session.suggest()
            self._touched(Part.OUTCOME)

    # The outcome

    def change(self, act: Callable[[CallSession], None], parts: Part = Part.OUTCOME) -> None:
        """Let the outcome column change the form; the draft is kept."""
        if self.session and not self._saving:
            act(self.session)
            self._touched(parts)

    def typed(self, act: Callable[[CallSession], None]) -> None:
        """As `change`, for a field that shows already what was typed in it."""
        if self.session and not self._saving:
            act(self.session)
            self.keep_draft()

    def save(self) -> None:
        """Commit the outcome, then show the next customer; what is missing is said in one line."""
        session = self.session
        if session is None or self._saving:
            return
        lacks = session.lacking()
        if lacks:
            self._say(Text("；".join(t.zh for t in lacks) + "。", "; ".join(t.en for t in lacks) + "."), Tone.WARN)
            self._changed(Part.OUTCOME)
            return
        saved, key = session.saved(), session.opened.key
        self._saving = True
        other_number = session.form.other_number

        def work() -> None:
            if other_number:
                dialling.add_number(self.desk, session.opened, other_number, source=OTHER_NUMBER_SOURCE)
                self._logged()
            self.desk.store.save(saved, draft_key=key)
            self._logged()

        self._lane(work, lambda _: self._after_save(session), self._save_failed)

    def _after_save(self, session: CallSession) -> None:
        """On to the next customer: a step of its own, so that its failing never looks like a save that failed."""
        session.flow.saved(self.desk.moment())
        self._say(_filled(words.SAVED, name=session.opened.name), Tone.OK)
        query, key = self.query(), session.opened.key
        following = self.following(key)

        def work() -> CallSession | None:
            row = next_row(self.desk, query, after=following, leaving=key)
            return self._prepare(opening.open_task(self.desk, row.task_id)) if row else None

        def moved(upcoming: CallSession | None) -> None:
            self._saving = False
            if upcoming is None:
                self._say(words.QUEUE_EMPTY, Tone.NEUTRAL)
            self._show(upcoming)

        def failed(error: Exception) -> None:
            self._saving = False
            self._show(None)
            self._show_error(error)

        self._lane(work, moved, failed)

    def _save_failed(self, error: Exception) -> None:
        """Nothing typed is lost: the form stays as it was, to be saved again."""
        self._saving = False
        self._show_error(error)
        self._touched(Part.ALL)

    # Drafts

    def _touched(self, parts: Part) -> None:
        self._changed(parts)
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep what is filled in; while one write is under way the next waits for it, with the newest state."""
        session = self.session
        if session is None or self._saving:
            return
        if session.untouched and self.draft_kept_at is None and session.opened.draft is None:
            return
        if self._keeping:
            self._dirty = True
            return
        self._keeping = True
        now = self.desk.moment().wall
        draft = Draft(
            key=session.opened.key,
            customer_id=session.opened.customer_id,
            task_id=session.opened.task_id,
            begun=session.flow.begun,
            body=encode_draft(session.draft()),
            at=now,
        )

        def kept(_: object) -> None:
            self._keeping = False
            if self.session is session:
                self.draft_kept_at = now
                self._changed(Part.DRAFT)
            if self._dirty:
                self._dirty = False
                self.keep_draft()

        def failed(error: Exception) -> None:
            self._keeping = self._dirty = False
            self._show_error(error)

        self._lane(lambda: self.desk.store.put_draft(draft), kept, failed)

    def leave(self) -> None:
        """The window closes: the newest state is kept though a write is under way; the lane keeps their order."""
        self._keeping = False
        self.keep_draft()

    # Told by others

    def pulled(self, task_ids: tuple[str, ...], customer_ids: tuple[str, ...]) -> None:
        """The server changed tasks or customers: the one in view is read again, unless a call with it has begun."""
        session = self.session
        if session is None or not session.opened.task:
            return
        if session.opened.task.id not in task_ids and session.opened.customer_id not in customer_ids:
            return
        key = session.opened.key

        def refreshed(fresh: CallSession) -> None:
            if self.session is session and self._at_rest(session):
                self._show(fresh)
            elif self.session is session:
                session.refresh(fresh.opened)
                self._changed(Part.CUSTOMER | Part.CALL | Part.SCRIPT)

        def gone(error: Exception) -> None:
            if self.session is not session:
                return
            withdrawn = isinstance(error, Refused) and error.code == opening.TASK_GONE
            if withdrawn and not self._at_rest(session):
                self.withdrawn = True
                self._say(words.WITHDRAWN, Tone.WARN)
                return
            self._show_error(error)
            if withdrawn:
                self._show(None)

        self._lane(lambda: self._prepare(opening.open_task(self.desk, key)), refreshed, gone)

    def _at_rest(self, session: CallSession) -> bool:
        """Nothing was begun with the customer, nor is a dial on its way: the attempt is on record already."""
        return session.untouched and not self._dialling

    def set_lang(self, lang: Lang) -> None:
        self.lang = lang
        if self.session:
            self.session.set_lang(lang)
            self._changed(Part.ALL)


def _filled(text: Text, **values: str) -> Text:
    return Text(text.zh.format(**values), text.en.format(**values))

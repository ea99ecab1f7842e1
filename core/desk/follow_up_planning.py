"""Which follow-ups are chosen in a call: what may be, when it falls due, what its text says. No I/O."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from core.compliance import next_open, site_window
from core.desk.due import due_of, in_any, named_of
from core.desk.form import Form, Planned
from core.desk.opened import Opened
from core.domain.calendar import Window
from core.domain.disposition import FollowUpPreset
from core.domain.follow_up import FollowUpKind
from core.domain.order_state import SECOND_CONFIRMATION
from core.domain.text import Lang, Text, filled
from core.guidance.render import is_known, plain

CHOSEN_TIME = "chosen_time"
"""The preset code of a callback whose time the agent picked."""
_ABOUT = Text("{what}：{why}", "{what}: {why}")


class Fell(NamedTuple):
    """A callback that stands at another moment than it did; aware UTC."""

    before: datetime
    to: datetime


class FollowUpPlanning:
    """Fills in the `form` of one customer; `facts` are those that may be said now."""

    def __init__(
        self,
        opened: Opened,
        form: Form,
        *,
        facts: Callable[[], Mapping[str, object]],
        lang: Callable[[], Lang],
        now: Callable[[], datetime],
    ) -> None:
        self._opened, self._form = opened, form
        self._facts, self._lang, self._now = facts, lang, now

    def can_plan(self, preset: FollowUpPreset) -> bool:
        """An SMS is offered once all that its text states is known: the order, say; a callback that counts from a
        day of the customer's, once that day is known and a call before it makes sense."""
        if preset.kind is FollowUpKind.CALLBACK and self._form.no_callbacks:
            return False
        if preset.counts_from:
            return self.due_of(preset) is not None
        if preset.kind is not FollowUpKind.SMS:
            return True
        template = self._opened.sms_templates.get(preset.template)
        return template is not None and is_known(template.text, self._facts())

    def due_of(self, preset: FollowUpPreset) -> datetime | None:
        """The moment that a preset means for this customer now; None where it means none."""
        opened = self._opened
        facts = self._facts() if preset.counts_from else None
        return due_of(
            preset, now=self._now(), site=opened.site, calendar=opened.calendar, facts=facts, quiet=self._quiet(preset)
        )

    def moved_to(self, preset: FollowUpPreset) -> datetime | None:
        """Where a callback falls when its label names another moment: one that has passed, or when nobody may be
        called. None where the label is right."""
        opened, now = self._opened, self._now()
        named = named_of(preset, now=now, site=opened.site, calendar=opened.calendar)
        if named is None:
            return None
        due = due_of(preset, now=now, site=opened.site, calendar=opened.calendar, quiet=self._quiet(preset))
        return None if due == named else due

    def toggle(self, preset: FollowUpPreset) -> None:
        """Choose a follow-up by its preset, or take it back."""
        self._form.toggle(
            Planned(
                preset=preset.code,
                kind=preset.kind,
                due_at=self.due_of(preset),
                template=preset.template,
                text=self._text_of(preset),
                department=preset.department,
                # The chip says that the customer agreed: choosing it states so (FOLLOW-04).
                consent=preset.kind is FollowUpKind.HOME_VISIT,
            )
        )

    def fall_anew(self) -> Fell | None:
        """Hours without calls have changed: what was chosen by a preset falls where it would be chosen for now, and a
        time of the agent's own makes way where it lies in them, since nobody could dial then. Gives what moved."""
        plan = self._form.callback()
        if plan is None or plan.due_at is None:
            return None
        before, preset = plan.due_at, self._presets().get(plan.preset)
        plan.due_at = (self.due_of(preset) if preset else self._out_of_quiet(before)) or before
        return None if plan.due_at == before else Fell(before, plan.due_at)

    def _out_of_quiet(self, moment: datetime) -> datetime | None:
        opened = self._opened
        if not in_any(opened.quiet, moment, opened.calendar.zone):
            return moment
        return next_open(moment, site=site_window(opened.site), calendar=opened.calendar, quiet=opened.quiet)

    def _quiet(self, preset: FollowUpPreset) -> tuple[Window, ...]:
        """A text or a work order disturbs nobody."""
        return self._opened.quiet if preset.kind is FollowUpKind.CALLBACK else ()

    def callback(self, due_at: datetime, *, mine: bool) -> None:
        """A callback at a chosen time in place of any other; none where there may be none."""
        if self._form.no_callbacks:
            return
        self._form.planned = [p for p in self._form.planned if p.kind is not FollowUpKind.CALLBACK]
        self._form.toggle(Planned(preset=CHOSEN_TIME, kind=FollowUpKind.CALLBACK, due_at=due_at, mine=mine))

    def promise(self, codes: Iterable[str]) -> None:
        """What the words just promised is chosen, a text, a call or an order; the agent may take it back.

        A callback that was agreed on already stands: there is one at most."""
        presets = self._presets()
        for code in codes:
            preset = presets.get(code)
            if preset is None or self._form.planned_as(code) is not None or not self.can_plan(preset):
                continue
            if preset.kind is not FollowUpKind.CALLBACK or self._form.callback() is None:
                self.toggle(preset)

    def write_confirmation(self) -> None:
        """The text that the customer confirms says what is ordered, whenever it was chosen."""
        presets = self._presets()
        for plan in self._form.planned:
            preset = presets.get(plan.preset)
            if plan.template == SECOND_CONFIRMATION and preset is not None and self.can_plan(preset):
                plan.text = self._text_of(preset)

    def _presets(self) -> dict[str, FollowUpPreset]:
        return {preset.code: preset for preset in self._opened.dispositions.follow_ups}

    def _text_of(self, preset: FollowUpPreset) -> str:
        """An SMS is written in the customer's language, Chinese; the rest in the agent's, with what the call is about:
        a list of "work order" alone tells nobody which."""
        template = self._opened.sms_templates.get(preset.template)
        if template:
            return plain(template.text, self._facts(), Lang.ZH)
        lang, task = self._lang(), self._opened.task
        label = preset.label.of(lang)
        if preset.kind is FollowUpKind.CALLBACK or task is None or not task.reason.of(lang):
            return label
        return filled(_ABOUT, what=label, why=task.reason.of(lang)).of(lang)

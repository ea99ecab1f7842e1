"""One customer on the desk: the call's state, the script, the outcome being filled in. No I/O.

The windows read it and call its verbs; whoever holds it keeps `draft()` after each change and commits `saved()`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from core.calling import CallFlow, Moment
from core.compliance import Standing
from core.desk.agreed import keep_agreed, note_agreed
from core.desk.asking import open_grants, used_grants
from core.desk.compose import compose, follow_up_of, order_of
from core.desk.draft import DraftBody
from core.desk.figure_sources import FigureSource
from core.desk.follow_up_planning import Fell, FollowUpPlanning
from core.desk.form import Form, OrderForm
from core.desk.offering import Offering
from core.desk.opened import Opened
from core.desk.order_filled import OrderFilling, first_of_next_month, refusal_of
from core.desk.plan_taken import check_taken, with_choice
from core.desk.plans import PlanChoice, PlanComparison, same_for_plans
from core.desk.proposal import (
    keep_named,
    read_back_facts,
    source_of,
)
from core.desk.readiness import lacking
from core.domain.authority import UsedGrant, offer_granted
from core.domain.calendar import Window
from core.domain.call import CallState
from core.domain.clock import local_day
from core.domain.disposition import Field, FollowUpPreset, Result
from core.domain.offered import Reply
from core.domain.outcome import Intent
from core.domain.text import Lang, Text
from core.guidance.conversation import Conversation
from core.guidance.facts import order_facts
from core.guidance.notes import automatic_note
from core.guidance.spoken_plans import speaks_of_plans
from core.offers.book import Choice
from core.offers.line_choice import LineChoice
from core.store.types import OwnRequest
from core.wire.push import Saved


class CallSession:
    """The call under way with one customer."""

    def __init__(self, opened: Opened, *, lang: Lang, moment: Callable[[], Moment]) -> None:
        self.opened, self.lang, self.moment = opened, lang, moment
        body = opened.draft
        self.form = body.form if body else Form()
        self.flow = CallFlow.restore(body.call, moment()) if body else CallFlow()
        if opened.inbound_number is not None and body is None:
            self.flow = CallFlow.inbound(opened.inbound_number, moment())
        self.conversation = Conversation(
            opened.script,
            opened.facts,
            lang=lang,
            clock=lambda: moment().wall,
            state=body.conversation if body else None,
        )
        self._speaks_of_plans = speaks_of_plans(opened.script)
        self.is_about_the_line = any(answer.line for step in opened.script.steps for answer in step.answers)
        """the script names broadband plans to be taken"""
        self.compared: PlanComparison | None = None
        """what the bill calculator made of this customer; None until it has"""
        self.offering = Offering(
            opened,
            self.form,
            verification=lambda: self.conversation.verification,
            closed=lambda: self.conversation.why_not_sell,
            lang=lambda: self.lang,
            now=lambda: moment().wall,
        )
        self.planning = FollowUpPlanning(
            opened, self.form, facts=self._facts, lang=lambda: self.lang, now=lambda: moment().wall
        )
        self._take_grants()
        self.order_changed()

    # What was computed

    @property
    def wants_plans(self) -> bool:
        """Whether the script says figures of the bill calculator that are not there yet, and the call has begun."""
        result = self.result
        orders = result is not None and result.sells is not None
        return self.compared is None and (self._speaks_of_plans or orders) and not self.untouched

    def plans_compared(self, found: PlanComparison) -> None:
        """The figures for this customer's very document have come: the words say them from now on."""
        self.compared = found
        self.offering.take_pack(next((one.row.pack for one in found.choices if one.current), None))
        self._fill_order()
        self.order_changed()

    def source_of(self, fact: str) -> FigureSource | None:
        """Where a figure that was said comes from; None where no month of a plan makes it."""
        return source_of(self.compared, self.form.order, fact) if self.compared is not None else None

    # The outcome column

    @property
    def result(self) -> Result | None:
        return self.opened.dispositions.result(self.form.result)

    def choose(self, code: str) -> None:
        """Choose a result; a row with choices takes its first, and the next one each time it is chosen again."""
        row = self.opened.dispositions.result(code)
        if row is None:
            raise KeyError(code)
        if row.choices:
            codes = [choice.code for choice in row.choices]
            at = codes.index(self.form.result) + 1 if self.form.result in codes else 0
            code = codes[at % len(codes)]
        self.form.result = code
        chosen = self.result
        if chosen is not None and chosen.contact is not None and self.flow.state is CallState.DIALLING:
            # "Unanswered" said while it rings ends the attempt: one key less.
            self.flow.finish(self.moment())
        if self.form.intent is None and chosen is not None:
            self.form.intent = chosen.intent
        self.prefill_order()
        self.write_note()

    def choose_reason(self, code: str) -> None:
        self.form.reason = "" if self.form.reason == code else code
        self.write_note()

    def choose_intent(self, intent: Intent) -> None:
        self.form.intent = None if self.form.intent is intent else intent
        self.write_note()

    def plan(self, preset: FollowUpPreset) -> None:
        """Choose a follow-up by its preset, or take it back."""
        self.planning.toggle(preset)
        self.write_note()

    def plan_callback(self, due_at: datetime, *, mine: bool = True) -> None:
        """A callback at a chosen time (aware UTC, checked by `due.checked`); none where there may be none."""
        self.planning.callback(due_at, mine=mine)
        self.write_note()

    def left_in_peace(self, quiet: tuple[Window, ...], standing: Standing) -> Fell | None:
        """The customer named hours in which they want no calls: a callback moves out of them, which is given."""
        self.opened.quiet, self.opened.standing = quiet, standing
        fell = self.planning.fall_anew()
        self.write_note()
        return fell

    def bar_callbacks(self) -> bool:
        """The customer may not be called any more; gives whether a callback that was planned went."""
        went = self.form.bar_callbacks()
        self.write_note()
        return went

    def order_changed(self) -> None:
        """The script reads back what stands in the order form, and the confirmation says it; what was agreed to before
        it changed is not agreed to any more."""
        keep_named(self.form.order)
        keep_agreed(self.form, self.conversation)
        self.conversation.set_facts(self._facts())
        self.planning.write_confirmation()

    def tick(self, item: str, on: bool) -> None:
        """Said or done, by the agent's word. Raises ValueError on an unknown item."""
        self.conversation.tick(item, on)
        note_agreed(self.form, self.conversation)

    def write_note(self) -> None:
        """The automatic note, unless the agent has written in it."""
        if self.form.note_edited:
            return
        self.form.note = automatic_note(
            self.opened.script,
            self.opened.dispositions,
            path=self.conversation.path(),
            result=self.form.result,
            reason=self.form.reason,
            follow_ups=[follow_up_of(plan) for plan in (*self.form.planned, *self.form.offer_follow_ups())],
            offers=self.form.offers,
            asked=[one.case for one in self.opened.requests if one.message is None],
            facts=self._facts(),
            lang=self.lang,
        )

    def edit_note(self, text: str) -> None:
        """What the agent typed stays theirs; an emptied note becomes automatic again."""
        self.form.note, self.form.note_edited = text, bool(text.strip())
        if not self.form.note_edited:
            self.write_note()

    def suggest(self, *, note_later: bool = False) -> None:
        """Take over what the last answer of the script points to, where nothing was chosen by hand yet.

        `note_later`: `write_note` is still to be called.
        """
        if self.conversation.suggested_result and not self.form.result:
            self.form.result = self.conversation.suggested_result
        if self.conversation.suggested_reason and not self.form.reason:
            self.form.reason = self.conversation.suggested_reason
        self._fill_order()
        self.prefill_order()
        note_agreed(self.form, self.conversation)
        # After the order: what was promised may count from its start.
        self.planning.promise(self.conversation.promised)
        if not note_later:
            self.write_note()

    def prefill_order(self) -> None:
        """An order starts on the first of next month unless the agent says otherwise."""
        result = self.result
        if result is not None and Field.ORDER in result.needs and self.form.order.starts_on is None:
            self.form.order.starts_on = first_of_next_month(local_day(self.moment().wall))
            self.order_changed()

    def _fill_order(self) -> None:
        """What the customer takes stands in the order form, so that the script reads back its figures."""
        filling = self._filling()
        if filling is None:
            return
        said = self.conversation
        if said.renewed:
            self._put_in_order(filling.by_renewal(self.form.order))
        self._put_in_order(filling.line_by_words(self.form.order, said.line))
        self._put_in_order(filling.by_words(self.form.order, said.ordered, trial_months=said.trial_months))

    def take(self, choice: PlanChoice | LineChoice) -> None:
        """The customer prefers that plan: it stands in the order form. Raises Refused with why it may not be taken."""
        check_taken(choice, self.compared, closed=self.conversation.why_not_sell)
        if self.compared is not None:
            self.compared = with_choice(self.compared, choice)
        filling = self._filling()
        assert filling is not None, "it was refused otherwise"
        self._put_in_order(filling.by_choice(choice))
        self.write_note()

    def _filling(self) -> OrderFilling | None:
        """None until the plans are compared."""
        if self.compared is None:
            return None
        return OrderFilling(
            found=self.compared, document=self.opened.document, lang=self.lang, today=local_day(self.moment().wall)
        )

    def _put_in_order(self, form: OrderForm | None) -> None:
        if form is not None:
            self.form.order = form
            self.order_changed()

    def offer(self, offer_id: str, reply: Reply | None, *, read_back: bool = False) -> None:
        """What the customer said to an offer beyond plans. Raises Refused (`core.desk.offering`)."""
        self.offering.reply(offer_id, reply, read_back=read_back)
        self.write_note()

    def requests_changed(self, requests: Sequence[OwnRequest]) -> None:
        """Something was asked of the team lead, or answered: the note tells it."""
        self.opened.requests = tuple(requests)
        self._take_grants()
        self.write_note()

    def _take_grants(self) -> None:
        """What the lead granted may be made now: an offer of the list, or so much of a kind."""
        # Of two grants of one offer the larger counts, as at the server.
        for one in sorted(open_grants(self.opened.requests), key=lambda one: one.case.granted_fen, reverse=True):
            offer_id, fen = offer_granted(one.case.request), one.case.granted_fen
            if not one.case.request.offer_id:
                self.offering.add_granted(one.case)
            if self.form.offer_grants.get(offer_id, -1) < fen:
                self.offering.grant(offer_id, fen, by=one.case.answered_by_name)

    @property
    def wants_offers(self) -> bool:
        """Whether the step in view leads to offers that have not been read yet."""
        return bool(self.conversation.offers) and self.offering.book is None

    def offers_here(self) -> tuple[Choice, ...]:
        """What the step in view leads to and this customer may have, the most natural first."""
        return self.offering.open_among(self.conversation.offers)

    # Saving

    def talk_s(self) -> int:
        return int(self.flow.talk_s(self.moment()))

    def lacking(self, result: Result | None = None) -> list[Text]:
        """What keeps the form (or, for a row of the column, that result) from being saved."""
        wanted = result or self.result
        unticked = self.conversation.missing(wanted) if wanted else []
        return lacking(
            self.form,
            wanted,
            talk_s=self.talk_s(),
            dialled=self.flow.begun,
            unticked=unticked,
            facts=self._facts(),
            verification=self.conversation.verification,
            closed=self.conversation.why_not_sell,
            ordered=refusal_of(
                self.form,
                wanted,
                self.compared,
                document=self.opened.document,
                ticked=self.conversation.ticked(),
                today=local_day(self.moment().wall),
            ),
        )

    def saved(self) -> Saved:
        """The records to commit. The call is brought to its end first, wherever it stands."""
        now = self.moment()
        self.flow.finish(now)
        return compose(
            self.opened, self.form, self.conversation, call=self.flow.record(now), grants=self._grants(), now=now.wall
        )

    def _grants(self) -> tuple[UsedGrant, ...]:
        return used_grants(
            self.opened.requests,
            accepted=frozenset(made.offer for made in self.form.offers if made.reply is Reply.ACCEPTED),
        )

    def draft(self) -> DraftBody:
        return DraftBody(
            scenario=self.opened.script.id,
            script_version=self.opened.script.version,
            results_version=self.opened.dispositions.version,
            call=self.flow.draft(self.moment()),
            form=self.form,
            conversation=self.conversation.state(),
        )

    @property
    def untouched(self) -> bool:
        """Nothing dialled, chosen or written: there is no draft worth keeping."""
        return not self.flow.begun and self.form.untouched and self.conversation.untouched

    def refresh(self, opened: Opened) -> None:
        """Newer data of the same customer came while the call runs: figures change, what was done stays.

        What was computed from bills and use that have changed is said no more; it is computed anew."""
        if not same_for_plans(opened.document, self.opened.document):
            self.compared = None
        self.opened.document, self.opened.facts = opened.document, opened.facts
        self.opened.standing, self.opened.numbers = opened.standing, opened.numbers
        self.opened.quiet = opened.quiet
        # What was asked of the lead comes by `requests_changed` alone, which lets the offers know of a grant.
        self.opened.task = opened.task
        self.offering.renew()
        self.conversation.set_facts(self._facts())

    def set_lang(self, lang: Lang) -> None:
        self.lang = lang
        self.conversation.set_lang(lang)
        self.write_note()

    def _facts(self) -> Mapping[str, object]:
        order = order_of(self.form, self.conversation.ticked())
        found = self.compared
        facts = {**self.opened.facts, **(found.facts if found else {}), **(order_facts(order) if order else {})}
        return facts | read_back_facts(found, self.form.order) if found and order else facts

"""A script walked without a call: its words filled in for a customer of this desk, or for a nameless one of the base.

Nothing of it is kept or uploaded."""

from collections.abc import Mapping

from msgspec import Struct

from core.desk.desk import Desk
from core.desk.plans import PlanDesk
from core.domain.customer import Document, decode_document
from core.domain.people import Right
from core.domain.script import Script
from core.domain.task import TIER_NAMES
from core.domain.text import Lang, Text
from core.guidance.conversation import Conversation
from core.guidance.facts import facts_of
from core.guidance.views import StepView
from core.store.types import QueueQuery
from core.sync.ask import Ask

MOST = 60
"""customers to choose from"""
PAGES_MOST = 10
"""of the base that one search reads: a few seconds"""


class Walker(Struct, frozen=True, kw_only=True, eq=False):
    """A customer to walk with."""

    name: str
    """empty: one of the base, who has none"""
    document: Document


def walkers(desk: Desk, ask: Ask, text: str = "") -> list[Walker]:
    """Customers of this desk, by name, pinyin, number or id as `text` says; where it has none, for a planner those of
    the base whose plan, district or tier it names.

    Raises ServerUnreachable where the base would have to be asked for."""
    local = _local(desk, text)
    if local or Right.PLAN not in desk.agent.rights or _has_customers(desk):
        return local
    return _of_the_base(ask, text)


def _has_customers(desk: Desk) -> bool:
    return bool(desk.store.queue(QueueQuery(now=desk.moment().wall), offset=0, limit=1))


def _local(desk: Desk, text: str) -> list[Walker]:
    """Those of the queue first; with a text also whoever has no open task."""
    rows = desk.store.queue(QueueQuery(now=desk.moment().wall, text=text), offset=0, limit=MOST)
    names = {row.customer_id: row.name for row in rows}
    if text.strip():
        names |= {one.customer_id: one.name for one in desk.store.find_customers(text, limit=MOST)}
    found: list[Walker] = []
    for customer_id, name in list(names.items())[:MOST]:
        body = desk.store.customer(customer_id)
        if body is not None:
            found.append(Walker(name=name, document=decode_document(body)))
    return found


def _of_the_base(ask: Ask, text: str) -> list[Walker]:
    """The first of the base that fit; no more than `PAGES_MOST` pages of it are read."""
    words = text.casefold().split()
    found: list[Walker] = []
    after, start = "", 0
    for _ in range(PAGES_MOST):
        page = ask.base(start, after)
        found += [Walker(name="", document=one) for one in page.customers if _fits(one, words)]
        after, start = page.next, start + len(page.customers)
        if len(found) >= MOST or not page.next:
            break
    return found[:MOST]


def _fits(document: Document, words: list[str]) -> bool:
    identity = document.identity
    if identity is None:
        return not words
    names = [TIER_NAMES[identity.tier]] if identity.tier in TIER_NAMES else []
    names += [identity.plan_name] if identity.plan_name else []
    said = " ".join([identity.area, identity.plan_code, *(f"{name.zh} {name.en}" for name in names)]).casefold()
    return all(word in said for word in words)


def facts_for(desk: Desk, plans: PlanDesk, document: Document) -> Mapping[str, object]:
    """What the words would say in a call with this customer now, the calculator's figures included."""
    facts = facts_of(document, agent=desk.agent, site=desk.site, task=None, now=desk.moment().wall)
    return {**facts, **plans.compare(document).facts}


class Walk:
    """One way through a script. The script may change under it: as far as its steps still lead there, it stays."""

    def __init__(self, desk: Desk, script: Script, facts: Mapping[str, object], lang: Lang) -> None:
        self._desk, self._facts, self._lang = desk, facts, lang
        self._walked: list[tuple[str, Text]] = []
        self._conversation = self._of(script)

    @property
    def view(self) -> StepView:
        return self._conversation.view()

    @property
    def steps(self) -> list[str]:
        """The steps passed, oldest first, that in view last."""
        return [*(step for step, _ in self._walked), self.view.step_id]

    def answer(self, digit: int) -> None:
        """What the customer says; passed over where it is not on offer."""
        view = self.view
        offered = view.answers
        if view.ended or not 1 <= digit <= len(offered) or not offered[digit - 1].enabled:
            return
        self._walked.append((view.step_id, offered[digit - 1].label))
        self._conversation.answer(digit)

    def back(self) -> None:
        """One step back; at the first nothing happens."""
        if self.view.ended or self._walked:
            self._walked = self._walked[:-1]
            self._again(self._conversation.script)

    def begin_again(self) -> None:
        self._walked = []
        self._again(self._conversation.script)

    def go(self, step: str) -> None:
        """To a step that lies on the way walked; elsewhere no answer has led."""
        at = next((at for at, (walked, _) in enumerate(self._walked) if walked == step), None)
        if at is not None:
            self._walked = self._walked[:at]
            self._again(self._conversation.script)

    def reload(self, script: Script) -> None:
        """The script was written anew."""
        self._again(script)

    def with_facts(self, facts: Mapping[str, object]) -> None:
        """With another customer, from the beginning."""
        self._facts = facts
        self.begin_again()

    def set_lang(self, lang: Lang) -> None:
        self._lang = lang
        self._conversation.set_lang(lang)

    def _of(self, script: Script) -> Conversation:
        return Conversation(script, self._facts, lang=self._lang, clock=lambda: self._desk.moment().wall)

    def _again(self, script: Script) -> None:
        self._conversation = self._of(script)
        way, self._walked = self._walked, []
        for step, label in way:
            view = self.view
            digit = next((one.digit for one in view.answers if one.label == label and one.enabled), 0)
            if view.step_id != step or not digit:
                return
            self.answer(digit)

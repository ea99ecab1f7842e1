"""One of each kind of object that an id in a path names: of whoever asks, of another team, of another tenant.

What a question uses up, such as a tip that waits for its answer, is made anew for each question.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import uuid4

import msgspec
from authority_kit import asked
from msgspec import Raw
from role_server import (
    AREA,
    FOREIGN,
    FOREIGN_AGENT,
    OTHER_AGENT,
    OTHER_WORDS,
    OWN,
    STAFF,
    STRANGE_WORDS,
    THEIRS,
    THEIRS_NEARBY,
    other_tenant,
)
from server_kit import SCENARIO, a_tip, agent, document, saved, send, stored, task

from core.domain import decoding
from core.domain.campaign import Arm, Audience, CampaignTerms, MemberState, Route
from core.domain.care_class import CARE_CLASSES, CLASSES, CareChannel, CareClass, CareClasses
from core.domain.clock import utc_now
from core.domain.knowledge import TipState
from core.domain.outreach import OutgoingContact
from core.domain.people import Role
from core.domain.store import Slot, StoreTime
from core.domain.text import Text
from core.domain.warning_rule import WarningRule
from core.server.access.caller import Caller
from core.server.campaigns import drafting
from core.server.campaigns.lists import put_list
from core.server.db import agreed_dates, authority, campaigns, outreach, planned_rules, published, schema, tips
from core.server.db.campaigns import Member
from core.server.db.engine import Database, Unit
from core.server.incoming.taking import take_event
from core.server.loading import load
from core.server.review.handing_out import pack_list
from core.wire.campaigns import ListRow, PutCampaignList
from core.wire.incoming import IncomingEvent
from core.wire.pull import ContentDocument
from core.wire.review import CALLS

CARE = "a-class"
CALLERS = (
    Role.OUTBOUND_REPRESENTATIVE,
    Role.PHONE_ACCOUNT_MANAGER,
    Role.VIP_SPECIALIST,
    Role.TEAM_LEAD,
    Role.CALLBACK_STAFF,
)
Named = dict[str, str]
"""words for the gaps of a row's path and body"""


class Whose(StrEnum):
    """To whom an object belongs, for whoever asks."""

    OWN = "own"
    """on their own desk where a desk holds it, else their team's, else the centre's"""
    TEAM = "another team's"
    TENANT = "another tenant's"


@dataclass(frozen=True, kw_only=True)
class PushedAbout:
    """A customer whom desks push items about, with the index of their number and their task."""

    customer_id: str
    index: int
    task_id: str
    others: bool = True


PUSHED_ABOUT = (
    # Not the one that questions are asked about: they want no calls afterwards.
    PushedAbout(customer_id="C3", index=3, task_id="T3", others=False),
    PushedAbout(customer_id=THEIRS, index=5, task_id="T5"),
    PushedAbout(customer_id=THEIRS_NEARBY, index=10, task_id="T10"),
    PushedAbout(customer_id=FOREIGN, index=900, task_id="X1"),
)


class Objects:
    """Of a database as `role_server.people_it` leaves it."""

    def __init__(self, database: Database) -> None:
        self._database, self._other = database, other_tenant(database)
        self._made = {
            "customer": self._customer, "kept customer": self._kept_customer, "task": self._task, "desk": self._desk,
            "request": self._request, "waiting tip": self._waiting_tip, "standing tip": self._standing_tip,
            "campaign": self._of_centre("campaign"), "draft": self._draft,
            "list": self._of_centre("list"), "rule": self._of_centre("rule"),
            "ticket": self._ticket, "event": self._event, "contact": self._contact, "booking": self._booking,
            "part": self._part,
        }  # fmt: skip
        self._furnish()
        # Nobody may use them up, and what changes of the other tenant is nobody's doing here.
        self._kept = {
            (kind, whose): make(whose, Role.OUTBOUND_REPRESENTATIVE)
            for kind, make in self._made.items()
            for whose in (Whose.TEAM, Whose.TENANT)
        }

    def of(self, kind: str, whose: Whose, role: Role) -> Sequence[Named]:
        """At least one, by what they are called in a row. Where there is none of another team, none."""
        return self._made[kind](whose, role) if whose is Whose.OWN else self._kept[kind, whose]

    def _furnish(self) -> None:
        """What stands through all questions."""
        _furnish_centre(self._database, OWN, "own", "")
        _furnish_centre(self._other, FOREIGN, "strange", STRANGE_WORDS)
        load(self._database, [(document(10, area=AREA), task(10, to=OTHER_AGENT))])
        held = [(document(20 + n, area=AREA), task(20 + n, to=STAFF[role])) for n, role in enumerate(CALLERS)]
        load(self._database, held)
        self._parts = {
            Whose.OWN: _part_of(self._database, STAFF[Role.OUTBOUND_REPRESENTATIVE], "T4", "A"),
            Whose.TEAM: _part_of(self._database, OTHER_AGENT, "T9", "B"),
            Whose.TENANT: _part_of(self._other, FOREIGN_AGENT, "X2", "A"),
        }

    def _on(self, whose: Whose) -> Database:
        return self._other if whose is Whose.TENANT else self._database

    def _agent_of(self, whose: Whose, own: str = STAFF[Role.OUTBOUND_REPRESENTATIVE]) -> str:
        return {Whose.OWN: own, Whose.TEAM: OTHER_AGENT, Whose.TENANT: FOREIGN_AGENT}[whose]

    def _customer(self, whose: Whose, _role: Role) -> Sequence[Named]:
        ids = {Whose.OWN: (OWN,), Whose.TEAM: (THEIRS, THEIRS_NEARBY), Whose.TENANT: (FOREIGN,)}[whose]
        return [{"customer_id": one} for one in ids]

    def _kept_customer(self, whose: Whose, role: Role) -> Sequence[Named]:
        """With an id for what is made of them."""
        own = [{"customer_id": f"C{20 + CALLERS.index(role)}"}] if role in CALLERS else [{"customer_id": OWN}]
        found = own if whose is Whose.OWN else self._customer(whose, role)
        return [{**one, "slot_id": str(uuid4())} for one in found]

    def _task(self, whose: Whose, role: Role) -> Sequence[Named]:
        own = f"T{20 + CALLERS.index(role)}" if role in CALLERS else "T0"
        return [{"task_id": {Whose.OWN: own, Whose.TEAM: "T5", Whose.TENANT: "X1"}[whose]}]

    def _desk(self, whose: Whose, _role: Role) -> Sequence[Named]:
        return [{"staff_number": self._agent_of(whose)}]

    def _request(self, whose: Whose, _role: Role) -> Sequence[Named]:
        who = self._agent_of(whose)
        wanted = asked(who, {Whose.OWN: 0, Whose.TEAM: 5, Whose.TENANT: 1}[whose], at=utc_now()).authority
        with self._on(whose).write() as unit:
            authority.add(unit, wanted, agent_name=_words(whose), team="B" if whose is Whose.TEAM else "A")
        return [{"request_id": str(wanted.id)}]

    def _waiting_tip(self, whose: Whose, _role: Role) -> Sequence[Named]:
        with self._on(whose).write() as unit:
            return [{"tip_id": self._tip(unit, whose)}]

    def _standing_tip(self, whose: Whose, _role: Role) -> Sequence[Named]:
        with self._on(whose).write() as unit:
            tip_id = self._tip(unit, whose)
            tips.decide(unit, tip_id, state=TipState.APPROVED, by="x", reason="")
        return [{"tip_id": tip_id}]

    def _tip(self, unit: Unit, whose: Whose) -> str:
        value = a_tip(self._agent_of(whose), title=f"{_words(whose)}先重启两次")
        tips.add(unit, value, team="B" if whose is Whose.TEAM else "A")
        return str(value.id)

    def _of_centre(self, kind: str) -> Callable[[Whose, Role], Sequence[Named]]:
        """With an id for what is made of it."""

        def made(whose: Whose, _role: Role) -> Sequence[Named]:
            name = {Whose.OWN: "own", Whose.TENANT: "strange"}.get(whose)
            return [] if name is None else [{f"{kind}_id": f"{name}-{kind}", "new_id": str(uuid4())}]

        return made

    def _draft(self, whose: Whose, role: Role) -> Sequence[Named]:
        """A campaign that nobody has moved."""
        if whose is Whose.TEAM:
            return []
        [listed] = self._of_centre("list")(whose, role)
        campaign_id = f"draft-{uuid4()}"
        with self._on(whose).write() as unit:
            terms = _terms(campaign_id, listed["list_id"], _words(whose), utc_now().date())
            drafting.draft(unit, terms, by="9")
        return [{"campaign_id": campaign_id}]

    def _ticket(self, whose: Whose, _role: Role) -> Sequence[Named]:
        return [] if whose is Whose.TEAM else [{"ticket_id": "own-1" if whose is Whose.OWN else "strange-1"}]

    def _event(self, whose: Whose, _role: Role) -> Sequence[Named]:
        return [] if whose is Whose.TEAM else [{"event_id": "own-1" if whose is Whose.OWN else "strange-1"}]

    def _contact(self, whose: Whose, _role: Role) -> Sequence[Named]:
        if whose is Whose.TEAM:
            return []
        contact = OutgoingContact(
            id=uuid4(), campaign_id="K", customer_id=OWN if whose is Whose.OWN else FOREIGN, route=Route.SMS,
            made_at=utc_now(),
        )  # fmt: skip
        with self._on(whose).write() as unit:
            outreach.add(unit, [contact])
        return [{"contact_id": str(contact.id)}]

    def _booking(self, whose: Whose, role: Role) -> Sequence[Named]:
        who = self._agent_of(whose, STAFF[role])
        value = StoreTime(
            id=uuid4(), store="s", name=Text("店", "shop"), slot=Slot(begins_at=utc_now() + timedelta(days=1)),
            customer_id={Whose.OWN: OWN, Whose.TEAM: THEIRS, Whose.TENANT: FOREIGN}[whose], agent=who,
        )  # fmt: skip
        with self._on(whose).write() as unit:
            agreed_dates.put(unit, value)
        return [{"slot_id": str(value.id)}]

    def _part(self, whose: Whose, _role: Role) -> Sequence[Named]:
        return [{"digest": self._parts[whose]}]


def _words(whose: Whose) -> str:
    return {Whose.OWN: "", Whose.TEAM: OTHER_WORDS, Whose.TENANT: STRANGE_WORDS}[whose]


def _furnish_centre(database: Database, customer_id: str, name: str, words: str) -> None:
    """What belongs to no team."""
    now = utc_now()
    rule = decoding.convert(a_rule(f"{name}-rule", words), WarningRule)
    listed = PutCampaignList(name=f"{words}表", rows=(ListRow(customer_id=customer_id),))
    with database.write() as unit:
        published.put(unit, [_a_script(), _a_class()])
        put_list(unit, f"{name}-list", listed, by="9")
        drafting.draft(unit, _terms(f"{name}-campaign", f"{name}-list", words, now.date()), by="9")
        campaigns.add_members(unit, f"{name}-campaign", [_member(customer_id, now)], {})
        planned_rules.add_version(unit, rule, by="9", note=f"{words}因为")
        unit.conn.execute(
            schema.hotline_ticket.insert().values(
                tenant_id=unit.tenant, id=f"{name}-1", kind="callback", customer_id=customer_id, task_id="none",
                case_id="", staff_number="9", received_at=now, body=b"{}",
            )
        )  # fmt: skip
    take_event(database, "crm", IncomingEvent(id=f"{name}-1", kind="sales-lead", number="86-0", at=now))


def _terms(campaign_id: str, list_id: str, words: str, today: date) -> CampaignTerms:
    return CampaignTerms(
        id=campaign_id, name=Text(f"{words}活动", "Campaign"), audience=Audience(list_id=list_id), scenario=SCENARIO,
        starts_on=today, ends_on=today + timedelta(days=9),
    )  # fmt: skip


def _member(customer_id: str, at: datetime) -> Member:
    return Member(
        customer_id, Arm.TREATED, "", MemberState.READY, None, Route.REPRESENTATIVE_CALL, rule_id="", model_id="",
        score=None, expected=None, drawn_at=at,
    )  # fmt: skip


def a_rule(rule_id: str, words: str) -> dict[str, Any]:
    """As its file says it."""
    return {
        "id": rule_id, "version": 1, "name": {"zh": f"{words}规则", "en": "Rule"}, "code": "x",
        "population": "churn_inclined", "scenario": SCENARIO, "when": {"field": "tenure", "ge": 2},
        "missing": {"rest": "left_out"}, "reason": {"zh": "在网久", "en": "Long on net"},
    }  # fmt: skip


def _a_script() -> ContentDocument:
    return ContentDocument(kind="script", name=SCENARIO, version=1, body=Raw(b'{"title":{"zh":"x","en":"x"}}'))


def _a_class() -> ContentDocument:
    text = Text("祝您平安", "All the best")
    one = CareClass(
        code=CARE, row="CARE-01", label=text, definition=text, trigger=text, by_notice=text, plan=text, rest_days=1,
        channels=(CareChannel.MAIL,), message=text, call=(text,), monitoring=text, evaluation=text,
    )  # fmt: skip
    body = Raw(msgspec.json.encode(CareClasses(version=1, classes=(one,))))
    return ContentDocument(kind=CARE_CLASSES, name=CLASSES, version=1, body=body)


def _part_of(database: Database, staff_number: str, task_id: str, team: str) -> str:
    """The digest of figures of the team's own, after a call of that agent's."""
    who = Caller(agent(staff_number, team=team), "session")
    send(database, who, saved(stored(database, task_id), staff_number, note=sha256(task_id.encode()).hexdigest()))
    planner = Caller(agent("9", role=Role.PLANNER), "session")
    packs = pack_list(database, planner, budget_s=60).packs
    return next(part.digest for pack in packs if pack.team == team for part in pack.parts if part.name == CALLS)

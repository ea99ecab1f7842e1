"""One of each kind of item that says something about a customer, as a desk pushes it."""

from datetime import datetime, timedelta
from typing import get_args
from uuid import uuid4

import msgspec
from authority_kit import asked
from case_kit import began, event, turn
from server_kit import agent, number_of, saved

from core.domain.calendar import Window
from core.domain.call import AddedNumber, Dial, QuietAsked, Reveal, Skip
from core.domain.callback_move import CallbackMove
from core.domain.care_class import CareChannel
from core.domain.care_given import CareGiven
from core.domain.commitment import Commitment, Rhythm
from core.domain.department import DEPARTMENT, Department, Takes
from core.domain.errand import Errand, ErrandKind
from core.domain.outcome import Contact
from core.domain.promise import Made
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import published
from core.server.db.engine import Database
from core.wire.errands import CallbackMoved, CommitmentMade, ErrandAsked
from core.wire.pull import ContentDocument
from core.wire.push import CareNoted, Dialled, Item, NumberAdded, QuietTold, Revealed, Skipped

ABOUT_NOBODY = frozenset(
    {
        "branch_ask", "cause_name", "coaching_look", "coaching_note", "commitment_end",
        "errand_change", "errand_verdict", "export", "hand_over", "quality_claim", "quality_score", "score_decision",
        "score_dispute", "score_signature", "state", "tip", "withdrawal",
    }
)  # fmt: skip
"""tags of items that name no customer, or change what its own agent or lead is known to look after"""
KINDS_ABOUT_SOMEBODY = frozenset({one.__struct_config__.tag for one in get_args(Item)}) - ABOUT_NOBODY
DESK = "line"
"""the department that errands go to"""


def open_department(database: Database) -> None:
    """It takes the errands here."""
    takes = (Takes(kind=ErrandKind.WORK_ORDER, hours=24),)
    text = Text("线路", "Lines")
    body = msgspec.json.encode(Department(id=DESK, version=1, name=text, does=text, takes=takes))
    with database.write() as unit:
        published.put(unit, [ContentDocument(kind=DEPARTMENT, name=DESK, version=1, body=msgspec.Raw(body))])


def every_kind(who: str, index: int, at: datetime, *, customer_id: str = "", task_id: str = "") -> dict[str, Item]:
    """By the item's tag, about customer C`index` and their task: written at that moment, all else as no server could
    refuse it. The last is the refusal of every call."""
    customer, task = customer_id or f"C{index}", task_id or f"T{index}"
    caller, label = Caller(agent(who), "session"), Text("关怀", "Care")
    soon, number = at + timedelta(hours=3), number_of(index)
    items: list[Item] = [
        Dialled(dial=Dial(id=uuid4(), customer_id=customer, task_id=None, number=number, at=at, agent=who)),
        Revealed(reveal=Reveal(id=uuid4(), customer_id=customer, number=number, at=at, agent=who)),
        Skipped(skip=Skip(id=uuid4(), task_id=task, reason="busy", at=at, agent=who)),
        NumberAdded(
            number=AddedNumber(
                id=uuid4(), customer_id=customer, number="10000000999", source="本人", at=at, agent=who
            )
        ),
        QuietTold(quiet=QuietAsked(id=uuid4(), customer_id=customer, quiet=(Window(0, 600),), at=at, agent=who)),
        asked(who, at=at, customer_id=customer, task_id=None, case="call"),
        CareNoted(
            care_given=CareGiven(
                id=uuid4(), customer_id=customer, agent=who, code="festival", label=label, channel=CareChannel.SMS,
                at=at, text="祝您阖家团圆！",
            )
        ),
        event(caller, uuid4(), began(caller, customer_id=customer), at=at),
        turn(
            caller, uuid4(),
            Made(customer_id=customer, customer="", words="回电", due_at=soon, owner=who, owner_name=""), at=at,
        ),
        ErrandAsked(
            errand=Errand(
                id=uuid4(), kind=ErrandKind.WORK_ORDER, department=DESK, text="查线路", agent=who, at=at,
                customer_id=customer, scenario="vip-care",
            )
        ),
        CommitmentMade(
            commitment=Commitment(
                id=uuid4(), customer_id=customer, agent=who, scenario="vip-care", text="读账单",
                rhythm=Rhythm.MONTHLY, first_on=at.date(), minute=600, at=at,
            )
        ),
        CallbackMoved(
            callback_move=CallbackMove(
                id=uuid4(), task_id=task, customer_id=customer, agent=who, at=at, before=at, to=soon,
                agreed_with=Contact.OWNER,
            )
        ),
        saved(None, who, customer_id=customer, opt_out=True, result="refused", recorded_at=at),
    ]  # fmt: skip
    return {str(one.__struct_config__.tag): one for one in items}

"""Repair cases and promises of the invented city: a roaming repair under way, one whose first word is still owed, one
that was reached too late, two that are over; promises kept, broken and to come; and who is on duty."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from msgspec import Struct

from core.demo.people import AGENTS
from core.demo.today import Today
from core.domain.case import (
    Allowed,
    Began,
    CaseEvent,
    CauseFound,
    Checked,
    Contacted,
    ContactMissed,
    Damage,
    Ended,
    Joined,
    Noted,
    OpenedBy,
    Satisfaction,
    Supposed,
    What,
)
from core.domain.duty import Shift
from core.domain.promise import Fulfilled, Lapsed, Made, Moved, PromiseEvent, PromiseKind, Released, TakenOver
from core.domain.task import Tier
from core.domain.text import Text

_NAMESPACE = UUID("5a7c0de0-2b6f-5e1a-9c3d-4f8e7a6b5c2d")
_NAMES = {agent.staff_number: agent.name for agent in AGENTS}
_ROAMING = Text("国际漫游无服务", "No service while roaming")
_BROADBAND = Text("宽带晚间卡顿掉线", "Broadband fails in the evening")
_EVERYDAY = (1, 2, 3, 4, 5, 6, 7)
DUTY = (
    Shift(staff_number="1027", days=_EVERYDAY, from_min=8 * 60, until_min=20 * 60),
    Shift(staff_number="1028", days=_EVERYDAY, from_min=20 * 60, until_min=8 * 60),
)
_HOURS = {Tier.DIAMOND: 2, Tier.GOLD: 4, Tier.SILVER: 8, Tier.NONE: 24}
Turn = Made | Fulfilled | Moved | Lapsed | TakenOver | Released


class Casework(Struct, frozen=True, kw_only=True):
    cases: tuple[tuple[CaseEvent, ...], ...]
    promises: tuple[tuple[PromiseEvent, ...], ...]
    shifts: tuple[Shift, ...] = DUTY


class _Case(Struct, frozen=True, kw_only=True):
    index: int
    """of the customer"""
    owner: str
    tier: Tier
    title: Text
    damage: Damage = Damage.KEY_SERVICE
    template: str = ""
    expects: str = ""
    opened_min: float
    """so long ago"""
    then: tuple[tuple[float, What], ...] = ()
    """minutes after the opening"""


def casework(today: Today, customers: int) -> Casework:
    """Of the first customers, as far as there are so many; the same day gives the same."""
    cases = [one for one in _cases(today) if one.index < customers]
    promises = [one for one in _promises() if one[0] < customers]
    return Casework(
        cases=tuple(_events(today, one) for one in cases),
        promises=tuple(_turns(today, number, *one) for number, one in enumerate(promises)),
    )


def case_id(index: int) -> UUID:
    """Of the case of customer `index`."""
    return uuid5(_NAMESPACE, f"case {index}")


def _cases(today: Today) -> list[_Case]:
    return [
        _Case(
            index=0, owner="1027", tier=Tier.DIAMOND, title=_ROAMING, template="roaming-no-service",
            expects="今晚落地前能收到短信", opened_min=95,
            then=(
                (22, Contacted()),
                (25, _checked("swap_test", "换机测试", "Swap test", "换机后仍无服务")),
                (31, Supposed(words="卡用了八年，不支持当地频段")),
                (48, Joined(staff_number="1101", name=_NAMES["1101"])),
                (63, Noted(words="局数据已请网络部复核，等结果")),
            ),
        ),
        _Case(
            index=10, owner="1027", tier=Tier.DIAMOND, damage=Damage.PERCEPTION, opened_min=18,
            title=Text("退费反复核实没有结果", "A refund checked over and over"), expects="说清楚哪天到账",
        ),
        _Case(
            index=12, owner="1028", tier=Tier.SILVER, opened_min=24 * 60,
            title=Text("办公楼内通话掉线", "Calls drop inside the office building"),
            then=(
                (8 * 60 + 3, ContactMissed(due=_ago(today, 16 * 60))),
                (9 * 60, Contacted()),
                (9 * 60 + 20, Noted(words="客户愿意配合晚上复测")),
            ),
        ),
        _Case(
            index=2, owner="1027", tier=Tier.DIAMOND, title=_BROADBAND, template="broadband-evenings",
            opened_min=2 * 24 * 60,
            then=(
                (40, Contacted()),
                (46, _checked("when_where", "问清时段和位置", "When and where", "有线也慢")),
                (30 * 60, _checked("speed_test", "晚间测速", "Evening speed test", "不到签约一半")),
                (31 * 60, Allowed(what=Text("减免半月月费", "Half a month waived"), fen=6_000, by="3003",
                                  by_name=_NAMES["3003"])),
            ),
        ),
        _Case(
            index=5, owner="1027", tier=Tier.DIAMOND, title=_ROAMING, template="roaming-no-service",
            opened_min=9 * 24 * 60,
            then=(
                (15, Contacted()),
                (20, _checked("swap_test", "换机测试", "Swap test", "换机后正常")),
                (3 * 60, CauseFound(words="手机不支持当地频段")),
                (5 * 60, _checked("loan_phone", "备用机", "Loan phone", "已安排备用机")),
                (28 * 60, Ended(satisfaction=Satisfaction.SATISFIED, words="这次处理得快")),
            ),
        ),
        _Case(
            index=13, owner="1028", tier=Tier.GOLD, title=_ROAMING, template="roaming-no-service",
            opened_min=5 * 24 * 60,
            then=((50, Contacted()), (26 * 60, Ended(satisfaction=Satisfaction.GRUDGING, words="先这样吧"))),
        ),
    ]  # fmt: skip


def _promises() -> list[tuple[int, str, PromiseKind, str, float, float, bool, str]]:
    """Customer, owner, kind, words, made so many minutes ago, due so many minutes from now, of the case, state."""
    action, bonus = PromiseKind.ACTION, PromiseKind.BONUS
    return [
        (0, "1027", action, "回复换卡结果", 60, 200, True, ""),
        (0, "1027", action, "每两小时报一次进展", 70, 340, True, ""),
        (2, "1027", action, "维修后当晚回访一次", 26 * 60, -20 * 60, True, "late"),
        (2, "1027", action, "把测速结果发给客户", 30 * 60, -27 * 60, True, "kept"),
        (5, "1027", action, "备用机送到机场柜台", 8 * 24 * 60, -8 * 24 * 60 + 200, True, "kept"),
        (13, "1028", action, "补寄新卡", 4 * 24 * 60, -3 * 24 * 60, True, "kept"),
        (3, "1027", bonus, "赠款 50 元到账后告知", 24 * 60, 2 * 24 * 60, False, ""),
    ]


def _events(today: Today, one: _Case) -> tuple[CaseEvent, ...]:
    opened, case = _ago(today, one.opened_min), case_id(one.index)
    began = Began(
        customer_id=_customer(one.index), customer="", tier=one.tier, damage=one.damage,
        opened_by=OpenedBy.COMPLAINT, title=one.title, template=one.template, owner=one.owner,
        owner_name=_NAMES[one.owner], first_contact_due=opened + timedelta(hours=_HOURS[one.tier]),
        expects=one.expects,
    )  # fmt: skip
    return tuple(
        CaseEvent(
            id=uuid5(case, str(n)), case=case, by=one.owner, by_name=_NAMES[one.owner],
            at=opened + timedelta(minutes=after), what=what,
        )
        for n, (after, what) in enumerate(((0.0, began), *one.then))
    )  # fmt: skip


def _turns(
    today: Today,
    number: int,
    index: int,
    owner: str,
    kind: PromiseKind,
    words: str,
    made_min: float,
    due_min: float,
    of_case: bool,
    state: str,
) -> tuple[PromiseEvent, ...]:
    due, promise = _ago(today, -due_min), uuid5(_NAMESPACE, f"promise {number}")
    made = Made(
        customer_id=_customer(index), customer="", kind=kind, words=words, due_at=due, owner=owner,
        owner_name=_NAMES[owner], case=case_id(index) if of_case else None,
    )  # fmt: skip
    turns: list[tuple[datetime, Turn]] = [(_ago(today, made_min), made)]
    if state == "kept":
        turns.append((due - timedelta(minutes=25), Fulfilled(words="已告知客户")))
    elif state == "late":
        turns.append((due + timedelta(minutes=1), Lapsed(due_at=due)))
        turns.append((due + timedelta(hours=2), Fulfilled(words="晚了两小时，已致歉")))
    return tuple(
        PromiseEvent(id=uuid5(promise, str(n)), promise=promise, by=owner, by_name=_NAMES[owner], at=at, what=what)
        for n, (at, what) in enumerate(turns)
    )


def _checked(step: str, zh: str, en: str, finding: str) -> Checked:
    return Checked(step=step, name=Text(zh, en), finding=finding)


def _customer(index: int) -> str:
    return f"JC{index + 1:07d}"


def _ago(today: Today, minutes: float) -> datetime:
    return today.as_of - timedelta(minutes=minutes)

"""What the server would tell agent 1027 of repair cases and promises, for the windows' tests."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from desk_kit import NOW, SU, document_of, put

from core.domain.case import CASE, Began, CaseEvent, CaseTold, Checked, Damage, OpenedBy, What
from core.domain.duty import DUTY, Colleague, Roster, Shift
from core.domain.masking import mask_name
from core.domain.promise import PROMISE, Made, PromiseEvent, PromiseTold
from core.domain.text import Text
from core.wire.pull import Change, ContentDocument, Kind

CASE_ID = UUID(int=41)


def case_of(
    task_id: str,
    *whats: What,
    case: UUID = CASE_ID,
    at: datetime = NOW,
    owner: str = SU.staff_number,
    due_h: float = 2,
    template: str = "roaming-no-service",
) -> Change:
    """A case of the customer of that task; its events a minute after one another."""
    document = document_of(task_id)
    assert document.identity is not None
    began = Began(
        customer_id=document.id, customer=mask_name(document.identity.name), tier=document.identity.tier,
        damage=Damage.KEY_SERVICE, opened_by=OpenedBy.TASK, title=Text("国际漫游无服务", "No service while roaming"),
        template=template, owner=owner, owner_name="苏梅" if owner == SU.staff_number else owner,
        first_contact_due=at + timedelta(hours=due_h), expects="今晚前能上网",
    )  # fmt: skip
    events = tuple(
        CaseEvent(id=uuid4(), case=case, by=owner, by_name="苏梅", at=at + timedelta(minutes=n), what=what)
        for n, what in enumerate((began, *whats))
    )
    return _told(CASE, case, CaseTold(case=case, events=events))


def promise_of(
    task_id: str, words: str, due_at: datetime, *, case: UUID | None = None, promise: UUID | None = None
) -> Change:
    document = document_of(task_id)
    assert document.identity is not None
    promise = promise or uuid4()
    made = Made(
        customer_id=document.id, customer=mask_name(document.identity.name), words=words, due_at=due_at,
        owner=SU.staff_number, owner_name="苏梅", case=case,
    )  # fmt: skip
    event = PromiseEvent(id=uuid4(), promise=promise, by=SU.staff_number, by_name="苏梅", at=NOW, what=made)
    return _told(PROMISE, promise, PromiseTold(promise=promise, events=(event,)))


def roster(*shifts: Shift) -> Change:
    colleagues = [Colleague(staff_number=number, name=name, team="vip") for number, name in
                  (("1027", "苏梅"), ("1028", "白予安"), ("3003", "沈怀瑾"))]  # fmt: skip
    body = msgspec.Raw(msgspec.json.encode(Roster(shifts=shifts, colleagues=tuple(colleagues))))
    return put(Kind.CONTENT, f"{DUTY}/{DUTY}", ContentDocument(kind=DUTY, name=DUTY, version=1, body=body))


def checked(step: str, name: str, finding: str) -> Checked:
    return Checked(step=step, name=Text(name, step), finding=finding)


def _told(kind: str, subject: UUID, told: CaseTold | PromiseTold) -> Change:
    body = msgspec.Raw(msgspec.json.encode(told))
    return put(Kind.CONTENT, f"{kind}/{subject}", ContentDocument(kind=kind, name=str(subject), version=1, body=body))

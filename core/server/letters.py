"""Letters of care for whoever prints them: name and address in full, since without them no letter arrives."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from core.domain import decoding
from core.domain.clock import CHINA
from core.domain.customer import Contacting
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.text import Text
from core.server.db import published
from core.server.db.engine import Unit
from core.server.db.schema import customer, customer_section, follow_up

HEADERS = (
    Text("编号", "id"), Text("登记时间", "created"), Text("工号", "staff"), Text("客户编号", "customer"),
    Text("收件人", "name"), Text("地址", "address"), Text("类别", "class"), Text("类别名称", "class_name"),
    Text("内容", "text"),
)  # fmt: skip
_follow_up = decoding.decoder(FollowUp).decode
_contact = decoding.decoder(Contacting).decode


def letters(unit: Unit, since: datetime | None) -> Iterator[Sequence[str | None]]:
    """Those that wait, in order of time; from `since` on where it is given."""
    section = customer_section
    statement = (
        select(follow_up.c.body, follow_up.c.created_at, customer.c.name, section.c.body.label("contact"))
        .join(customer, (customer.c.tenant_id == follow_up.c.tenant_id) & (customer.c.id == follow_up.c.customer_id))
        .outerjoin(
            section,
            (section.c.tenant_id == follow_up.c.tenant_id)
            & (section.c.customer_id == follow_up.c.customer_id)
            & (section.c.section == "contact"),
        )
        .where(
            follow_up.c.tenant_id == unit.tenant,
            follow_up.c.kind == FollowUpKind.LETTER.value,
            follow_up.c.state == FollowUpState.WAITING.value,
        )
        .order_by(follow_up.c.created_at, follow_up.c.id)
    )
    if since is not None:
        statement = statement.where(follow_up.c.created_at >= since)
    classes = published.care_classes(unit)
    names = {one.code: f"{one.label.zh} {one.label.en}" for one in classes.classes} if classes else {}
    for body, created_at, name, contact in unit.conn.execution_options(stream_results=True, yield_per=1000).execute(
        statement
    ):
        value = _follow_up(body)
        yield (
            str(value.id), created_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S"), value.agent, value.customer_id,
            name, _contact(contact).address if contact else "", value.template, names.get(value.template, ""),
            value.text,
        )  # fmt: skip

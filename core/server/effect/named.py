"""Names of rules, and whom rules and models named in campaigns."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select

from core.content.load import read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.campaign import Arm
from core.domain.outreach import MAY_HAVE_REACHED
from core.domain.text import Text
from core.screening.effect.hits import Named
from core.screening.effect.told import NEVER_DAY
from core.server.db import planned_rules
from core.server.db.engine import Unit
from core.server.db.schema import campaign_member, customer, departure, outgoing_contact, past_customer, review_call
from core.server.effect.columns import day_number, number_of_day

_RULES = Path("warnings")


def rule_names(unit: Unit, ids: frozenset[str]) -> dict[str, Text]:
    """Of those that planners saved or that ship; a rule that is gone stands for itself."""
    saved = {rule_id: one.rule.name for rule_id, one in planned_rules.newest(unit).items() if rule_id in ids}
    return {one: name for one in ids if (name := _shipped(one))} | saved


def _shipped(rule_id: str) -> Text | None:
    path = folder() / _RULES / f"{rule_id}.yaml"
    if "/" in rule_id or not path.is_file():
        return None
    value = parse(read_text(path), file=str(path)).value
    name = value.get("name") if isinstance(value, dict) else None
    return Text(str(name["zh"]), str(name["en"])) if isinstance(name, dict) and {"zh", "en"} <= name.keys() else None


def named(unit: Unit) -> Iterator[Named]:
    """Everybody whom a campaign chose by a rule or a model, held out, barred or reached."""
    member = campaign_member.c
    contacted = _contacted(unit)
    statement = (
        select(
            member.campaign_id, member.customer_id, member.rule_id, member.model_id, member.arm, member.drawn_at,
            departure.c.left_on,
        )
        .outerjoin(
            departure, (departure.c.tenant_id == member.tenant_id) & (departure.c.customer_id == member.customer_id)
        )
        .where(member.tenant_id == unit.tenant)
    )  # fmt: skip
    for row in unit.conn.execute(statement):
        for kind, code in (("rule", row.rule_id), ("model", row.model_id)):
            if code:
                yield Named(
                    kind=kind, code=code, day=day_number(row.drawn_at), held_out=row.arm == Arm.CONTROL.value,
                    left=NEVER_DAY if row.left_on is None else number_of_day(row.left_on),
                    contacted=contacted.get((row.campaign_id, row.customer_id), NEVER_DAY),
                )  # fmt: skip


def _contacted(unit: Unit) -> dict[tuple[str, str], int]:
    """By campaign and customer the first day after the draw on which somebody dialled, or on which something was made
    that left and did not fail: either may be why a customer stayed."""
    member, calls, contact = campaign_member.c, review_call.c, outgoing_contact.c
    dialled = (calls.tenant_id == member.tenant_id) & (calls.customer_id == member.customer_id)
    sent = (contact.tenant_id == member.tenant_id) & (contact.customer_id == member.customer_id)
    left = contact.state.in_(sorted(MAY_HAVE_REACHED))
    found: dict[tuple[str, str], int] = {}
    for at, table, theirs in (
        (calls.at, review_call, dialled & (calls.at >= member.drawn_at) & calls.dialled),
        (contact.made_at, outgoing_contact, sent & (contact.moved_at >= member.drawn_at) & left),
    ):
        statement = (
            select(member.campaign_id, member.customer_id, func.min(at).label("at"))
            .join(table, theirs)
            .where(member.tenant_id == unit.tenant)
            .group_by(member.campaign_id, member.customer_id)
        )
        for row in unit.conn.execute(statement):
            key, day = (row.campaign_id, row.customer_id), day_number(row.at)
            found[key] = min(found.get(key, day), day)
    return found


def everybody(unit: Unit) -> tuple[list[int], int]:
    """The days on which customers left, and how many customers there ever were."""
    days = select(departure.c.left_on).where(departure.c.tenant_id == unit.tenant)
    left = [number_of_day(one) for one in unit.conn.execute(days).scalars()]
    there = sum(
        unit.conn.execute(select(func.count()).select_from(table).where(table.c.tenant_id == unit.tenant)).scalar_one()
        for table in (customer, past_customer)
    )
    return left, there

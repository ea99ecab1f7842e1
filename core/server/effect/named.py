"""Names of rules, and whom rules and models named in campaigns."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select

from core.content.load import read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.campaign import Arm
from core.domain.text import Text
from core.screening.effect.hits import Named
from core.screening.effect.told import NEVER_DAY
from core.server.db import planned_rules
from core.server.db.engine import Unit
from core.server.db.schema import campaign_member, customer, departure, past_customer, review_call
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
    """Everybody whom a campaign chose by a rule or a model, held out, barred or called."""
    member = campaign_member.c
    first = (
        select(member.campaign_id, member.customer_id, func.min(review_call.c.at).label("at"))
        .join(
            review_call,
            (review_call.c.tenant_id == member.tenant_id)
            & (review_call.c.customer_id == member.customer_id)
            & (review_call.c.at >= member.drawn_at),
        )
        .where(member.tenant_id == unit.tenant, review_call.c.dialled)
        .group_by(member.campaign_id, member.customer_id)
    )
    called = {(row.campaign_id, row.customer_id): day_number(row.at) for row in unit.conn.execute(first)}
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
                    called=called.get((row.campaign_id, row.customer_id), NEVER_DAY),
                )  # fmt: skip


def everybody(unit: Unit) -> tuple[list[int], int]:
    """The days on which customers left, and how many customers there ever were."""
    days = select(departure.c.left_on).where(departure.c.tenant_id == unit.tenant)
    left = [number_of_day(one) for one in unit.conn.execute(days).scalars()]
    there = sum(
        unit.conn.execute(select(func.count()).select_from(table).where(table.c.tenant_id == unit.tenant)).scalar_one()
        for table in (customer, past_customer)
    )
    return left, there

"""What is known of a customer and a call, flat and named, for the words and the conditions of a script.

A fact that is not known is absent, never None. Values serve both languages: words are Text. Money is fen, data MB,
dates are dates; durations say their unit in the name."""

from collections.abc import Mapping
from datetime import datetime

from core.domain.birthday import days_to_birthday
from core.domain.charge import Charge, charge_said
from core.domain.clock import CHINA, local_day
from core.domain.customer import Contacting, Document, Identity, Value
from core.domain.order import Order, charge_of
from core.domain.people import Agent
from core.domain.script import Script
from core.domain.task import TIER_NAMES, Task, Tier
from core.domain.tenure import tenure_months
from core.domain.text import Lang, Text
from core.guidance.fact_names import FACTS, fact_label
from core.guidance.facts_care import care_facts
from core.guidance.facts_happened import happened_facts
from core.guidance.facts_holdings import holding_facts
from core.guidance.facts_money import billing_facts, usage_facts
from core.guidance.facts_needs import need_facts
from core.guidance.facts_services import service_facts
from core.guidance.surnames import form_of_address
from core.guidance.wording import fact_display, spoken_day
from core.wire.session import Site

Facts = dict[str, object]

NO_TERM = Text("不限", "open-ended")
LOCKED = Text("期内不能改其他套餐", "no change of plan within the term")
UNLOCKED = Text("可以随时更改", "free to change at any time")


def facts_of(
    document: Document | None,
    *,
    agent: Agent,
    site: Site,
    task: Task | None,
    now: datetime,
    extra: Mapping[str, object] | None = None,
) -> Facts:
    """The facts of this call. `extra` adds what no document holds (`fact_names.ADDED`).

    Raises KeyError where `extra` holds a name that no fact has."""
    today = local_day(now)
    found: Facts = _call_facts(agent, site, task, now)
    identity = document.identity if document else None
    found |= _address(identity, task) | _identity_facts(identity, now)
    found["own_manager"] = bool(identity and identity.manager_staff_number == agent.staff_number)
    found |= need_facts(document.contact if document else None)
    if document:
        found |= _contact_facts(document.contact) | holding_facts(document.holdings, today)
        found |= billing_facts(document.billing, document.identity, today)
        found |= usage_facts(document.usage, today)
        found |= service_facts(document.services, today) | care_facts(document.care, now)
        found |= happened_facts(document.billing, document.holdings, document.indicators, today)
    unknown = set(extra or ()) - FACTS.keys()
    if unknown:
        raise KeyError(f"no such facts: {', '.join(sorted(unknown))}")
    return {name: value for name, value in (found | dict(extra or {})).items() if value is not None and value != ""}


_RUN_OUT = {"broadband_days_left": "broadband_expired_on"}
"""what stands in the place of a rest that is used up: since when"""
_SAME_DAY = {"broadband_ends_on": "broadband_expired_on"}
"""a day that is left out where the other name of it is shown"""


def figures_of(script: Script, facts: Mapping[str, object], lang: Lang) -> list[tuple[Text, str | None]]:
    """The figures that matter for this scenario, in its order: label and value; None where not supplied."""
    names = [_or_since_when(name, facts) for name in script.figures]
    shown = [name for name in names if _SAME_DAY.get(name) not in names]
    return [(fact_label(name), fact_display(name, facts[name], lang) if name in facts else None) for name in shown]


def _or_since_when(name: str, facts: Mapping[str, object]) -> str:
    instead = _RUN_OUT.get(name, name)
    return instead if name not in facts and instead in facts else name


def order_facts(order: Order) -> Facts:
    """What is read back before a sale counts, and stands in the confirmation SMS (OUTCOME-12)."""
    charge = charge_of(order)
    found: Facts = {
        "order_product": order.name or order.product,
        "order_price": charge_said(order.price_fen, charge),
        "order_term": _term_of(order),
        "order_lock": LOCKED if order.locked else UNLOCKED,
        "order_starts_on": order.starts_on,
    }
    if charge is Charge.MONTH:
        # Words of a site's own may say "a month" after it: of another price they say nothing.
        found["order_price_fen"] = order.price_fen
    if order.trial is not None:
        found |= {"order_trial_ends_on": order.trial.ends_on, "order_back_to": order.trial.back_to_name}
    return found


def _term_of(order: Order) -> Text:
    months = order.term_months
    if order.until is not None:
        days = (order.until - order.starts_on).days + 1
        zh, en = (spoken_day(order.until, lang) for lang in (Lang.ZH, Lang.EN))
        return Text(f"{days} 天，到 {zh}", f"{days} days, to {en}")
    return Text(f"{months} 个月", f"{months} month{'' if months == 1 else 's'}") if months else NO_TERM


def _call_facts(agent: Agent, site: Site, task: Task | None, now: datetime) -> Facts:
    found: Facts = {
        "greeting": greeting(now),
        "agent_name": agent.name,
        "staff_number": agent.staff_number,
        "site_name": Text(site.name_zh, site.name_en),
        "hotline": site.official_hotline,
        "call_is_free": site.call_is_free_line,
        "is_callback": task is not None and task.callback_at is not None,
    }
    if task:
        found |= {"attempts": task.attempts, "task_reason": task.reason}
    return found


def greeting(now: datetime) -> Text:
    """By the hour in China."""
    hour = now.astimezone(CHINA).hour
    if hour < 12:
        return Text("上午好", "Good morning")
    return Text("下午好", "Good afternoon") if hour < 18 else Text("晚上好", "Good evening")


def _address(identity: Identity | None, task: Task | None) -> Facts:
    """`vocative` opens a sentence with its comma and is empty, not absent, where no name is known."""
    name = (identity.name if identity else "") or (task.customer.name if task else "")
    call_name = form_of_address(name, identity.gender if identity else None)
    if call_name is None:
        return {"vocative": Text("", "")}
    return {"call_name": call_name, "vocative": Text(f"{call_name.zh}，", f"{call_name.en}, ")}


def _identity_facts(identity: Identity | None, now: datetime) -> Facts:
    if identity is None:
        return {}
    months = tenure_months(identity, local_day(now))
    return {
        "tier": None if identity.tier is Tier.NONE else TIER_NAMES[identity.tier],
        "is_vip": identity.tier is not Tier.NONE,
        "tenure_months": months,
        "tenure_years": months // 12 if months is not None and months >= 12 else None,
        "prepaid": identity.prepaid,
        "plan": identity.plan_name,
        "plan_fee_fen": identity.plan_fee_fen,
        "birthday_in_days": days_to_birthday(identity.birthday, local_day(now)),
        "value_high": identity.value is Value.HIGH if identity.value else None,
        "points": identity.points,
        "points_expiring": identity.points_expiring,
        "points_expire_on": identity.points_expire_on,
        "manager": identity.manager,
    }


def _contact_facts(contact: Contacting | None) -> Facts:
    return {} if contact is None else {"best_time": contact.best_time}

"""Facts of complaints, repair cases and roaming."""

from datetime import datetime

from core.domain.clock import local_day
from core.domain.customer import Care, Ticket
from core.domain.text import Text
from core.domain.trial import trial_running

Facts = dict[str, object]

KEY_SERVICE = "key_service"
_DAMAGED = {"perception": Text("感知受损", "Perception"), KEY_SERVICE: Text("关键服务受损", "Key service")}


def care_facts(care: Care | None, now: datetime) -> Facts:
    if care is None:
        return {}
    complaint = open_complaint(care)
    found: Facts = {"complaint_open": complaint is not None}
    if complaint:
        found["complaint_topic"] = complaint.topic
        found["complaint_days"] = max((now - complaint.opened_at).days, 0)
    if complaint is None and (closed := closed_complaint(care)) is not None and closed.closed_at is not None:
        found["closed_complaint_topic"] = closed.topic
        found["closed_complaint_days"] = max((now - closed.closed_at).days, 0)
    if talks := [call.at for call in care.calls if call.talk_time_s]:
        found["talked_days_ago"] = max((now - max(talks)).days, 0)
    damaged = (complaint.damaged if complaint else "") or next((c.damaged for c in care.cases if c.damaged), "")
    if damaged in _DAMAGED:
        found |= {"damaged": _DAMAGED[damaged], "key_service_damaged": damaged == KEY_SERVICE}
    if care.cases:
        found["case_title"] = care.cases[0].title
    return found | _trial_facts(care, now) | _roaming_facts(care, now)


def _trial_facts(care: Care, now: datetime) -> Facts:
    running = trial_running(care, local_day(now))
    if running is None:
        return {"on_trial": False}
    trial = running.trial
    return {
        "on_trial": True,
        "trial_plan": running.what,
        "trial_ends_on": trial.ends_on,
        "trial_back_to": trial.back_to_name,
    }


def open_complaint(care: Care) -> Ticket | None:
    """The newest complaint that is not closed: nothing is sold while there is one (SCRIPT-09)."""
    running = [ticket for ticket in care.tickets if ticket.complaint and ticket.closed_at is None]
    return max(running, key=lambda ticket: ticket.opened_at, default=None)


def closed_complaint(care: Care) -> Ticket | None:
    """The complaint that was closed last: what a revisit asks about (SCRIPT-04)."""
    closed = [ticket for ticket in care.tickets if ticket.complaint and ticket.closed_at is not None]
    return max(closed, key=lambda ticket: ticket.closed_at or ticket.opened_at, default=None)


def _roaming_facts(care: Care, now: datetime) -> Facts:
    today = local_day(now)
    packs = [pack for pack in care.roaming if pack.until is None or pack.until >= today]
    if not packs:
        return {"roaming": False}
    return {"roaming": True, "roaming_pack": packs[0].label, "roaming_until": packs[0].until}

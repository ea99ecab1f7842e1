"""Facts of the calendar: the festival that comes next."""

from datetime import date

from core.domain.calendar import Calendar

Facts = dict[str, object]


def festival_facts(calendar: Calendar | None, today: date) -> Facts:
    """Empty where nobody knows the calendar, or it names no festival ahead."""
    found = calendar.next_festival(today) if calendar else None
    if found is None:
        return {}
    day, rule = found
    return {"festival": rule.label, "festival_in_days": (day - today).days}

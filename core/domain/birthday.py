"""How old somebody is, and how far the next birthday is."""

from datetime import date


def age_on(born: date, day: date) -> int:
    """Whole years; who was born on 29 February is a year older on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def days_to_birthday(birthday: date | None, today: date) -> int | None:
    """Days to the next one, 0 on the day; who was born on 29 February is greeted on 1 March in other years."""
    if birthday is None:
        return None
    coming = (_in_year(birthday, today.year), _in_year(birthday, today.year + 1))
    return next((day - today).days for day in coming if day >= today)


def _in_year(birthday: date, year: int) -> date:
    try:
        return birthday.replace(year=year)
    except ValueError:
        return date(year, 3, 1)

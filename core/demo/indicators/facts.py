"""What the indicators of a customer are drawn from: the life, and a few leanings that tie them together."""

from datetime import date, datetime, timedelta
from typing import TypeVar

from core.demo.calls import PastDial
from core.demo.indicators.words import DAYPARTS
from core.demo.life import Life
from core.demo.profile import Profile, Segment
from core.demo.rng import Purpose, stream
from core.domain.clock import CHINA, local_day
from core.domain.customer import Care, DayUse
from core.domain.tenure import months_between

T = TypeVar("T")
Values = dict[str, float | int | str | bool | None]
"""None: not supplied, and left out of the document"""

_WITHHOLDING = 0.05
"""of the customers, who agree to be called, and not to be sold anything"""
_DIGITAL = {
    Segment.STUDENT: 0.9,
    Segment.WORKER: 0.75,
    Segment.FAMILY: 0.65,
    Segment.SENIOR: 0.2,
    Segment.BUSINESS: 0.75,
    Segment.MIGRANT: 0.45,
}


class Facts:
    """One customer; leanings are 0 … 1."""

    def __init__(self, life: Life, days: list[DayUse], care: Care, open_complaints: int) -> None:
        rng = stream(life.seed, life.profile.index, Purpose.INDICATORS)
        self.r = rng.random
        self.life, self.days, self.care, self.open_complaints = life, days, care, open_complaints
        self.who: Profile = life.profile
        self.calls: list[PastDial] = life.calls
        self.day = life.today.day
        self.home = life.ties.services.broadband
        last = life.uses[-1] if life.uses else None
        self.mb = (last.data_mb or 0) if last else 0
        self.minutes = (last.voice_min or 0) if last else 0
        self.off_net = (last.off_net_min or 0) if last else 0
        self.sms = (last.sms or 0) if last else 0
        self.spend = life.account.bills[-1].total_fen if life.account.bills else 0
        self.year_ago = life.today.as_of - timedelta(days=365)
        self.quarter_ago = life.today.as_of - timedelta(days=91)
        self.tickets = [ticket for ticket in care.tickets if ticket.opened_at > self.year_ago]
        self.risk = next((one.risk for one in care.warnings if one.risk is not None), 0.05)
        self.trouble = min(0.3 * sum(t.complaint for t in self.tickets) + 0.2 * open_complaints, 1.0)
        self.quality = max(min(0.55 + 0.4 * self.r() - 0.4 * self.trouble, 1.0), 0.1)
        self.leaning = min(0.6 * (self.risk or 0.0) + 0.4 * self.r(), 1.0)
        self.talk = min(self.minutes / 800, 1.0)
        apart = stream(life.seed, life.profile.index, Purpose.CONSENT)
        self.sold_to = not care.opted_out and (self.who.part.scenario != "" or apart.random() >= _WITHHOLDING)
        """agrees to calls that sell; of whom the day is told, unless they want no calls at all, it is so"""
        self.digital = min(_DIGITAL[self.who.segment] * (0.6 + 0.6 * self.r()), 1.0)

    def count(self, mean: float) -> int:
        """A whole number from 0 up around `mean`."""
        return int(mean * (0.4 + 1.2 * self.r()) + 0.5) if mean > 0 else 0

    def count_near(self, mean: float) -> int:
        """A whole number within a twelfth of `mean`."""
        return int(mean * (0.92 + 0.16 * self.r()))

    def percent(self, centre: float, spread: float) -> int:
        """A whole share between 0 and 100."""
        return max(0, min(100, int(centre + spread * (2 * self.r() - 1))))

    def yes(self, chance: float) -> bool:
        return self.r() < chance

    def pick(self, *options: T) -> T:
        return options[int(self.r() * len(options))]

    def ago(self, days: int) -> str:
        """A day within the last `days`, not before the customer joined."""
        return max(self.day - timedelta(days=1 + int(self.r() * days)), self.who.on_net_since).isoformat()

    def iso(self, moment: datetime) -> str:
        return local_day(moment).isoformat()

    def months_since(self, day: date | None) -> int:
        return months_between(day, self.day) if day else 0

    def has_service(self, code: str) -> bool:
        return any(service.code == code for service in self.life.holdings.services)

    def item_sum(self, code: str, months: int) -> int:
        """Fen of that bill item over the last months."""
        return sum(i.fen for b in self.life.account.bills[-months:] for i in b.items if i.code == code)

    def tickets_about(self, *words: str) -> int:
        """Complaints and enquiries of a year whose topic has one of the words."""
        return sum(any(word in ticket.topic.zh for word in words) for ticket in self.tickets)

    def hours_to_close(self) -> float | None:
        closed = [t.closed_at - t.opened_at for t in self.tickets if t.closed_at]
        return round(sum(one.total_seconds() for one in closed) / 3_600 / len(closed), 1) if closed else None

    def satisfied_share(self) -> int | None:
        judged = [t.satisfied for t in self.tickets if t.satisfied is not None]
        return 100 * sum(judged) // len(judged) if judged else None

    def best_daypart(self) -> str | None:
        """When the customer last answered."""
        hour = next((c.at.astimezone(CHINA).hour for c in reversed(self.calls) if c.answered), None)
        return None if hour is None else next(name for until, name in DAYPARTS.items() if hour < until)

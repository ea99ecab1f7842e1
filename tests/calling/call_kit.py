"""A desk's two clocks held in hand, a phone that notes what it was handed, and permits from the real place."""

from datetime import UTC, datetime, timedelta

from core.calling import Moment, UriDialler
from core.compliance import DialRequest, Permit, ask
from core.domain.calendar import Calendar
from core.domain.text import Text
from core.wire.session import Site

NUMBER = "10012345678"
OTHER = "10087654321"
MORNING = datetime(2026, 11, 23, 2, tzinfo=UTC)
SITE = Site(name_zh="测试", name_en="Test", official_hotline="10000")
CALENDAR = Calendar(name="test", title=Text("测试", "Test"))


class Clocks:
    """Wall and monotonic seconds; `jump` sets the wall clock alone, as a person or a server does."""

    def __init__(self) -> None:
        self.wall, self.monotonic_s = MORNING, 1000.0

    def pass_(self, seconds: float) -> Moment:
        self.wall += timedelta(seconds=seconds)
        self.monotonic_s += seconds
        return self.now

    def jump(self, seconds: float) -> Moment:
        self.wall += timedelta(seconds=seconds)
        return self.now

    def restart(self) -> None:
        """Another run of the program: its monotonic clock begins elsewhere."""
        self.monotonic_s = 5.0

    @property
    def now(self) -> Moment:
        return Moment(self.wall, self.monotonic_s)


class Phone:
    """What the system's phone was handed; `takes` False is a machine without one."""

    def __init__(self, *, takes: bool = True) -> None:
        self.takes = takes
        self.handed: list[str] = []

    def open_uri(self, uri: str) -> bool:
        self.handed.append(uri)
        return self.takes


def permit(number: str = NUMBER) -> Permit:
    return ask(
        DialRequest(customer_id="c1", number=number, numbers=(NUMBER,), now=MORNING, site=SITE, calendar=CALENDAR)
    )


def tel(phone: Phone | None = None) -> UriDialler:
    return UriDialler("tel", (phone or Phone()).open_uri)

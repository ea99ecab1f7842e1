"""Requests for the tests of compliance, and strategies that make them by the thousand."""

from datetime import UTC, date, datetime, timedelta

from dial_oracle import MINUTE, Rules
from hypothesis import strategies as st

from core.compliance import DialRequest
from core.domain.calendar import Calendar, DayKind, DayRule, Window
from core.domain.clock import CHINA
from core.domain.text import Text
from core.wire.session import Site

NUMBER = "10012345678"
LABEL = Text("某日", "Some day")


def china(text: str) -> datetime:
    """`2026-11-23 10:00` on China's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def site(**changes: object) -> Site:
    return Site(**{"name_zh": "测试", "name_en": "Test", "official_hotline": "10000", **changes})


def calendar(**changes: object) -> Calendar:
    return Calendar(**{"name": "test", "title": Text("测试", "Test"), **changes})


def request(now: str | datetime = "2026-11-23 10:00", **changes: object) -> DialRequest:
    """A Monday morning, one number, nothing dialled yet."""
    base = {
        "customer_id": "c1",
        "number": NUMBER,
        "numbers": (NUMBER,),
        "now": china(now) if isinstance(now, str) else now,
        "site": site(),
        "calendar": calendar(),
    }
    return DialRequest(**{**base, **changes})


def micros(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def moment_of(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)


def request_of(rules: Rules, now: int, dials: list[int], **changes: object) -> DialRequest:
    """The same facts in the product's own values."""
    return request(
        moment_of(now),
        dials=tuple(moment_of(at) for at in dials),
        site=site(
            call_from=clock_of(rules.opens_min),
            call_until=clock_of(rules.closes_min),
            cap_24h=rules.cap_24h,
            cap_30d=rules.cap_30d,
        ),
        calendar=calendar_of(rules),
        **changes,
    )


def calendar_of(rules: Rules) -> Calendar:
    days = {
        day: DayRule(kind=DayKind(kind), label=LABEL, hours=None if own is None else _windows(own))
        for day, (kind, own) in rules.days.items()
    }
    return calendar(
        utc_offset_min=rules.offset_min,
        weekend=rules.weekend,
        rest_hours=None if rules.rest_spans is None else _windows(rules.rest_spans),
        quiet=_windows(rules.quiet_spans),
        days=days,
    )


def _windows(spans: list[tuple[int, int]]) -> tuple[Window, ...]:
    return tuple(Window(a, b) for a, b in spans)


def clock_of(minute: int) -> str:
    """570 → `09:30`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


_minutes = st.integers(0, 1440)
_spans = st.lists(st.tuples(_minutes, _minutes).map(lambda pair: (min(pair), max(pair))), max_size=3)
_days = st.dictionaries(
    st.dates(date(2026, 11, 18), date(2026, 12, 10)),
    st.tuples(st.sampled_from(["rest", "work"]), st.none() | _spans),
    max_size=6,
)
all_rules = st.builds(
    Rules,
    offset_min=st.sampled_from([-720, -210, 0, 330, 345, 480, 600, 840]),
    opens_min=st.integers(0, 720),
    closes_min=st.integers(721, 1440),
    cap_24h=st.integers(1, 4),
    cap_30d=st.integers(1, 10),
    weekend=st.sampled_from([(), (6, 7), (5, 6), (7,)]),
    rest_spans=st.none() | st.just([(600, 1080)]) | _spans,
    quiet_spans=st.just([]) | st.just([(720, 840)]) | _spans,
    days=_days,
)
_BASE = micros(datetime(2026, 11, 20, tzinfo=UTC))
nows = st.one_of(
    st.integers(0, 3 * 1440).map(lambda minute: _BASE + minute * MINUTE),
    st.integers(0, 3 * 1440 * MINUTE).map(lambda at: _BASE + at),
)


@st.composite
def dials_before(draw: st.DrawFn, now: int) -> list[int]:
    """Up to a dozen dials: recent ones, old ones, ones exactly a day or thirty ago, ones a wrong clock put ahead."""
    day = 1440 * MINUTE
    back = st.one_of(
        st.integers(-5 * MINUTE, 3 * day),
        st.integers(0, 33 * day),
        st.sampled_from([0, day - 1, day, day + 1, 30 * day - 1, 30 * day, 30 * day + 1]),
    )
    return [now - ago for ago in draw(st.lists(back, max_size=12))]

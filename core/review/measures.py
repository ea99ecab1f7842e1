"""Every measure, once: what it is called, how it is reckoned, and from which counts. Formulas are the glossary's."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.text import Text
from core.review.interval import FEW, difference, wilson
from core.review.tally import Counts


class Measure(StrEnum):
    CALLS = "calls"
    CONNECT_RATE = "connect_rate"
    RIGHT_PARTY_RATE = "right_party_rate"
    OWNERS = "owners"
    SUCCESSES = "successes"
    SUCCESS_RATE = "success_rate"
    SUCCESS_PER_CALL = "success_per_call"
    SAVE_RATE_7 = "save_rate_7"
    SAVE_RATE_14 = "save_rate_14"
    SAVE_RATE_30 = "save_rate_30"
    CHURN_RATE_30 = "churn_rate_30"
    HANDLE_TIME = "handle_time"
    WRAP_UP = "wrap_up"
    TALK_TIME = "talk_time"
    CALLBACK_ADHERENCE = "callback_adherence"


class Kind(StrEnum):
    COUNT = "count"
    RATE = "rate"
    MEAN_S = "mean_s"
    """seconds, the mean of a call"""
    SUM_S = "sum_s"


@dataclass(frozen=True, slots=True)
class Definition:
    """How a measure comes about."""

    kind: Kind
    title: Text
    how: Text
    part: str
    """name of a count"""
    whole: str = ""
    better: int = 1
    """1: more is better, −1: less is, 0: neither"""
    young: str = ""
    """count of those that are not yet due and count nowhere"""


def _save(days: int) -> Definition:
    return Definition(
        Kind.RATE,
        Text(f"{days} 天挽留成功率", f"Save rate, {days} days"),
        Text(
            f"通话后 {days} 天仍在网 ÷ 接通本人（未满 {days} 天的不计）",
            f"on net {days} days after ÷ owners spoken to; calls younger than {days} days do not count",
        ),
        f"on_net_{days}",
        f"attempts_{days}",
        young=f"young_{days}",
    )


DEFINITIONS: dict[Measure, Definition] = {
    Measure.CALLS: Definition(
        Kind.COUNT, Text("外呼", "Calls"), Text("拨打次数", "numbers dialled"), "dialled", better=0
    ),
    Measure.CONNECT_RATE: Definition(
        Kind.RATE, Text("接通率", "Connect rate"), Text("接通 ÷ 拨打", "answered ÷ dialled"), "connected", "dialled"
    ),
    Measure.RIGHT_PARTY_RATE: Definition(
        Kind.RATE,
        Text("本人接通率", "Right-party rate"),
        Text("接通本人 ÷ 拨打", "spoke to the owner ÷ dialled"),
        "owner",
        "dialled",
    ),
    Measure.OWNERS: Definition(
        Kind.COUNT, Text("接通本人", "Owners reached"), Text("与机主本人通话", "spoke to the owner"), "owner"
    ),
    Measure.SUCCESSES: Definition(
        Kind.COUNT,
        Text("成功", "Successes"),
        Text("登记成功，且订单均已受理", "recorded as a success, each order of it accepted"),
        "success",
    ),
    Measure.SUCCESS_RATE: Definition(
        Kind.RATE,
        Text("成功率", "Success rate"),
        Text("成功 ÷ 接通本人", "successes ÷ owners spoken to"),
        "success",
        "owner",
    ),
    Measure.SUCCESS_PER_CALL: Definition(
        Kind.RATE,
        Text("成功率（÷ 外呼）", "Success per call"),
        Text("成功 ÷ 拨打", "successes ÷ dialled"),
        "success",
        "dialled",
    ),
    Measure.SAVE_RATE_7: _save(7),
    Measure.SAVE_RATE_14: _save(14),
    Measure.SAVE_RATE_30: _save(30),
    Measure.CHURN_RATE_30: Definition(
        Kind.RATE,
        Text("30 天流失率", "Churn, 30 days"),
        Text("通话后 30 天已离网 ÷ 接通本人", "left the net within 30 days ÷ owners spoken to"),
        "left_30",
        "attempts_30",
        better=-1,
        young="young_30",
    ),
    Measure.HANDLE_TIME: Definition(
        Kind.MEAN_S,
        Text("平均处理时长", "Handle time"),
        Text("（通话 + 保持 + 话后）÷ 接通", "(talk + hold + wrap-up) ÷ answered"),
        "handle_s",
        "handled",
        better=0,
    ),
    Measure.WRAP_UP: Definition(
        Kind.MEAN_S, Text("话后", "Wrap-up"), Text("话后 ÷ 接通", "wrap-up ÷ answered"), "wrap_s", "handled", better=-1
    ),
    Measure.TALK_TIME: Definition(
        Kind.SUM_S, Text("通话时长", "Talk time"), Text("通话合计", "sum of talk"), "talk_s", better=0
    ),
    Measure.CALLBACK_ADHERENCE: Definition(
        Kind.RATE,
        Text("回拨准时率", "Callback adherence"),
        Text("约定时间前后 15 分钟内回拨 ÷ 到期的约定", "called within ±15 min of the promise ÷ promises due"),
        "kept",
        "promised",
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of a group."""

    measure: Measure
    part: int
    whole: int = 0
    young: int = 0
    """not yet due, counted nowhere"""

    @property
    def definition(self) -> Definition:
        return DEFINITIONS[self.measure]

    @property
    def value(self) -> float | None:
        """A rate between 0 and 1, seconds, or a count; None where there is nothing to divide by."""
        if self.definition.kind in (Kind.COUNT, Kind.SUM_S):
            return float(self.part)
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of a rate, 95 %."""
        return wilson(self.part, self.whole) if self.definition.kind is Kind.RATE and self.whole else None

    @property
    def few(self) -> bool:
        """A rate or mean from too few to judge by."""
        return self.definition.kind in (Kind.RATE, Kind.MEAN_S) and self.whole < FEW


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside that of the period before."""

    now: Figure
    before: Figure

    @property
    def apart(self) -> float | None:
        """Now minus before: of rates a share (0.021 is 2.1 percentage points), of counts a count."""
        now, before = self.now.value, self.before.value
        return None if now is None or before is None else now - before

    @property
    def sure(self) -> bool:
        """The difference of two rates is more than chance would bring in 95 of 100 cases."""
        if self.now.definition.kind is not Kind.RATE or self.apart is None:
            return False
        low, high = difference(self.now.part, self.now.whole, self.before.part, self.before.whole)
        return low > 0 or high < 0

    @property
    def good(self) -> bool | None:
        """Whether it went the better way; None where it did not move or neither way is better."""
        apart = self.apart
        better = self.now.definition.better
        return None if not apart or not better else apart * better > 0


def figure(measure: Measure, counts: Counts, group: int = 0) -> Figure:
    """The measure of one group."""
    made = DEFINITIONS[measure]
    return Figure(
        measure,
        _count(made.part, counts, group),
        _count(made.whole, counts, group) if made.whole else 0,
        _count(made.young, counts, group) if made.young else 0,
    )


def _count(name: str, counts: Counts, group: int) -> int:
    if name == "handle_s":
        return counts.of("talk_s", group) + counts.of("wrap_s", group)
    if name == "left_30":
        return counts.of("attempts_30", group) - counts.of("on_net_30", group)
    return counts.of(name, group)

"""Calls as a sheet that a pivot table works on: a row a call, a column a fact, no sums between; no customer by name."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from core.domain.text import Lang, Text
from core.review.choice import Choice, rows_of
from core.review.frame import EPOCH, LEFT, ON_NET, Array, Frame, Table
from core.review.taking.labels import Labels, contact_name
from core.review.taking.sheet import Cell, Column, Form, Sheet

_AT_ONCE = 5_000
"""rows that are made together"""
_START = datetime(1970, 1, 1, tzinfo=UTC)
_WEEKDAYS = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"), Text("周五", "Fri"),
    Text("周六", "Sat"), Text("周日", "Sun"),
)  # fmt: skip
_WORDS: tuple[tuple[str, Text], ...] = (
    ("team", Text("班组", "Team")),
    ("agent", Text("坐席", "Agent")),
    ("scenario", Text("场景", "Scenario")),
    ("campaign", Text("活动", "Campaign")),
    ("area", Text("片区", "Area")),
    ("tier", Text("卡级", "Tier")),
    ("value", Text("价值", "Value")),
    ("role", Text("岗位", "Role")),
    ("dealer", Text("发展代理商", "Dealer")),
    ("false_dealer", Text("假资料代理商", "Dealer of false data")),
)
_FACTS: tuple[tuple[str, Text], ...] = (
    ("dialled", Text("拨打", "Dialled")),
    ("connected", Text("接通", "Answered")),
    ("owner", Text("本人", "Owner")),
    ("effective", Text("有效沟通", "Effective talk")),
    ("success", Text("成功", "Success")),
    ("verified", Text("核实机主", "Owner verified")),
    ("awaited", Text("订单在途", "Order under way")),
    ("inbound", Text("呼入", "Inbound")),
    ("opt_out", Text("免打扰", "No more calls")),
)
_NUMBERS: tuple[tuple[str, Text], ...] = (
    ("talk_s", Text("通话秒数", "Talk s")),
    ("wrap_s", Text("话后秒数", "Wrap-up s")),
    ("offers_made", Text("提过优惠", "Offers made")),
    ("offers_accepted", Text("接受优惠", "Offers taken")),
    ("offers_refused", Text("谢绝优惠", "Offers declined")),
)
_AFTER: tuple[tuple[str, Text], ...] = (
    ("on_net_7", Text("7 天在网", "On net 7 d")),
    ("on_net_14", Text("14 天在网", "On net 14 d")),
    ("on_net_30", Text("30 天在网", "On net 30 d")),
)


def calls_sheet(frame: Frame, choice: Choice, labels: Labels, *, lang: Lang) -> Sheet:
    """Every call chosen, the oldest first. 1 and 0 stand for yes and no: a pivot table adds them up."""
    picked = rows_of(frame.calls, choice)
    rows = np.arange(len(frame.calls)) if picked is None else picked
    rows = rows[np.argsort(frame.calls["at"][rows], kind="stable")]
    columns = [
        Column(title=Text("时间", "Time"), form=Form.MOMENT, width=19),
        Column(title=Text("日期", "Day"), form=Form.DAY),
        Column(title=Text("月份", "Month")),
        Column(title=Text("星期", "Weekday")),
        Column(title=Text("小时", "Hour"), form=Form.COUNT),
        *(Column(title=title, width=14) for _, title in _WORDS),
        Column(title=Text("工号", "Staff number")),
        Column(title=Text("接触", "Contact"), width=14),
        Column(title=Text("结果", "Result"), width=20),
        Column(title=Text("原因", "Reason"), width=16),
        *(Column(title=title, form=Form.COUNT) for _, title in (*_FACTS, *_NUMBERS, *_AFTER)),
    ]
    return Sheet(
        name=Text("通话明细", "Calls"),
        columns=columns,
        rows=_rows(frame, labels, rows, lang),
        range_name="calls",
    )


def _rows(frame: Frame, labels: Labels, rows: Array, lang: Lang) -> Iterator[Sequence[Cell]]:
    calls = frame.calls
    told = _Told(frame, labels, lang)
    for start in range(0, len(rows), _AT_ONCE):
        part = calls.where(rows[start : start + _AT_ONCE])
        yield from zip(*told.columns(part), strict=True)


class _Told:
    """Codes as words, looked up once a code and not once a row."""

    def __init__(self, frame: Frame, labels: Labels, lang: Lang) -> None:
        calls = frame.calls
        self._labels, self._lang = labels, lang
        self._words = {
            name: [labels.of(name, word, frame).of(lang) if word else "" for word in calls.words[name]]
            for name, _ in _WORDS
        }
        self._contacts = [contact_name(word).of(lang) if word else "" for word in calls.words["contact"]]
        self._weekdays = [day.of(lang) for day in _WEEKDAYS]
        self._by_scenario: dict[tuple[str, int, int], str] = {}

    def columns(self, part: Table) -> list[list[Any]]:
        days = [EPOCH + timedelta(days=day) for day in part["day"].tolist()]
        return [
            [_START + timedelta(seconds=at) for at in part["at"].tolist()],
            days,
            [f"{day:%Y-%m}" for day in days],
            [self._weekdays[at] for at in part["weekday"].tolist()],
            part["hour"].tolist(),
            *([words[code] for code in part[name].tolist()] for name, words in self._words.items()),
            [part.words["agent"][code] for code in part["agent"].tolist()],
            [self._contacts[code] for code in part["contact"].tolist()],
            self._of_scenario(part, "result", self._labels.result),
            self._of_scenario(part, "reason", self._labels.reason),
            *(part[name].astype(np.int8).tolist() for name, _ in _FACTS),
            *(part[name].tolist() for name, _ in _NUMBERS),
            *([_STAYED.get(state) for state in part[name].tolist()] for name, _ in _AFTER),
        ]

    def _of_scenario(self, part: Table, name: str, look: Callable[[str, str], Text]) -> list[str]:
        """The same code means another thing in another scenario."""
        found = []
        for scenario, code in zip(part["scenario"].tolist(), part[name].tolist(), strict=True):
            key = (name, scenario, code)
            if key not in self._by_scenario:
                word = part.words[name][code]
                self._by_scenario[key] = look(part.words["scenario"][scenario], word).of(self._lang) if word else ""
            found.append(self._by_scenario[key])
        return found


_STAYED = {ON_NET: 1, LEFT: 0}
"""what is not due or not known stays empty: a mean over the column is then the rate"""

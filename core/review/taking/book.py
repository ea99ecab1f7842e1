"""A review as a workbook: what was looked at, the figures, who and what about with live sums, and every call."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct

from core.domain.clock import CHINA
from core.domain.text import Lang, Text
from core.review.choice import DIMENSIONS, Choice
from core.review.frame import Frame
from core.review.measures import DEFINITIONS, Figure, Kind, Measure, figure
from core.review.taking.calls_sheet import calls_sheet
from core.review.taking.labels import Labels
from core.review.taking.sheet import Cell, Column, Form, Sheet
from core.review.tally import Counter, Counts

DIMENSION_NAMES: dict[str, Text] = {
    "team": Text("班组", "Team"),
    "agent": Text("坐席", "Agent"),
    "scenario": Text("场景", "Scenario"),
    "campaign": Text("活动", "Campaign"),
    "area": Text("片区", "Area"),
    "tier": Text("卡级", "Tier"),
    "value": Text("价值", "Value"),
    "role": Text("岗位", "Role"),
    "dealer": Text("发展代理商", "Dealer"),
}
_COUNTS: tuple[tuple[str, Text, Form], ...] = (
    ("dialled", Text("拨打", "Dialled"), Form.COUNT),
    ("connected", Text("接通", "Answered"), Form.COUNT),
    ("owner", Text("接通本人", "Owners"), Form.COUNT),
    ("success", Text("成功", "Successes"), Form.COUNT),
    ("attempts_30", Text("满 30 天", "30 days over"), Form.COUNT),
    ("on_net_30", Text("30 天在网", "On net 30 d"), Form.COUNT),
    ("young_30", Text("未满 30 天", "Not yet due"), Form.COUNT),
    ("promised", Text("到期回拨", "Callbacks due"), Form.COUNT),
    ("kept", Text("准时回拨", "On time"), Form.COUNT),
    ("promises_settled", Text("到期承诺", "Promises due"), Form.COUNT),
    ("promises_kept", Text("兑现承诺", "Promises kept"), Form.COUNT),
    ("scored", Text("已质检", "Scored"), Form.COUNT),
    ("score_points", Text("质检总分", "Points of scores"), Form.COUNT),
    ("verified", Text("核实机主", "Owners verified"), Form.COUNT),
    ("later_orders", Text("后来办理", "Ordered later"), Form.COUNT),
    ("talk_s", Text("通话时长", "Talk time"), Form.SECONDS),
    ("wrap_s", Text("话后时长", "Wrap-up"), Form.SECONDS),
)
_RATES: tuple[tuple[Measure, str, str], ...] = (
    (Measure.MEAN_SCORE, "score_points", "scored"),
    (Measure.CONNECT_RATE, "connected", "dialled"),
    (Measure.RIGHT_PARTY_RATE, "owner", "dialled"),
    (Measure.SUCCESS_RATE, "success", "owner"),
    (Measure.SAVE_RATE_30, "on_net_30", "attempts_30"),
    (Measure.CALLBACK_ADHERENCE, "kept", "promised"),
    (Measure.PROMISES_KEPT, "promises_kept", "promises_settled"),
    (Measure.VERIFIED_RATE, "verified", "dialled"),
)
_UNITS: dict[Kind, Text] = {
    Kind.COUNT: Text("次", "calls"),
    Kind.MEAN_DAYS: Text("天", "days"),
    Kind.MEAN_POINTS: Text("分", "points"),
    Kind.SUM_FEN: Text("元", "yuan"),
}
_GROUPED = ("team", "role", "agent", "scenario", "area", "dealer")
"""dimensions with a sheet of their own"""
_FIRST_COUNT = 2
"""column of the first count: after the name and its code"""


class TakenBy(Struct, frozen=True, kw_only=True):
    """Who takes it away, as the first sheet says."""

    name: str
    at: datetime


def book(frame: Frame, choice: Choice, labels: Labels, *, by: TakenBy, lang: Lang, calls: bool = True) -> list[Sheet]:
    """The sheets of the review of what is chosen. `calls`: with every call at the end."""
    counter = Counter(frame)
    sheets = [
        _about(frame, choice, labels, by, lang),
        _rates(counter, choice, lang),
        _amounts(counter, choice, lang),
        *(dimension_sheet(counter, choice, name, labels, lang=lang) for name in _GROUPED),
    ]
    return [*sheets, calls_sheet(frame, choice, labels, lang=lang)] if calls else sheets


def dimension_sheet(counter: Counter, choice: Choice, dimension: str, labels: Labels, *, lang: Lang) -> Sheet:
    """A row for each word of a dimension; rates are worked out by the spreadsheet, in the rows and below them."""
    counts = counter.by(choice, dimension)
    words = counter.frame.calls.words[dimension]
    present = [at for at in range(len(words)) if counts.of("calls", at)]
    present.sort(key=lambda at: (-counts.of("dialled", at), words[at]))
    title = DIMENSION_NAMES[dimension]
    places = {name: _FIRST_COUNT + at for at, (name, _, _) in enumerate(_COUNTS)}
    columns = [
        Column(title=title, width=18),
        Column(title=Text(f"{title.zh}代码", f"{title.en} code")),
        *(Column(title=name, form=form, summed=True) for _, name, form in _COUNTS),
        *(
            Column(
                title=DEFINITIONS[measure].title,
                form=Form.NUMBER if DEFINITIONS[measure].kind is Kind.MEAN_POINTS else Form.SHARE,
                quotient=(places[part], places[whole]),
            )
            for measure, part, whole in _RATES
        ),
    ]
    rows = [_row(labels.of(dimension, words[at], counter.frame).of(lang), words[at], counts, at) for at in present]
    return Sheet(name=Text(f"按{title.zh}", f"By {title.en.lower()}"), columns=columns, rows=rows)


def _row(name: str, word: str, counts: Counts, at: int) -> list[Cell]:
    rates = (_share(counts.of(part, at), counts.of(whole, at)) for _, part, whole in _RATES)
    return [name, word, *(counts.of(count, at) for count, _, _ in _COUNTS), *rates]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _about(frame: Frame, choice: Choice, labels: Labels, by: TakenBy, lang: Lang) -> Sheet:
    """What this is, so that a print-out is still understood in a year."""
    made = datetime.fromtimestamp(frame.made_at, UTC).astimezone(CHINA)
    rows: list[tuple[Text, str]] = [
        (Text("时间段", "Period"), f"{choice.first} — {choice.last}"),
        (Text("上期", "Period before"), f"{choice.before().first} — {choice.before().last}"),
        *((DIMENSION_NAMES[name], _chosen(frame, choice, name, labels, lang)) for name in DIMENSIONS),
        (Text("数据截至", "Data as of"), f"{made:%Y-%m-%d %H:%M}" if frame.made_at else "—"),
        (Text("离网数据截至", "Departures known until"), str(frame.on_net_day or "—")),
        (Text("导出人", "Taken by"), by.name),
        (Text("导出时间", "Taken at"), f"{by.at.astimezone(CHINA):%Y-%m-%d %H:%M}"),
    ]
    columns = [Column(title=Text("项目", "Item"), width=20), Column(title=Text("内容", "What"), width=60)]
    return Sheet(name=Text("说明", "About"), columns=columns, rows=[[name.of(lang), value] for name, value in rows])


def _chosen(frame: Frame, choice: Choice, dimension: str, labels: Labels, lang: Lang) -> str:
    words = choice.words(dimension)
    if not words:
        return Text("全部", "All").of(lang)
    return Text("、", ", ").of(lang).join(labels.of(dimension, word, frame).of(lang) for word in words)


def _rates(counter: Counter, choice: Choice, lang: Lang) -> Sheet:
    now, before = counter.total(choice), counter.total(choice.before())
    rows: list[Sequence[Cell]] = []
    for measure, made in DEFINITIONS.items():
        if made.kind in (Kind.RATE, Kind.SHARE):
            this, past = figure(measure, now), figure(measure, before)
            low, high = this.interval or (None, None)
            rows.append(
                [made.title.of(lang), this.part, this.whole, this.value, low, high, this.young, past.part, past.whole,
                 past.value, made.how.of(lang)]
            )  # fmt: skip
    columns = [
        Column(title=Text("指标", "Measure"), width=22),
        Column(title=Text("分子", "Part"), form=Form.COUNT),
        Column(title=Text("分母", "Of"), form=Form.COUNT),
        Column(title=Text("本期", "This period"), form=Form.SHARE, quotient=(1, 2)),
        Column(title=Text("95% 下限", "95 % from"), form=Form.SHARE),
        Column(title=Text("95% 上限", "95 % to"), form=Form.SHARE),
        Column(title=Text("未到期", "Not yet due"), form=Form.COUNT),
        Column(title=Text("上期分子", "Part before"), form=Form.COUNT),
        Column(title=Text("上期分母", "Of, before"), form=Form.COUNT),
        Column(title=Text("上期", "Period before"), form=Form.SHARE, quotient=(7, 8)),
        Column(title=Text("口径", "How it is reckoned"), width=60),
    ]
    return Sheet(name=Text("比率", "Rates"), columns=columns, rows=rows, totalled=False)


def _amount(one: Figure) -> float | None:
    """In the unit that its row names."""
    return one.part / 100 if one.definition.kind is Kind.SUM_FEN else one.value


def _amounts(counter: Counter, choice: Choice, lang: Lang) -> Sheet:
    now, before = counter.total(choice), counter.total(choice.before())
    rows: list[Sequence[Cell]] = []
    for measure, made in DEFINITIONS.items():
        if made.kind not in (Kind.RATE, Kind.SHARE):
            this, past = _amount(figure(measure, now)), _amount(figure(measure, before))
            unit = _UNITS.get(made.kind, Text("秒", "seconds"))
            rows.append([made.title.of(lang), this, past, unit.of(lang), made.how.of(lang)])
    columns = [
        Column(title=Text("指标", "Measure"), width=22),
        Column(title=Text("本期", "This period"), form=Form.NUMBER),
        Column(title=Text("上期", "Period before"), form=Form.NUMBER),
        Column(title=Text("单位", "Unit")),
        Column(title=Text("口径", "How it is reckoned"), width=60),
    ]
    return Sheet(name=Text("数量与时长", "Amounts"), columns=columns, rows=rows)

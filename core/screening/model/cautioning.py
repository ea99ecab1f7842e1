"""What has to be said of a model before anyone is called by it."""

from collections.abc import Iterator, Sequence

from core.domain.text import Text
from core.screening.model.cells import YEARS
from core.screening.model.measuring import Worth
from core.screening.model.preparing import Ready
from core.screening.model.record import Caution, CautionKind
from core.screening.model.shift import Shift

FEW = 200
"""leavers: below, intervals are wide and trees follow chance"""
_TWICE_SHARE = 0.01
_COPIED = 0.5
"""share of the proof: month by month a few customers stay as they were, and half of them do not"""
_MANY = 0.01
"""share of the rows from which on it is grave that they say too little"""
_MISSTATED = 0.05
"""mean gap between told and seen, at its lower bound"""
_SHOWN = 6
"""of what is told in one line"""


def of_training(ready: Ready, worth: Worth, shifts: Sequence[Shift]) -> list[Caution]:
    """Everything, the grave first."""
    found = [
        *_label(ready),
        *of_knowing(ready),
        *_few(ready),
        *_passed_over(ready),
        *_no_days(ready),
        *_mixed(ready),
        *_twice(ready),
        *of_repeated(ready),
        *of_worth(worth),
        *of_drift(shifts),
        *_time(ready),
    ]
    return sorted(found, key=lambda one: not one.grave)


def _label(ready: Ready) -> Iterator[Caution]:
    taken, rows = ready.roles.label, len(ready.frame)
    for name, count in ready.contradicted:
        yield Caution(
            kind=CautionKind.LABEL, column=name,
            words=Text(
                f"谁离网取自“{taken}”，而“{name}”在 {rows} 行里有 {count} 行说的不同：请用 --label 指明是哪一列。",
                f"Who left was taken from “{taken}”, and of {rows} rows “{name}” says otherwise on {count}: name the"
                " right one with --label.",
            ),
        )  # fmt: skip


def of_knowing(ready: Ready) -> Iterator[Caution]:
    """Columns that know the answer."""
    for one in ready.knows:
        used = Text("仍按要求使用", "it is used all the same, as was asked") if one.kept else Text(
            "没有使用；确实可用请加 --keep", "it is not used; where it may be, say --keep"
        )  # fmt: skip
        words = Text(
            f"“{one.column}”可能已知道答案：{one.why.zh}。{used.zh}。",
            f"“{one.column}” may know the answer: {one.why.en}; {used.en}.",
        )
        yield Caution(kind=CautionKind.KNOWS, words=words, column=one.column, grave=one.kept)


def _few(ready: Ready) -> Iterator[Caution]:
    left = int(ready.left.sum())
    if left < FEW:
        yield Caution(
            kind=CautionKind.FEW,
            words=Text(f"离网客户只有 {left} 位，少于 {FEW} 位：各项数字都不稳。",
                       f"Only {left} customers left, fewer than {FEW}: no figure here is steady."),
        )  # fmt: skip


def _passed_over(ready: Ready) -> Iterator[Caution]:
    rows = len(ready.listed.frame)
    if ready.unanswered:
        yield unanswered(ready.unanswered, rows, ready.roles.label)
    if ready.undated:
        yield Caution(
            kind=CautionKind.PASSED_OVER, column=ready.roles.time, grave=ready.undated >= _MANY * rows,
            words=Text(
                f"{rows} 行里有 {ready.undated} 行没有学：“{ready.roles.time}”里没有写明日期。",
                f"Of {rows} rows {ready.undated} were not learnt from: “{ready.roles.time}” says no day there.",
            ),
        )  # fmt: skip


def unanswered(count: int, rows: int, label: str) -> Caution:
    """Of so many rows nobody knows what became of them."""
    return Caution(
        kind=CautionKind.PASSED_OVER, column=label, grave=count >= _MANY * rows,
        words=Text(
            f"{rows} 行里有 {count} 行没有算进来：“{label}”是空的。",
            f"Of {rows} rows {count} do not count: “{label}” is blank there.",
        ),
    )  # fmt: skip


def _no_days(ready: Ready) -> Iterator[Caution]:
    for one in ready.no_days:
        if one.column == ready.roles.time:
            used = Text("这些行没有学", "those rows were not learnt from")
        elif one.as_words:
            used = Text("这一列只当作文字来学", "the column was learnt from as words, not as days")
        else:
            used = Text("这些当作未知", "there it counts as unknown")
        yield Caution(
            kind=CautionKind.NO_DAYS, column=one.column, grave=one.rows >= _MANY * len(ready.listed.frame),
            words=Text(
                f"“{one.column}”有 {one.rows} 行不是 {YEARS[0]} 到 {YEARS[1]} 年间的日期，如“{one.example}”："
                f"{used.zh}。",
                f"“{one.column}” holds on {one.rows} rows what is no day of the years {YEARS[0]} to {YEARS[1]},"
                f" such as “{one.example}”: {used.en}.",
            ),
        )  # fmt: skip


def _mixed(ready: Ready) -> Iterator[Caution]:
    for one in ready.mixed:
        yield Caution(
            kind=CautionKind.MIXED, column=one.column, grave=False,
            words=Text(
                f"“{one.column}”有 {one.figures} 行是数字，{one.words} 行是文字，如“{one.example}”："
                "整列只当作文字来学。",
                f"“{one.column}” holds figures on {one.figures} rows and words on {one.words}, such as “{one.example}”:"
                " the column was learnt from as words.",
            ),
        )  # fmt: skip


def _twice(ready: Ready) -> Iterator[Caution]:
    tested = len(ready.split.tested())
    if not ready.twice or ready.twice < _TWICE_SHARE * tested:
        return
    if ready.split.by_time and ready.roles.customer and ready.twice < _COPIED * tested:
        yield Caution(
            kind=CautionKind.TWICE, grave=False,
            words=Text(
                f"用于检验的 {tested} 行里有 {ready.twice} 行与同一客户更早的一行完全相同：没有变化，或者是照抄的；"
                "照抄的会让效果显得偏好。",
                f"Of the {tested} rows of the proof {ready.twice} say what an earlier row says of the same customer,"
                " word for word: nothing changed, or they are copies. Copies make figures look too good.",
            ),
        )  # fmt: skip
    else:
        yield Caution(
            kind=CautionKind.TWICE,
            words=Text(
                f"用于检验的 {tested} 行里有 {ready.twice} 行与训练用的完全相同，效果会显得偏好；请先去重。",
                f"Of the {tested} rows of the proof {ready.twice} also stand in training, word for word: figures look"
                " too good. Remove what is there twice.",
            ),
        )


def of_repeated(ready: Ready) -> Iterator[Caution]:
    """Rows whose customer stands in the list before."""
    found, rows, customer = ready.repeated, len(ready.frame), ready.roles.customer
    if found.rows:
        when = Text("同一时间的", "of the same day ") if ready.roles.time else Text("", "")
        other = Text("", "")
        if found.otherwise:
            other = Text(
                f"，其中 {found.otherwise} 行说的离网与否不同",
                f", and {found.otherwise} of them say otherwise who left",
            )
        yield Caution(
            kind=CautionKind.REPEATED, column=customer, grave=found.rows >= _MANY * rows,
            words=Text(
                f"{rows} 行里有 {found.rows} 行的“{customer}”已有{when.zh}一行{other.zh}；请先去重。",
                f"Of {rows} rows {found.rows} name a “{customer}” {when.en}that stands in the list before{other.en}."
                " Remove what is there twice.",
            ),
        )  # fmt: skip


def of_worth(worth: Worth) -> Iterator[Caution]:
    if worth.auc.low <= 0.5:
        yield Caution(
            kind=CautionKind.NO_GAIN,
            words=Text("分不清谁会离网，与随机差不多：不要据此外呼。",
                       "It parts leavers from stayers no better than chance: call nobody by it."),
        )  # fmt: skip
    if worth.ece.low > _MISSTATED:
        yield Caution(
            kind=CautionKind.MISSTATED,
            words=Text(f"说出的概率与实际平均相差 {worth.ece.value:.0%}。",
                       f"Told chances are {worth.ece.value:.0%} off on the average."),
        )  # fmt: skip


def of_drift(shifts: Sequence[Shift]) -> Iterator[Caution]:
    return _of_shifts(shifts, far=Text("已大不同", "is far from what it was"), near=Text("有变化", "has moved since"))


def of_others(shifts: Sequence[Shift]) -> Iterator[Caution]:
    """Of a part of all customers, whom somebody chose: that they are not alike says nothing of what changed in time."""
    return _of_shifts(shifts, far=Text("大不相同", "is far from theirs"), near=Text("不同", "differs from theirs"))


def _of_shifts(shifts: Sequence[Shift], *, far: Text, near: Text) -> Iterator[Caution]:
    for one in shifts:
        if one.seen:
            how = far if one.far else near
            yield Caution(
                kind=CautionKind.DRIFT, column=one.column, grave=one.far,
                words=Text(f"“{one.column}”{how.zh}（PSI {one.index:.2f}）。",
                           f"“{one.column}” {how.en} (PSI {one.index:.2f})."),
            )  # fmt: skip


def in_one(head: Text, said: Sequence[Caution]) -> Text:
    """The first of them in one line behind what they are of, and how many more there are."""
    shown, more = said[:_SHOWN], len(said) - _SHOWN
    zh, en = (f"另有 {more} 项。", f" and {more} more.") if more > 0 else ("", "")
    return Text(
        f"{head.zh}：{''.join(one.words.zh for one in shown)}{zh}",
        f"{head.en}: {' '.join(one.words.en for one in shown)}{en}",
    )


def _time(ready: Ready) -> Iterator[Caution]:
    if not ready.split.by_time:
        yield Caution(
            kind=CautionKind.NO_TIME, grave=False,
            words=Text(
                "名单里没有时间，按客户的哈希分成两边：能看出对同一时期别的客户准不准，看不出对以后的客户准不准。",
                "The list has no time: rows were parted by a hash of the customer. That shows how good it is for other"
                " customers of the same days, and cannot show how good it will be for later ones.",
            ),
        )  # fmt: skip

"""Points and instant fails: one pure function from a card and its marks to the result."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from core.domain.masking import holds_long_number
from core.domain.quality.scorecard import About, Item, Scorecard
from core.domain.text import Text

FULL = 100
REMARK_MOST = 400
"""characters of what the scorer says of the whole"""
WORDS_MOST = 120
"""of what is said of one item, or of a dispute"""


class Mark(StrEnum):
    DONE = "done"
    PARTLY = "partly"
    """half of the points"""
    MISSED = "missed"
    """was not done (QA-01)"""
    WRONG = "wrong"
    """was done, and wrongly (QA-01)"""
    NOT_ASKED = "not_asked"
    """the call did not come to it: its points count neither for nor against"""


MARK_NAMES: dict[Mark, Text] = {
    Mark.DONE: Text("做到", "Done"),
    Mark.PARTLY: Text("部分", "Partly"),
    Mark.MISSED: Text("漏了", "Missed"),
    Mark.WRONG: Text("错了", "Wrong"),
    Mark.NOT_ASKED: Text("未涉及", "Not asked"),
}
_HALVES = {Mark.DONE: 2, Mark.PARTLY: 1, Mark.MISSED: 0, Mark.WRONG: 0}


class Marked(Struct, frozen=True, kw_only=True):
    item: str
    mark: Mark
    words: str = ""
    """what the scorer says of it, to the agent"""


class SectionResult(Struct, frozen=True, kw_only=True):
    """In half points, so that nothing is rounded before the end."""

    id: str
    half_points: int
    half_most: int


class ScoreResult(Struct, frozen=True, kw_only=True):
    points: int
    """0 … 100"""
    passed: bool
    failed_by: tuple[str, ...] = ()
    """ids of the instant fails that were met"""
    missed: int = 0
    """items of processing that were missed (QA-01)"""
    wrong: int = 0
    """items of processing that were done wrongly (QA-01)"""
    attitude: int = 0
    """items of attitude that were not as they should be"""
    sections: tuple[SectionResult, ...] = ()


class ScoreFlaw(StrEnum):
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"
    NO_REMARK = "no_remark"
    LONG = "long"
    NUMBER = "number"


SCORE_FLAW_WORDS: dict[ScoreFlaw, Text] = {
    ScoreFlaw.INCOMPLETE: Text("还有项目没有评。", "Some items are not marked yet."),
    ScoreFlaw.UNKNOWN: Text("评分表里没有这一项。", "The scorecard has no such item."),
    ScoreFlaw.NO_REMARK: Text(
        "有漏、有错或一票否决时，请写一句评语，坐席才知道怎么改。",
        "With something missed, wrong or failed, write a remark: the agent must know what to change.",
    ),
    ScoreFlaw.LONG: Text(
        f"评语最多 {REMARK_MOST} 字，每一项最多 {WORDS_MOST} 字。",
        f"At most {REMARK_MOST} characters of remark, {WORDS_MOST} an item.",
    ),
    ScoreFlaw.NUMBER: Text(
        "里面有 7 位或更长的数字，可能是客户的号码，请删掉。",
        "It holds a number of 7 digits or more, perhaps the customer's: take it out.",
    ),
}


def score_flaw(card: Scorecard, marks: Sequence[Marked], fails: Sequence[str], remark: str) -> ScoreFlaw | None:
    """The same rules at the desk and at the server; None where it may be given so."""
    items = [one.item for one in marks]
    if len(set(items)) < len(items) or len(set(fails)) < len(fails) or not set(items) <= {i.id for i in card.items}:
        return ScoreFlaw.UNKNOWN
    if not set(fails) <= {one.id for one in card.instant_fail}:
        return ScoreFlaw.UNKNOWN
    if set(items) != {item.id for item in card.items} or all(one.mark is Mark.NOT_ASKED for one in marks):
        return ScoreFlaw.INCOMPLETE
    blamed = bool(fails) or any(one.mark in (Mark.MISSED, Mark.WRONG) for one in marks)
    if blamed and not remark.strip():
        return ScoreFlaw.NO_REMARK
    if len(remark) > REMARK_MOST or any(len(one.words) > WORDS_MOST for one in marks):
        return ScoreFlaw.LONG
    if holds_long_number(remark) or any(holds_long_number(one.words) for one in marks):
        return ScoreFlaw.NUMBER
    return None


def result_of(card: Scorecard, marks: Sequence[Marked], fails: Sequence[str] = ()) -> ScoreResult:
    """100 × points won ÷ points that the call came to, rounded half up; 0 with an instant fail.

    Items that are not marked count as those the call did not come to, so that a half-done card shows where it stands.
    """
    by_item = {one.item: one.mark for one in marks}
    sections = tuple(
        SectionResult(
            id=section.id,
            half_points=sum(_HALVES.get(mark, 0) * item.points for item, mark in _met(section.items, by_item)),
            half_most=sum(2 * item.points for item, _ in _met(section.items, by_item)),
        )
        for section in card.sections
    )
    won, most = sum(one.half_points for one in sections), sum(one.half_most for one in sections)
    failed_by = tuple(one.id for one in card.instant_fail if one.id in fails)
    points = 0 if failed_by or not most else (2 * FULL * won + most) // (2 * most)
    about = {item.id: item.about for item in card.items}
    processing = [one.mark for one in marks if about.get(one.item) is About.PROCESSING]
    attitude = [one.mark for one in marks if about.get(one.item) is About.ATTITUDE]
    return ScoreResult(
        points=points,
        passed=bool(most) and not failed_by and points >= card.pass_mark,
        failed_by=failed_by,
        missed=processing.count(Mark.MISSED),
        wrong=processing.count(Mark.WRONG),
        attitude=sum(mark not in (Mark.DONE, Mark.NOT_ASKED) for mark in attitude),
        sections=sections,
    )


def _met(items: Sequence[Item], by_item: dict[str, Mark]) -> list[tuple[Item, Mark]]:
    """The items that the call came to, with their marks."""
    pairs = ((item, by_item.get(item.id, Mark.NOT_ASKED)) for item in items)
    return [(item, mark) for item, mark in pairs if mark is not Mark.NOT_ASKED]

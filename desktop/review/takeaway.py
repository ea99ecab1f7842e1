"""What stands in a workbook or on paper of what is in view. No widgets; the writing is for a worker."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from core.desk.causing import Causes
from core.desk.desk import Desk
from core.desk.reviewing import Loaded, Look
from core.desk.rewarding import Rewards
from core.domain.clock import CHINA
from core.domain.text import Lang, Text, filled
from core.review.choice import DIMENSIONS, Choice
from core.review.measures import Kind, Measure
from core.review.taking.book import TakenBy, book
from core.review.taking.labels import Labels
from core.review.taking.workbook import write_workbook
from desktop.review import reward_words, words
from desktop.review import take_words as take
from desktop.review.handout import Handout, HandoutTable
from desktop.review.reward_rows import contest_rows, indicator_rows, pay_rows
from desktop.review.shown import division, value_of
from desktop.tongue import Tongue

_ON_PAPER = (
    Measure.CALLS, Measure.CONNECT_RATE, Measure.RIGHT_PARTY_RATE, Measure.SUCCESSES, Measure.SUCCESS_RATE,
    Measure.SAVE_RATE_7, Measure.SAVE_RATE_14, Measure.SAVE_RATE_30, Measure.CALLBACK_ADHERENCE, Measure.HANDLE_TIME,
)  # fmt: skip
_WHERE_ANY = (
    Measure.PROMISES_KEPT, Measure.FIRST_CONTACT_IN_TIME, Measure.DAYS_TO_CLOSE, Measure.SATISFACTION,
    Measure.MEAN_SCORE, Measure.DISPATCH_SHARE,
)  # fmt: skip
"""on paper only for teams that have any"""


def file_name(choice: Choice, suffix: str, say: Tongue) -> str:
    """`外呼复盘-2026-10-01-2026-10-31.xlsx`."""
    return f"{say(take.HANDOUT)}-{choice.first}-{choice.last}{suffix}"


def write_book(
    path: Path,
    desk: Desk,
    loaded: Loaded,
    choice: Choice,
    labels: Labels,
    lang: Lang,
    *,
    told: Callable[[int], None] = lambda rows: None,
) -> int:
    """The workbook in that language; gives its rows. `told` hears how many rows of a sheet are written.

    Raises InputError."""
    by = TakenBy(name=f"{desk.agent.name} {desk.agent.staff_number}", at=desk.moment().wall)
    return write_workbook(path, book(loaded.frame, choice, labels, by=by, lang=lang), lang=lang, told=told)


def handout(
    desk: Desk,
    loaded: Loaded,
    look: Look,
    labels: Labels,
    say: Tongue,
    *,
    rewards: Rewards | None,
    causes: Causes | None,
    family: str,
) -> Handout:
    """What the paper says of what is in view; packages and problems as far as somebody has looked at them."""
    tables = [_figures(look, say), *_rewards(rewards, loaded, labels, say), *_causes(causes, say)]
    who = f"{desk.agent.name} {desk.agent.staff_number}"
    return Handout(
        title=f"{say(take.HANDOUT)}  {look.choice.first} — {look.choice.last}",
        lines=(
            _chosen(look.choice, loaded, labels, say),
            say(filled(take.AS_OF, at=_clock(loaded.as_of))),
            say(filled(take.TAKEN, who=who, at=_clock(desk.moment().wall))),
        ),
        tables=tuple(table for table in tables if table.rows),
        family=family,
    )


def _chosen(choice: Choice, loaded: Loaded, labels: Labels, say: Tongue) -> str:
    joint = say(Text("、", ", "))
    told = [
        f"{say(words.DIMENSIONS[name])}: "
        + joint.join(say(labels.of(name, word, loaded.frame)) for word in choice.words(name))
        for name in DIMENSIONS
        if choice.words(name)
    ]
    return " · ".join(told) or say(words.ALL["team"])


def _figures(look: Look, say: Tongue) -> HandoutTable:
    rows = []
    for measure in (*_ON_PAPER, *(one for one in _WHERE_ANY if look.changes[one].now.whole)):
        change = look.changes[measure]
        made = change.now.definition
        rests = division(change.now) if made.kind in (Kind.RATE, Kind.MEAN_POINTS, Kind.MEAN_DAYS) else ""
        before = value_of(change.before) if look.before else ""
        rows.append((say(made.title), value_of(change.now), before, rests))
    return HandoutTable(say(take.PARTS[0]), tuple(say(head) for head in take.MEASURE_HEADS), tuple(rows))


def _rewards(rewards: Rewards | None, loaded: Loaded, labels: Labels, say: Tongue) -> list[HandoutTable]:
    if rewards is None:
        return []
    frame, tables = loaded.frame, []
    for view in rewards.packages:
        title = f"{say(view.figures.package.title)} · {frame.team_name(view.figures.standing.team)}"
        for heads, found in ((reward_words.INDICATOR_HEADS, indicator_rows(view, say)),
                             (reward_words.PAY_HEADS, pay_rows(view, say))):  # fmt: skip
            cells = tuple(tuple(cell.text for cell in row.cells) for row in found)
            tables.append(HandoutTable(title, tuple(say(head) for head in heads), cells))
    for board in rewards.boards:
        side = board.contest.between.value

        def name(word: str, side: str = side) -> str:
            return say(labels.of(side, word, frame))

        rows = tuple(tuple(cell.text for cell in row.cells) for row in contest_rows(board, name, say))
        titles = tuple(say(head) for head in reward_words.CONTEST_HEADS)
        tables.append(HandoutTable(say(board.contest.title), titles, rows))
    return tables


def _causes(causes: Causes | None, say: Tongue) -> list[HandoutTable]:
    if causes is None:
        return []
    rows = tuple(
        (say(one.label), f"{one.calls:,}", f"{one.calls / causes.looked_at:.1%}", "、".join(one.cluster.words[:3]))
        for one in causes.groups
    )
    heads = (take.PROBLEMS, filled(take.CALLS, n=""), filled(take.SHARE, share=""), filled(take.TELLING, words=""))
    return [HandoutTable(say(take.PROBLEMS), tuple(say(head).strip() for head in heads), rows)]


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"

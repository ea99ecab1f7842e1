"""`campaign lines|hits`: what each line of work brought, and how often rules and models hit."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain import effect_words as words
from core.domain.data_periods import Kept
from core.domain.errors import InputError
from core.domain.text import Lang, Text
from core.server.commands.place import actor, opened
from core.server.commands.say import say
from core.server.db import audit
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.purge.files import note_written
from core.wire.campaign_effect import EFFECT_DAY, ArmShare, Interval

if TYPE_CHECKING:
    from core.wire.effect_summaries import HitRate, LineEffect

_Cell = str | int | None
_MOST_DAYS = 730
_LINE_HEADS = (
    Text("业务线", "line of work"), Text("活动", "campaigns"), Text("应触达", "to be reached"),
    Text("对照", "held out"), Text("已派", "dispatched"), Text("接通本人", "reached"), Text("同意", "agreed"),
    Text("办理", "ordered"), Text("应触达在网", "on net, to be reached"),
    Text("对照在网", "on net, held out"), Text("效果（百分点）", "effect (points)"), Text("结论", "verdict"),
)  # fmt: skip
_HIT_HEADS = (
    Text("月份", "month"), Text("类型", "kind"), Text("名称", "name"), Text("点名", "named"),
    Text("未接触且到期", "not contacted, due"), Text("其中离网", "of these left"), Text("命中率", "precision"),
    Text("对照组离网", "left, of those held out"), Text("全体离网率", "base"), Text("提升", "lift"),
    Text("未到期", "not yet due"),
)  # fmt: skip
_NONE = Text("还没有可说的：没有活动抽过客户。", "Nothing to tell yet: no campaign drew anybody.")


def run_lines(options: argparse.Namespace) -> None:
    from core.server.effect.summaries import lines_of_work

    _check(options)
    with opened(options) as database:
        with database.read() as unit:
            found = lines_of_work(unit, days=options.days)
        of = _tongue(options)
        _tell(database, options, "campaign_lines", _LINE_HEADS, [_line(one, of) for one in found.lines])


def run_hits(options: argparse.Namespace) -> None:
    from core.server.effect.summaries import hits

    _check(options)
    with opened(options) as database:
        with database.read() as unit:
            found = hits(unit, days=options.days)
        of = _tongue(options)
        _tell(database, options, "campaign_hits", _HIT_HEADS, [_hit(one, of) for one in found.rates])


def _tongue(options: argparse.Namespace) -> Callable[[Text], str]:
    """A file is of one language; the screen says both, as every command does."""
    lang = Lang(options.lang)
    if options.out is not None:
        return lambda text: text.of(lang)
    return lambda text: text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def _line(one: "LineEffect", of: Callable[[Text], str]) -> list[_Cell]:
    name = of(words.VERDICTS_SHORT[one.verdict.value])
    return [
        of(one.name), one.campaigns, one.treated, one.control, one.dispatched, one.reached, one.agreed,
        one.ordered, _share(one.on_net.treated), _share(one.on_net.control), _points(one.on_net.effect), name,
    ]  # fmt: skip


def _hit(one: "HitRate", of: Callable[[Text], str]) -> list[_Cell]:
    precision = one.precision
    told = f"{precision.value:.1%} ({precision.low:.1%} … {precision.high:.1%})" if precision else "—"
    return [
        one.month, of(words.DIMENSIONS[one.kind]), of(one.name), one.named, one.uncalled.due,
        one.uncalled.met, told, _share(one.held_out), "—" if one.base is None else f"{one.base:.1%}",
        "—" if one.lift is None else f"{one.lift:.2f}", one.not_yet_due,
    ]  # fmt: skip


def _tell(
    database: Database, options: argparse.Namespace, what: str, heads: Sequence[Text], rows: Sequence[Sequence[_Cell]]
) -> None:
    titles = [_tongue(options)(one) for one in heads]
    if options.out is None:
        for row in [titles, *rows] if rows else []:
            say("\t".join("" if cell is None else str(cell) for cell in row))
        if not rows:
            say(f"{_NONE.zh} / {_NONE.en}")
        return
    from core.server.sheets import write_sheet

    written = write_sheet(options.out, titles, rows)
    with database.write() as unit:
        audit.write(unit, writer=actor(), action=Action.EXPORT, object_=what, rows=written, days=options.days)
        note_written(unit, Kept.EXPORTS, options.out)
    say(f"已写入 {options.out}，{written} 行。 / {written} rows written to {options.out}.")


def _share(one: ArmShare) -> str:
    return f"{one.met / one.due:.1%} ({one.met}/{one.due})" if one.due else "—"


def _points(one: Interval | None) -> str:
    return "—" if one is None else f"{words.points(one.value)} ({words.points(one.low)} … {words.points(one.high)})"


def _check(options: argparse.Namespace) -> None:
    if not 1 <= options.days <= _MOST_DAYS:
        raise InputError(
            title=Text("天数不可用", "The days cannot be used"),
            message=Text(f"天数要在 1 到 {_MOST_DAYS} 之间。", f"Days are between 1 and {_MOST_DAYS}."),
            next_step=Text("通常用 7、14、30 或 90。", "Usually 7, 14, 30 or 90."),
        )


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=int, default=EFFECT_DAY, metavar="N", help=f"after being named ({EFFECT_DAY})")
    parser.add_argument("--out", type=Path, metavar="FILE", help="into a .csv or .xlsx; on record")
    parser.add_argument("--lang", choices=[lang.value for lang in Lang], default=Lang.ZH.value)


DOES = {
    "lines": ("what each line of work brought, beside those held out", run_lines, _options),
    "hits": ("of those whom rules and models named and nobody called, who left; by month", run_hits, _options),
}
"""verbs: help, what runs, its options"""

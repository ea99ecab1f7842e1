"""`screen rules|factors|preview|past|causes|run`: whom the rules find in a snapshot, and tasks of them."""

import argparse
from collections.abc import Callable

from core.domain.errors import InputError
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.domain.warning_rule import POPULATION_WORDS, RuleUse
from core.server.commands.apart import add_here, apart
from core.server.commands.place import actor, folder_of, opened
from core.server.commands.say import counted, say
from core.server.commands.scenarios import check_scenarios
from core.server.commands.screening_options import add_content, add_engine, engine_of

_COUNTED = {
    IndicatorType.INTEGER: Text("整数", "whole number"), IndicatorType.DECIMAL: Text("数字", "figure"),
    IndicatorType.FEN: Text("金额（分）", "money, in fen"), IndicatorType.YES_NO: Text("是或否", "yes or no"),
    IndicatorType.DATE: Text("日期", "day"), IndicatorType.TEXT: Text("文字", "words"),
}  # fmt: skip
"""of a factor without a unit"""


def run_rules(options: argparse.Namespace) -> None:
    from core.screening.words import condition_words
    from core.server.screening.rules import rules_in_use
    from core.server.screening.taking import library_of

    with opened(options) as database, database.read() as unit:
        library = library_of(unit, options.content)
        found = rules_in_use(unit, library, options.content)
    for rule_id, error in found.broken.items():
        say(f"{rule_id}\t！{error.message.zh} / {error.message.en}")
    for one in found.rules.values():
        population, asked = POPULATION_WORDS[one.population], condition_words(one.when, library)
        say(f"{one.id}\tv{one.version}\t{population.zh} / {population.en}\t{one.name.zh} / {one.name.en}")
        say(f"    {asked.zh}\n    {asked.en}")


def run_factors(options: argparse.Namespace) -> None:
    from core.server.screening.taking import library_of

    with opened(options) as database, database.read() as unit:
        library = library_of(unit, options.content)
    wanted = options.word.lower()
    found = [
        one for one in library.factors.values()
        if wanted in f"{one.name} {one.label.zh} {one.label.en} {one.group.zh} {one.group.en}".lower()
    ]  # fmt: skip
    for one in found:
        hangs = sorted(library.sources_of(frozenset({one.name})))
        labels = [library.sources[key].label for key in hangs]
        sources = Text("、".join(each.zh for each in labels), ", ".join(each.en for each in labels))
        words = (one.label, one.unit or _COUNTED[one.kind], one.group, sources)
        say("\t".join((one.name, *(f"{each.zh} / {each.en}" for each in words))))
    say(f"共 {len(found)} 个因子。 / {counted(len(found), 'factor')}.")


def run_preview(options: argparse.Namespace) -> int:
    if not options.rules and not options.all:
        raise _which()
    return apart(_preview, options)


def _preview(options: argparse.Namespace) -> None:
    from core.server.commands.told_screening import tell_preview
    from core.server.screening.running import Desk

    with opened(options) as database:
        desk = Desk(
            database, folder_of(options), snapshot_id=options.snapshot, root=options.content, engine=engine_of(options)
        )  # fmt: skip
        tell_preview(desk, desk.named(options.rules))


def run_run(options: argparse.Namespace) -> int:
    if not options.rules:
        raise _which()
    if options.limit < 0:
        raise _limit()
    if options.scenario:
        check_scenarios([options.scenario], options)
    return apart(_run, options)


def _run(options: argparse.Namespace) -> None:
    from core.server.commands.told_screening import tell_outcomes
    from core.server.screening.running import Desk, run

    with opened(options) as database:
        desk = Desk(
            database, folder_of(options), snapshot_id=options.snapshot, root=options.content, engine=engine_of(options)
        )  # fmt: skip
        rules = desk.named(options.rules)
        if all(one.use is RuleUse.REST for one in rules):
            raise _rests()
        done = run(desk, rules, scenario=options.scenario, limit=options.limit, confirmed=options.confirm, by=actor())
        tell_outcomes(done)


def run_past(options: argparse.Namespace) -> int:
    if not options.rules and not options.all:
        raise _which()
    if options.within < 1:
        raise _within()
    return apart(_past, options)


def _past(options: argparse.Namespace) -> None:
    from core.server.commands.told_screening import tell_past
    from core.server.screening.past import past_of

    with opened(options) as database:
        months = past_of(
            database, folder_of(options), options.rules, within_days=options.within, root=options.content
        )  # fmt: skip
    tell_past(months, options.within)


def run_causes(options: argparse.Namespace) -> int:
    if options.within < 1:
        raise _within()
    return apart(_causes, options)


def _causes(options: argparse.Namespace) -> None:
    from core.server.commands.told_screening import tell_harms
    from core.server.screening.past import harm_of

    with opened(options) as database:
        snapshot, found = harm_of(database, folder_of(options), within_days=options.within, root=options.content)
    tell_harms(snapshot, found, options.within)


def _within() -> InputError:
    return InputError(
        title=Text("天数不可用", "The days cannot be used"),
        message=Text("--within 至少 1 天。", "--within is at least a day."),
        next_step=Text("不写则为 30 天。", "Leave it out for 30."),
    )


def _which() -> InputError:
    return InputError(
        title=Text("没有说明哪些规则", "Which rules?"),
        message=Text("请给出规则编号。", "Name rules by their ids."),
        next_step=Text(
            "用 screen rules 查看编号；预览可用 --all。", "See them with: screen rules; a preview takes --all."
        ),
    )


def _limit() -> InputError:
    return InputError(
        title=Text("数量不可用", "The number cannot be used"),
        message=Text("--limit 不能小于 0。", "--limit is not below 0."),
        next_step=Text("不限数量请不写。", "Leave it out for no limit."),
    )


def _rests() -> InputError:
    return InputError(
        title=Text("这是免扰规则", "This rule leaves customers in peace"),
        message=Text("它只让别的规则不打扰客户，不派单。", "It keeps other rules from calling, and makes no tasks."),
        next_step=Text("请选别的规则。", "Choose another rule."),
    )


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="rules|factors|preview|past|causes|run")
    rules = verbs.add_parser("rules", help="the rules, with what they ask in words")
    rules.set_defaults(run=run_rules)
    factors = verbs.add_parser("factors", help="the library of factors")
    factors.add_argument("word", nargs="?", default="", metavar="WORD", help="part of a name, label or group")
    factors.set_defaults(run=run_factors)
    preview = verbs.add_parser("preview", help="how many customers match, how rules overlap, and why in words")
    preview.add_argument("rules", nargs="*", metavar="RULE", help="ids, as `rules` shows them")
    preview.add_argument("--all", action="store_true", help="all rules")
    preview.set_defaults(run=run_preview)
    past = verbs.add_parser("past", help="how rules would have done: who of those matched left afterwards, by snapshot")
    past.add_argument("rules", nargs="*", metavar="RULE", help="ids, as `rules` shows them")
    past.add_argument("--all", action="store_true", help="all rules")
    past.set_defaults(run=run_past)
    causes = verbs.add_parser("causes", help="what each churn cause costs, and what the measure against it would keep")
    causes.set_defaults(run=run_causes)
    for verb in (past, causes):
        verb.add_argument("--within", type=int, default=30, metavar="DAYS", help="left within so many days (30)")
        add_here(verb)
    running = verbs.add_parser("run", help="make waiting tasks of those who match")
    running.add_argument("rules", nargs="*", metavar="RULE", help="ids, as `rules` shows them")
    running.add_argument("--scenario", default="", metavar="S", help="script of the calls; the rule's own by default")
    running.add_argument("--limit", type=int, default=0, metavar="N", help="tasks in all, the likeliest to leave first")
    running.add_argument("--confirm", action="store_true", help="go on where a rule matches more than its bound")
    running.set_defaults(run=run_run)
    for verb in (preview, running):
        verb.add_argument("--snapshot", default="", metavar="ID", help="the newest by default")
        add_engine(verb)
        add_here(verb)
    for verb in (rules, factors, preview, past, causes, running):
        add_content(verb)
        add_place(verb)

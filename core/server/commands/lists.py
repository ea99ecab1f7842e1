"""`lists list|confirm|dealers`: how good lists and dealers are by what agents found, and lists that are held."""

import argparse
from collections.abc import Callable

from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import say


def run_list(options: argparse.Namespace) -> None:
    from sqlalchemy import select

    from core.server.commands.told_findings import said
    from core.server.db.schema import task
    from core.server.list_quality.figures import of_lists, rule_of
    from core.server.list_quality.holding import look_at_lists

    with opened(options) as database:
        poor = look_at_lists(database)
        with database.read() as unit:
            rule = rule_of(unit)
            ids = unit.conn.execute(select(task.c.list_id).where(task.c.tenant_id == unit.tenant).distinct()).scalars()
            found = of_lists(unit, [one for one in ids if one])
    for list_id, quality in sorted(found.items(), key=lambda one: -(one[1].share or 0)):
        say(f"{list_id}\t{said(quality)}" + ("\t！暂缓，等确认 / ! held until confirmed" if list_id in poor else ""))
    if rule is not None:
        say(
            f"查过 {rule.least_calls} 位以上、错号错人肯定超过 {rule.most_wrong_percent:g}% 的名单暂缓派出。"
            f" / A list is held with {rule.least_calls} customers called and certainly more than"
            f" {rule.most_wrong_percent:g} % wrong."
        )


def run_dealers(options: argparse.Namespace) -> None:
    """EVAL-05: verified owners per dealer."""
    from core.server.commands.told_findings import said
    from core.server.list_quality.figures import of_dealers, rule_of

    with opened(options) as database, database.read() as unit:
        rule = rule_of(unit)
        days = options.days or (rule.days if rule is not None else 90)
        found = of_dealers(unit, days=days)
    for dealer, quality in sorted(found.items(), key=lambda one: -(one[1].share or 0)):
        owners = quality.owners / quality.called
        say(f"{dealer}\t{said(quality)}\t本人 owners {quality.owners} ({owners:.0%})")
    if not found:
        say(f"近 {days} 天没有查实的渠道。 / Nothing was found of any dealer in {days} days.")


def run_confirm(options: argparse.Namespace) -> None:
    from core.server.list_quality.holding import confirm

    with opened(options) as database:
        was_held = confirm(database, options.id, by=actor())
    words = (
        Text("已确认，继续派出", "confirmed: it goes out again")
        if was_held
        else Text("已确认；它没有被暂缓", "confirmed; it was not held")
    )
    say(f"{options.id}：{words.zh}。 / {options.id}: {words.en}.")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|confirm|dealers")
    listing = verbs.add_parser("list", help="each list with what agents found, the worst first")
    listing.set_defaults(run=run_list)
    dealers = verbs.add_parser("dealers", help="each dealer with wrong numbers and verified owners")
    dealers.add_argument("--days", type=int, default=0, metavar="N", help="calls of the last so many days")
    dealers.set_defaults(run=run_dealers)
    confirming = verbs.add_parser("confirm", help="give out a list that is held all the same, on record")
    confirming.add_argument("id", metavar="LIST", help="as `lists list` shows it")
    confirming.set_defaults(run=run_confirm)
    for verb in (listing, dealers, confirming):
        add_place(verb)

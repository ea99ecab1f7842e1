"""`package list|snapshot|standing`: responsibility packages; a snapshot is taken once and never changes."""

import argparse
from collections.abc import Callable

from core.domain.errors import InputError
from core.domain.money import yuan
from core.domain.package import Package, PackageStanding
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say
from core.server.db.engine import Unit


def run_list(options: argparse.Namespace) -> None:
    from core.server.packages.snapshot import taken
    from core.server.packages.standing import packages

    with opened(options) as database, database.read() as unit:
        found = [(one, taken(unit, one.id)) for one in packages(unit)]
    if not found:
        say("没有责任包。 / There is no package.")
    for one, count in found:
        say("\t".join((one.id, one.title.zh, one.title.en, f"{one.begins}/{one.ends}", str(count))))


def run_snapshot(options: argparse.Namespace) -> None:
    from core.server.packages.snapshot import take
    from core.server.packages.standing import tell

    with opened(options) as database:
        with database.read() as unit:
            package = _package(unit, options.package)
        count = take(database, package, by=actor())
        tell(database)
    say(f"已拍照 {count} 个客户，不再变动。 / Snapshot taken of {counted(count, 'customer')}; it does not change.")


def run_standing(options: argparse.Namespace) -> None:
    from core.server.packages.standing import standings, tell

    with opened(options) as database:
        tell(database)
        with database.read() as unit:
            found = standings(unit, _package(unit, options.package))
    if not found:
        say("还没有拍照。 / No snapshot was taken yet.")
        return
    say("班组 team\t截至 as of\t拍照 snapshot\t在网 on net\t保有率 retention\t基数/月 base\t最近月 newest month")
    for one in found:
        say("\t".join(_cells(one)))


def _cells(one: PackageStanding) -> tuple[str, ...]:
    kept = one.customers - one.left
    share = f"{kept * 100 / one.customers:.2f} %" if one.customers and one.left_known else "-"
    newest = f"{one.months[-1].month} {yuan(one.months[-1].fen)}" if one.months else "-"
    shown = str(kept) if one.left_known else "-"
    return one.team, str(one.as_of), str(one.customers), shown, share, yuan(one.base_fen), newest


def _package(unit: Unit, name: str) -> Package:
    from core.server.packages.standing import packages

    found = {one.id: one for one in packages(unit)}
    if name not in found:
        raise InputError(
            title=Text("没有这个责任包", "No such package"),
            message=Text(f"没有名为 {name} 的责任包。", f"There is no package called {name}."),
            next_step=Text(f"现有：{'、'.join(found) or '无'}。", f"There are: {', '.join(found) or 'none'}."),
        )
    return found[name]


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|snapshot|standing")
    listing = verbs.add_parser("list", help="packages, their periods, and customers in the snapshot")
    listing.set_defaults(run=run_list)
    taking = verbs.add_parser("snapshot", help="take the snapshot of a package, once and for good")
    taking.set_defaults(run=run_snapshot)
    standing = verbs.add_parser("standing", help="how it stands by team; leads get the same")
    standing.set_defaults(run=run_standing)
    for verb in (taking, standing):
        verb.add_argument("package", metavar="PACKAGE", help="its id, as `package list` shows")
    for verb in (listing, taking, standing):
        add_place(verb)

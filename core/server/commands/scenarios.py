"""Scenario ids given on the command line: a typing error must not become a task without a script."""

import argparse
from collections.abc import Iterable

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import opened, place_of


def check_scenarios(names: Iterable[str], options: argparse.Namespace) -> None:
    """Raises InputError naming the scenarios that there are, where one is neither shipped nor published."""
    from core.content.resources import folder

    shipped = {path.stem for path in (folder() / "scripts").glob("*.yaml")}
    unknown = [name for name in names if name not in shipped]
    if not unknown:
        return
    known = sorted(shipped | _published(options))
    for name in unknown:
        if name not in known:
            raise InputError(
                title=Text("没有这个场景", "No such scenario"),
                message=Text(f"“{name}”没有话术。", f"There is no script for “{name}”."),
                next_step=Text(f"可用的场景：{'、'.join(known)}。", f"The scenarios are: {', '.join(known)}."),
            )


def _published(options: argparse.Namespace) -> set[str]:
    """Those of the site's own content."""
    from core.server.db import published

    place = place_of(options)
    if place.file is not None and not place.file.exists():
        return set()
    with opened(options) as database, database.read() as unit:
        return set(published.scenarios(unit))

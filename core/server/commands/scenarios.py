"""Scenario ids given on the command line: a typing error must not become a task without a script."""

from collections.abc import Iterable

from core.domain.errors import InputError
from core.domain.text import Text


def check_scenarios(names: Iterable[str]) -> None:
    """Raises InputError naming the scenarios that there are, where one is not among them. A scenario is a file."""
    from core.content.resources import folder

    known = sorted(path.stem for path in (folder() / "scripts").glob("*.yaml"))
    for name in names:
        if name not in known:
            raise InputError(
                title=Text("没有这个场景", "No such scenario"),
                message=Text(f"“{name}”没有话术。", f"There is no script for “{name}”."),
                next_step=Text(f"可用的场景：{'、'.join(known)}。", f"The scenarios are: {', '.join(known)}."),
            )

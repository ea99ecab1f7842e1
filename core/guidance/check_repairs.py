"""Repair templates against the scripts: the call that follows a repair needs words."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from core.content.mistakes import Mistakes
from core.content.repairs import FOLDER, PACE, load_pace, load_repair
from core.domain.errors import ContentError
from core.domain.script import Script


def check_repairs(root: Path, scripts: Sequence[Script] | None) -> None:
    """Raises ContentError with file, line and reason of every mistake. Without `scripts`, some of which cannot be
    read, it is not asked whether the calls that are named can be made."""
    known = None if scripts is None else {script.id for script in scripts}
    mistakes = Mistakes()
    for path in sorted((root / FOLDER).glob("*.yaml")):
        found = mistakes.of(partial(load_repair, path))
        if found is not None and found.afterwards is not None:
            _named(mistakes, path, found.afterwards.scenario, known)
    if (root / PACE).exists():
        pace = mistakes.of(lambda: load_pace(root / PACE))
        if pace is not None:
            _named(mistakes, root / PACE, pace.grudging_scenario, known)
    mistakes.refuse()


def _named(mistakes: Mistakes, path: Path, scenario: str, known: set[str] | None) -> None:
    if known is None or scenario in known:
        return
    lines = path.read_text("utf-8").splitlines()
    line = next((at for at, text in enumerate(lines, start=1) if scenario in text), 1)
    mistakes.add(ContentError(file=str(path), line=line, reason=f"there is no script `{scenario}`"))

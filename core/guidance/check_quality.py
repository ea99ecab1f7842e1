"""Scorecards against the scripts, and what callback staff ask by: what `core.content` alone cannot know."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from core.content import Flaw, load_dispositions
from core.content.mistakes import Mistakes
from core.content.scorecards import FOLDER, SAMPLING_FILE, load_sampling, load_scorecard, unknown_scenarios
from core.domain.disposition import Dispositions
from core.domain.errors import ContentError
from core.domain.quality.save_check import SCENARIO, CheckState
from core.domain.quality.scorecard import Scorecard
from core.domain.script import Script

ANSWERS = (CheckState.CONFIRMED, CheckState.DENIED)
"""results without which a save could be asked after, and nothing kept of it"""


def check_quality(root: Path, scripts: Sequence[Script] | None, mistakes: Mistakes) -> None:
    """Every mistake of a folder's scorecards and thresholds is added to `mistakes`.

    Without `scripts`, some of which cannot be read, it is not asked whether cards are for scenarios that exist."""
    known = None if scripts is None else frozenset(script.id for script in scripts)
    for path in sorted((root / FOLDER).glob("*.yaml")):
        card = mistakes.of(partial(load_scorecard, path))
        if card is not None and known is not None:
            _add_unknown(card, path, known, mistakes)
    if (root / SAMPLING_FILE).exists():
        mistakes.of(lambda: load_sampling(root / SAMPLING_FILE))
    results = root / "dispositions" / f"{SCENARIO}.yaml"
    if results.exists():
        mistakes.of(lambda: load_dispositions(results, also=answer_flaws))


def _add_unknown(card: Scorecard, path: Path, known: frozenset[str], mistakes: Mistakes) -> None:
    for flaw in unknown_scenarios(card, known):
        mistakes.add(ContentError(file=str(path), line=1, reason=flaw.reason))


def answer_flaws(results: Dispositions) -> list[Flaw]:
    """What is kept against a save goes by the codes of the results."""
    return [Flaw(("results",), f"there is no result `{one}`") for one in ANSWERS if results.result(one) is None]

"""Drills and care classes against the scripts and the facts: what `core.content` alone cannot know."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from core.content import Flaw
from core.content.care_classes import CARE, load_care_classes
from core.content.drills import FOLDER, load_drill
from core.content.mistakes import Mistakes
from core.content.watched import watched_of, watched_words
from core.domain.care_class import CareClasses
from core.domain.drill import Drill
from core.domain.script import Script
from core.domain.watched import WatchedWords, found
from core.guidance.check_conditions import condition_flaws
from core.guidance.check_words import KNOWN, word_flaws
from core.guidance.fact_names import ALWAYS
from core.guidance.render import heard_by

_BLIND = "need_blind"


def check_practice(root: Path, scripts: Sequence[Script] | None) -> None:
    """Raises ContentError with file, line and reason of every mistake in a folder's drills and care classes.

    Without `scripts`, some of which cannot be read, it is not asked whether drills practise what is there."""
    known, watched = {script.id: script for script in scripts or ()}, watched_of(root)

    def of_drill(drill: Drill) -> list[Flaw]:
        return [] if scripts is None else drill_flaws(drill, known, watched)

    mistakes = Mistakes()
    for path in sorted((root / FOLDER).glob("*.yaml")):
        mistakes.of(partial(load_drill, path, also=of_drill))
    if (root / CARE).exists():
        mistakes.of(lambda: load_care_classes(root / CARE, also=lambda found: care_flaws(found, watched)))
    mistakes.refuse()


def drill_flaws(drill: Drill, scripts: Mapping[str, Script], watched: WatchedWords | None = None) -> list[Flaw]:
    """The objection that is practised exists; what is taught as right may be said to customers."""
    script = scripts.get(drill.scenario)
    if script is None:
        return [Flaw(("scenario",), f"there is no script `{drill.scenario}`")]
    if drill.objection not in {one.id for one in script.objections}:
        return [Flaw(("objection",), f"{script.id} has no objection `{drill.objection}`")]
    if drill.approval is not None:
        return []
    words = (watched or watched_words()).competitor
    taught = [(("turns", at, "model"), turn.model) for at, turn in enumerate(drill.turns)]
    return [
        Flaw(where, f"“{word}” speaks of a competitor: it needs an approval")
        for where, text in taught
        if (word := found(text, words))
    ]


def care_flaws(classes: CareClasses, watched: WatchedWords | None = None) -> list[Flaw]:
    """Unknown facts and conditions, figures without a fall-back on the phone, words that nobody may say."""
    flaws: list[Flaw] = []
    for at, one in enumerate(classes.classes):
        flaws += condition_flaws(one.when, ("classes", at, "when"), {})
        flaws += word_flaws(one.message, ("classes", at, "message"), KNOWN)
        for nth, line in enumerate(one.call):
            # The first line is always said; the others where their figures are known.
            flaws += word_flaws(line, ("classes", at, "call", nth), KNOWN if nth else ALWAYS)
    return flaws or _unsayable(classes, watched or watched_words())


def _unsayable(classes: CareClasses, watched: WatchedWords) -> list[Flaw]:
    flaws: list[Flaw] = []
    for at, one in enumerate(classes.classes):
        for nth, line in enumerate((one.message, *one.call)):
            where = ("classes", at, "call", nth - 1) if nth else ("classes", at, "message")
            if word := found(line, watched.competitor):
                flaws.append(Flaw(where, f"“{word}” speaks of a competitor"))
            if nth and (word := found(heard_by(line, _BLIND), watched.looking)):
                flaws.append(Flaw(where, f"“{word}” tells a blind customer to look"))
    return flaws

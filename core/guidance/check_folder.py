"""The whole content folder, checked as one: scripts, texts, knowledge, drills, care classes, scorecards.

To be asked before anything is published: `core.content` alone knows each file but not how they fit together."""

from pathlib import Path
from typing import NamedTuple

from core.content import Flaw, folder, load_dispositions, load_script, load_skip_reasons, load_sms_templates
from core.content.calendars import load_calendars
from core.content.departments import FOLDER as DEPARTMENTS
from core.content.departments import departments_of, load_department
from core.content.mistakes import Mistakes
from core.content.offers import OFFERS
from core.content.running_pieces import check_running
from core.content.watched import watched_of, watched_words
from core.domain.disposition import Dispositions
from core.domain.errors import ContentError
from core.domain.recheck import RecheckFact
from core.domain.script import Script
from core.domain.template import SmsTemplates
from core.domain.watched import WatchedWords
from core.guidance.check import disposition_flaws, offer_flaws, script_flaws, suggestion_flaws, template_flaws
from core.guidance.check_knowledge import check_knowledge
from core.guidance.check_practice import check_practice
from core.guidance.check_quality import check_quality
from core.guidance.check_repairs import check_repairs
from core.rules.form import flaws_of

SMS = Path("templates", "sms.yaml")


class Known(NamedTuple):
    """What the files of a scenario are held to."""

    templates: SmsTemplates | None
    offers: frozenset[str]
    departments: frozenset[str]
    watched: WatchedWords


def check_folder(root: Path | None = None) -> int:
    """How many scenarios were found sound in `root`, by default the shipped resources.

    Raises ContentError with file, line and reason of every mistake that can be seen at once: what stands on a script
    that cannot be read is looked at again once it can."""
    root, mistakes = root or folder(), Mistakes()
    known = known_of(root, mistakes)
    mistakes.of(lambda: load_skip_reasons(root / "templates" / "skip_reasons.yaml"))
    paths = sorted((root / "scripts").glob("*.yaml"))
    found = [check_scenario(path, root / "dispositions" / path.name, known, mistakes) for path in paths]
    for lone in sorted({p.name for p in (root / "dispositions").glob("*.yaml")} - {p.name for p in paths}):
        file = str(root / "dispositions" / lone)
        mistakes.add(ContentError(file=file, line=1, reason="there is no script of this name"))
    whole = [script for script in found if script is not None]
    scripts = whole if len(whole) == len(found) else None
    mistakes.of(lambda: check_knowledge(root / "knowledge", scripts, known.watched))
    mistakes.of(lambda: check_practice(root, scripts))
    check_quality(root, scripts, mistakes)
    for path in sorted((root / DEPARTMENTS).glob("*.yaml")):
        mistakes.of(lambda path=path: load_department(path))  # type: ignore[misc]
    mistakes.of(lambda: check_repairs(root, scripts))
    mistakes.of(lambda: load_calendars(root))
    check_running(root, mistakes, also=lambda when: flaws_of(when, frozenset(RecheckFact)))
    mistakes.refuse()
    return len(paths)


def offers_of(root: Path) -> frozenset[str]:
    """Ids of the offers of a content folder, each the name of its file; one without any goes by those shipped."""
    own = frozenset(path.stem for path in (root / OFFERS).glob("*.yaml"))
    return own or frozenset(path.stem for path in (folder() / OFFERS).glob("*.yaml"))


def known_of(root: Path, mistakes: Mistakes) -> Known:
    """What the scenarios of a folder are held to; what of it cannot be read is told."""
    # Words that cannot be read are told; the rest is then held to those that came with this version.
    watched = mistakes.of(lambda: watched_of(root)) or watched_words()
    templates = mistakes.of(lambda: load_sms_templates(root / SMS, also=lambda found: template_flaws(found, watched)))
    return Known(templates, offers_of(root), departments_of(root), watched)


def check_scenario(script_path: Path, results_path: Path, known: Known, mistakes: Mistakes) -> Script | None:
    """The script of a scenario where it is sound; what is wrong with it and with its results is told."""
    results = mistakes.of(lambda: load_dispositions(results_path))

    def of_script(script: Script) -> list[Flaw]:
        flaws = script_flaws(script, known.watched) + offer_flaws(script, known.offers)
        return flaws + (suggestion_flaws(script, results) if results is not None else [])

    script = mistakes.of(lambda: load_script(script_path, also=of_script))
    templates = known.templates
    if script is None or results is None or templates is None:
        return script

    def of_results(found: Dispositions) -> list[Flaw]:
        return disposition_flaws(found, script, templates, watched=known.watched, departments=known.departments)

    mistakes.of(lambda: load_dispositions(results_path, also=of_results))
    return script

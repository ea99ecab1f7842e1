"""The whole content folder, checked as one: scripts, texts, knowledge, drills, care classes.

To be asked before anything is published: `core.content` alone knows each file but not how they fit together."""

from pathlib import Path

from core.content import Flaw, folder, load_dispositions, load_script, load_skip_reasons, load_sms_templates
from core.domain.disposition import Dispositions
from core.domain.errors import ContentError
from core.domain.script import Script
from core.domain.template import SmsTemplates
from core.guidance.check import disposition_flaws, script_flaws, suggestion_flaws, template_flaws
from core.guidance.check_knowledge import check_knowledge
from core.guidance.check_practice import check_practice


def check_folder(root: Path | None = None) -> int:
    """How many scenarios were found sound in `root`, by default the shipped resources.

    Raises ContentError with file, line and reason of the first mistake."""
    root = root or folder()
    templates = load_sms_templates(root / "templates" / "sms.yaml", also=template_flaws)
    load_skip_reasons(root / "templates" / "skip_reasons.yaml")
    paths = sorted((root / "scripts").glob("*.yaml"))
    scripts = [_check_scenario(path, root / "dispositions" / path.name, templates) for path in paths]
    for lone in sorted({p.name for p in (root / "dispositions").glob("*.yaml")} - {p.name for p in paths}):
        raise ContentError(file=str(root / "dispositions" / lone), line=1, reason="there is no script of this name")
    check_knowledge(root / "knowledge", scripts)
    check_practice(root, scripts)
    return len(paths)


def _check_scenario(script_path: Path, results_path: Path, templates: SmsTemplates) -> Script:
    results = load_dispositions(results_path)

    def of_script(script: Script) -> list[Flaw]:
        return script_flaws(script) + suggestion_flaws(script, results)

    script = load_script(script_path, also=of_script)

    def of_results(found: Dispositions) -> list[Flaw]:
        return disposition_flaws(found, script, templates)

    load_dispositions(results_path, also=of_results)
    return script

"""What only guidance can know of content: facts that exist, figures that may be missing, codes that fit together.

Given to `core.content.load_*` as `also`, so that a mistake is told with its file and line."""

from core.content import Flaw
from core.content.flaws import Where
from core.domain.condition import Condition
from core.domain.disposition import Dispositions, Result
from core.domain.script import Objection, Script, Step
from core.domain.template import SmsTemplates
from core.domain.text import Text
from core.guidance.fact_names import ALWAYS, FACTS
from core.guidance.render import BadTemplate, needs
from core.rules import flaws_of

KNOWN = frozenset(FACTS)
_PARTS = ("empathise", "clarify", "answer", "confirm")


def script_flaws(script: Script) -> list[Flaw]:
    """Unknown facts, bad templates, and figures where words must not fail."""
    flaws = [Flaw(("figures", at), f"unknown fact `{n}`") for at, n in enumerate(script.figures) if n not in FACTS]
    for at, step in enumerate(script.steps):
        flaws += _step(step, ("steps", at))
    for at, objection in enumerate(script.objections):
        flaws += _objection(objection, ("objections", at))
    return flaws


def disposition_flaws(dispositions: Dispositions, script: Script, templates: SmsTemplates) -> list[Flaw]:
    """Checklist items, SMS templates and notes that the dispositions name but nobody has."""
    items = {item.id for item in script.checklist}
    flaws: list[Flaw] = []
    for where, row in _rows(dispositions):
        flaws += [
            Flaw((*where, "must"), f"`{m}` is not on the checklist of {script.id}") for m in row.must if m not in items
        ]
        if row.note is not None:
            flaws += _words(row.note, (*where, "note"), KNOWN)
    for at, preset in enumerate(dispositions.follow_ups):
        if preset.template and templates.template(preset.template) is None:
            flaws.append(Flaw(("follow_ups", at, "template"), f"there is no SMS template `{preset.template}`"))
    return flaws


def suggestion_flaws(script: Script, dispositions: Dispositions) -> list[Flaw]:
    """Results and reasons that the script's answers suggest but the dispositions do not have."""
    reasons = {reason.code for reason in dispositions.reasons}
    named: list[tuple[Where, str, str]] = []
    for at, step in enumerate(script.steps):
        named += [(("steps", at, "answers", nth), a.suggests, a.reason) for nth, a in enumerate(step.answers)]
    named += [(("objections", at), one.suggests, one.reason) for at, one in enumerate(script.objections)]
    flaws: list[Flaw] = []
    for where, result, reason in named:
        if result and _chosen(dispositions, result) is None:
            flaws.append(Flaw((*where, "suggests"), f"{dispositions.scenario} has no result `{result}`"))
        if reason and reason not in reasons:
            flaws.append(Flaw((*where, "reason"), f"{dispositions.scenario} has no reason `{reason}`"))
    return flaws


def template_flaws(templates: SmsTemplates) -> list[Flaw]:
    """Unknown facts and bad templates in SMS texts."""
    return [f for at, t in enumerate(templates.templates) for f in _words(t.text, ("templates", at, "text"), KNOWN)]


def _chosen(dispositions: Dispositions, code: str) -> Result | None:
    """A result that can be saved: a row with choices only opens them."""
    found = dispositions.result(code)
    return None if found is None or found.choices else found


def _rows(dispositions: Dispositions) -> list[tuple[Where, Result]]:
    out: list[tuple[Where, Result]] = []
    for at, row in enumerate(dispositions.results):
        out.append((("results", at), row))
        out += [(("results", at, "choices", nth), choice) for nth, choice in enumerate(row.choices)]
    return out


def _step(step: Step, where: Where) -> list[Flaw]:
    flaws: list[Flaw] = []
    for nth, say in enumerate(step.say):
        last = nth == len(step.say) - 1
        flaws += _words(say.text, (*where, "say", nth, "text"), ALWAYS if last else KNOWN)
        flaws += _condition(say.when, (*where, "say", nth, "when"))
    for nth, answer in enumerate(step.answers):
        flaws += _condition(answer.when, (*where, "answers", nth, "when"))
    return flaws


def _objection(objection: Objection, where: Where) -> list[Flaw]:
    return [f for part in _PARTS for f in _words(getattr(objection, part), (*where, part), ALWAYS)]


def _condition(condition: Condition | None, where: Where) -> list[Flaw]:
    return [] if condition is None else [Flaw(where, reason) for reason in flaws_of(condition, KNOWN)]


def _words(text: Text, where: Where, allowed: frozenset[str]) -> list[Flaw]:
    try:
        used = needs(text)
    except BadTemplate as error:
        return [Flaw(where, f"not a template for a script: {error}")]
    unknown = [Flaw(where, f"unknown fact `{name}`") for name in sorted(used - KNOWN)]
    missing = sorted((used & KNOWN) - allowed)
    return unknown + [
        Flaw(where, f"`{name}` can be missing, and these words must always be sayable") for name in missing
    ]

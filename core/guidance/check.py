"""What only guidance can know of content: facts that exist, figures that may be missing, codes that fit together.

Given to `core.content.load_*` as `also`, so that a mistake is told with its file and line."""

from collections.abc import Collection

from core.content import Flaw
from core.content.flaws import Where
from core.content.unapproved import unapproved
from core.content.watched import watched_words
from core.domain.disposition import Dispositions, Result
from core.domain.follow_up import FollowUpKind
from core.domain.script import Objection, Script, Step
from core.domain.template import SmsTemplates
from core.domain.watched import WatchedWords
from core.guidance.check_conditions import Said, condition_flaws
from core.guidance.check_spoken import competitor_flaws, looking_flaws
from core.guidance.check_words import KNOWN, word_flaws
from core.guidance.fact_names import ALWAYS, FACTS, FactKind
from core.guidance.said import fields_set

_PARTS = ("empathise", "clarify", "answer", "confirm", "probe")


def script_flaws(script: Script, watched: WatchedWords | None = None) -> list[Flaw]:
    """Unknown facts, bad templates, figures where words must not fail, and words that nobody may say.

    `watched` are the words of the folder that the script stands in; None: those that came with this version."""
    said = fields_set(script.steps)
    flaws = [Flaw(("figures", at), f"unknown fact `{n}`") for at, n in enumerate(script.figures) if n not in FACTS]
    for at, step in enumerate(script.steps):
        flaws += _step(step, ("steps", at), said)
    for at, objection in enumerate(script.objections):
        flaws += _objection(objection, ("objections", at))
    for at, cue in enumerate(script.cues):
        flaws += condition_flaws(cue.when, ("cues", at, "when"), {})
    watched = watched or watched_words()
    return flaws or competitor_flaws(script, watched) + looking_flaws(script, watched)


def disposition_flaws(
    dispositions: Dispositions,
    script: Script,
    templates: SmsTemplates,
    *,
    watched: WatchedWords | None = None,
    departments: Collection[str] | None = None,
) -> list[Flaw]:
    """Checklist items, SMS templates, notes and departments that the dispositions name but nobody has.

    `watched` as for `script_flaws`; `departments` None: nobody knows which there are."""
    items = {item.id for item in script.checklist}
    flaws: list[Flaw] = []
    for where, row in _rows(dispositions):
        flaws += [
            Flaw((*where, "must"), f"`{m}` is not on the checklist of {script.id}") for m in row.must if m not in items
        ]
        if row.note is not None:
            flaws += word_flaws(row.note, (*where, "note"), KNOWN)
        flaws += condition_flaws(row.when, (*where, "when"), {})
    for at, preset in enumerate(dispositions.follow_ups):
        if preset.template and templates.template(preset.template) is None:
            flaws.append(Flaw(("follow_ups", at, "template"), f"there is no SMS template `{preset.template}`"))
        if preset.department and departments is not None and preset.department not in departments:
            flaws.append(Flaw(("follow_ups", at, "department"), f"there is no department `{preset.department}`"))
        flaws += [
            Flaw(("follow_ups", at, "counts_from", nth), f"`{name}` is no day that is known of a customer")
            for nth, name in enumerate(preset.counts_from)
            if name not in FACTS or FACTS[name].kind is not FactKind.DATE
        ]
    return flaws or unapproved(dispositions, (watched or watched_words()).competitor)


def suggestion_flaws(script: Script, dispositions: Dispositions) -> list[Flaw]:
    """Results and reasons that the script's answers suggest but the dispositions do not have."""
    reasons = {reason.code for reason in dispositions.reasons}
    named: list[tuple[Where, str, str]] = []
    for at, step in enumerate(script.steps):
        named += [(("steps", at, "answers", nth), a.suggests, a.reason) for nth, a in enumerate(step.answers)]
    named += [(("objections", at), one.suggests, one.reason) for at, one in enumerate(script.objections)]
    flaws = _promises(script, dispositions)
    for where, result, reason in named:
        if result and _chosen(dispositions, result) is None:
            flaws.append(Flaw((*where, "suggests"), f"{dispositions.scenario} has no result `{result}`"))
        if reason and reason not in reasons:
            flaws.append(Flaw((*where, "reason"), f"{dispositions.scenario} has no reason `{reason}`"))
    return flaws


def offer_flaws(script: Script, offers: frozenset[str]) -> list[Flaw]:
    """Offers that steps name but nobody has."""
    named = ((at, nth, one) for at, step in enumerate(script.steps) for nth, one in enumerate(step.offers))
    return [
        Flaw(("steps", at, "offers", nth), f"there is no offer `{one}`") for at, nth, one in named if one not in offers
    ]


def template_flaws(templates: SmsTemplates, watched: WatchedWords | None = None) -> list[Flaw]:
    """Unknown facts and bad templates in SMS texts, and competitors without an approval."""
    flaws = [
        f for at, t in enumerate(templates.templates) for f in word_flaws(t.text, ("templates", at, "text"), KNOWN)
    ]
    return flaws or unapproved(templates, (watched or watched_words()).competitor)


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


def _promises(script: Script, dispositions: Dispositions) -> list[Flaw]:
    """What the words promise must be among the follow-ups, and no visit: to that the customer agrees apart. What a
    customer gets in writing is a text."""
    kinds = {preset.code: preset.kind for preset in dispositions.follow_ups}
    texts = {code for code, kind in kinds.items() if kind is FollowUpKind.SMS}
    planned = {code for code, kind in kinds.items() if kind is not FollowUpKind.HOME_VISIT}
    named: list[tuple[Where, str]] = []
    flaws: list[Flaw] = []
    if script.in_writing and script.in_writing not in texts:
        flaws.append(Flaw(("in_writing",), f"{dispositions.scenario} has no SMS follow-up `{script.in_writing}`"))
    for at, step in enumerate(script.steps):
        for nth, answer in enumerate(step.answers):
            named += [(("steps", at, "answers", nth, "plans"), code) for code in answer.plans]
    return flaws + [
        Flaw(at, f"{dispositions.scenario} has no follow-up `{code}` that words may promise")
        for at, code in named
        if code not in planned
    ]


def _step(step: Step, where: Where, said: Said) -> list[Flaw]:
    flaws: list[Flaw] = []
    for nth, say in enumerate(step.say):
        last = nth == len(step.say) - 1
        flaws += word_flaws(say.text, (*where, "say", nth, "text"), ALWAYS if last else KNOWN)
        flaws += condition_flaws(say.when, (*where, "say", nth, "when"), said)
    for nth, answer in enumerate(step.answers):
        flaws += condition_flaws(answer.when, (*where, "answers", nth, "when"), said)
    return flaws


def _objection(objection: Objection, where: Where) -> list[Flaw]:
    told = [(part, getattr(objection, part)) for part in _PARTS]
    return [f for part, text in told if text is not None for f in word_flaws(text, (*where, part), ALWAYS)]

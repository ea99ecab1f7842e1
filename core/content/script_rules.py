"""What makes a script sound in itself: every answer leads somewhere, every step can be reached and left."""

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.script_ways import END, way_flaws
from core.domain.script import QuestionKind, Script, Step

MAX_ANSWERS = 9
"""one digit each"""
ZONES = 4
MAX_ANSWER_ZH, MAX_ANSWER_EN = 30, 60
"""characters that an answer's button shows without being cut"""


def script_flaws(script: Script) -> list[Flaw]:
    """Everything wrong with the script that can be seen without knowing the facts."""
    flaws = missing_words(script) + _names(script) + _targets(script) + _zones(script)
    for at, step in enumerate(script.steps):
        flaws += _step(script, step, ("steps", at))
    return flaws or way_flaws(script)


def _names(script: Script) -> list[Flaw]:
    groups: tuple[tuple[str, list[str]], ...] = (
        ("stages", [x.id for x in script.stages]),
        ("steps", [x.id for x in script.steps]),
        ("objections", [x.id for x in script.objections]),
        ("checklist", [x.id for x in script.checklist]),
        ("cues", [x.id for x in script.cues]),
        ("zones", [x.id for x in script.zones]),
    )
    flaws: list[Flaw] = []
    for group, ids in groups:
        flaws += repeated([((group, at, "id"), name) for at, name in enumerate(ids)], f"{group}:")
    flaws += [Flaw(("steps", at), f"`{END}` is no name for a step") for at, s in enumerate(script.steps) if s.id == END]
    asked: list[tuple[Where, str]] = [
        (("steps", at, "question", "code"), s.question.code) for at, s in enumerate(script.steps) if s.question
    ]
    flaws += repeated(asked, "question")
    objections = {one.id for one in script.objections}
    for at, one in enumerate(script.objections):
        flaws += [
            Flaw(("objections", at, "masks"), f"there is no objection `{m}`") for m in one.masks if m not in objections
        ]
    if script.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    return flaws


def _targets(script: Script) -> list[Flaw]:
    ids = {step.id for step in script.steps}
    flaws = [] if script.start in ids else [Flaw(("start",), f"there is no step `{script.start}`")]
    for at, step in enumerate(script.steps):
        for nth, answer in enumerate(step.answers):
            if answer.to != END and answer.to not in ids:
                flaws.append(Flaw(("steps", at, "answers", nth, "to"), f"there is no step `{answer.to}`"))
    return flaws


def _zones(script: Script) -> list[Flaw]:
    """4G-08: every combination of what customer and agent like has one guide, and steps name zones that there are."""
    ids = {zone.id for zone in script.zones}
    flaws = [
        Flaw(("steps", at, "zone"), f"there is no zone `{step.zone}`")
        for at, step in enumerate(script.steps)
        if step.zone and step.zone not in ids
    ]
    combined = {(zone.customer_likes, zone.agent_likes) for zone in script.zones}
    if script.zones and (len(combined) < ZONES or len(script.zones) > ZONES):
        flaws.append(Flaw(("zones",), "four zones: each combination of the two likings once"))
    return flaws


def _step(script: Script, step: Step, where: Where) -> list[Flaw]:
    flaws: list[Flaw] = []
    if step.stage not in {stage.id for stage in script.stages}:
        flaws.append(Flaw((*where, "stage"), f"there is no stage `{step.stage}`"))
    if not step.say:
        flaws.append(Flaw(where, f"step `{step.id}` says nothing"))
    elif step.say[-1].when is not None:
        flaws.append(Flaw((*where, "say", len(step.say) - 1), "the last words of a step must have no condition"))
    if not 1 <= len(step.answers) <= MAX_ANSWERS:
        flaws.append(Flaw(where, f"step `{step.id}` needs 1 to {MAX_ANSWERS} answers"))
    for nth, answer in enumerate(step.answers):
        if len(answer.label.zh) > MAX_ANSWER_ZH or len(answer.label.en) > MAX_ANSWER_EN:
            flaws.append(Flaw((*where, "answers", nth, "label"), "too long for its button"))
    flaws += _shadowed(step, where) + _question(step, where)
    known = {item.id for item in script.checklist}
    flaws += [Flaw((*where, "ticks"), f"`{t}` is not on the checklist") for t in step.ticks if t not in known]
    return flaws


def _shadowed(step: Step, where: Where) -> list[Flaw]:
    """Words after some that are always said: nobody would ever hear them."""
    heard = [nth for nth, say in enumerate(step.say[:-1]) if say.when is None and "{{" not in say.text.zh]
    return [Flaw((*where, "say", heard[0] + 1), "never said: the words before it hold for everyone")] if heard else []


def _question(step: Step, where: Where) -> list[Flaw]:
    """SCRIPT-18: each answer that counts has a code of its own; yes and no are called so."""
    codes: list[tuple[Where, str]] = [
        ((*where, "answers", nth, "code"), answer.code) for nth, answer in enumerate(step.answers) if answer.code
    ]
    if step.question is None:
        return [Flaw(at, f"`{code}` answers no question") for at, code in codes]
    flaws = repeated(codes, "answer")
    kind = step.question.kind
    if len(codes) < (1 if kind is QuestionKind.OPEN else 2):
        flaws.append(Flaw((*where, "question"), "a question needs answers with codes"))
    if kind is QuestionKind.YES_NO and {"yes", "no"} != {code for _, code in codes}:
        flaws.append(Flaw((*where, "question"), "answers to a yes-no question have the codes yes and no"))
    if kind is QuestionKind.SEVERAL and (step.at_most is None or not all(a.once for a in step.answers if a.code)):
        flaws.append(Flaw((*where, "question"), "of several, each is named once, and at_most bounds the loop"))
    return flaws

"""What makes a script sound in itself: every answer leads somewhere, every step can be reached and left."""

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.domain.script import Script, Step

END = "end"
MAX_ANSWERS = 9
"""one digit each"""
MAX_ANSWER_ZH, MAX_ANSWER_EN = 30, 60
"""characters that an answer's button shows without being cut"""


def script_flaws(script: Script) -> list[Flaw]:
    """Everything wrong with the script that can be seen without knowing the facts."""
    flaws = missing_words(script) + _names(script) + _targets(script)
    for at, step in enumerate(script.steps):
        flaws += _step(script, step, ("steps", at))
    return flaws or _ways(script)


def _names(script: Script) -> list[Flaw]:
    groups: tuple[tuple[str, list[str]], ...] = (
        ("stages", [x.id for x in script.stages]),
        ("steps", [x.id for x in script.steps]),
        ("objections", [x.id for x in script.objections]),
        ("checklist", [x.id for x in script.checklist]),
    )
    flaws: list[Flaw] = []
    for group, ids in groups:
        flaws += repeated([((group, at, "id"), name) for at, name in enumerate(ids)], f"{group}:")
    flaws += [Flaw(("steps", at), f"`{END}` is no name for a step") for at, s in enumerate(script.steps) if s.id == END]
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
    known = {item.id for item in script.checklist}
    flaws += [Flaw((*where, "ticks"), f"`{t}` is not on the checklist") for t in step.ticks if t not in known]
    return flaws


def _ways(script: Script) -> list[Flaw]:
    """What no path reaches, and steps from which no path ends; asked once all names and targets are right."""
    onward = {step.id: {answer.to for answer in step.answers} for step in script.steps}
    reached = _closure({script.start}, onward)
    backward: dict[str, set[str]] = {}
    for source, targets in onward.items():
        for target in targets:
            backward.setdefault(target, set()).add(source)
    ending = _closure({END}, backward)
    used = {step.stage for step in script.steps}
    unused = [(at, stage.id) for at, stage in enumerate(script.stages) if stage.id not in used]
    flaws = [Flaw(("stages", at), f"no step belongs to stage `{name}`") for at, name in unused]
    for at, step in enumerate(script.steps):
        if step.id not in reached:
            flaws.append(Flaw(("steps", at), f"no path leads to step `{step.id}`"))
        if step.id not in ending:
            flaws.append(Flaw(("steps", at), f"no path from step `{step.id}` comes to an end"))
    return flaws


def _closure(begin: set[str], edges: dict[str, set[str]]) -> set[str]:
    seen, ahead = set(begin), list(begin)
    while ahead:
        for target in edges.get(ahead.pop(), set()) - seen:
            seen.add(target)
            ahead.append(target)
    return seen

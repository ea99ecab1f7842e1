"""Ways through a script: what no path reaches, where a path cannot go on, loops that nobody could leave."""

from core.content.flaws import Flaw
from core.domain.condition import Condition
from core.domain.outcome import Verification
from core.domain.script import Answer, Script, Step

END = "end"


def way_flaws(script: Script) -> list[Flaw]:
    """Asked once all names and targets are right."""
    return _reach(script) + [f for at, step in enumerate(script.steps) for f in _stuck(script, step, at)]


def _reach(script: Script) -> list[Flaw]:
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


def _stuck(script: Script, step: Step, at: int) -> list[Flaw]:
    """An answer must be left for every customer, also once loops are used up."""
    if step.at_most is not None and step.at_most < 1:
        return [Flaw(("steps", at, "at_most"), "a step is walked at least once")]
    worn = {one.id for one in script.steps if one.at_most is not None and _wears_out(script, one, step)}
    lasting = [one for one in step.answers if not one.once and one.to not in worn]
    if not lasting:
        return [Flaw(("steps", at), f"every way on from `{step.id}` can be used up: an endless loop for some")]
    selling = {one.id for one in script.steps if one.sells}
    if step.id not in selling and all(answer.to in selling for answer in lasting):
        return [Flaw(("steps", at), f"every way on from `{step.id}` sells: stuck where selling is closed")]
    if not _covers(lasting):
        return [Flaw(("steps", at), f"every way on from `{step.id}` has a condition: some customer is stuck")]
    if step.id not in selling and not _covers([answer for answer in lasting if answer.to not in selling]):
        return [
            Flaw(("steps", at), f"what does not sell from `{step.id}` has a condition: stuck where selling is closed")
        ]
    telling = _telling(script)
    if step.id in _before_owner(script, telling) and not _covers(
        [one for one in lasting if _open_to_all(one, telling)]
    ):
        return [Flaw(("steps", at), f"no way on from `{step.id}` is open to all while the owner is not on the line")]
    return []


def _telling(script: Script) -> set[str]:
    """Steps that tell of the customer: for the owner's ears."""
    return {one.id for one in script.steps if one.discloses}


def _open_to_all(answer: Answer, telling: set[str]) -> bool:
    """What it leads to tells nothing of the customer; or the customer says with it that it is the owner."""
    return answer.to not in telling or answer.verification is Verification.OWNER


def _before_owner(script: Script, telling: set[str]) -> set[str]:
    """Steps at which somebody else than the owner, or nobody known, may be on the line."""
    onward = {
        step.id: {
            one.to for one in step.answers if one.verification is not Verification.OWNER and _open_to_all(one, telling)
        }
        for step in script.steps
    }
    return _closure({script.start}, onward)


def _wears_out(script: Script, counted: Step, step: Step) -> bool:
    """Whether a customer at `step` can have used up `counted`: it leads here, and round again too often."""
    onward = {one.id: {answer.to for answer in one.answers} for one in script.steps}
    if step.id not in _closure(onward[counted.id], onward):
        return False
    around = [answer for answer in counted.answers if counted.id in _closure({answer.to}, onward)]
    return not all(answer.once for answer in around) or len(around) >= (counted.at_most or 0)


def _covers(answers: list[Answer]) -> bool:
    """One without condition, or a condition beside its opposite."""
    asked = [answer.when for answer in answers if answer.when is not None]
    if len(asked) < len(answers):
        return True
    return any(Condition(not_=one) in asked for one in asked)


def _closure(begin: set[str], edges: dict[str, set[str]]) -> set[str]:
    seen, ahead = set(begin), list(begin)
    while ahead:
        for target in edges.get(ahead.pop(), set()) - seen:
            seen.add(target)
            ahead.append(target)
    return seen

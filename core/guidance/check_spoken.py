"""What may not be said as it stands: competitors without an approval (BB-09), "look" to one who cannot see."""

from collections.abc import Iterator

from core.content import Flaw
from core.content.flaws import Where
from core.content.unapproved import unapproved
from core.domain.condition import Condition
from core.domain.script import Script, Step
from core.domain.text import Text
from core.domain.watched import WatchedWords, found
from core.guidance.render import heard_by

_BLIND = "need_blind"


def competitor_flaws(script: Script, watched: WatchedWords) -> list[Flaw]:
    """Words about a competitor that carry no approval: what is said, and what an agent is told to say or think."""
    return unapproved(script, watched.competitor)


def looking_flaws(script: Script, watched: WatchedWords) -> list[Flaw]:
    """Words that a blind customer would hear and that tell them to look."""
    return [
        Flaw(where, f"“{word}” tells a blind customer to look: word it apart with `{_BLIND}`")
        for where, text in _heard(script)
        if (word := found(heard_by(text, _BLIND), watched.looking))
    ]


def _heard(script: Script) -> Iterator[tuple[Where, Text]]:
    """All that a blind customer can hear: of a step, and of objections in whatever step they come up."""
    for at, step in enumerate(script.steps):
        for nth in _for_the_blind(step):
            yield ("steps", at, "say", nth, "text"), step.say[nth].text
    for at, one in enumerate(script.objections):
        for part in ("empathise", "clarify", "probe", "answer", "confirm"):
            text: Text | None = getattr(one, part)
            if text is not None:
                yield ("objections", at, part), text


def _for_the_blind(step: Step) -> list[int]:
    """Positions of the words that a blind customer can hear: none after those that are said to every blind one."""
    out = []
    for nth, say in enumerate(step.say):
        if say.when == Condition(not_=Condition(field=_BLIND, eq=True)) or say.when == Condition(
            field=_BLIND, eq=False
        ):
            continue
        out.append(nth)
        if say.when == Condition(field=_BLIND, eq=True):
            break
    return out

"""What may not be said as it stands: competitors without an approval (BB-09), "look" to one who cannot see."""

import re
from collections.abc import Iterator
from functools import lru_cache

from core.content import Flaw
from core.content.flaws import Where
from core.domain.condition import Condition
from core.domain.script import Approval, Script, Step
from core.domain.text import Text
from core.domain.watched import WatchedWords, WordList
from core.guidance.render import heard_by

_BLIND = "need_blind"


def competitor_flaws(script: Script, watched: WatchedWords) -> list[Flaw]:
    """Words about a competitor that carry no approval."""
    return [
        Flaw(where, f"“{word}” speaks of a competitor: it needs an approval")
        for where, text, approval in _spoken(script)
        if approval is None and (word := found(text, watched.competitor))
    ]


def looking_flaws(script: Script, watched: WatchedWords) -> list[Flaw]:
    """Words that a blind customer would hear and that tell them to look."""
    flaws = []
    for at, step in enumerate(script.steps):
        for nth in _for_the_blind(step):
            text = heard_by(step.say[nth].text, _BLIND)
            if word := found(text, watched.looking):
                where: Where = ("steps", at, "say", nth, "text")
                flaws.append(Flaw(where, f"“{word}” tells a blind customer to look: word it apart with `{_BLIND}`"))
    return flaws


def found(text: Text, words: WordList) -> str:
    """The first watched word in either language; empty where there is none."""
    chinese = next((word for word in words.zh if word in text.zh.lower()), "")
    if chinese or not words.en:
        return chinese
    match = _english(words.en).search(text.en)
    return match[0] if match else ""


@lru_cache(maxsize=64)
def _english(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def _spoken(script: Script) -> Iterator[tuple[Where, Text, Approval | None]]:
    for at, step in enumerate(script.steps):
        for nth, say in enumerate(step.say):
            yield ("steps", at, "say", nth, "text"), say.text, say.approval
    for at, one in enumerate(script.objections):
        for part in ("empathise", "clarify", "probe", "answer", "confirm"):
            text: Text | None = getattr(one, part)
            if text is not None:
                yield ("objections", at, part), text, one.approval


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

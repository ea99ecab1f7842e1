"""Hidden objections: what an excuse may stand for, and the question that finds it (SCRIPT-10)."""

from core.domain.script import Objection, Script
from core.domain.text import Text


def asked(objection: Objection) -> Text:
    """The clarifying question, and the probing one after it where there is one."""
    if objection.probe is None:
        return objection.clarify
    return Text(objection.clarify.zh + objection.probe.zh, f"{objection.clarify.en} {objection.probe.en}")


def behind(script: Script, objection: Objection) -> tuple[Objection, ...]:
    """The objections that this one may be an excuse for."""
    return tuple(one for one in script.objections if one.id in objection.masks)

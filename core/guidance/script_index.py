"""A script by id, made once: a step is found without searching."""

from core.domain.outcome import Verification
from core.domain.script import Objection, Script, Step, Zone


class ScriptIndex:
    def __init__(self, script: Script) -> None:
        self.script = script
        self.steps: dict[str, Step] = {step.id: step for step in script.steps}
        self.objections: dict[str, Objection] = {one.id: one for one in script.objections}
        self.zones: dict[str, Zone] = {zone.id: zone for zone in script.zones}
        self.items = {item.id: item for item in script.checklist}
        self.first_of_stage: dict[str, str] = {}
        for step in script.steps:
            self.first_of_stage.setdefault(step.stage, step.id)
        self._short: dict[Verification, str] = {}
        for step in script.steps:
            for answer in step.answers:
                if answer.verification not in (None, Verification.OWNER) and answer.to in self.steps:
                    self._short.setdefault(answer.verification, answer.to)

    def short_version(self, verification: Verification) -> str | None:
        """The step for someone who is not the owner; None for the owner or where the script has none."""
        return self._short.get(verification)

"""The figures that stand at the head of the customer's view in this call."""

from collections.abc import Mapping

from core.domain.script import Script
from core.domain.task import Task
from core.domain.text import Lang, Text
from core.guidance.facts import figures_of

MOST_OF_THE_RULE = 3
MOST = 8
"""so that the picture of the bills stays in sight"""


def call_figures(task: Task | None, script: Script, facts: Mapping[str, object], lang: Lang) -> list[tuple[Text, str]]:
    """Label and value, empty where not supplied: first what the rule went by that made the task (ID-08), as far as the
    script's own figures do not tell it, then those."""
    own = figures_of(script, facts, lang)
    told = {label.zh for label, _ in own}
    asked = [(one.label, one.value.of(lang)) for one in (task.in_use if task else ()) if one.label.zh not in told]
    return [*asked[:MOST_OF_THE_RULE], *((label, value or "") for label, value in own)][:MOST]

"""One customer has one task: what else is told of them stands in front of why it was made. Pure."""

from core.domain.text import Text

_MOST = 500
"""characters: whoever tells of one customer each minute must not fill their task"""


def in_front(told: Text, before: Text) -> Text:
    """The latest first, in each language; what stands there already is not told twice."""
    return Text(_in_front(told.zh, before.zh, "；"), _in_front(told.en, before.en, "; "))


def _in_front(told: str, before: str, between: str) -> str:
    return before if told in before else f"{told}{between}{before}"[:_MOST]

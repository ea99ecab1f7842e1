"""The codes of a frame in words, for people who open a workbook and know no codes."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from core.domain.disposition import Dispositions
from core.domain.outcome import Contact
from core.domain.people import ROLE_NAMES, Role
from core.domain.task import TIER_NAMES, Tier
from core.domain.text import Text
from core.review.frame import Frame

CONTACT_NAMES: dict[Contact, Text] = {
    Contact.OWNER: Text("机主本人", "Owner"),
    Contact.FAMILY: Text("家人", "Family"),
    Contact.THIRD_PARTY: Text("其他人", "Someone else"),
    Contact.REJECTED: Text("拒接", "Rejected"),
    Contact.UNANSWERED: Text("无人接听", "No answer"),
    Contact.OTHER_NUMBER: Text("改打其他号码", "Call another number"),
    Contact.IDENTITY_DOUBTED: Text("身份未核实", "Identity in doubt"),
    Contact.NOT_OWNER: Text("非机主", "Not the owner"),
    Contact.BAD_NUMBER: Text("号码有误", "Bad number"),
    Contact.NONE: Text("未拨打", "Not dialled"),
}
VALUE_LABELS: dict[str, Text] = {
    "high": Text("高价值", "High value"),
    "mid": Text("中价值", "Middle value"),
    "low": Text("低价值", "Low value"),
}
_NOTHING = Text("（空）", "(none)")


class Labels(Struct, frozen=True, kw_only=True):
    """Words by code; a code that nobody knows any more stands for itself."""

    scenarios: Mapping[str, Text] = {}
    results: Mapping[tuple[str, str], Text] = {}
    """by scenario and code, as the next"""
    reasons: Mapping[tuple[str, str], Text] = {}

    def result(self, scenario: str, code: str) -> Text:
        return self.results.get((scenario, code)) or plain(code)

    def reason(self, scenario: str, code: str) -> Text:
        return self.reasons.get((scenario, code)) or plain(code)

    def of(self, dimension: str, word: str, frame: Frame) -> Text:
        """A word of one of the dimensions that a review chooses by."""
        if dimension == "agent":
            return plain(frame.agent_name(word)) if word else _NOTHING
        if dimension == "team":
            return plain(frame.team_name(word)) if word else _NOTHING
        if dimension == "scenario":
            return self.scenarios.get(word) or plain(word)
        if dimension == "role":
            return ROLE_NAMES[Role(word)] if word in set(Role) else plain(word)
        if dimension == "tier":
            return TIER_NAMES[Tier(word)] if word in set(Tier) else plain(word)
        if dimension == "value":
            return VALUE_LABELS.get(word) or plain(word)
        return plain(word)


def labels_of(titles: Mapping[str, Text], dispositions: Iterable[Dispositions]) -> Labels:
    """From the titles of scripts and what their dispositions offer."""
    results: dict[tuple[str, str], Text] = {}
    reasons: dict[tuple[str, str], Text] = {}
    for one in dispositions:
        for row in one.results:
            results |= {(one.scenario, choice.code): choice.label for choice in (row, *row.choices)}
        reasons |= {(one.scenario, reason.code): reason.label for reason in one.reasons}
    return Labels(scenarios=titles, results=results, reasons=reasons)


def contact_name(word: str) -> Text:
    return CONTACT_NAMES[Contact(word)] if word in set(Contact) else plain(word)


def plain(word: str) -> Text:
    """A name or code as it is."""
    return Text(word, word) if word else _NOTHING

"""What a planner asks of the server about factors and rules; each raises what `Ask` does."""

from urllib.parse import quote

import msgspec

from core.domain.warning_rule import WarningRule
from core.sync.ask import Ask
from core.wire.screening import (
    AskPreview,
    Factors,
    JudgedRule,
    JudgeRule,
    PreviewStopped,
    RuleHistory,
    RulePreview,
    Rules,
    SavedRule,
    SaveRule,
    UseRule,
)


class AskScreening:
    """To be asked from a job off the window's thread."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def factors(self) -> Factors:
        """The library, with how many customers of the newest snapshot each is known of."""
        return self._ask.asked("GET", "/screening/factors", Factors)

    def rules(self) -> Rules:
        """In use, saved and not published, and taken out of use."""
        return self._ask.asked("GET", "/screening/rules", Rules)

    def counts(self) -> dict[str, int]:
        """Customers whom each rule in use matches, by its id."""
        return self._ask.asked("GET", "/screening/counts", dict[str, int])

    def history(self, rule_id: str) -> RuleHistory:
        return self._ask.asked("GET", f"/screening/rules/{quote(rule_id, safe='')}/versions", RuleHistory)

    def preview(self, rule: WarningRule, *, overlaps: bool = False, past: bool = False) -> RulePreview:
        """Raises Refused (`preview_stopped`) where the same person has asked again meanwhile."""
        body = msgspec.json.encode(AskPreview(rule=rule, overlaps=overlaps, past=past))
        return self._ask.asked("POST", "/screening/preview", RulePreview, body=body)

    def stop(self) -> PreviewStopped:
        """Whoever waits for the preview of this person is told that it was given up."""
        return self._ask.asked("POST", "/screening/preview/stop", PreviewStopped, body=b"{}")

    def judged(self, *, rule: WarningRule | None = None, yaml: str = "") -> JudgedRule:
        """The rule, its file, and what is wrong with it, by line."""
        body = msgspec.json.encode(JudgeRule(rule=rule, yaml=yaml))
        return self._ask.asked("POST", "/screening/rules/judged", JudgedRule, body=body)

    def save(self, asked: SaveRule) -> SavedRule:
        """Raises Refused where it is unsound, or somebody else has saved a version meanwhile."""
        return self._ask.asked("POST", "/screening/rules/saved", SavedRule, body=msgspec.json.encode(asked))

    def use(self, rule_id: str, asked: UseRule) -> SavedRule:
        """Publish a version, go back to one, or take the rule out of use (version 0)."""
        path = f"/screening/rules/{quote(rule_id, safe='')}/use"
        return self._ask.asked("POST", path, SavedRule, body=msgspec.json.encode(asked))

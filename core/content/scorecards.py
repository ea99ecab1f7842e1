"""Scorecards and the thresholds of sampling as files: loaded whole, or refused with file, line and reason."""

from collections.abc import Iterator
from pathlib import Path

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, named, read_text
from core.content.yaml_lines import parse
from core.domain.incentive import TAKEN_BACK
from core.domain.quality.sampling import SamplingRules
from core.domain.quality.scorecard import Scorecard, Subject

FOLDER = "scorecards"
SAMPLING_FILE = Path("rules/sampling.yaml")
MOST_ITEMS = 24
"""what can be scored of one call with care"""
FULL = 100


def load_scorecard(path: Path) -> Scorecard:
    """The card in that file. Raises ContentError."""

    def check(card: Scorecard) -> list[Flaw]:
        return named(card.id, "id", path) + _card_flaws(card)

    file = str(path)
    return convert(parse(read_text(path), file=file), Scorecard, check, file=file)


def load_scorecards(root: Path) -> list[Scorecard]:
    """Every card of a folder laid out as `resources/`, by name. Raises ContentError."""
    return [load_scorecard(path) for path in sorted((root / FOLDER).glob("*.yaml"))]


def load_sampling(path: Path) -> SamplingRules:
    """The thresholds in that file. Raises ContentError."""
    file = str(path)
    return convert(parse(read_text(path), file=file), SamplingRules, _sampling_flaws, file=file)


def unknown_scenarios(card: Scorecard, scenarios: frozenset[str]) -> list[Flaw]:
    """Scenarios that a card names and no script has."""
    return [
        Flaw(("scenarios", at), f"there is no script `{name}`")
        for at, name in enumerate(card.scenarios)
        if name not in scenarios
    ]


def _card_flaws(card: Scorecard) -> list[Flaw]:
    flaws = missing_words(card) + (list(_numbers(card)) or _total(card))
    if card.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    if not 1 <= len(card.items) <= MOST_ITEMS:
        flaws.append(Flaw(("sections",), f"1 to {MOST_ITEMS} items"))
    if card.subject is Subject.REVEAL and card.scenarios:
        flaws.append(Flaw(("scenarios",), "a number that was shown belongs to no scenario"))
    flaws += [
        Flaw(("instant_fail", at, "establishes"), "a call can establish `faked` or `stonewalled`")
        for at, one in enumerate(card.instant_fail)
        if one.establishes not in (None, *TAKEN_BACK)
    ]
    ids: list[tuple[Where, str]] = [(("sections", at, "id"), one.id) for at, one in enumerate(card.sections)]
    items: list[tuple[Where, str]] = [
        (("sections", at, "items", nth, "id"), item.id)
        for at, section in enumerate(card.sections)
        for nth, item in enumerate(section.items)
    ]
    items += [(("instant_fail", at, "id"), one.id) for at, one in enumerate(card.instant_fail)]
    return flaws + repeated(ids, "section") + repeated(items, "item")


def _numbers(card: Scorecard) -> Iterator[Flaw]:
    if not 1 <= card.pass_mark <= FULL:
        yield Flaw(("pass_mark",), f"a pass mark lies between 1 and {FULL}")
    for at, section in enumerate(card.sections):
        if not section.items:
            yield Flaw(("sections", at, "items"), "a section needs an item")
        for nth, item in enumerate(section.items):
            if not 1 <= item.points <= FULL:
                yield Flaw(("sections", at, "items", nth, "points"), f"an item is worth 1 to {FULL} points")


def _total(card: Scorecard) -> list[Flaw]:
    total = sum(item.points for item in card.items)
    if total == FULL:
        return []
    return [Flaw(("sections",), f"all items together are worth {total} points, not {FULL}")]


def _sampling_flaws(rules: SamplingRules) -> list[Flaw]:
    flaws: list[Flaw] = []
    if rules.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    for name in ("chance_percent", "verify_percent"):
        if not 0 <= getattr(rules, name) <= FULL:
            flaws.append(Flaw((name,), f"a share lies between 0 and {FULL} percent"))
    above = ("hurried_items", "reveal_hours", "note_days", "note_least", "churn_days", "claim_hours",
             "verify_within_days")  # fmt: skip
    flaws += [Flaw((name,), "must be above 0") for name in above if getattr(rules, name) < 1]
    least = ("least_per_week", "short_call_s", "ticked_within_s", "verify_after_days")
    flaws += [Flaw((name,), "must not be below 0") for name in least if getattr(rules, name) < 0]
    if rules.verify_within_days <= rules.verify_after_days:
        flaws.append(Flaw(("verify_within_days",), "asking must not end before it begins"))
    return flaws

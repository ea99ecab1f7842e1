"""The content that came with this version: read once a process, ready to be published."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from core.content.load import load_dispositions, load_script, load_skip_reasons, load_sms_templates
from core.content.resources import folder
from core.domain.calendar import CALENDAR
from core.domain.care_class import CARE_CLASSES, CLASSES
from core.domain.causes import CAUSE_WORDS
from core.domain.content_kinds import DISPOSITIONS, DRILL, KNOWLEDGE, SCRIPT, SKIP_REASONS, SMS_TEMPLATES
from core.domain.data_periods import DATA_PERIODS
from core.domain.department import DEPARTMENT
from core.domain.disposition import Dispositions
from core.domain.incentive import CONTEST, INCENTIVE
from core.domain.offer_content import BUDGET, ELIGIBILITY, GRANTING, OFFER, OFFERING, PLANS, RECOMMENDATION, SHELF
from core.domain.package import PACKAGE
from core.domain.quality.kinds import SAMPLING, SCORECARD
from core.domain.repair import REPAIR, REPAIR_PACE
from core.domain.script import Script
from core.domain.template import SkipReasons, SmsTemplates
from core.domain.watched import WATCHED

if TYPE_CHECKING:
    from core.domain.eligibility import EligibilityRules
    from core.domain.knowledge import Article
    from core.domain.plan import Catalogue
    from core.domain.recommendation import RecommendationRule

SMS, SKIPS = Path("templates/sms.yaml"), Path("templates/skip_reasons.yaml")
ELIGIBILITY_FILE, RECOMMENDATION_FILE = Path("rules/eligibility.yaml"), Path("rules/recommendation.yaml")
PLANS_FILE = Path("plans/broadband.yaml")
"""the one of the catalogue's files that holds its version"""


class Shipped(Struct, frozen=True, kw_only=True):
    """One piece, as `core.wire.pull.ContentDocument` carries it."""

    kind: str
    """one of `core.domain.content_kinds`"""
    name: str
    """scenario id, article id; for the others their file's name"""
    version: int
    body: bytes
    """the Struct as JSON"""
    file: str = ""
    """where it was read from"""


@cache
def scripts() -> MappingProxyType[str, Script]:
    """By scenario id. Raises ContentError."""
    found = [load_script(path) for path in sorted((folder() / "scripts").glob("*.yaml"))]
    return MappingProxyType({script.id: script for script in found})


@cache
def dispositions() -> MappingProxyType[str, Dispositions]:
    """By scenario id. Raises ContentError."""
    found = [load_dispositions(path) for path in sorted((folder() / "dispositions").glob("*.yaml"))]
    return MappingProxyType({one.scenario: one for one in found})


@cache
def sms_templates() -> SmsTemplates:
    """Raises ContentError."""
    return load_sms_templates(folder() / SMS)


@cache
def skip_reasons() -> SkipReasons:
    """Raises ContentError."""
    return load_skip_reasons(folder() / SKIPS)


@cache
def knowledge() -> MappingProxyType[str, "Article"]:
    """By article id. Raises ContentError."""
    return MappingProxyType({one.id: one for one in _articles(folder())})


def plans() -> "Catalogue":
    """Raises ContentError."""
    # A desk imports this module as it starts, and compares no plans then.
    from core.content.plans import catalogue

    return catalogue()


def eligibility() -> "EligibilityRules":
    """Raises ContentError."""
    from core.content.offer_rules import eligibility_rules

    return eligibility_rules()


def recommendation() -> "RecommendationRule":
    """Raises ContentError."""
    from core.content.offer_rules import recommendation_rule

    return recommendation_rule()


def shipped() -> list[Shipped]:
    """Everything that the server publishes. Raises ContentError."""
    sms, skips = sms_templates(), skip_reasons()
    pieces = _pieces(folder(), scripts().values(), dispositions().values(), sms, skips, knowledge().values())
    return pieces + _offer_pieces(folder(), plans(), eligibility(), recommendation())


def pieces_of(root: Path) -> list[Shipped]:
    """What a folder laid out as `resources/` would have the server publish, read anew. Raises ContentError."""
    from core.content.offer_rules import load_eligibility, load_recommendation
    from core.content.plans import load_catalogue

    pieces = _pieces(
        root,
        [load_script(path) for path in sorted((root / "scripts").glob("*.yaml"))],
        [load_dispositions(path) for path in sorted((root / "dispositions").glob("*.yaml"))],
        load_sms_templates(root / SMS),
        load_skip_reasons(root / SKIPS),
        _articles(root),
    )
    eligible, weighed = load_eligibility(root / ELIGIBILITY_FILE), load_recommendation(root / RECOMMENDATION_FILE)
    return pieces + _offer_pieces(root, load_catalogue(root / "plans"), eligible, weighed)


def _articles(root: Path) -> list["Article"]:
    # A desk imports this module as it starts, and reads no Markdown.
    from core.content.articles import load_article

    return [load_article(path) for path in sorted((root / "knowledge").glob("*.md"))]


def _pieces(
    root: Path,
    scripts: Iterable[Script],
    results: Iterable[Dispositions],
    sms: SmsTemplates,
    skips: SkipReasons,
    articles: Iterable["Article"],
) -> list[Shipped]:
    return [
        *(_piece(SCRIPT, s.id, s.version, s, root / "scripts" / f"{s.id}.yaml") for s in scripts),
        *(
            _piece(DISPOSITIONS, d.scenario, d.version, d, root / "dispositions" / f"{d.scenario}.yaml")
            for d in results
        ),
        _piece(SMS_TEMPLATES, "sms", sms.version, sms, root / SMS),
        _piece(SKIP_REASONS, "skip_reasons", skips.version, skips, root / SKIPS),
        *(_piece(KNOWLEDGE, a.id, a.version, a, root / "knowledge" / f"{a.id}.md") for a in articles),
        *_practice(root),
        *_repairs(root),
        *_quality(root),
        *_departments(root),
        *_rewards(root),
        *_watched(root),
        *_data_periods(root),
        *_running(root),
        *_calendars(root),
    ]


def _watched(root: Path) -> list[Shipped]:
    """The words that tips are held to, too; a site's folder without any goes by those that came with the program."""
    from core.content.watched import WATCHED as FILE
    from core.content.watched import load_watched

    if not (root / FILE).exists():
        return []
    words = load_watched(root / FILE)
    return [_piece(WATCHED, WATCHED, words.version, words, root / FILE)]


def _data_periods(root: Path) -> list[Shipped]:
    """How long data are kept; a site's folder without it goes by what came with the program."""
    from core.content.data_periods import PERIODS_FILE, load_data_periods

    if not (root / PERIODS_FILE).exists():
        return []
    found = load_data_periods(root / PERIODS_FILE)
    return [_piece(DATA_PERIODS, DATA_PERIODS, found.version, found, root / PERIODS_FILE)]


def _running(root: Path) -> list[Shipped]:
    """What the server goes by while it works; a site's folder of an earlier program has none of it."""
    from core.content.running_pieces import running

    return [_piece(kind, name, version, value, root / file) for kind, name, version, value, file in running(root)]


def _calendars(root: Path) -> list[Shipped]:
    """Which days rest where; a site's folder of an earlier program has none, and what came with a program holds."""
    from core.content.calendars import CALENDARS, load_calendars

    found = load_calendars(root)
    return [_piece(CALENDAR, one.name, one.version, one, root / CALENDARS / f"{one.name}.yaml") for one in found]


def _practice(root: Path) -> list[Shipped]:
    """Drills and care classes: of no use on a desk's start path."""
    from core.content.care_classes import CARE, load_care_classes
    from core.content.drills import FOLDER, load_drills

    pieces = [_piece(DRILL, d.id, d.version, d, root / FOLDER / f"{d.id}.yaml") for d in load_drills(root)]
    if (root / CARE).exists():
        care = load_care_classes(root / CARE)
        pieces.append(_piece(CARE_CLASSES, CLASSES, care.version, care, root / CARE))
    return pieces


def _repairs(root: Path) -> list[Shipped]:
    """Templates of repairs and their pace; a site's folder of an earlier program has neither."""
    from core.content.repairs import FOLDER, PACE, load_pace, load_repairs

    pieces = [_piece(REPAIR, one.id, one.version, one, root / FOLDER / f"{one.id}.yaml") for one in load_repairs(root)]
    if (root / PACE).exists():
        pace = load_pace(root / PACE)
        pieces.append(_piece(REPAIR_PACE, REPAIR_PACE, pace.version, pace, root / PACE))
    return pieces


def _departments(root: Path) -> list[Shipped]:
    """What departments take and when they answer; a site's folder of an earlier program names none."""
    from core.content.departments import FOLDER, load_departments

    return [_piece(DEPARTMENT, d.id, d.version, d, root / FOLDER / f"{d.id}.yaml") for d in load_departments(root)]


def _quality(root: Path) -> list[Shipped]:
    """Scorecards and the thresholds of sampling; a site's folder of an earlier program has none."""
    from core.content.scorecards import FOLDER, SAMPLING_FILE, load_sampling, load_scorecards

    pieces = [_piece(SCORECARD, c.id, c.version, c, root / FOLDER / f"{c.id}.yaml") for c in load_scorecards(root)]
    if (root / SAMPLING_FILE).exists():
        rules = load_sampling(root / SAMPLING_FILE)
        pieces.append(_piece(SAMPLING, SAMPLING, rules.version, rules, root / SAMPLING_FILE))
    return pieces


def _rewards(root: Path) -> list[Shipped]:
    """What a review goes by: words of causes, packages, points, contests; an earlier program's folder has none."""
    from core.content.cause_words import CAUSES, load_cause_words
    from core.content.incentives import CONTESTS, INCENTIVES, load_contests, load_incentives
    from core.content.packages import PACKAGES, load_packages

    pieces = [_piece(PACKAGE, p.id, p.version, p, root / PACKAGES / f"{p.id}.yaml") for p in load_packages(root)]
    pieces += [_piece(INCENTIVE, i.id, i.version, i, root / INCENTIVES / f"{i.id}.yaml") for i in load_incentives(root)]
    pieces += [_piece(CONTEST, c.id, c.version, c, root / CONTESTS / f"{c.id}.yaml") for c in load_contests(root)]
    if (root / CAUSES).exists():
        words = load_cause_words(root / CAUSES)
        pieces.append(_piece(CAUSE_WORDS, CAUSE_WORDS, words.version, words, root / CAUSES))
    return pieces


def _offer_pieces(
    root: Path, plans: "Catalogue", eligibility: "EligibilityRules", recommendation: "RecommendationRule"
) -> list[Shipped]:
    return [
        _piece(PLANS, PLANS, plans.version, plans, root / PLANS_FILE),
        _piece(ELIGIBILITY, ELIGIBILITY, eligibility.version, eligibility, root / ELIGIBILITY_FILE),
        _piece(RECOMMENDATION, RECOMMENDATION, recommendation.version, recommendation, root / RECOMMENDATION_FILE),
        *_offers_beyond(root),
        *_shelves(root),
    ]


def _shelves(root: Path) -> list[Shipped]:
    """What is featured on which day of the month; a site's folder of an earlier program has none."""
    from core.content.shelf import SHELF as FOLDER
    from core.content.shelf import load_shelves

    return [_piece(SHELF, one.id, one.version, one, root / FOLDER / f"{one.id}.yaml") for one in load_shelves(root)]


def _offers_beyond(root: Path) -> list[Shipped]:
    """Offers beyond plans and their rules; a site's own folder of an earlier program has none, and desks then go by
    what came with theirs."""
    from core.content.budget_rule import BUDGET as BUDGET_FILE
    from core.content.budget_rule import load_budget_rule
    from core.content.grant_rules import AUTHORITY, load_grant_rules
    from core.content.offers import OFFERING as OFFERING_FILE
    from core.content.offers import OFFERS, load_offering, load_offers

    if not (root / OFFERING_FILE).exists():
        return []
    offering, granting = load_offering(root / OFFERING_FILE), load_grant_rules(root / AUTHORITY)
    budget = load_budget_rule(root / BUDGET_FILE)
    return [
        *(_piece(OFFER, one.id, one.version, one, root / OFFERS / f"{one.id}.yaml") for one in load_offers(root)),
        _piece(OFFERING, OFFERING, offering.version, offering, root / OFFERING_FILE),
        _piece(GRANTING, GRANTING, granting.version, granting, root / AUTHORITY),
        _piece(BUDGET, BUDGET, budget.version, budget, root / BUDGET_FILE),
    ]


def _piece(kind: str, name: str, version: int, value: Struct, file: Path) -> Shipped:
    return Shipped(kind=kind, name=name, version=version, body=msgspec.json.encode(value), file=str(file))

"""Repair templates and their pace as files: loaded whole, or refused with file, line and reason."""

from pathlib import Path

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, named, read_text
from core.content.yaml_lines import parse
from core.domain.repair import RepairPace, RepairStep, RepairTemplate
from core.domain.task import Tier

FOLDER, PACE = "repairs", Path("rules/repairs.yaml")
MAX_STEPS = 9
"""a key each"""
MAX_FINDINGS = 4
_DAY_MIN = 24 * 60


def load_repair(path: Path) -> RepairTemplate:
    """The template in that file. Raises ContentError."""

    def check(found: RepairTemplate) -> list[Flaw]:
        return named(found.id, "id", path) + _template(found)

    file = str(path)
    return convert(parse(read_text(path), file=file), RepairTemplate, check, file=file)


def load_repairs(root: Path) -> list[RepairTemplate]:
    """Every template of a folder laid out as `resources/`, by name. Raises ContentError."""
    return [load_repair(path) for path in sorted((root / FOLDER).glob("*.yaml"))]


def load_pace(path: Path) -> RepairPace:
    """Raises ContentError."""
    file = str(path)
    return convert(parse(read_text(path), file=file), RepairPace, _pace, file=file)


def _template(found: RepairTemplate) -> list[Flaw]:
    flaws = _version(found.version) + missing_words(found)
    codes: list[tuple[Where, str]] = [(("steps", at, "code"), step.code) for at, step in enumerate(found.steps)]
    flaws += repeated(codes, "step")
    if not 1 <= len(found.steps) <= MAX_STEPS:
        flaws.append(Flaw(("steps",), f"1 to {MAX_STEPS} steps, a key each"))
    for at, step in enumerate(found.steps):
        flaws += _step(step, ("steps", at))
    after = found.afterwards
    if after is not None and not 1 <= after.in_days <= 365:
        flaws.append(Flaw(("afterwards", "in_days"), "1 to 365 days"))
    return flaws


def _step(step: RepairStep, where: Where) -> list[Flaw]:
    if len(step.findings) > MAX_FINDINGS:
        return [Flaw((*where, "findings"), f"at most {MAX_FINDINGS} findings")]
    if not step.code.strip():
        return [Flaw((*where, "code"), "a step needs a code")]
    return []


def _pace(found: RepairPace) -> list[Flaw]:
    flaws = _version(found.version)
    tiers: list[tuple[Where, str]] = [(("first_contact", at), row.tier) for at, row in enumerate(found.first_contact)]
    flaws += repeated(tiers, "tier")
    if missing := [tier.value for tier in Tier if tier.value not in {tier for _, tier in tiers}]:
        flaws.append(Flaw(("first_contact",), f"a row each tier; missing are {', '.join(missing)}"))
    for at, row in enumerate(found.first_contact):
        for name in ("key_service_min", "perception_min"):
            if not 5 <= getattr(row, name) <= 7 * _DAY_MIN:
                flaws.append(Flaw(("first_contact", at, name), "5 minutes to a week"))
    for name in ("contact_alert_min", "promise_alert_min"):
        if not 1 <= getattr(found, name) <= _DAY_MIN:
            flaws.append(Flaw((name,), "a minute to a day"))
    if not 1 <= found.grudging_days <= 90:
        flaws.append(Flaw(("grudging_days",), "1 to 90 days"))
    return flaws


def _version(version: int) -> list[Flaw]:
    return [Flaw(("version",), "versions begin at 1")] if version < 1 else []

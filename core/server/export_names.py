"""What the codes of an exported record are called: a team lead who opens the list knows no codes."""

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.domain.content_kinds import SMS_TEMPLATES
from core.domain.department import DEPARTMENT
from core.domain.disposition import Dispositions
from core.domain.outcome import CaseResult, Contact, Intent
from core.domain.outcome_names import CASE_RESULT_NAMES, INTENT_NAMES
from core.domain.text import Text
from core.review.taking.labels import CONTACT_NAMES
from core.server.db import publications, published
from core.server.db.engine import Unit
from core.server.db.schema import outcome


class _OfScenario(msgspec.Struct):
    label: str
    results: dict[str, str] = {}
    reasons: dict[str, str] = {}


class _Named(msgspec.Struct):
    """As much of a department as its name, whatever version it is of."""

    id: str
    name: Text


class _Text(msgspec.Struct):
    code: str
    label: Text


class _Texts(msgspec.Struct):
    templates: tuple[_Text, ...]


class Names:
    """Chinese and English in one cell; empty where no content ever named the code."""

    def __init__(self, unit: Unit) -> None:
        """Read at once: the connection is not asked anything while rows stream from it."""
        recorded = select(outcome.c.scenario).where(outcome.c.tenant_id == unit.tenant).distinct()
        self._scenarios = {one: _read(unit, one) for one in unit.conn.execute(recorded).scalars().all()}

    def scenario(self, code: str) -> str:
        return self._of(code).label

    def result(self, scenario: str, code: str) -> str:
        return self._of(scenario).results.get(code, "")

    def reason(self, scenario: str, code: str) -> str:
        return self._of(scenario).reasons.get(code, "")

    def _of(self, scenario: str) -> _OfScenario:
        return self._scenarios.get(scenario) or _OfScenario("")


def _read(unit: Unit, scenario: str) -> _OfScenario:
    """By the newest version that has the code: what agents chose then may be gone by now."""
    label = published.scenario_label(unit, scenario)
    found = _OfScenario("" if label.zh == scenario else both(label))
    newest = published.dispositions(unit, scenario)
    for version in [*publications.every_dispositions(unit, scenario), *([newest] if newest else [])]:
        _add(found, version)
    return found


def department_names(unit: Unit) -> dict[str, str]:
    """By code, of those that there are."""
    found = (decoding.decode(body, _Named) for body in published.bodies(unit, DEPARTMENT))
    return {one.id: both(one.name) for one in found}


def template_names(unit: Unit) -> dict[str, str]:
    """Of the texts, by code."""
    bodies = published.bodies(unit, SMS_TEMPLATES)
    return {one.code: both(one.label) for body in bodies for one in decoding.decode(body, _Texts).templates}


def _add(to: _OfScenario, version: Dispositions) -> None:
    for row in version.results:
        to.results |= {one.code: both(one.label) for one in (row, *row.choices)}
    to.reasons |= {one.code: both(one.label) for one in version.reasons}


def both(text: Text) -> str:
    return f"{text.zh} {text.en}"


def contact_name(value: Contact) -> str:
    return both(CONTACT_NAMES[value])


def intent_name(value: Intent | None) -> str:
    return both(INTENT_NAMES[value]) if value is not None else ""


def case_result_name(value: CaseResult | None) -> str:
    return both(CASE_RESULT_NAMES[value]) if value is not None else ""

"""The rules in use: those that ship or stand in a folder of content, with what planners published in their stead."""

from pathlib import Path

from msgspec import Struct

from core.content.resources import folder
from core.domain.errors import ContentError
from core.domain.factor import Library
from core.domain.warning_rule import RuleUse, WarningRule
from core.screening.rule_files import load_rules
from core.screening.rule_text import refuse_unsound
from core.server.db import planned_rules
from core.server.db.engine import Unit


class RulesInUse(Struct, frozen=True, kw_only=True):
    rules: dict[str, WarningRule]
    shipped: dict[str, WarningRule]
    withdrawn: frozenset[str]
    broken: dict[str, ContentError]
    """published versions that ask for what there is no more; whoever names one is told"""
    broken_rest: frozenset[str]
    """of those, the rules that leave customers in peace: without them nobody knows whom"""


def rules_in_use(unit: Unit, library: Library, root: Path | None = None) -> RulesInUse:
    """By id. Raises ContentError where a file of the folder is wrong."""
    place = root or folder()
    shipped = load_rules(place, library)
    last = {rule_id: found[0].version for rule_id, found in planned_rules.uses(unit).items()}
    withdrawn = frozenset(rule_id for rule_id, version in last.items() if version == 0)
    published = planned_rules.bodies(unit, {rule_id: version for rule_id, version in last.items() if version})
    sound, broken = {}, {}
    for rule_id, rule in published.items():
        try:
            refuse_unsound(rule, library, place)
            sound[rule_id] = rule
        except ContentError as error:
            broken[rule_id] = error
    kept = {rule_id: one for rule_id, one in shipped.items() if rule_id not in last or rule_id not in published}
    rules = {rule_id: one for rule_id, one in (kept | sound).items() if rule_id not in withdrawn}
    rest = frozenset(rule_id for rule_id in broken.keys() - withdrawn if published[rule_id].use is RuleUse.REST)
    return RulesInUse(rules=rules, shipped=shipped, withdrawn=withdrawn, broken=broken, broken_rest=rest)

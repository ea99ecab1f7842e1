"""One tree of conditions for warnings, eligibility and scripts: here evaluated for one row of facts. Pure."""

from core.rules.evaluate import holds
from core.rules.form import fields_of, flaws_of
from core.rules.kinds import ValueKind, kind_flaws
from core.rules.settle import settled

__all__ = ["ValueKind", "fields_of", "flaws_of", "holds", "kind_flaws", "settled"]

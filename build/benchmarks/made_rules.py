"""Twenty rules over five factors each for a made snapshot, and the same conditions as SQL written out by hand."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from made_snapshot import MOST, figures

from core.domain.condition import Condition
from core.domain.factor import Library
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.domain.warning_rule import Missing, Population, Unknown, WarningRule

RULES, FACTORS = 20, 5
SCENARIO = "zero-usage"
_SCALE = {IndicatorType.INTEGER: 1.0, IndicatorType.FEN: 100.0, IndicatorType.DECIMAL: 0.01}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One rule: bounds by factor, all of which hold."""

    id: str
    at_least: dict[str, float]
    below: dict[str, float]

    def rule(self) -> WarningRule:
        leaves = [Condition(field=name, ge=value) for name, value in self.at_least.items()]
        leaves += [Condition(field=name, lt=value) for name, value in self.below.items()]
        named = Text(f"规则 {self.id}", f"Rule {self.id}")
        return WarningRule(
            id=self.id, version=1, name=named, code="made", population=Population.CHURN_INCLINED, scenario=SCENARIO,
            most_percent=100.0, when=Condition(all=tuple(leaves)), missing=Missing(rest=Unknown.LEFT_OUT),
            reason=Text(f"{{{min(self.at_least)}}}", f"{{{min(self.at_least)}}}"),
        )  # fmt: skip

    def sql(self) -> str:
        parts = [f'"{name}" >= {value}' for name, value in self.at_least.items()]
        return " AND ".join(parts + [f'"{name}" < {value}' for name, value in self.below.items()])


def asked(library: Library, path: Path, *, share: float) -> list[Asked]:
    """Rules of figures that the file has, no two of them of the same; each bound holds for that share."""
    there = set(pq.read_schema(path).names)
    known = [one for one in figures(library) if one.name in there]
    found = []
    for number in range(RULES):
        own = known[number * FACTORS : (number + 1) * FACTORS]
        cut = {one.name: MOST * _SCALE[one.kind] for one in own}
        above = {name: round(most * (1 - share), 2) for name, most in list(cut.items())[:3]}
        below = {name: round(most * share, 2) for name, most in list(cut.items())[3:]}
        found.append(Asked(id=f"made-{number:02d}", at_least=above, below=below))
    return found

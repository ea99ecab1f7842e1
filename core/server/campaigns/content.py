"""What holds for every campaign, and the ways by which customers are reached, read from their files."""

from pathlib import Path

from core.content.flaws import Flaw
from core.content.load import convert, named, read_text
from core.content.yaml_lines import parse
from core.domain.routing import CampaignPolicy, Routes
from core.rules.form import flaws_of

POLICY, ROUTES = Path("campaigns/policy.yaml"), Path("routes/by-value.yaml")
_LONGEST_DAYS = 3660


def load_policy(root: Path) -> CampaignPolicy:
    """Raises ContentError where the file is wrong."""
    path = root / POLICY
    return convert(parse(read_text(path), file=str(path)), CampaignPolicy, _policy_flaws, file=str(path))


def _policy_flaws(found: CampaignPolicy) -> list[Flaw]:
    flaws = [
        Flaw((name,), f"days are 0 to {_LONGEST_DAYS}")
        for name in ("called_lately_days", "other_campaign_days")
        if not 0 <= getattr(found, name) <= _LONGEST_DAYS
    ]
    if not 0 < found.model_most_percent <= 100:
        flaws.append(Flaw(("model_most_percent",), "a share is above 0 and at most 100 percent"))
    return flaws


def load_routes(root: Path, known: frozenset[str] | None = None) -> Routes:
    """`known`: the factors that there are. Raises ContentError where the file is wrong."""
    path = root / ROUTES

    def check(found: Routes) -> list[Flaw]:
        fields = None if known is None else known | {"value", "tier"}
        flaws = named(found.id, "id", path)
        for at, way in enumerate(found.ways):
            flaws += [Flaw(("ways", at, "when"), one) for one in flaws_of(way.when, fields)]
        return flaws

    return convert(parse(read_text(path), file=str(path)), Routes, check, file=str(path))

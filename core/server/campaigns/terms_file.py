"""A campaign's terms in a YAML file, as a planner keeps them."""

from pathlib import Path

from core.content.load import convert, read_text
from core.content.yaml_lines import parse
from core.domain.campaign import CampaignTerms


def read_terms(path: Path) -> CampaignTerms:
    """Raises ContentError with file, line and reason of every mistake of form; what the terms mean is checked where
    they are kept."""
    return convert(parse(read_text(path), file=str(path)), CampaignTerms, lambda _found: [], file=str(path))

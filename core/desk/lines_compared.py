"""The broadband plans for the line on the desk, with the bundles that the customer may take. For a worker: numpy."""

from datetime import date

from core.domain.customer import Document
from core.domain.eligibility import EligibilityRules
from core.domain.plan import Catalogue
from core.offers.advice import Recommendation
from core.offers.line_choice import LineChoice
from core.offers.line_proposals import LineProposals, line_proposals
from core.offers.lines import lines_for


def compared_lines(
    document: Document, catalogue: Catalogue, rules: EligibilityRules, found: Recommendation, today: date
) -> tuple[tuple[LineChoice, ...], LineProposals]:
    """Every plan of the line, and those of them that the script may name."""
    bundles = [row.plan for row in found.rows if row.plan.with_broadband]
    lines = lines_for(document, catalogue, rules, today, bundles)
    line = document.services.broadband if document.services else None
    if line is None:
        return (), LineProposals()
    # A bundle is named to nobody who would pay more with it.
    helping = [row.plan for row in found.rows if row.plan.with_broadband and row.helps_fen > 0]
    return lines, line_proposals(lines, helping, speed_mbps=line.speed_mbps or 0)

"""Check all shipped content as it is before publishing; the first mistake with its file and line, status 1 if any."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.content.calendars import load_calendars
from core.content.resources import folder
from core.domain.errors import ContentError
from core.guidance.check_folder import check_folder
from core.offers.check import check_offers
from core.screening.churn_causes import load_churn_causes
from core.screening.factor_files import shipped_library
from core.screening.rule_files import load_rules


def main() -> int:
    """0 where everything reads and fits together."""
    try:
        scenarios = check_folder()
        calendars = load_calendars(folder())
        plans, rules = check_offers(folder())
        library = shipped_library()
        warnings = load_rules(folder(), library)
        causes = load_churn_causes(folder(), library).causes
    except ContentError as error:
        print(error.message.en)
        return 1
    print(f"{scenarios} scenarios, {plans} plans, {rules} rules and {len(calendars)} calendars are sound")
    print(f"{len(library.factors)} factors, {len(warnings)} warning rules and {len(causes)} churn causes are sound")
    return 0


if __name__ == "__main__":
    sys.exit(main())

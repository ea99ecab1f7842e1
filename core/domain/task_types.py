"""Of which of TASK-01's kinds the tasks of a scenario are, where its script does not say."""

from core.domain.task import TaskType

USUAL_TYPES = {
    "4g-upgrade": TaskType.NEW_SERVICE_PROMOTION,
    "broadband-disconnect": TaskType.CHURN_INCLINED_VISIT,
    "care-call": TaskType.KEY_CUSTOMER_CALL,
    "complaint-revisit": TaskType.COMPLAINT_REVISIT,
    "high-arpu-risk": TaskType.CHURN_INCLINED_VISIT,
    "low-balance": TaskType.CHURN_INCLINED_VISIT,
    "market-survey": TaskType.MARKET_SURVEY,
    "new-customer-welcome": TaskType.NEW_JOINER_VISIT,
    "new-high-end": TaskType.KEY_CUSTOMER_CALL,
    "new-service": TaskType.NEW_SERVICE_PROMOTION,
    "roaming-card": TaskType.KEY_CUSTOMER_CALL,
    "save-verification": TaskType.SATISFACTION_SURVEY,
    "satisfaction-survey": TaskType.SATISFACTION_SURVEY,
    "second-renewal": TaskType.KEY_CUSTOMER_CALL,
    "vip-care": TaskType.KEY_CUSTOMER_CALL,
    "win-back": TaskType.CHURN_INCLINED_VISIT,
    "zero-usage": TaskType.ZERO_USAGE_VISIT,
}
"""of the scenarios that come with the program"""


def usual_type(scenario: str) -> TaskType:
    """A visit to those inclined to leave where the scenario is a site's own."""
    return USUAL_TYPES.get(scenario, TaskType.CHURN_INCLINED_VISIT)

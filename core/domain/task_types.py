"""What TASK-01's kinds are called, of which the tasks of a scenario are where its script does not say, and which calls
are made to sell."""

from core.domain.task import TaskType
from core.domain.text import Text

TASK_TYPE_NAMES = {
    TaskType.COMPLAINT_REVISIT: Text("投诉回访", "Complaint revisit"),
    TaskType.NEW_JOINER_VISIT: Text("新入网回访", "New joiner visit"),
    TaskType.CHURN_INCLINED_VISIT: Text("离网倾向维系", "Churn-inclined visit"),
    TaskType.ZERO_USAGE_VISIT: Text("零次户回访", "Zero-usage visit"),
    TaskType.NEW_SERVICE_PROMOTION: Text("新业务推荐", "New service promotion"),
    TaskType.KEY_CUSTOMER_CALL: Text("重要客户致电", "Key customer call"),
    TaskType.MARKET_SURVEY: Text("市场调查", "Market survey"),
    TaskType.SATISFACTION_SURVEY: Text("满意度调查", "Satisfaction survey"),
}
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


SALES = frozenset({"4g-upgrade", "new-service", "second-renewal", "win-back"})
"""made to sell something; others are about what the customer has, whatever is offered in them"""


def made_to_sell(scenario: str, of: TaskType | None = None) -> bool:
    """Whether a call is a commercial one, which wants the customer's consent. `of`: the task's type, which says it of a
    scenario of the site's own."""
    return of is not TaskType.COMPLAINT_REVISIT and (scenario in SALES or of is TaskType.NEW_SERVICE_PROMOTION)


_WIN_BACK = "win-back"


def wins_back(scenario: str) -> bool:
    """Whether a scenario is for those who have left: the one that comes with the program, or a site's own whose id
    begins as it does (win-back-students)."""
    return scenario == _WIN_BACK or scenario.startswith(f"{_WIN_BACK}-")


def usual_type(scenario: str) -> TaskType:
    """A visit to those inclined to leave where the scenario is a site's own."""
    return USUAL_TYPES.get(scenario, TaskType.CHURN_INCLINED_VISIT)

"""The core fields that a column of a list may be, by the words of a mapping file."""

from enum import StrEnum


class Field(StrEnum):
    CUSTOMER_ID = "customer_id"
    SUBSCRIBER_ID = "subscriber_id"
    NUMBER = "number"
    ALTERNATE_NUMBER = "alternate_number"
    NAME = "name"
    GENDER = "gender"
    BIRTHDAY = "birthday"
    TIER = "tier"
    BRAND = "brand"
    PLAN = "plan"
    PLAN_CODE = "plan_code"
    PLAN_FEE = "plan_fee"
    TENURE_MONTHS = "tenure_months"
    TENURE_YEARS = "tenure_years"
    TENURE_DAYS = "tenure_days"
    ON_NET_SINCE = "on_net_since"
    CONTRACT_KIND = "contract_kind"
    CONTRACT_START = "contract_start"
    CONTRACT_END = "contract_end"
    MINIMUM_SPEND = "minimum_spend"
    ARPU = "arpu"
    BALANCE = "balance"
    ARREARS = "arrears"
    POINTS = "points"
    CREDIT_SCORE = "credit_score"
    MANAGER = "manager"
    MANAGER_STAFF_NUMBER = "manager_staff_number"
    AREA = "area"
    GRID = "grid"
    BRANCH = "branch"
    ADDRESS = "address"
    BEST_TIME = "best_time"
    DEALER = "dealer"
    HANDSET = "handset"
    BROADBAND_ACCOUNT = "broadband_account"
    BROADBAND_SPEED = "broadband_speed"
    BROADBAND_PLAN = "broadband_plan"
    BROADBAND_END = "broadband_end"
    BROADBAND_ADDRESS = "broadband_address"
    LINE_HOURS = "line_hours"
    """how long the broadband line was in use, in the month that the header names: a column a month"""
    IDENTITY_DOCUMENT = "identity_document"
    """kept as an indicator, masked but for what an owner is verified by"""
    REASON = "reason"
    """why the customer is called: the task's reason"""
    REMARK = "remark"
    """kept as an indicator, and the task's reason where the list has no other"""
    DO_NOT_CALL = "do_not_call"
    CALL_CONSENT = "call_consent"
    """`no` means the same as `yes` to do_not_call"""
    MARKETING_CONSENT = "marketing_consent"
    """`no`: no calls that are made to sell; what the customer has, or asked for, is called about"""
    COMPLAINT_OPENED = "complaint_opened"
    """since when a complaint is open: calls about anything else wait"""
    COMPLAINT_CLOSED = "complaint_closed"
    """when it was closed: they wait for some days more"""
    QUIET_HOURS = "quiet_hours"
    """of each day, in which the customer wants no calls: 20-8, 12:00-14:00"""
    IGNORE = "ignore"
    """not taken over"""


INDICATOR = "indicator"
"""The word of a mapping file for a column that is kept as it is."""

MONEY_FIELDS = frozenset({Field.PLAN_FEE, Field.MINIMUM_SPEND, Field.ARPU, Field.BALANCE, Field.ARREARS})
NO_CALLS = frozenset({Field.DO_NOT_CALL, Field.CALL_CONSENT})
"""By any column of these a customer wants no calls."""
CONSENTS = NO_CALLS | {Field.MARKETING_CONSENT}
"""Any column of these binds, whatever the others say."""
MANY = CONSENTS | {
    Field.ALTERNATE_NUMBER, Field.IGNORE, Field.REMARK, Field.IDENTITY_DOCUMENT, Field.LINE_HOURS,
}  # fmt: skip
"""Fields that more than one column may be."""
MEASURED = frozenset(
    {
        *MONEY_FIELDS, Field.BIRTHDAY, Field.TENURE_MONTHS, Field.TENURE_YEARS, Field.TENURE_DAYS, Field.ON_NET_SINCE,
        Field.CONTRACT_START, Field.CONTRACT_END, Field.POINTS, Field.CREDIT_SCORE, Field.BROADBAND_SPEED,
        Field.BROADBAND_END, Field.LINE_HOURS, Field.COMPLAINT_OPENED, Field.COMPLAINT_CLOSED,
    }
)  # fmt: skip
"""Figures and days: a word for "nothing" in their place is told."""
FREE_TEXT = frozenset({Field.REMARK, Field.REASON, Field.BEST_TIME})
"""Where somebody wrote what they liked, a wish for no calls among it."""
ALSO_INDICATORS = frozenset({Field.CUSTOMER_ID, Field.SUBSCRIBER_ID, Field.ARPU, Field.REMARK, Field.IDENTITY_DOCUMENT})
"""Mapped columns for which the 360° view has no place of its own, or not always: they are indicators as well."""

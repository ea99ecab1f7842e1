"""What planners ask of the whole base: GET /v1/base, customers without a person; GET /v1/surveys/{scenario}."""

from datetime import datetime

from msgspec import Struct

from core.domain.customer import Document

MOST_CUSTOMERS = 200
"""in one page"""
SURVEY_DAYS, SURVEY_DAYS_MOST = 90, 731
"""of a survey's results, where nothing else is asked for, and at most: no question grows with all calls ever made"""


class BasePage(Struct, frozen=True, kw_only=True):
    """Customers in an order that stays while nobody joins or leaves."""

    customers: tuple[Document, ...]
    """without name, numbers, address, accounts, notes; birthdays in a year that tells no more of the age
    than what may be taken at it. The id is a running number"""
    start: int
    """how many customers come before the first of these"""
    total: int
    """in the whole base; 0 on a page that was asked for by its bookmark: the first one said it"""
    next: str = ""
    """bookmark of what follows; empty: nothing does, or the server gives none"""
    resting: tuple[tuple[str, ...], ...] = ()
    """for each of these customers the codes of the care classes that rest; empty: the server does not say"""


class AnswerCount(Struct, frozen=True, kw_only=True):
    question: str
    answer: str
    """both codes, as the script has them"""
    count: int


class SurveyResults(Struct, frozen=True, kw_only=True):
    """What customers answered; of a corrected outcome the correction counts."""

    scenario: str
    since: datetime | None = None
    """calls received from then on count; None: an older server, which counts all of them"""
    outcomes: int
    """with at least one answer"""
    calls: int
    """outcomes in all"""
    first_at: datetime | None = None
    last_at: datetime | None = None
    counts: tuple[AnswerCount, ...] = ()

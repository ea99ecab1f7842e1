"""Lists as files from a planner's desk: POST /v1/campaign-list-files/looked, /v1/campaign-list-files."""

from enum import StrEnum

from msgspec import Struct

from core.wire.campaigns import FlawedRow, ListRow

FILE_MOST = 12_000_000
"""bytes of a file in one request"""
ROWS_SHOWN = 6


class ColumnRole(StrEnum):
    """What a column of a list is to a campaign."""

    CUSTOMER_ID = "customer_id"
    NUMBER = "number"
    SCORE = "score"
    REASON = "reason"
    DO_NOT_CALL = "do_not_call"
    """yes, or listed: the customer wants no calls"""
    CALL_CONSENT = "call_consent"
    """no: the same"""
    MARKETING_CONSENT = "marketing_consent"
    """no: they agree to no calls that sell"""
    NOTHING = "nothing"


class ListFile(Struct, frozen=True, kw_only=True):
    file_name: str
    body: bytes
    roles: tuple[ColumnRole, ...] = ()
    """of each column, from left to right; empty: as the server takes them"""


class ListColumn(Struct, frozen=True, kw_only=True):
    header: str
    role: ColumnRole


class ListLook(Struct, frozen=True, kw_only=True):
    """What stands in a file, before anything of it is kept."""

    columns: tuple[ListColumn, ...]
    rows: int
    first: tuple[tuple[str, ...], ...]
    """the cells of the first rows; numbers are masked"""
    read: tuple[ListRow, ...] = ()
    """every row by these columns, to be brought in; empty where none is a key"""
    places: tuple[int, ...] = ()
    """the row of the file that each was read from, as a spreadsheet counts"""
    customers: int = 0
    """of those read, customers who are here"""
    flaws: tuple[FlawedRow, ...] = ()
    """what bringing it in would find, by the rows of the file"""
    no_score: tuple[int, ...] = ()
    """rows of the file whose score is none: neither 0 to 1 nor a percentage"""
    header_row: int = 0
    """of the file, as a spreadsheet counts; 0 where there is none"""
    last_row: int = 0
    """of the file, blank ones counted; an older server does not say"""


class BringList(Struct, frozen=True, kw_only=True):
    list_id: str
    name: str
    file: ListFile

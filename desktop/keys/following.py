"""The keys of pages where customers are followed: care, cases, promises, the week, one's own customers."""

from enum import StrEnum, auto

from core.domain.text import Text


class Caring(StrEnum):
    """What the keys do on the page of care, for the chosen customer."""

    TEXT = auto()
    CALLED = auto()


CARING: dict[Caring, tuple[str, Text]] = {
    Caring.TEXT: ("Alt+1", Text("关怀：发短信", "Care: plan the text")),
    Caring.CALLED: ("Alt+2", Text("关怀：已在电话里说了", "Care: said on the phone")),
}


class Settle(StrEnum):
    """What the keys do on the page of requests that wait for a lead."""

    GRANT = auto()
    LESS = auto()
    REFUSE = auto()


SETTLING: dict[Settle, tuple[str, Text]] = {
    Settle.GRANT: ("Alt+1", Text("申请：同意", "Request: grant")),
    Settle.LESS: ("Alt+2", Text("申请：批一部分", "Request: grant less")),
    Settle.REFUSE: ("Alt+3", Text("申请：不同意", "Request: refuse")),
}


class Work(StrEnum):
    """What the keys do on the page of repair cases, while nothing is being typed."""

    NOTE = auto()
    SUPPOSE = auto()
    CAUSE = auto()
    ALLOW = auto()
    PROMISE = auto()
    KEEP = auto()
    MOVE = auto()
    RELEASE = auto()
    JOIN = auto()
    PART = auto()
    CLOSE = auto()
    HAND_OVER = auto()


CASEWORK: dict[Work, str] = {
    Work.NOTE: "N",
    Work.SUPPOSE: "S",
    Work.CAUSE: "R",
    Work.ALLOW: "G",
    Work.PROMISE: "P",
    Work.KEEP: "K",
    Work.MOVE: "M",
    Work.RELEASE: "X",
    Work.JOIN: "T",
    Work.PART: "L",
    Work.CLOSE: "C",
    Work.HAND_OVER: "W",
}


CASE_KEYS: tuple[tuple[str, Text], ...] = (
    ("1 … 9", Text("修复案：按顺序的检查", "Case: the checks in their order")),
    ("N S R", Text("修复案：备注、怀疑、根因", "Case: note, suspicion, root cause")),
    ("G", Text("修复案：权限内给予", "Case: grant within one's authority")),
    ("T L", Text("修复案：加入同事、退出", "Case: add a colleague, leave it")),
    ("P K M X", Text("承诺：新记、已兑现、改时间、不再需要", "Promise: new, kept, moved, not needed")),
    ("C W", Text("修复案：结案或重开、整体转交", "Case: close or reopen, hand all over")),
)
"""the same for the list of all keys: several on a line"""


class Week(StrEnum):
    """What the keys do on the calendar of the follow-ups."""

    SWITCH = auto()
    WALK = auto()
    HOLD = auto()
    BEFORE = auto()
    AFTER = auto()
    TODAY = auto()
    STAY = auto()


WEEK: dict[Week, tuple[str, Text]] = {
    Week.SWITCH: ("Alt+W", Text("跟进：清单、周历", "Follow-ups: list, week")),
    Week.WALK: ("← → ↑ ↓", Text("周历：选一项；Enter 打开客户", "Week: choose; Enter opens the customer")),
    Week.HOLD: ("Ctrl+← → ↑ ↓", Text("周历：改时间，每次一天或 15 分钟", "Week: another time, by days or 15 min")),
    Week.BEFORE: ("PgUp", Text("周历：上一周", "Week: the one before")),
    Week.AFTER: ("PgDown", Text("周历：下一周", "Week: the next")),
    Week.TODAY: ("Home", Text("周历：本周", "Week: this one")),
    Week.STAY: ("Esc", Text("周历：不改时间", "Week: leave the time as it is")),
}


class Named(StrEnum):
    """What the keys do on the page of one's own customers."""

    CALL = auto()
    FIND = auto()


PORTFOLIO: dict[Named, tuple[str, Text]] = {
    Named.CALL: ("Return", Text("我的客户：打开并拨打", "My customers: open to call")),
    Named.FIND: ("Ctrl+F", Text("我的客户：搜索", "My customers: search")),
}

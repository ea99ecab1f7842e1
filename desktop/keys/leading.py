"""The keys of pages where calls are looked at: review, quality, the team, follow-ups that were taken."""

from enum import StrEnum, auto

from core.domain.text import Text


class Judge(StrEnum):
    """What the keys do on the page of tips: with those that wait, with those that everyone has, and which are seen."""

    APPROVE = auto()
    RETURN = auto()
    REFUSE = auto()
    REWORD = auto()
    TAKE_BACK = auto()
    STANDING = auto()


JUDGING: dict[Judge, tuple[str, Text]] = {
    Judge.APPROVE: ("Alt+1", Text("经验：批准", "Tip: approve")),
    Judge.RETURN: ("Alt+2", Text("经验：退回修改", "Tip: return to its author")),
    Judge.REFUSE: ("Alt+3", Text("经验：不采纳", "Tip: refuse")),
    Judge.REWORD: ("Alt+4", Text("已公开的经验：改写", "Tip that stands: reword")),
    Judge.TAKE_BACK: ("Alt+5", Text("已公开的经验：撤下", "Tip that stands: take back")),
    Judge.STANDING: ("Alt+6", Text("经验：看待审的，或已公开的", "Tips: those that wait, or those that stand")),
}


class Lead(StrEnum):
    """What the keys do on a lead's page of the team, for the agent in view."""

    MOVE = auto()
    ABSENT = auto()
    TARGET = auto()


LEADING: dict[Lead, tuple[str, Text]] = {
    Lead.MOVE: ("Alt+1", Text("班组：调走选中的任务", "Team: move the chosen tasks")),
    Lead.ABSENT: ("Alt+2", Text("班组：缺勤，全部调走；按两次", "Team: absent, move all; press twice")),
    Lead.TARGET: ("Alt+3", Text("班组：定目标", "Team: set the target")),
}


class Take(StrEnum):
    """What the keys do on the page of the review, besides its pictures."""

    PART = auto()
    XLSX = auto()
    PDF = auto()
    PICTURE = auto()
    RENAME = auto()
    SEND = auto()
    STOP = auto()


TAKING: dict[Take, tuple[str, Text]] = {
    Take.PART: ("Ctrl+Tab", Text("复盘：下一部分", "Review: the next part")),
    Take.XLSX: ("Alt+1", Text("复盘：导出 Excel", "Review: to Excel")),
    Take.PDF: ("Alt+2", Text("复盘：导出 PDF", "Review: to PDF")),
    Take.PICTURE: ("Alt+3", Text("复盘：复制图片", "Review: copy the picture")),
    Take.RENAME: ("Alt+4", Text("复盘：给问题改名", "Review: name the problem")),
    Take.SEND: ("Alt+5", Text("复盘：反馈给部门", "Review: send the problem on")),
    Take.STOP: ("Alt+6", Text("复盘：停下正在读、归类或导出的", "Review: stop reading, grouping or writing")),
}


class Inspect(StrEnum):
    """What the keys do on the page of quality; the first three by what is in view."""

    FIRST = auto()
    SECOND = auto()
    THIRD = auto()
    MARK = auto()
    ITEM_WORDS = auto()
    SEND = auto()
    PART = auto()


INSPECTING: dict[Inspect, tuple[str, Text]] = {
    Inspect.FIRST: ("Alt+1", Text("质检：领取、维持、签收、已好转", "Quality: claim, uphold, sign, better")),
    Inspect.SECOND: ("Alt+2", Text("质检：退回、改判、申诉、再看", "Quality: give back, amend, dispute, again")),
    Inspect.THIRD: ("Alt+3", Text("质检：作废、写辅导", "Quality: void, coach")),
    Inspect.MARK: ("1 … 5", Text("评分：做到、部分、漏了、错了、未涉及", "Score: done, partly, missed, wrong, n/a")),
    Inspect.ITEM_WORDS: ("Alt+N", Text("评分：写这一项的说明", "Score: say something of the item")),
    Inspect.SEND: ("Ctrl+Return", Text("评分：提交", "Score: send it")),
    Inspect.PART: ("Ctrl+Tab", Text("质检：下一栏", "Quality: the next list")),
}

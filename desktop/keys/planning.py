"""The keys of pages where calls are planned: plans of the day, rules, campaigns, task types, lists."""

from enum import StrEnum, auto

from core.domain.text import Text


class Plan(StrEnum):
    """What the keys do on the planner's page."""

    PART = auto()
    COUNT = auto()
    LOOK = auto()
    BEGIN = auto()
    FIND = auto()
    ANSWER = auto()
    BACK = auto()
    AGAIN = auto()


PLANNING: dict[Plan, tuple[str, Text]] = {
    Plan.PART: ("Ctrl+Tab", Text("策划：下一栏", "Planning: the next part")),
    Plan.COUNT: ("Alt+R", Text("存量：重新算", "The base: count it again")),
    Plan.LOOK: ("Alt+L", Text("存量：发起关怀前先看人数", "The base: count before care is begun")),
    Plan.BEGIN: ("Alt+Return", Text("存量：发起看过人数的关怀", "The base: begin the care that was counted")),
    Plan.FIND: ("Ctrl+F", Text("策划：找套餐、找客户", "Planning: find a plan, a customer")),
    Plan.ANSWER: ("1 … 9", Text("试走话术：客户的回答", "Script walk: the customer's answer")),
    Plan.BACK: ("Alt+Left", Text("试走话术：上一步", "Script walk: back")),
    Plan.AGAIN: ("Alt+Home", Text("试走话术：从头", "Script walk: from the start")),
}


class Ruling(StrEnum):
    """What the keys do where a planner builds rules."""

    NEW = auto()
    FACTOR = auto()
    SIDE = auto()
    STOP = auto()
    SAVE = auto()
    PUBLISH = auto()
    FIND = auto()
    GROUP = auto()
    REMOVE = auto()
    USE = auto()
    CHANGE = auto()
    WITHDRAW = auto()
    READ_IN = auto()


RULING: dict[Ruling, tuple[str, Text]] = {
    Ruling.NEW: ("Alt+N", Text("规则：新建", "Rules: a new one")),
    Ruling.FACTOR: ("Alt+F", Text("规则：加一个条件", "Rules: add a condition")),
    Ruling.SIDE: ("Alt+H", Text("规则：人数、历史、文件", "Rules: count, history, file")),
    Ruling.STOP: ("Alt+X", Text("规则：停止计算人数", "Rules: stop counting")),
    Ruling.SAVE: ("Alt+S", Text("规则：存草稿", "Rules: save the draft")),
    Ruling.PUBLISH: ("Ctrl+Return", Text("规则：保存并启用", "Rules: save and use")),
    Ruling.FIND: ("Ctrl+F", Text("规则：找规则", "Rules: find one")),
    Ruling.GROUP: ("Alt+G", Text("规则：加一组条件", "Rules: add a group")),
    Ruling.REMOVE: ("Alt+Delete", Text("规则：删去所在的条件", "Rules: remove the condition in hand")),
    Ruling.USE: ("Alt+1", Text("规则历史：启用这一版", "Rule's history: use this version")),
    Ruling.CHANGE: ("Alt+2", Text("规则历史：按这一版改", "Rule's history: edit this version")),
    Ruling.WITHDRAW: ("Alt+3", Text("规则历史：停用规则", "Rule's history: withdraw the rule")),
    Ruling.READ_IN: ("Alt+4", Text("规则文件：读入", "Rule's file: read it in")),
}


class Conduct(StrEnum):
    """What the keys do where a planner leads campaigns."""

    NEW = auto()
    START = auto()
    PAUSE = auto()
    STOP = auto()
    MORE = auto()
    LIST = auto()
    EXPORT = auto()
    DAYS = auto()
    GROUPS = auto()


CONDUCTING: dict[Conduct, tuple[str, Text]] = {
    Conduct.NEW: ("Alt+N", Text("活动：新建", "Campaigns: a new one")),
    Conduct.START: ("Ctrl+Return", Text("活动：开始、继续", "Campaigns: start, resume")),
    Conduct.PAUSE: ("Alt+P", Text("活动：暂停", "Campaigns: pause")),
    Conduct.STOP: ("Alt+X", Text("活动：停止并收回；按两次", "Campaigns: stop and recall; press twice")),
    Conduct.MORE: ("Alt+M", Text("活动：更多设置，展开或收起", "Campaigns: more terms, unfold or fold")),
    Conduct.LIST: ("Alt+L", Text("活动：把其中的人做成名单", "Campaigns: make a list of its members")),
    Conduct.EXPORT: ("Alt+1", Text("效果：导出 Excel", "Effect: to Excel")),
    Conduct.DAYS: ("Alt+D", Text("效果：几天以后", "Effect: after how many days")),
    Conduct.GROUPS: ("Alt+G", Text("效果：换一种分组", "Effect: grouped by something else")),
}


class Switching(StrEnum):
    """What the keys do where a planner switches types of task on and off."""

    TURN = auto()
    UNSAY = auto()
    PLACES = auto()


SWITCHING: dict[Switching, tuple[str, Text]] = {
    Switching.TURN: ("Alt+1", Text("任务类型：开通或关闭（空格也行）", "Task types: on or off (or Space)")),
    Switching.UNSAY: ("Alt+2", Text("任务类型：此地不另说，随上级", "Task types: as around this place")),
    Switching.PLACES: ("Alt+N", Text("任务类型：选地方", "Task types: choose the place")),
}


class Listing(StrEnum):
    """What the keys do where a planner brings lists in."""

    FILE = auto()
    BRING = auto()
    STOP = auto()
    SAVE = auto()


LISTING: dict[Listing, tuple[str, Text]] = {
    Listing.FILE: ("Alt+N", Text("名单：另一个文件（Enter 读取）", "Lists: another file (Enter reads it)")),
    Listing.BRING: ("Ctrl+Return", Text("名单：导入", "Lists: bring it in")),
    Listing.STOP: ("Alt+X", Text("名单：停下、不导入了", "Lists: stop, leave it")),
    Listing.SAVE: ("Alt+1", Text("名单：另存有问题的行", "Lists: save the rows with something wrong")),
}

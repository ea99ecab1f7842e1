"""The keys of the call, in one table: what the page binds and what the help shows. They never move."""

from enum import StrEnum, auto

from core.domain.outcome import Contact
from core.domain.text import Text


class Act(StrEnum):
    DIAL = auto()
    END = auto()
    EXTEND = auto()
    SAVE = auto()
    REVEAL = auto()
    BACK = auto()
    FORWARD = auto()
    NOTE = auto()
    SEARCH = auto()
    SKIP = auto()
    QUEUE = auto()
    TIMELINE = auto()
    INDICATORS = auto()
    PLANS = auto()
    TAKE_PLAN = auto()
    OFFERS = auto()
    SOURCE = auto()
    VIEW_BACK = auto()
    VIEW_FORWARD = auto()
    CALLBACK_OWNER = auto()
    QUIET = auto()
    OWNER = auto()
    FAMILY = auto()
    THIRD_PARTY = auto()
    NEW_CALL = auto()
    INTENT = auto()
    FIELDS = auto()
    KNOWLEDGE = auto()
    TIP = auto()
    ASK_LEAD = auto()
    ASK_BRANCH = auto()
    PROMISE = auto()
    CASE = auto()
    BREAK = auto()
    TRAINING = auto()
    SIGN_IN = auto()
    HELP = auto()


BOUND: dict[Act, tuple[str, Text]] = {
    Act.DIAL: ("F7", Text("拨打；响铃时按下表示已接通", "Dial; while it rings: answered")),
    Act.END: ("F8", Text("结束通话；误按可再按一次改回", "End the call; again: take it back")),
    Act.EXTEND: ("F9", Text("延长话后整理 30 秒", "30 s more of wrap-up")),
    Act.SAVE: ("Ctrl+Return", Text("保存并打开下一位", "Save and show the next customer")),
    Act.REVEAL: ("Alt+S", Text("显示或隐藏号码（留有记录）", "Show or hide the number (on record)")),
    Act.BACK: ("Alt+Left", Text("话术上一步", "Script: one step back")),
    Act.FORWARD: ("Alt+Right", Text("话术下一步", "Script: one step on")),
    Act.NOTE: ("Alt+N", Text("写备注", "Write in the note")),
    Act.SEARCH: ("Ctrl+F", Text("搜索客户", "Search customers")),
    Act.SKIP: ("Ctrl+K", Text("跳过任务并说明原因", "Skip the task with a reason")),
    Act.QUEUE: ("Ctrl+L", Text("回到任务列表", "Back to the queue")),
    Act.TIMELINE: ("Alt+T", Text("时间线", "Timeline")),
    Act.INDICATORS: ("Alt+I", Text("查指标", "Look up an indicator")),
    Act.PLANS: ("Alt+B", Text("比套餐：各要付多少；再按查任一档", "Compare plans; again: look one up")),
    Act.TAKE_PLAN: ("Ctrl+D", Text("选中的套餐放进订单", "The chosen plan goes into the order")),
    Act.OFFERS: ("Alt+V", Text("优惠：能给什么", "Offers: what may be made")),
    Act.SOURCE: ("Alt+G", Text("说的数从哪来；再按看下一个", "Where a said figure comes from; again: the next")),
    Act.VIEW_BACK: ("F2", Text("360° 上一页", "360° view: page back")),
    Act.VIEW_FORWARD: ("F3", Text("360° 下一页", "360° view: next page")),
    Act.CALLBACK_OWNER: ("Alt+M", Text("回拨由我或班组", "Callback: mine or anyone's")),
    Act.QUIET: ("Alt+H", Text("免扰时段：哪些钟点不要打", "Hours in which the customer wants no calls")),
    Act.OWNER: ("Alt+Z", Text("对方是机主", "The owner is on the line")),
    Act.FAMILY: ("Alt+X", Text("对方是家人", "Family is on the line")),
    Act.THIRD_PARTY: ("Alt+C", Text("对方是他人", "Someone else is on the line")),
    Act.INTENT: ("F6", Text("换意向", "Next intent")),
    Act.FIELDS: ("Alt+P", Text("填订单等栏目", "Fill in order and other fields")),
    Act.NEW_CALL: ("Ctrl+N", Text("无任务的来电或去电", "A call without a task")),
    Act.KNOWLEDGE: ("F4", Text("查知识库", "Look something up")),
    Act.TIP: ("F5", Text("写一条经验", "Write a tip")),
    Act.ASK_LEAD: ("Alt+A", Text("问班长：申请更多权限", "Ask the lead to grant more")),
    Act.ASK_BRANCH: ("Ctrl+B", Text("请支局开放套餐给外呼", "Ask the branch to open a plan to calls")),
    Act.BREAK: ("F10", Text("小休；再按结束", "Break; again: back to work")),
    Act.TRAINING: ("F11", Text("培训；再按结束", "Training; again: back to work")),
    Act.PROMISE: ("Ctrl+P", Text("记一个对客户的承诺", "Note a promise to the customer")),
    Act.CASE: ("Ctrl+R", Text("客户的修复案；没有就立案", "The customer's repair case; else open one")),
    Act.SIGN_IN: ("F12", Text("会话结束后重新登录", "Sign in again after the session has ended")),
    Act.HELP: ("F1", Text("按键一览", "All keys")),
}


class Enter(StrEnum):
    """What the keys do in the sign-in window."""

    ORGANISATION = auto()
    CANCEL = auto()


ENTERING: dict[Enter, tuple[str, Text]] = {
    Enter.ORGANISATION: ("Alt+W", Text("登录：用单位账号", "Sign-in: by your organisation")),
    Enter.CANCEL: ("Esc", Text("登录：不等浏览器了", "Sign-in: wait for the browser no more")),
}


class Offered(StrEnum):
    """What the keys do on the list of offers."""

    ACCEPT = auto()
    MENTION = auto()
    REFUSE = auto()
    TAKE_BACK = auto()


OFFERING: dict[Offered, tuple[str, Text]] = {
    Offered.ACCEPT: ("Return", Text("优惠：客户接受；要复述的再按一次", "Offer: accepted; again, once read back")),
    Offered.MENTION: ("Space", Text("优惠：提过", "Offer: mentioned")),
    Offered.REFUSE: ("Delete", Text("优惠：客户谢绝", "Offer: declined")),
    Offered.TAKE_BACK: ("Backspace", Text("优惠：撤回", "Offer: take it back")),
}


class Rehearse(StrEnum):
    """What the keys do on the page of drills."""

    OWN = auto()
    GO_ON = auto()
    AGAIN = auto()


PRACTISING: dict[Rehearse, tuple[str, Text]] = {
    Rehearse.OWN: ("Alt+N", Text("练习：先写自己的话", "Drill: write your own words")),
    Rehearse.GO_ON: ("Return", Text("练习：继续、下一个", "Drill: go on, next drill")),
    Rehearse.AGAIN: ("R", Text("练习：再练一遍", "Drill: once more")),
}


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


class Send(StrEnum):
    """What the keys begin on the list of the follow-ups, for the customer of the chosen row."""

    WORK_ORDER = auto()
    ESCALATION = auto()
    FEEDBACK = auto()
    COMMITMENT = auto()
    STORE = auto()
    TAKE_BACK = auto()
    ANSWER = auto()


SENDING: dict[Send, tuple[str, Text]] = {
    Send.WORK_ORDER: ("Alt+1", Text("派工单", "Work order")),
    Send.ESCALATION: ("Alt+2", Text("升级", "Escalate")),
    Send.FEEDBACK: ("Alt+3", Text("反馈问题", "Feed back")),
    Send.COMMITMENT: ("Alt+4", Text("长期约定", "Commit")),
    Send.STORE: ("Alt+5", Text("约营业厅", "Book a store")),
    Send.TAKE_BACK: ("Alt+6", Text("撤回、结束", "Take back, end")),
    Send.ANSWER: ("Alt+7", Text("答复升级", "Answer")),
}
AGREED_WITH: dict[Contact, tuple[str, Text]] = {
    Contact.OWNER: ("1", Text("与机主商定", "Agreed with the owner")),
    Contact.FAMILY: ("2", Text("与家人商定", "Agreed with family")),
    Contact.THIRD_PARTY: ("3", Text("与他人商定", "Agreed with someone else")),
}
"""whom the customer's new time was agreed with; without one nothing moves"""


class Named(StrEnum):
    """What the keys do on the page of one's own customers."""

    CALL = auto()
    FIND = auto()


PORTFOLIO: dict[Named, tuple[str, Text]] = {
    Named.CALL: ("Return", Text("我的客户：打开并拨打", "My customers: open to call")),
    Named.FIND: ("Ctrl+F", Text("我的客户：搜索", "My customers: search")),
}

PLAIN: tuple[tuple[str, Text], ...] = (
    ("1 … 9", Text("话术：客户的回答", "Script: the customer's answer")),
    ("Q W E R T Y U", Text("客户异议", "Objections")),
    ("Alt+1 … 9", Text("结果；再按换下一种", "Result; again: the next finer one")),
    ("Alt+Q W E R …", Text("必做项打勾", "Tick what must be done")),
    ("Z X C V B N M I", Text("原因", "Reason")),
    ("A S D F", Text("回拨时间", "Time of the callback")),
    ("O", Text("按客户的日子回拨：到期前等；再按换下一个", "Callback by a day of the customer's; again: the next")),
    ("P", Text("选回拨时间", "Choose the callback's time")),
    ("G H J K L", Text("短信、上门、工单、升级", "SMS, visit, work order, escalation")),
    ("Esc", Text("离开输入框；收起异议、班长的答复", "Leave a field; put away the objection, the lead's answer")),
)
"""Keys that act only while no text field has the focus and no input method composes."""

PAGE_KEYS = (
    *(f"Ctrl+{number}" for number in range(1, 10)),
    *(f"Ctrl+Shift+{number}" for number in range(1, 7)),
)
"""the pages, in the order of their tabs"""

SEND = BOUND[Act.SAVE][0]
"""sends what stands in a dialog, and saves a correction"""

_ON_THE_CAP = {"Return": "Enter", "Delete": "Del", "Backspace": "Bksp", "Left": "←", "Right": "→"}


def on_both_enters(key: str) -> tuple[str, ...]:
    """The key as Qt knows it: one with Return stands on the keypad's Enter as well."""
    return (key, key.replace("Return", "Enter")) if "Return" in key else (key,)


def cap(key: str) -> str:
    """The key as people read it, everywhere alike: `Ctrl+Return` is written Ctrl+Enter, `Alt+Left` Alt+←."""
    return "+".join(_ON_THE_CAP.get(part, part) for part in key.split("+"))

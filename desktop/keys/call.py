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


SEND = BOUND[Act.SAVE][0]
"""sends what stands in a dialog, and saves a correction"""

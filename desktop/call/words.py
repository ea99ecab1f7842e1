"""Words of the call: header, script, outcome."""

from core.domain.outcome_names import INTENT_NAMES
from core.domain.task import Gone
from core.domain.text import Text

# header
TO_QUEUE = Text("任务列表", "Tasks")
TO_VIEW = Text("← 客户 360°", "← Customer 360°")
NOBODY = Text("选一位客户开始", "Choose a customer")
SHOW = Text("显示", "Show")
HIDE = Text("隐藏", "Hide")
NO_NUMBER = Text("无号码", "No number")
DIAL = Text("拨打", "Dial")
ANSWERED = Text("已接通", "Answered")
END_CALL = Text("结束通话", "End call")
REDIAL = Text("重拨", "Dial again")
ANSWERED_AFTER_ALL = Text("其实已接通", "Answered after all")
REOPEN = Text("继续通话", "Still talking")
PREVIEW = Text("待拨打", "Ready")
DIALLING = Text("正在拨号", "Dialling")
IN_CALL = Text("通话中", "In call")
WRAP_UP = Text("话后整理", "Wrap-up")
TALKED = Text("{state} · 通话 {time}", "{state} · talked {time}")
AGENT_STATED = Text("坐席标记", "agent-stated")
INBOUND = Text("呼入", "Inbound")
BEST_TIME = Text("宜 {time}", "Best: {time}")
OPEN_COMPLAINT = Text("投诉未结", "Open complaint")
OTHER_NUMBERS = Text("选择号码", "Choose number")

COLON = Text("：", ": ")
SEMICOLON = Text("；", "; ")

# script
NOT_COMPARED_YET = Text("账还在算，稍等。", "The figures are being computed; one moment.")
NO_FIGURE_HERE = Text("这句话里没有算出来的数。", "No computed figure stands in these words.")
FIGURE_FROM = Text("{label} {said} ← {how}", "{label} {said} ← {how}")
FEATURED = Text(
    "今日货架：{behaviour}；常问“{enquiry}”。主推 {plan}（月费 {fee} 元），对这位客户不会更贵",
    "Today's shelf: {behaviour}; asked: “{enquiry}”. Featured: {plan} at {fee} yuan, no dearer for this customer",
)
MAY_OFFER = Text("可以提：{names} · {key}", "May offer: {names} · {key}")
ENUMERATED = Text("、", ", ")
ZONE = Text("{zone}｜{guide}", "{zone} | {guide}")
SCRIPT = Text("话术 · {title}", "Script · {title}")
STAGES = Text("话术阶段", "Stages of the script")
VERSION = Text("版本 {version}", "version {version}")
CUSTOMER_SAYS = Text("客户说", "Customer says")
MUST = Text("必做", "Must do")
BACK = Text("上一步", "Back")
FORWARD = Text("下一步", "Forward")
SCRIPT_ENDED = Text("话术走完：在右侧选结果并保存。", "Script done: choose a result at the right and save.")
EMPATHISE = Text("共情", "Empathise")
CLARIFY = Text("澄清", "Clarify")
ANSWER = Text("回应", "Answer")
CONFIRM = Text("确认", "Confirm")
CLOSE_OBJECTION = Text("回到话术", "Back to the script")
VERIFY = Text("对方是", "On the line")
OWNER = Text("机主", "Owner")
FAMILY = Text("家人", "Family")
THIRD_PARTY = Text("他人", "Someone else")

# outcome
OUTCOME = Text("结果", "Outcome")
DRAFT_SAVED = Text("草稿已存 {time}", "Draft kept {time}")
REASON = Text("原因", "Reason")
INTENT = Text("意向", "Intent")
FOLLOW_UP = Text("跟进", "Follow-up")
TODAY_AT = Text("今天 {hour}", "Today {hour}")
TOMORROW_AT = Text("明天 {hour}", "Tomorrow {hour}")
QUIET = Text("免扰", "No calls")
QUIET_NONE = Text("免扰时段…", "No calls at…")
QUIET_KEPT = Text("已记下：{hours} 不打给这位客户，所有坐席都一样。", "Kept: no calls {hours}, from any desk.")
QUIET_HEARD = Text("刚收到：{hours} 不打给这位客户。", "Just heard: no calls to this customer {hours}.")
CALLBACK_FELL = Text(
    "回拨移到 {to}（原 {before}），不合适按 P 另选。", "The callback is at {to} now (was {before}); P changes it."
)
QUIET_TAKEN_BACK = Text("已取消免扰时段。", "Hours without calls taken back.")
CHOOSE_TIME = Text("选时间…", "Choose time…")
MINE = Text("我来回拨", "I call back")
ANYONE = Text("班组均可", "Anyone")
NOTE = Text("备注", "Note")
LACKS_MORE = Text("另 {n} 项", "+{n}")
NOTE_AUTO = Text("自动生成，可改", "Automatic; edit freely")
NOTE_YOURS = Text("已手工修改", "Yours")
SAVE_NEXT = Text("保存，下一位", "Save, next customer")
WRAP_LEFT = Text("话后整理还剩 {left} 秒，可延长", "{left} s of wrap-up left; extend")
WRAP_OVER = Text("话后整理已超 {over} 秒，可延长", "Wrap-up {over} s over; extend")
WRAP_IDLE = Text("话后整理 {limit} 秒，可延长", "{limit} s of wrap-up; extend")
ORDER = Text("订单（先复述，再确认）", "Order (read back first)")
PRODUCT = Text("产品", "Product")
PRICE = Text("价格 元", "Price yuan")
CHARGE = Text("怎么收费", "How it is paid")
UNTIL = Text("到 {day} 为止", "to {day}")
ON_TRIAL = Text("试用到 {day}，可换回{plan}", "On trial to {day}; back to {plan}")
GOES_BACK = Text("换回试用前的套餐", "Back to the plan of before the trial")
TERM = Text("合约期 月", "Term months")
LOCKED = Text("合约期内不可降档", "Locked for the term")
STARTS_ON = Text("生效日", "Starts on")
CONSENT = Text("客户明确同意", "Customer expressly agrees")
NEXT_BRAND = Text("现用或将用的品牌", "Current or next brand")
SUGGESTION = Text("客户建议", "Customer's suggestion")
OTHER_NUMBER = Text("客户的另一个号码", "The customer's other number")
FALSE_DATA = Text("不实资料", "False data")
FALSE_FIELDS = {
    "name": Text("姓名", "Name"),
    "number": Text("号码", "Number"),
    "address": Text("地址", "Address"),
    "identity_card": Text("证件", "Identity card"),
}
INTENTS = {intent.value: name for intent, name in INTENT_NAMES.items()}

# messages
NOTHING_CLOSED = Text("没有更合适、又没开放外呼的套餐。", "No plan that fits better is closed to calls.")
BRANCH_ASKED = Text("已请支局开放，答复会显示在套餐页。", "The branch is asked; its answer will stand beside the plan.")
SAVED = Text("已保存：{name}", "Saved: {name}")
QUEUE_EMPTY = Text("可拨的任务都做完了。", "Every callable task is done.")
WITHDRAWN = Text(
    "这个任务已被服务器收回；您可以继续本次通话并保存结果，记录会保留。",
    "The server withdrew this task; finish the call and save, the record will be kept.",
)
NO_MORE_CALLS = Text(
    "刚收到：这位客户已登记免打扰。把这通电话好好说完就行，别再约回拨；之后不能再打。",
    "Just heard: this customer wants no more calls. End this one kindly and promise no callback; nobody calls again.",
)
CALLBACK_GONE = Text(
    "刚收到：这位客户已登记免打扰，约好的回拨已撤。跟客户说一声，把这通电话好好说完。",
    "Just heard: this customer wants no more calls; the callback is off. Say so, and end this call kindly.",
)
GONE: dict[Gone, Text] = {
    Gone.OPTED_OUT: Text(
        "任务已收回：客户已登记免打扰，不能再打。", "The task was withdrawn: the customer wants no more calls."
    ),
    Gone.REASSIGNED: Text("任务已改派给别人。", "The task was given to somebody else."),
    Gone.EXPIRED: Text("任务已过期，服务器收回了。", "The task's time is over; the server withdrew it."),
    Gone.DONE: Text("任务已经办结。", "The task is done already."),
    Gone.CANCELLED: Text("任务已取消。", "The task was cancelled."),
}
FINISH = Text("您可以继续本次通话并保存结果，记录会保留。", "Finish the call and save, the record will be kept.")
NO_CALLBACK = Text("客户已登记免打扰，不能约回拨。", "The customer wants no more calls: no callback can be promised.")
STILL_RINGING = Text(
    "还在响铃：接通了按 F7，没人接按 Alt+4。", "Still ringing: F7 once it is answered, Alt+4 where nobody answers."
)
DIALLED_ELSEWHERE = Text("号码已交给电话程序。", "The number was handed to the phone program.")
UNFINISHED_KEPT = Text(
    "{name} 的通话还没有结果，草稿已保留在“未完成”。", "{name}'s call has no outcome; kept under “Unfinished”."
)

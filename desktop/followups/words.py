"""Words of the follow-ups page."""

from core.desk.agenda import ItemKind
from core.domain.errand import ErrandKind, ErrandState
from core.domain.text import Text
from core.wire.departments import SlotVerdict
from desktop.keys.call import Send

LIST = Text("清单", "List")
WEEK = Text("周历", "Week")
DAYS = (
    Text("周一", "Mon"),
    Text("周二", "Tue"),
    Text("周三", "Wed"),
    Text("周四", "Thu"),
    Text("周五", "Fri"),
    Text("周六", "Sat"),
    Text("周日", "Sun"),
)
WEEK_OF = Text("{first} 至 {last}", "{first} to {last}")
IN_WEEK = Text("{n} 项", "{n} due")
IN_WEEK_LATE = Text("{n} 项，{late} 项超时", "{n} due, {late} late")
ITEM_KINDS = {
    ItemKind.CALLBACK: Text("回拨", "Callback"),
    ItemKind.PROMISE: Text("承诺", "Promise"),
    ItemKind.COMMITMENT: Text("长期约定", "Standing commitment"),
    ItemKind.TRIAL: Text("到期", "Ends"),
    ItemKind.VISIT: Text("上门", "Visit"),
    ItemKind.STORE_TIME: Text("营业厅", "Store"),
    ItemKind.WORK_ORDER: Text("部门答复", "Department answers by"),
}
EMPTY_WEEK = Text("这一周没有要办的事。", "Nothing is due in this week.")
WEEK_HINT = Text(
    "← → ↑ ↓ 选一项，Enter 打开客户；客户同意改时间时，拖动或按 Ctrl+方向键，再选和谁商定的。"
    "PgUp、PgDown 换周，Home 回本周。",
    "← → ↑ ↓ choose, Enter opens the customer. Where the customer agreed to another time, drag it or press Ctrl with "
    "an arrow, then say with whom. PgUp and PgDown turn the week, Home comes back.",
)
WITH_WHOM = Text("{name}：{before} 改到 {to}，和谁商定的？", "{name}: from {before} to {to}. Agreed with whom?")
MOVED = Text("已改到 {when}：{name}", "Moved to {when}: {name}")
NOT_HERE = Text("这位客户不在您的任务里，可按 Ctrl+N 查找。", "Not among your tasks: Ctrl+N finds the customer.")
ERRAND_NEWS = Text("部门有回音", "News of a department")
ERRAND_TOLD = Text("{kind}（{name}）：{state}", "{kind} ({name}): {state}")
NO_CUSTOMER = Text("先选一行，再派。", "Choose a row first: it is for that customer.")
NO_DEPARTMENTS = Text(
    "部门名单还没同步到本机，联网后再试。", "The departments have not come yet: try again once online."
)
ASK = {
    ErrandKind.WORK_ORDER: Text("给 {name} 派工单", "Work order for {name}"),
    ErrandKind.HOME_VISIT: Text("给 {name} 约上门", "Visit for {name}"),
    ErrandKind.ESCALATION: Text("升级：{name}", "Escalate: {name}"),
    ErrandKind.FEEDBACK: Text("反馈问题根源（{name}）", "Feed back a root cause ({name})"),
}
ASK_HINT = Text("要办什么，写清现象和要求；不用写号码", "What is to be done, and what happened; no numbers needed")
ASK_COMMITMENT = Text("和 {name} 长期约定", "Standing commitment to {name}")
COMMITMENT_HINT = Text("每次做什么，如：读账单", "What is done each time, such as: read the bill")
ASK_STORE = Text("给 {name} 约营业厅", "A store's time for {name}")
MOVE_STORE = Text("给 {name} 改约营业厅", "Another time at a store for {name}")
STORE_WHAT_HINT = Text(
    "要备的机或卡，各家营业厅都查；可不填", "A handset or card to put by, at any store; may stay empty"
)
STORE_WHEN_HINT = Text("选好时段，Enter 约上", "Choose a time, Enter books it")
STORE_PIECES = Text("有 {n} 件", "{n} in stock")
STORE_UNKNOWN_THING = Text("营业厅没有这样东西。可查：{things}", "No store keeps it. They keep: {things}")
STORE_SOLD_OUT = Text(
    "哪家营业厅都没有{what}了，改一样或留空。", "No store has {what} left: name something else, or nothing."
)
STORE_CANCELLED = Text("已取消 {name} 的营业厅预约。", "The time at the store is cancelled: {name}.")
STORE_NOT_CANCELLED = Text(
    "离线，没有取消。联网后再按一次。", "Offline: nothing is cancelled. Press it once more online."
)
STORE_GONE = Text("这个预约已经没有了。", "That booking is gone already.")
BOTH_BOOKED = Text(
    "已约好 {name}：{when}，预约号 {number}；原来的时段没能取消，请再撤回一次。",
    "Booked for {name}: {when}, number {number}. The earlier time could not be cancelled: take it back once more.",
)
LOOKING = Text("正在查营业厅的空闲时段…", "Asking the stores …")
NO_SLOTS = Text("三天内没有空闲时段。", "No time is free within three days.")
BOOKING_UNKNOWN = Text(
    "没收到营业厅的回应，还不知道约上没有。联网后再按一次 Enter，同一时段不会约重。",
    "The store's answer did not come, so it is not known yet. Press Enter again once online: it is booked only once.",
)
STORES_UNKNOWN = Text(
    "离线，查不到营业厅的时段和库存，还没有预约。联网后再约，或先派一张工单给营业厅。",
    "Offline: nothing is known of the stores, and nothing is booked. Book once online, or send the store a work order.",
)
BOOKED = {
    SlotVerdict.BOOKED: Text("已约好 {name}：{when}，预约号 {number}", "Booked for {name}: {when}, number {number}"),
    SlotVerdict.TAKEN: Text("这个时段刚被约走，请换一个：{when}", "Somebody was quicker: {when} is taken"),
    SlotVerdict.SOLD_OUT: Text("没有货了，没有预约：{when}", "Sold out, nothing is booked: {when}"),
}
NOTHING_PASSED_ON = Text("选一件坐席升级给您的事，再答复。", "Choose what an agent passed on to you, then answer.")
ASK_ANSWER = Text("答复升级：{name}", "Answer: {name}")
ANSWER_HINT = Text("怎么处理的；退回要写原因", "What was done; say why where you return it")
ANSWERS = {
    ErrandState.DONE: Text("已办结", "Done"),
    ErrandState.IN_PROGRESS: Text("在处理", "Working on it"),
    ErrandState.REFUSED: Text("退回", "Return it"),
}
KEPT = {
    Send.ANSWER: Text("已答复，坐席会看到。", "Answered: the agent sees it."),
    Send.WORK_ORDER: Text("工单已记下，联网后派出。", "The work order leaves once the server has it."),
    Send.ESCALATION: Text("已记下，联网后升级。", "It is passed on once the server has it."),
    Send.FEEDBACK: Text("反馈已记下，联网后转给部门。", "The department hears of it once the server has it."),
    Send.COMMITMENT: Text("已记下，到时会排进您的任务。", "Kept: it becomes your task each time."),
    Send.TAKE_BACK: Text("已撤回。", "Taken back."),
}
NOTHING_TO_TAKE_BACK = Text(
    "选一张未办结的单或一项约定，再撤回。", "Choose an open errand or a commitment to take back."
)
PROMISE = Text("承诺", "Promise")
PROMISE_LATE = Text("已超时", "Overdue")
TRIAL = Text("到期", "Ends")
TRIAL_DAYS = Text("还有 {days} 天", "{days} d left")
TRIAL_TODAY = Text("今天到期", "ends today")
TRIAL_OVER = Text("已到期", "ended")
STORE_TIME = Text("营业厅", "Store")
STORE_BOOKED = Text("已约，{number}", "booked, {number}")
STORE_OVER = Text("时间已过", "over")
TRIAL_NEWS = Text("有体验快到期", "A trial is about to end")
TRIAL_TOLD = Text("{name}：{what}，{when}，打个电话问问", "{name}: {what}, {when}: give them a call")
LATER = Text("后续成效", "Later event")
COMMITMENT = Text("长期约定", "Commitment")
UNSENT = Text("{state}（待上传）", "{state} (to upload)")
CALLBACKS = Text("回拨", "Callbacks")
CALLBACK_COLUMNS = (
    Text("时间", "Time"),
    Text("客户", "Customer"),
    Text("场景", "Scenario"),
    Text("事由", "Reason"),
)
OTHERS = Text("承诺、到期、订单、短信、工单、上门、约定", "Promises, trials, orders, SMS, work orders, visits")
ORDER = Text("订单", "Order")
NOT_DONE = Text("{product}：{why}", "{product}: {why}")
ORDERED = Text("{product}，{price} 元", "{product}, {price} yuan")
SOLD_BY = Text("{ordered}（原由{seller}办理）", "{ordered} (sold by {seller})")
CONTENT = Text("内容", "What")
OTHER_COLUMNS = (
    Text("时限", "Due"),
    Text("客户", "Customer"),
    Text("类别", "Kind"),
    CONTENT,
    Text("状态", "State"),
)
KINDS = {
    "callback": Text("回拨", "Callback"),
    "sms": Text("短信", "SMS"),
    "work_order": Text("工单", "Work order"),
    "home_visit": Text("上门走访", "Home visit"),
    "escalation": Text("升级", "Escalation"),
    "feedback": Text("反馈", "Feedback"),
}
STATES = {
    "waiting": Text("等待中", "Waiting"),
    "sent": Text("已发送", "Sent"),
    "done": Text("已完成", "Done"),
    "cancelled": Text("已取消", "Cancelled"),
}
CALLED_BACK = Text("订单没办成，已撤回", "Off: its order failed")
NOT_SENT = Text("待发，未发送", "Waiting, not sent")
NO_CALLBACKS = Text("没有约好的回拨。", "No callbacks are promised.")
NO_OTHERS = Text("还没有承诺、订单、短信、工单或上门。", "No promises, orders, texts, work orders or visits yet.")
HINT = Text(
    "没有短信通道时，短信先排队，由管理员导出发送。在左侧选一条回拨，按 Enter 打开客户。",
    "Without an SMS gateway texts wait until an administrator exports them. "
    "Enter on a callback at the left opens the customer.",
)

"""Words of the follow-ups page."""

from core.desk.agenda import ItemKind
from core.domain.text import Text

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
    ItemKind.WORK_ORDER: Text("部门答复", "Department answers by"),
}
EMPTY_WEEK = Text("这一周没有要办的事。", "Nothing is due in this week.")
WEEK_HINT = Text(
    "← → ↑ ↓ 选一项，回车打开客户；客户同意改时间时，拖动或按 Ctrl+方向键，再选和谁商定的。"
    "PgUp、PgDown 换周，Home 回本周。",
    "← → ↑ ↓ choose, Enter opens the customer. Where the customer agreed to another time, drag it or press Ctrl with "
    "an arrow, then say with whom. PgUp and PgDown turn the week, Home comes back.",
)
WITH_WHOM = Text("{name}：{before} 改到 {to}，和谁商定的？", "{name}: from {before} to {to}. Agreed with whom?")
MOVED = Text("已改到 {when}：{name}", "Moved to {when}: {name}")
NOT_HERE = Text(
    "这位客户不在您的任务里，可按 Ctrl+N 查找。", "Not among your tasks: Ctrl+N finds the customer."
)
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
OTHERS = Text("订单、短信、工单、上门、约定", "Orders, SMS, work orders, visits, commitments")
ORDER = Text("订单", "Order")
NOT_DONE = Text("{product}：{why}", "{product}: {why}")
ORDERED = Text("{product}，{price} 元", "{product}, {price} yuan")
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
NO_OTHERS = Text("还没有订单、短信、工单或上门。", "No orders, texts, work orders or visits yet.")
HINT = Text(
    "没有短信通道时，短信先排队，由管理员导出发送。在左侧选一条回拨，按 Enter 打开客户。",
    "Without an SMS gateway texts wait until an administrator exports them. "
    "Enter on a callback at the left opens the customer.",
)

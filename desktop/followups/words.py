"""Words of the follow-ups page."""

from core.domain.text import Text

CALLBACKS = Text("回拨", "Callbacks")
CALLBACK_COLUMNS = (
    Text("时间", "Time"),
    Text("客户", "Customer"),
    Text("场景", "Scenario"),
    Text("事由", "Reason"),
)
OTHERS = Text("订单、短信、工单、上门、升级", "Orders, SMS, work orders, visits, escalations")
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

"""Words of care."""

from core.domain.care_class import CareChannel
from core.domain.text import Text

DUE = Text("今天该关怀的客户", "Customers to care for today")
NONE = Text("今天没有该做的关怀。", "No care is due today.")
NO_CLASSES = Text("服务器还没有发布关怀类别。", "The server has published no classes of care yet.")
LOOKING = Text("正在看…", "Looking…")
OPEN = Text("打开客户", "Open the customer")
CHANNELS: dict[CareChannel, Text] = {
    CareChannel.SMS: Text("短信", "SMS"),
    CareChannel.CALL: Text("电话", "Call"),
    CareChannel.MAIL: Text("信函", "Letter"),
    CareChannel.VISIT: Text("上门", "Visit"),
}
JOINT, LINE = Text("、", ", "), Text("{head}：{text}", "{head}: {text}")
DEFINITION = Text("是什么", "What it is")
TRIGGER = Text("什么时候", "When")
PLAN = Text("怎么安排", "Plan")
REST = Text("间隔", "Rest")
RESTS = Text(
    "两次至少隔 {days} 天，按客户上次接听这类电话算。", "{days} days or more since they last took such a call."
)
RESTS_UNKNOWN = Text(
    "两次至少隔 {days} 天；上次是哪天这里不知道，先看客户的通话和短信记录。",
    "{days} days or more between two. The last is not known here: look at the customer's calls and texts.",
)
BY = Text("渠道", "Channel")
MESSAGE = Text("短信或信函", "SMS or letter")
CALL = Text("电话里说", "On the phone")
NO_MESSAGE = Text("资料不全，这条短信不能发。", "A figure is missing: this text cannot be sent.")
NO_CALL = Text("这一类不打电话。", "This class is not called about.")
MONITORING = Text("盯什么", "Monitoring")
EVALUATION = Text("怎么算好", "Evaluation")

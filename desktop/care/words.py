"""Words of care."""

from core.domain.care_class import CareChannel
from core.domain.text import Text

DUE = Text("今天该关怀的客户", "Customers to care for today")
NONE = Text("今天没有该做的关怀。", "No care is due today.")
NO_CLASSES = Text("服务器还没有发布关怀类别。", "The server has published no classes of care yet.")
LOOKING = Text("正在看…", "Looking…")
OPEN = Text("打开客户", "Open the customer")
SEND_TEXT = Text("发短信", "Plan the text")
SAID = Text("电话里说了", "Said on the phone")
PLANNED = Text("{name}：{care}的短信已排上。", "{name}: the text “{care}” is planned.")
NOTED = Text("{name}：{care}已记为电话里说了。", "{name}: “{care}” is noted as said on the phone.")
TODAY = Text("今天做了：{done}", "Given today: {done}")
CALL_FIRST = Text("要先接通并保存今天的通话", "Speak with them first, and save the call")
NOT_BY_TEXT = Text("这位客户这一类不发短信", "Not by text for this customer")
NOT_BY_CALL = Text("这一类不打电话", "Not by phone")
CHANNELS: dict[CareChannel, Text] = {
    CareChannel.SMS: Text("短信", "SMS"),
    CareChannel.CALL: Text("电话", "Call"),
    CareChannel.MAIL: Text("信函", "Letter"),
    CareChannel.VISIT: Text("上门", "Visit"),
}
JOINT, LINE = Text("、", ", "), Text("{head}：{text}", "{head}: {text}")
DEFINITION = Text("是什么", "What it is")
TRIGGER = Text("什么时候", "When")
NOTICED = Text("谁来通知", "Told by")
BY_NOTICE = Text("靠通知", "by notice")
NOTICE_RULE = Text(
    "{who}。这里的数据看不出来，不会自动列出客户。",
    "{who}. No data here can say it: nobody is listed for it by itself.",
)
PLAN = Text("怎么安排", "Plan")
REST = Text("间隔", "Rest")
RESTS = Text("两次至少隔 {days} 天，全中心一起算。", "{days} days or more between two, whoever gave it.")
RESTS_A_DAY = Text("两次至少隔 1 天，全中心一起算。", "A day or more between two, whoever gave it.")
BY = Text("渠道", "Channel")
MESSAGE = Text("短信或信函", "SMS or letter (it goes out in Chinese)")
CALL = Text("电话里说", "On the phone")
NO_MESSAGE = Text("资料不全，这条短信不能发。", "A figure is missing: this text cannot be sent.")
NO_CALL = Text("这一类不打电话。", "This class is not called about.")
MONITORING = Text("盯什么", "Monitoring")
EVALUATION = Text("怎么算好", "Evaluation")

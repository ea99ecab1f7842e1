"""Words of the desk while nobody is open."""

from core.domain.text import Text

TITLE = Text("今天的安排", "Your day")
GREETING = Text("{greeting}，{name}", "{greeting}, {name}")
DAY = Text("{month} 月 {day} 日 {weekday} · {hours}", "{weekday}, {year}-{month:02}-{day:02} · {hours}")
WEEKDAYS = (
    Text("周一", "Monday"),
    Text("周二", "Tuesday"),
    Text("周三", "Wednesday"),
    Text("周四", "Thursday"),
    Text("周五", "Friday"),
    Text("周六", "Saturday"),
    Text("周日", "Sunday"),
)
DUE = Text("到时回拨", "Callbacks due")
LATER_TODAY = Text("今天晚些回拨", "Callbacks later today")
UNFINISHED = Text("未完成", "Unfinished")
UNFINISHED_ONES = Text("{n} 位，草稿都在", "{n}, drafts are kept")
VIP = Text("VIP 客户", "VIP customers")
BLOCKED = Text("不可拨", "Cannot be called")
TARGET = Text("今日目标", "Today's target")
TARGET_LEFT = Text("{target} 位，已处理 {called}，还差 {left}", "{called} of {target} handled, {left} to go")
TARGET_MET = Text("{target} 位，已处理 {called}，达成", "{called} of {target} handled: met")
PEOPLE = Text("{n} 位", "{n}")
NAMED = Text("{n} 位：{who}", "{n}: {who}")
ONE = Text("{name} {hour}", "{name} {hour}")
BETWEEN = Text("、", ", ")
AND_MORE = Text("{who} 等", "{who} …")
NOTHING = Text("没有待办的任务。新任务会自己出现。", "Nothing is to be done. New tasks appear by themselves.")
BEGIN = Text("打开第一位", "Open the first customer")
KEYS = Text("按键", "Keys")
CHOOSE = Text("↑ ↓", "↑ ↓")
CHOOSING = Text("在左侧选客户", "Choose a customer at the left")

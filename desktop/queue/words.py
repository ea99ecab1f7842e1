"""Words of the queue column."""

from core.compliance import Barrier
from core.domain.text import Text

TITLE = Text("今日目标", "Today's target")
LIST = Text("任务列表", "Tasks")
COUNTS = Text(
    "待办 {assigned}  已拨 {dialled}  接通 {connected}  成功 {success}",
    "To\u00a0do\u00a0{assigned}  Dialled\u00a0{dialled}  Answered\u00a0{connected}  Success\u00a0{success}",
)
DONE_OF = Text("{called} / {target}", "{called} / {target}")
"""customers handled, of those that the day asks for: no count of what is in the list"""
DUE = Text("到时回拨", "Callbacks due")
UNFINISHED = Text("未完成", "Unfinished")
VIP = Text("VIP", "VIP")
LATER = Text("以后回拨", "Later callbacks")
BLOCKED = Text("不可拨", "Cannot be called")
NO_TASK = Text("无任务的客户", "Customers without a task")
ALL = Text("全部", "All")
SEARCH = Text("姓名 · 拼音 · 号码", "Name · number · task")
SEARCH_KEY = Text("搜索 Ctrl+F", "Search Ctrl+F")
FILTER = Text("筛选", "Filter")
SORT = Text("排序", "Sort")
SORT_QUEUE = Text("推荐顺序", "Queue order")
SORT_NAME = Text("姓名", "Name")
SORT_DUE = Text("到期时间", "Due time")
SORT_TIER = Text("等级", "Tier")
SORT_SCENARIO = Text("场景", "Scenario")
UNFINISHED_HINT = Text("待补结果", "No result · draft kept")
NO_NUMBER = Text("无号码", "No number")
OPTED_OUT = Text("拒绝再联系", "Refused contact")
BAD_NUMBER = Text("空号", "Bad number")
OPEN_ELSEWHERE = Text("正在处理：{name}", "Open now: {name}")
EMPTY = Text("没有任务。新任务会自己出现。", "No tasks. New ones appear by themselves.")
EMPTY_FILTER = Text("没有符合的任务。", "No task matches.")
FIRST_WORD = Text("首联 {left}", "Reach in {left}")
FIRST_WORD_LATE = Text("首联超 {left}", "Not reached, {left} late")
OVERDUE = Text("超 {minutes} 分", "{minutes} min late")
OVERDUE_HOURS = Text("超 {hours} 小时", "{hours} h late")
HELD = {
    Barrier.COMPLAINT: Text("投诉未结", "Complaint open"),
    Barrier.CAP_24H: Text("已拨满", "Dialled enough"),
    Barrier.CAP_30D: Text("已拨满", "Dialled enough"),
    Barrier.HOURS: Text("免扰", "No calls"),
    Barrier.NO_CONSENT: Text("不同意营销", "No consent"),
}
HELD_UNTIL = {
    Barrier.COMPLAINT: Text("投诉后免扰至 {at}", "Complaint, till {at}"),
    Barrier.CAP_24H: Text("拨满至 {at}", "Not till {at}"),
    Barrier.CAP_30D: Text("拨满至 {at}", "Not till {at}"),
    Barrier.HOURS: Text("免扰至 {at}", "No calls till {at}"),
}
"""where it is known when it is over"""

"""Words of the day's page."""

from core.domain.text import Text

TITLE = Text("今日成绩", "Today's figures")
DIALLED = Text("已拨", "Dialled")
CALLED = Text("已处理", "Handled")
CALLED_HINT = Text("按客户算：同一任务打几通都算一位", "Customers: several calls about one task count once")
CUSTOMERS = Text("客户（位）", "Customers")
CALLS = Text("通话（通）", "Calls")
CONNECTED = Text("接通", "Connected")
CONNECT_RATE = Text("接通率", "Connect rate")
OWNER = Text("本人接通", "Right party")
SUCCESS = Text("成功", "Success")
AWAITED = Text("待受理", "Awaiting acceptance")
AWAITED_HINT = Text(
    "客户回复确认、系统受理后才算成功", "A success once the customer has confirmed and the CRM has accepted"
)
SUCCESS_RATE = Text("成功率", "Success rate")
TALK = Text("通话时长（坐席标记）", "Talk time (agent-stated)")
PER_OWNER = Text("÷ 本人接通", "÷ right party")
PER_DIAL = Text("÷ 拨打", "÷ dialled")
SAVED = Text("今日已存", "Saved today")
SEARCH = Text("搜索姓名、结果、备注", "Search name, result, note")
COLUMNS = (
    Text("时间", "Time"),
    Text("客户", "Customer"),
    Text("场景", "Scenario"),
    Text("结果", "Result"),
    Text("通话", "Talk"),
    Text("订单", "Order"),
    Text("上传", "Upload"),
)
ORDER_LINE = Text("{what}：{state}", "{what}: {state}")
SCENARIO = Text("场景", "Scenario")
UPLOAD = {
    "waiting": Text("待上传", "Waiting"),
    "uploaded": Text("已上传", "Uploaded"),
    "superseded": Text("已存档（任务已收回）", "On record (task withdrawn)"),
    "rejected": Text("未被接受", "Not accepted"),
    "conflict": Text("有冲突，待修复", "Conflict, to be repaired"),
}
CORRECTED = Text("已更正", "Corrected")
CORRECTION = Text("更正", "Correction")
LET_GO = Text("（资料已清除）", "(data deleted)")
LET_GO_WHY = Text(
    "客户的资料已按规定清除，这条记录照常计数，不能再更正。",
    "The customer's data were deleted as the rules ask: the record counts as before and cannot be corrected.",
)
CORRECTED_ONE = Text("{name} · {time}", "{name} · {time}")
RESULT = Text("结果", "Result")
REASON = Text("原因", "Reason")
NOTE = Text("备注", "Note")
NOT_ACCEPTED = Text("没有接受“{offer}”", "“{offer}” was not accepted")
NOT_ACCEPTED_HINT = Text(
    "订单、回装卡、预算和还没办的跟进一并撤回；还没发的短信也不再发。",
    "Its order, its card, its budget and what still waits to be done or sent are taken back with it.",
)
NO_REASON = Text("（无）", "(none)")
SAVE_CORRECTION = Text("保存更正", "Save correction")
CORRECTION_SAVED = Text(
    "更正已保存为新记录，原记录保留。", "The correction is saved as a new record; the old one is kept."
)
CANCEL = Text("取消 Esc", "Cancel Esc")
CHOOSE = Text("在左侧选一条来更正。", "Choose a record at the left to correct it.")
EMPTY = Text("今天还没有保存的结果。", "Nothing saved today yet.")
CONTESTS = Text("竞赛与积分", "Contests and points")
CONTEST_COLUMNS = (
    Text("竞赛", "Contest"),
    Text("名次", "Place"),
    Text("谁", "Who"),
    Text("成绩", "Result"),
    Text("标杆", "Benchmark"),
    Text("还剩", "Left"),
)
OWN_SIDE = Text("{name}（我）", "{name} (you)")
OWN_TEAM = Text("{name}（我班）", "{name} (your team)")
DAYS_LEFT = Text("{n} 天", "{n} d")
BOARD_AS_OF = Text("截至 {at}", "as of {at}")
POINTS = Text(
    "{title}：本月 {points} 分（挽留 {saves} 次，拆机停机单 {orders} 张）；还没到期的挽留另有 {open} 分",
    "{title}: {points} points this month (saves {saves}, orders {orders}); {open} more from saves not yet due",
)
TAKEN_BACK = Text(
    "已倒扣 {n} 分：虚假挽留 {faked} 次、推诿拆机 {stonewalled} 次。有异议可在质检页申诉。",
    "{n} points taken back: faked saves {faked}, stonewalled disconnects {stonewalled}. You may dispute a score.",
)
NOTHING_FOUND = Text("没有符合的记录。", "No record matches.")

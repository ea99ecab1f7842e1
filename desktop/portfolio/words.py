"""Words of the page of a phone account manager's customers."""

from core.domain.text import Text
from desktop.portfolio.order import Sort

TITLE = Text("我的客户", "My customers")
SEARCH = Text("找姓名、号码、套餐、预警", "Name, number, plan or warning")
SORT = Text("排序", "Order")
EMPTY = Text("名下还没有客户；同步后就会出现。", "No customers name you as their manager yet; they come with the sync.")
NOT_FOUND = Text("没有符合的客户。", "No customer fits.")
READING = Text("正在取…", "Reading…")
FOUND = Text("{shown} / {count}", "{shown} of {count}")

COLUMNS = (
    Text("客户", "Customer"),
    Text("号码", "Number"),
    Text("套餐", "Plan"),
    Text("预警", "Warning"),
    Text("上次通话", "Last contact"),
    Text("下一步", "Next"),
    Text("合约到期", "Contract ends"),
    Text("月均", "A month"),
)
SORTS: dict[Sort, Text] = {
    Sort.NEXT: Text("先做什么", "What comes first"),
    Sort.NAME: Text("姓名", "Name"),
    Sort.PLAN: Text("套餐", "Plan"),
    Sort.WARNED: Text("最新预警", "Newest warning"),
    Sort.REACHED: Text("最久没联系", "Longest not spoken with"),
    Sort.DUE: Text("下一步时间", "Next step"),
    Sort.ENDS: Text("合约到期", "Contract's end"),
    Sort.SPEND: Text("月均消费", "Monthly bill"),
}
TILES = (
    Text("名下客户", "Customers"),
    Text("本月已联系", "Spoken with this month"),
    Text("有预警", "With a warning"),
    Text("60 天内到期", "End within 60 days"),
    Text("有待办", "Something to do"),
    Text("月均消费", "Mean monthly bill"),
)
COVERAGE_HINT = Text(
    "本月通过话的客户 ÷ 名下客户；中心任何人打的都算，免得重复打扰。",
    "Spoken with this month ÷ customers; anybody's call counts, so that nobody is called twice.",
)
SPEND_HINT = Text("近六个月账单的平均，有账单的客户", "Mean of six months' bills, of those who have bills")
CALL = Text("打开并拨打", "Open to call")
NEVER = Text("还没有", "Never")
CALLBACK = Text("回拨 {when}", "Callback {when}")
TERM = Text("任务 {when}", "Task {when}")
OPTED_OUT = Text("免扰，不打", "Wants no calls")

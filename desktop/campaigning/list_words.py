"""Words of the page on which lists are brought in."""

from core.domain.text import Text
from core.wire.campaigns import ListFlaw
from core.wire.list_files import ColumnRole

LISTS, BRING_IN = Text("名单", "Lists"), Text("导入名单", "Bring a list in")
NONE_YET = Text("还没有名单", "No lists yet")
CUSTOMERS = Text("{customers} 位", "{customers}")
FILE = Text("文件：CSV 或 XLSX 的路径（Enter 读取）", "File: path of a CSV or XLSX (Enter reads it)")
NAME = Text("名单叫什么", "What the list is called")
READING, BRINGING = Text("正在读…", "Reading…"), Text("正在导入…", "Bringing it in…")
ROLES = {
    ColumnRole.CUSTOMER_ID: Text("客户编号", "Customer id"),
    ColumnRole.NUMBER: Text("号码", "Number"),
    ColumnRole.SCORE: Text("得分", "Score"),
    ColumnRole.REASON: Text("理由", "Reason"),
    ColumnRole.DO_NOT_CALL: Text("不愿接外呼（是、黑名单）", "Wants no calls (yes, listed)"),
    ColumnRole.CALL_CONSENT: Text("同意来电（否则不打）", "Agrees to calls (else none)"),
    ColumnRole.MARKETING_CONSENT: Text("同意营销（否则不推销）", "Agrees to sales (else none)"),
    ColumnRole.NOTHING: Text("不用", "Not used"),
}
COLUMNS_TOLD = Text("每一列是什么（不对就改）", "What each column is (correct it where it errs)")
ROLE_OF = Text("“{header}”是什么", "What “{header}” is")
FIRST_ROWS = Text("前几行（号码已遮）", "The first rows (numbers masked)")
ROWS = Text("共 {rows} 行", "{rows} rows")
BRING = Text("导入", "Bring it in")
STOP = Text("不导入了", "Leave it")
CHECKING = Text("正在核对每一行…", "Checking each row…")
HOW_FAR_READ = Text("已核对 {percent}%", "{percent}% checked")
HOW_FAR = Text("已导入 {done} / {all} 行", "{done} of {all} rows brought in")
STOPPING = Text("正在停下，已送去的也收回…", "Stopping, and taking back what was sent…")
STOPPED = Text(
    "没有导入，名单没有留下；已送去的“不愿接外呼”照样算数。",
    "Not brought in, and no list was kept; who was told to want no calls still wants none.",
)
FITS = Text("{customers} 位客户会进名单", "{customers} customers would be on the list")
NOBODY = Text("没有一行是库里的客户", "No row is a customer here")
SAVE_FLAWS = Text("另存这些行", "Save these rows")
FLAWS_SAVED = Text("{rows} 行已存到 {path}", "{rows} rows saved to {path}")
BROUGHT = Text("{rows} 行里有 {customers} 位客户进了名单。", "Of {rows} rows {customers} customers are on the list.")
FLAWS = Text("有问题的行", "Rows with something wrong")
FLAWS_OF = Text("{why}：{rows} 行", "{why}: {rows}")
FLAW = Text("第 {row} 行：{why}", "Row {row}: {why}")
MORE = Text("还有 {count} 行", "{count} more rows")
WHY = {
    ListFlaw.UNKNOWN: Text("库里没有这位客户", "no such customer here"),
    ListFlaw.DOUBLE: Text("与前面重复", "the same as a row above"),
    ListFlaw.OPTED_OUT: Text("不愿接外呼，留在名单里但不打", "wants no calls: on the list, and not called"),
    ListFlaw.NO_CONSENT: Text("不同意营销，推销的活动不打", "agrees to no sales: not called where a campaign sells"),
    ListFlaw.UNCLEAR: Text("愿不愿接外呼没有说清，不进名单", "unclear whether they want calls: left off the list"),
    ListFlaw.LEFT: Text("已离网，只有赢回活动会打", "left the net: called by win-back campaigns alone"),
    ListFlaw.EMPTY: Text("没有能用的编号或号码", "no id or number that can be used"),
    ListFlaw.SHARED_NUMBER: Text("几位客户共用这个号码", "several customers share that number"),
}
NO_SCORE = Text("得分不是 0 到 1，也不是百分数，按没有算", "a score that is none (0 to 1, or percent): taken without")
NO_KEY = Text("请指明哪一列是号码或客户编号。", "Say which column is the number or the customer's id.")

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
    ColumnRole.NOTHING: Text("不用", "Not used"),
}
COLUMNS_TOLD = Text("每一列是什么（不对就改）", "What each column is (correct it where it errs)")
ROLE_OF = Text("“{header}”是什么", "What “{header}” is")
FIRST_ROWS = Text("前几行（号码已遮）", "The first rows (numbers masked)")
ROWS = Text("共 {rows} 行", "{rows} rows")
BRING = Text("导入", "Bring it in")
STOP = Text("不导入了", "Leave it")
BROUGHT = Text("{rows} 行里有 {customers} 位客户进了名单。", "Of {rows} rows {customers} customers are on the list.")
FLAWS = Text("没进的行", "Rows left out")
FLAW = Text("第 {row} 行：{why}", "Row {row}: {why}")
MORE = Text("还有 {count} 行", "{count} more rows")
WHY = {
    ListFlaw.UNKNOWN: Text("库里没有这位客户", "no such customer here"),
    ListFlaw.DOUBLE: Text("与前面重复", "the same as a row above"),
    ListFlaw.OPTED_OUT: Text("不愿接外呼，留在名单里但不打", "wants no calls: on the list, and not called"),
    ListFlaw.EMPTY: Text("没有编号也没有号码", "neither an id nor a number"),
    ListFlaw.SHARED_NUMBER: Text("几位客户共用这个号码", "several customers share that number"),
}
NO_KEY = Text("请指明哪一列是号码或客户编号。", "Say which column is the number or the customer's id.")
NO_FILE = Text("没有这个文件，或不能读", "There is no such file, or it cannot be read")

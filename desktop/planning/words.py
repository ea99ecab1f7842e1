"""Words of the planner's pages."""

from core.domain.content_reasons import in_chinese, in_english
from core.domain.text import Text

TITLE = Text("策划", "Planning")
TABS = (
    Text("话术图", "Scripts"),
    Text("存量总览", "The base"),
    Text("迁移路径", "Migration map"),
    Text("调查结果", "Surveys"),
    Text("套餐目录", "Catalogue"),
    Text("月货架", "Shelf"),
    Text("四区", "Four zones"),
)

# scripts
FOLDER = Text("内容文件夹（Enter 读取；留空看随程序的）", "Content folder (Enter reads; empty: the one shipped)")
SHIPPED = Text("随程序的内容", "Shipped content")
READING = Text("正在读取…", "Reading…")
SCRIPTS = Text("话术", "Scripts")
GRAPH = Text("话术图", "The script as a graph")
SOUND = Text("没有发现错误", "No mistakes found")
MORE_MISTAKES = Text("还有 {count} 处", "{count} more")
READ_AT = Text("{time} 读取", "Read at {time}")
WALK = Text("试走", "Walk it")
WALKER = Text("客户", "Customer")
FIND_WALKER = Text("找客户：姓名、号码、套餐（Enter）", "Find a customer: name, number, plan (Enter)")
NOBODY_FOUND = Text("没有找到这样的客户", "No such customer was found")
NAMELESS = Text("客户 {id}", "Customer {id}")
NO_WALKER = Text("还没有客户可选", "No customers to choose from")
OFFLINE = Text("连不上服务器", "The server cannot be reached")
ZONE = Text("{zone}：{guide}", "{zone}: {guide}")
ENDED = Text("话术到此结束。", "The script ends here.")
BACK = Text("上一步", "Back")
AGAIN = Text("从头", "From the start")
STEPS = Text("{steps} 步，{answers} 个回答", "{steps} steps, {answers} answers")
DISCLOSES = Text("核身后", "owner only")
SELLS = Text("推荐", "sells")
ASKS = Text("问题", "question")
ENDS = Text("结束", "end")
START = Text("开始", "start")
ZOOM = Text("+ − 缩放，0 全图，方向键走动", "+ − zoom, 0 whole, arrows move")

# the base
BASE = Text("4G 占比与目标", "4G share and targets")
CARE = Text("今天该做的关怀", "Care due today")
COUNTING = Text("正在算 {done} / {total}…", "Counting {done} / {total}…")
COUNTED = Text("{total} 位客户，{time} 算好", "{total} customers, counted at {time}")
COUNT_AGAIN = Text("重新算", "Count again")
BY = Text("分组", "Group by")
BY_GROUP = Text("按{group}", "By {group}")
GROUPS = (Text("城区", "district"), Text("品牌", "brand"), Text("付费方式", "payment"), Text("现套餐", "present plan"))
BASE_COLUMNS = (
    Text("分组", "Group"),
    Text("客户", "Customers"),
    Text("已用 4G", "On 4G"),
    Text("4G 占比", "4G share"),
    Text("现在可迁", "Targets now"),
    Text("到期可迁", "Later"),
)
ALL = Text("全部", "All")
PREPAID, POSTPAID = Text("预付费", "Prepaid"), Text("后付费", "Postpaid")
UNKNOWN = Text("未知", "Not known")

# the migration map
MAP = Text("现套餐 × 用量 → 目标套餐", "Present plan × use → target plan")
MAP_COLUMNS = (
    Text("现套餐", "Present plan"),
    Text("月均流量", "Data a month"),
    Text("建议", "Advice"),
    Text("目标套餐", "Target plan"),
    Text("客户", "Customers"),
    Text("客户月均得益", "Gain a month"),
)
BANDS = {
    "least": Text("不足 500 MB", "below 500 MB"),
    "little": Text("500 MB–2 GB", "500 MB–2 GB"),
    "middle": Text("2–10 GB", "2–10 GB"),
    "much": Text("10–30 GB", "10–30 GB"),
    "most": Text("30 GB 以上", "30 GB and more"),
    "unknown": Text("没有用量", "no use known"),
}
ADVICE = {
    "change": Text("改套餐", "change"),
    "tier_up": Text("提档迁转", "tier up"),
    "later": Text("到期再改", "later"),
    "keep": Text("现套餐最好", "keep"),
    "unknown": Text("说不准", "unknown"),
}
ANY_PLAN = Text("全部现套餐", "All present plans")
SUMS = Text(
    "{change} 改 · {later} 等 · {keep} 留 · {unknown} 说不准",
    "{change} change · {later} later · {keep} keep · {unknown} unknown",
)

# surveys
SURVEY, PERIOD = Text("调查", "Survey"), Text("时间", "Period")
PERIODS = (90, 30, 365, 731)
"""in days; the first is shown where nothing else is chosen"""
LAST_DAYS = Text("近 {days} 天", "the last {days} days")
RESULTS = Text(
    "{answered} 份回答，共 {calls} 通，{first} 至 {last}", "{answered} answered, of {calls} calls, {first} to {last}"
)
NO_RESULTS = Text("还没有回答。", "No answers yet.")
NO_SURVEYS = Text("没有带问题的话术。", "No script asks questions.")


def mistake(file: str, line: int, reason: str) -> Text:
    """Where a file is wrong, and why."""
    return Text(f"{file} 第 {line} 行：{in_chinese(reason)}", f"{file}, line {line}: {in_english(reason)}")

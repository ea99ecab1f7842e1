"""Words of the planner's catalogue, shelf and zones."""

from core.desk.catalogue_look import Sale
from core.domain.plan import BroadbandKind, Channel, Payment, Suitability
from core.domain.text import Text

# the catalogue
CATALOGUE = Text("套餐目录", "The catalogue")
FIND = Text("名称或代码", "Name or code")
FAMILY, SALE = Text("系列", "Family"), Text("销售状态", "On sale")
ANY_FAMILY = Text("全部系列", "All families")
SALES: dict[Sale, Text] = {
    Sale.ALL: Text("在售与下架", "On sale or not"),
    Sale.ON_SALE: Text("今天在售", "On sale today"),
    Sale.COMING: Text("还没上架", "Not on sale yet"),
    Sale.WITHDRAWN: Text("已下架", "Withdrawn"),
}
COUNT = Text("{shown} / {all} 个，目录第 {version} 版", "{shown} of {all}, catalogue version {version}")
NO_PLANS = Text("没有符合条件的套餐。", "No plan matches.")
COLUMNS = (
    Text("套餐", "Plan"),
    Text("价格", "Price"),
    Text("易推荐", "Ease"),
    Text("外呼", "By phone"),
    Text("上架", "From"),
    Text("下架", "Until"),
    Text("系列", "Family"),
)
SUITED: dict[Suitability, Text] = {
    Suitability.WELL: Text("适合", "well"),
    Suitability.WITH_CARE: Text("谨慎", "with care"),
    Suitability.CLOSED: Text("不开放", "closed"),
}
CHANNELS: dict[Channel, Text] = {
    Channel.CALL: Text("外呼", "Phone"),
    Channel.STORE: Text("营业厅", "Store"),
    Channel.ONLINE_HALL: Text("网厅", "Online hall"),
    Channel.DEALER: Text("代理商", "Dealer"),
    Channel.HOME_VISIT: Text("上门", "Home visit"),
}
PAYMENTS: dict[Payment, Text] = {
    Payment.PREPAID: Text("预付费", "prepaid"),
    Payment.POSTPAID: Text("后付费", "postpaid"),
    Payment.EITHER: Text("预付费、后付费都可", "prepaid or postpaid"),
}
KINDS: dict[BroadbandKind, Text] = {
    BroadbandKind.YEARLY: Text("包年", "yearly"),
    BroadbandKind.HOLIDAY: Text("假日", "holiday"),
    BroadbandKind.METERED: Text("月付", "monthly"),
    BroadbandKind.BUNDLE: Text("随融合套餐", "with a home bundle"),
}
A_MONTH, A_TERM = Text("{yuan} 元/月", "{yuan} yuan a month"), Text("{yuan} 元/{days} 天", "{yuan} yuan, {days} days")
FREE = Text("不另收费", "no charge")
JOINT = Text("、", ", ")
NO_END, EVERYWHERE, NOT_SAID = Text("未定", "open"), Text("全市", "everywhere"), Text("—", "—")
EASE = Text("易推荐指数", "Ease to recommend")
EASE_OF = Text("{marks}（{ease} / 5）", "{marks} ({ease} of 5)")
CODE, BRAND, PRICE = Text("代码", "Code"), Text("品牌", "Brand"), Text("价格", "Price")
HOLDS, LEAST = Text("套内", "Holds"), Text("低消", "Minimum spend")
PLACES, AUDIENCE = Text("销售地区", "Sold in"), Text("适合谁", "For whom")
ADVANTAGE, WHY = Text("好在哪", "Advantage"), Text("为什么有这一档", "Why it exists")
ON_SALE, ON_SALE_SPAN = Text("销售期", "On sale"), Text("{first} 至 {last}", "{first} to {last}")
CONTRACT, TERM = Text("协议", "Contract"), Text("协议 {months} 个月", "{months} months")
TIER_UP, NO_CONTRACT = Text("提档迁转可用", "open to tier-up migration"), Text("无协议", "none")
BONUS = Text("每月赠 {yuan} 元", "{yuan} yuan of bonus a month")
SPEED, HOURS = Text("速率", "Speed"), Text("每月含 {hours} 小时", "{hours} hours a month")
OFF_PEAK, DIRECTED = Text("闲时 {size}", "{size} at night"), Text("定向 {size}", "{size} of partner apps")
ANY_DATA, ROAMING = Text("流量 {size}", "{size} of data"), Text("漫游 {size}", "{size} roaming")
VOICE, ON_NET = Text("通话 {size}", "{size} of calls"), Text("网内 {size}", "{size} within the net")
HOME = Text("宽带 {mbps} Mbps", "broadband {mbps} Mbps")
TEXTS = Text("短信 {size}", "{size}")
NOTHING_HELD = Text("不含用量，用多少算多少", "nothing: paid as used")

# the shelf
SHELF = Text(
    "月货架：几号客户在做什么、问什么，先推哪几档", "The month: what customers do and ask, and what to name first"
)
SHELF_KEYS = Text("方向键选一段", "arrows choose a stretch")
DAYS = Text("{first}–{last} 日", "days {first}–{last}")
TODAY = Text("今天 {day} 日", "today: {day}")
ASKED = Text("“{words}”", "“{words}”")
NAMED = Text("{name}  {yuan} 元", "{name}  ¥{yuan}")
NOT_THERE = Text("{code}：目录里没有", "{code}: not in the catalogue")
NOT_SOLD = Text("{name}：今天不在售", "{name}: not on sale today")
FEATURED = Text("按顺序推", "Named in this order")
FEATURED_ONLY = Text(
    "坐席只会向能办、且不会多花钱的客户提其中一档。",
    "An agent names one of them, only to who may have it and would not pay more.",
)
NO_SHELF = Text("还没有发布月货架。", "No shelf is published.")

# the four zones
ZONES = Text("四区：客户爱不爱听 × 坐席爱不爱说", "Four zones: what customers like to hear × what agents like to say")
HEARS, HEARS_NOT = Text("客户爱听", "Customers like to hear it"), Text("客户不爱听", "Customers do not like to hear it")
SAYS, SAYS_NOT = Text("坐席爱说", "Agents like to say it"), Text("坐席不爱说", "Agents do not like to say it")
ZONE_OF = Text("话术", "Script")
SPOKEN_IN = Text("用于：{scripts}", "Spoken in: {scripts}")
STEPS_IN = Text("{count} 步", "{count} steps")
NO_STEPS = Text("还没有话术步骤放在这一区。", "No step of a script lies here yet.")
WITHOUT = Text("另有 {count} 步没有分区", "{count} further steps lie in no zone")
NO_ZONES = Text("还没有话术分了四区。", "No script has zones.")

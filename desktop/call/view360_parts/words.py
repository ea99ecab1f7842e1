"""The words of the 360° view, Chinese first."""

from core.domain.customer import Gender, LifeStage, Value
from core.domain.text import Text

TITLE = Text("客户 360°", "Customer 360°")
NOBODY = Text("尚未打开客户", "No customer is open")
PAGES = (
    Text("概览", "Overview"),
    Text("账单", "Bills"),
    Text("套餐", "Plans"),
    Text("优惠", "Offers"),
    Text("用量", "Usage"),
    Text("产品", "Products"),
    Text("服务", "Service"),
    Text("指标", "Indicators"),
)

NOT_SUPPLIED = Text("未提供", "not supplied")
NONE = Text("无", "none")
YES, NO = Text("是", "yes"), Text("否", "no")
NOT_APPLICABLE = Text("不适用", "not applicable")

# header
TILE_TENURE = Text("在网", "On net")
TILE_CONTRACT = Text("协议剩余", "Contract")
TILE_BALANCE = Text("余额", "Balance")
YEARS, YEAR = Text("{n} 年", "{n} years"), Text("{n} 年", "{n} year")
MONTHS, MONTH = Text("{n} 个月", "{n} months"), Text("{n} 个月", "{n} month")
DAYS, DAY = Text("{n} 天", "{n} days"), Text("{n} 天", "{n} day")
EXPIRED = Text("已到期", "expired")
STAGES = {
    LifeStage.ENTRY: Text("初入网", "New joiner"),
    LifeStage.GROWTH: Text("成长期", "Growth"),
    LifeStage.STABLE: Text("稳定期", "Stable"),
    LifeStage.DECLINE: Text("衰退期", "Decline"),
}
VALUES = {
    Value.HIGH: Text("高价值", "High"),
    Value.MID: Text("中价值", "Mid"),
    Value.LOW: Text("低价值", "Low"),
}
GENDERS = {Gender.FEMALE: Text("女", "Female"), Gender.MALE: Text("男", "Male")}
CHIP_OVER = Text("近 6 月流量超套 {n} 月", "Over data {n} of 6 months")
CHIP_RISK = Text("风险", "risk")
CHIP_4G = Text("终端支持 4G", "Handset supports 4G")
CHIP_NO_4G = Text("终端不支持 4G", "Handset without 4G")
CHIP_COMPLAINT = Text("投诉未结", "Open complaint")
CHIP_LOCKED = Text("协议期内不可降档", "Plan locked by contract")
CHIP_OPTED_OUT = Text("已拒绝再联系", "Asked not to be called")
CHIP_ARREARS = Text("欠费 {amount}", "Arrears {amount}")
CHIP_POINTS = Text("积分 {n} 将于 {day} 清零", "{n} points expire {day}")
CHIP_NOT_OWNER = Text("非真实机主", "Not the true owner")
CHIP_MOVING = Text("准备搬家", "Moving house")
CHIP_DEMOLITION = Text("楼宇待拆迁", "Building to be demolished")
CHIP_MORE = Text("另 {n} 项", "{n} more")
COMPLETE = Text("待补全：{field}", "To complete: {field}")
MISSING_FIELDS = {
    "address": Text("地址", "address"),
    "birthday": Text("生日", "birthday"),
    "second_number": Text("备用号码", "second number"),
    "occupation": Text("职业", "occupation"),
    "name": Text("姓名", "name"),
    "gender": Text("性别", "gender"),
    "id_number": Text("证件", "identity document"),
}

# money
BILLS = Text("账单与套餐", "Bills and plan")
BILLS_NOTE = Text("{n} 个月 · 月费 {fee}", "{n} months · fee {fee}")
FEE_LINE = Text("月费 {fee}", "fee {fee}")
MAKEUP = Text("账单构成", "Make-up of the bill")
MAKEUP_NOTE = Text("{month} · 共 {total}", "{month} · total {total}")
REMAINDER = Text("未列明", "not itemised")
SPEND = Text("消费指标", "Spending")
ARPU = Text("近 {n} 月均 ARPU", "ARPU {n} mo")
ARPU_LISTED = Text("名单月均 ARPU", "ARPU (list)")
MOU = Text("月均 MOU", "MOU")
ARPM = Text("ARPM", "ARPM")
HIGHEST = Text("最高一月", "Highest month")
PER_MONTH = Text("{amount} /月", "{amount} /month")
PER_MINUTE = Text("{amount} /分", "{amount} /min")
BALANCE = Text("余额", "Balance")
ARREARS = Text("欠费", "Arrears")
ARREARS_SINCE = Text("{amount}，{day} 的账单起", "{amount}, from the bill of {day}")
ACCOUNT = Text("账户", "Account")
PAYMENTS = Text("缴费", "Payments")
PAYMENT_HEADS = (Text("日期", "Day"), Text("金额", "Amount"), Text("渠道", "Channel"))

# plans
COMPUTING = Text("正在计算…", "Computing…")
NOT_COMPUTED = Text("没有算出来", "could not be computed")
ADVICE = Text("按用量比较", "Compared by use")
COMPARED = Text("{n} 个可比月", "{n} months compared")
CORRECTED = Text(
    "{months}：账单与套餐和用量对不上（人工调整），不据此说省多少。",
    "{months}: the bill was corrected by hand; no saving is claimed from it.",
)
UNKNOWN_MONTHS = Text("{months}：没有用量，不计。", "{months}: no use on record, not counted.")
PLANS = Text("各档套餐每月要付", "Each plan, a month")
PLAN_COLUMNS = (
    Text("套餐", "Plan"),
    Text("月费", "Fee"),
    Text("中位月", "Median"),
    Text("最高月", "Dearest"),
    Text("月均省", "Saves"),
)
MARK_CURRENT = Text("现用", "Present plan")
MARK_BEST = Text("建议", "Advised")
MARK_KEEP = Text("现用 · 合适", "Present plan · it fits")
MARK_TIER_UP = Text("提档迁转：协议照旧", "Tier-up: the contract goes on")
MARK_MONTHS = Text("{of} 个月中 {n} 个月省", "cheaper in {n} of {of} months")
MARK_BROADBAND_SAVED = Text("另省宽带费 {amount}/月", "saves {amount}/month of broadband beside")
MARK_BROADBAND_LOST = Text("宽带要另付 {amount}/月", "broadband costs {amount}/month beside")
MARK_PACK = Text("叠加“{pack}”{fee}，月均再省 {amount}", "with {pack} at {fee}, {amount}/month less")
MARK_PACK_OFFER = Text("{said} · {key} 去提", "{said} · {key} to offer it")
ASK_BRANCH = Text("{key} 请支局开放", "{key}: ask the branch")
INSTEAD = Text("可改办：{words}", "Instead: {words}")
ASK_FIRST = Text("先问：{question}", "First: {question}")
MARK_OPERATOR = Text(
    "排序 {rank} = 客户 {helps} {sign} 公司 {tipped} · 月保底收入 {assured}",
    "Rank {rank} = {helps} {sign} operator {tipped} · assured {assured}",
)
INTEREST = Text(
    "按排序数从高到低。客户一项是有把握省下的（平均、中位、最差月都看，含宽带）；"
    "公司一项另算：保底收入差额的 {percent}%，易推荐指数每高一级 {ease}，"
    "每月合计最多 {most}；客户会多花的，绝不因此排到前面。",
    "Highest rank first. Its first part is what the customer surely gains (mean, median and worst month, broadband"
    " too). The operator's is apart: {percent}% of the assured revenue that a plan"
    " adds and {ease} for each step of ease, {most} a month at most; never does it lift a plan that costs more.",
)
INTEREST_NONE = Text("只按客户省多少排。", "Ranked by what the customer gains alone.")
TIER_UP_IS = Text(
    "可以提档迁转：{plan}，月费 {fee}，协议照旧。", "Tier-up migration: {plan}, fee {fee}; the contract goes on."
)
NO_TIER_UP = Text("眼下没有可以提的档。", "There is no tier to move up to at present.")
NO_RENEWAL = Text("续约：{why}", "Renewal: {why}")
RENEWAL_IS_OPEN = Text(
    "协议至 {day}，已进入最后六个月，可以续约。",
    "The contract runs until {day}: within its last six months, it may be renewed.",
)
SUM = Text("可比 {n} 个月合计", "{n} months together")
BY_MONTH = Text("按月看 · {plan}", "Month by month · {plan}")
MONTH_COLUMNS = (
    Text("月份", "Month"),
    Text("这一档", "This plan"),
    Text("实际账单", "Billed"),
    Text("相差", "Difference"),
)
NOT_CLAIMED = Text("账单经人工调整，不计", "Bill corrected by hand: not counted")
NO_BILL = Text("没有账单，不计", "No bill: not counted")

# usage
USAGE = Text("用量（近 {n} 月均）", "Usage, {n}-month mean")
USAGE_PLAIN = Text("用量", "Usage")
DATA, VOICE, SMS = Text("流量", "Data"), Text("语音", "Voice"), Text("短信", "SMS")
OFF_NET = Text("本网通话", "On-net calls")
ROAMING_DATA = Text("漫游流量", "Roaming data")
WITHIN = Text("{used} / 套内 {allowance}", "{used} of {allowance}")
NONE_IN_PLAN = Text("{used}，套内不含", "{used}, none in the plan")
MINUTES = Text("{n} 分", "{n} min")
UNIT_MINUTES = Text("分钟", "minutes")
MESSAGES = Text("{n} 条", "{n}")
MONTHLY_DATA = Text("月流量", "Data by month")
MONTHLY_VOICE = Text("月通话", "Voice by month")
DAILY_DATA = Text("近 {n} 天日流量", "Data by day, {n} days")
DAILY_VOICE = Text("近 {n} 天日通话", "Voice by day, {n} days")
ALLOWANCE_LINE = Text("套内 {allowance}", "allowance {allowance}")
FIT = Text("套餐匹配", "Plan fit")
OVER_HABIT = Text("流量超套习惯", "Over allowance")
OVER_OF_SIX = Text("近 6 月 {n} 次", "{n} of 6 months")
OVER_SPEND = Text("月均超出月费", "Mean above fee")
OVER_MONTHS = Text("账单高于月费", "Bills above fee")
OF_MONTHS = Text("近 {of} 月 {n} 次", "{n} of {of} months")
PLAN_FEE = Text("套餐月费", "Plan fee")

# products
PLAN = Text("套餐", "Plan")
PLAN_NAME = Text("在用套餐", "Plan in use")
BRAND = Text("品牌", "Brand")
PAY_KIND = Text("付费方式", "Payment")
PREPAID, POSTPAID = Text("预付费", "prepaid"), Text("后付费", "postpaid")
HANDSET = Text("终端", "Handset")
HANDSET_4G = Text("终端 4G", "Handset 4G")
HANDSET_SINCE = Text("终端启用", "Handset since")
SUBSCRIPTIONS = Text("定购", "Subscriptions")
SUBSCRIPTION_HEADS = (Text("名称", "Name"), Text("月费", "Fee"), Text("期限", "Term"))
SPECIAL_SERVICES = Text("特服", "Special services")
CONTRACT = Text("合约", "Contract")
CONTRACT_KIND = Text("协议", "Agreement")
EXPIRY = Text("到期", "Expires")
UNTIL = Text("至 {day}（剩 {left}）", "{day} ({left} left)")
UNTIL_PAST = Text("{day} 已到期", "expired {day}")
LOCK = Text("锁定", "Lock")
LOCKED = Text("协议期内不可降档", "no change of plan while it runs")
UNLOCKED = Text("未锁定", "not locked")
RENEWAL = Text("续约窗口", "Renewal window")
RENEWAL_OPEN = Text("已开放（{day} 起）", "open (since {day})")
RENEWAL_FROM = Text("{day} 起", "from {day}")
MINIMUM = Text("低消", "Minimum spend")
HOME = Text("家庭与宽带", "Home and broadband")
BROADBAND = Text("宽带", "Broadband")
BROADBAND_ACCOUNT = Text("宽带账号", "Account")
SPEED = Text("速率", "Speed")
BROADBAND_PLAN = Text("宽带套餐", "Broadband plan")
YEARLY_FEE = Text("年费", "Yearly fee")
BROADBAND_BALANCE = Text("预存余额", "Prepaid balance")
INSTALLED = Text("装机日期", "Installed")
INSTALL_ADDRESS = Text("装机地址", "Address")
RIVALS = Text("楼内他网", "Rivals in building")
MOVING = Text("搬家", "Moving")
DEMOLITION = Text("拆迁", "Demolition")
FAULTS = Text("近 90 天故障", "Faults, 90 days")
TIMES = Text("{n} 次", "{n}")
TIES = Text("家庭群组", "Household")
ROAMING = Text("漫游产品", "Roaming plans")

# people
STANDING = Text("客户等级", "Standing")
TIER = Text("等级", "Tier")
VALUE = Text("价值", "Value")
STAGE = Text("生命周期", "Life stage")
POINTS = Text("积分", "Points")
POINTS_EXPIRING = Text("即将清零", "Expiring")
POINTS_ON = Text("{n}（{day}）", "{n} on {day}")
ON_NET = Text("在网", "On net")
SINCE = Text("{words}（{day} 起）", "{words} (since {day})")
CREDIT = Text("信用", "Credit")
MANAGER = Text("客户经理", "Account manager")
STAFF = Text("{name}（工号 {number}）", "{name} (staff {number})")
BIRTHDAY = Text("生日", "Birthday")
GENDER = Text("性别", "Gender")
AREA = Text("区域", "Area")
GRID = Text("网格", "Grid")
BRANCH = Text("支局", "Branch")
NEEDS = Text("特殊需求", "Special needs")
CONTACT = Text("联系与核实", "Contact and verification")
TRUE_OWNER = Text("真实机主", "True owner")
VERIFIED = Text("核实日期", "Verified on")
NUMBER = Text("号码", "Number")
MAIN_NUMBER = Text("主号码", "Main number")
BAD_NUMBER = Text("空号/错号", "wrong number")
ADDRESS = Text("地址", "Address")
BEST_TIME = Text("最佳时段", "Best time")
DEALER = Text("发展代理商", "Acquiring dealer")
TO_COMPLETE = Text("待补全", "To complete")

# care
TIMELINE = Text("时间线", "Timeline")
ALL = Text("全部", "All")
CALL, TICKET, PAYMENT = Text("外呼", "Call"), Text("工单", "Ticket"), Text("缴费", "Payment")
CARE_GIVEN = Text("关怀", "Care")
CARE_CHANNELS = {
    "sms": Text("短信", "SMS"),
    "call": Text("电话", "call"),
    "mail": Text("信函", "letter"),
    "visit": Text("上门", "visit"),
}
ORDER, WARNING = Text("订购", "Order"), Text("预警", "Warning")
TICKETS = Text("服务接触", "Service contacts")
OPEN, CLOSED = Text("未结", "open"), Text("已结", "closed")
SATISFIED, DISSATISFIED = Text("满意", "satisfied"), Text("未满意", "not satisfied")
CALLS = Text("历次回访", "Earlier callbacks")
TALK_MEASURED = Text("通话 {time}", "talked {time}")
TALK_STATED = Text("通话 {time}（坐席标记）", "talked {time} (agent-stated)")
WARNINGS = Text("预警", "Warnings")
COUNT = Text("{n} 次", "{n} in all")
CASES = Text("修复案件", "Repair cases")
CASE = Text("修复", "Repair")
DAMAGED = {
    "perception": Text("感知受损", "perception damaged"),
    "key_service": Text("关键服务受损", "key service damaged"),
}

# indicators
INDICATORS = Text("指标", "Indicators")
SEARCH = Text("按名称查找指标", "Find an indicator by name")
FOUND = Text("{n} / {all} 项", "{n} of {all}")
NOTHING_FOUND = Text("没有符合的指标", "No indicator matches")
OTHER_GROUP = Text("其他", "Other")
SOURCE = Text("来源：{source}", "Source: {source}")

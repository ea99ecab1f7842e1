"""The words of plans that are looked up, of broadband plans, and of what a plan is, Chinese first."""

from core.domain.plan import Channel, Suitability
from core.domain.text import Text

LOOK_UP = Text("查任一档：名称、拼音或编码（再按 {key}）", "Any plan by name, pinyin or code ({key} again)")
FOUND = Text("查到 {n} 档", "{n} found")
NONE_FOUND = Text("没有这样的套餐", "No plan goes by that")
TAKE = Text("{key} 放进订单", "{key}: into the order")
TAKEN = Text(
    "已放进订单：{plan}，{price}。复述完，客户同意才算。",
    "In the order: {plan}, {price}. Read it back; it counts once the customer agrees.",
)

LINE_COLUMNS = (
    Text("价格", "Price"),
    Text("平均月", "Mean month"),
    Text("最高月", "Dearest"),
    Text("月均省", "Saves"),
)
BROADBAND = Text("宽带 {speed}M · {price}", "broadband {speed}M · {price}")
PRESENT_LINE = Text("在用宽带", "the line in use")
SLOWER = Text("比在用的慢", "slower than the line in use")
INCLUDED = Text("含 {n} 小时，超出每小时 {price}", "{n} hours included, {price} an hour beyond")
INCLUDED_CAPPED = Text(
    "含 {n} 小时，超出每小时 {price}，每月封顶 {cap}", "{n} hours, {price} an hour beyond, {cap} a month at most"
)
A_YEAR = Text("按这条线一年 {amount}", "a year of this line: {amount}")
BUNDLE_INSTEAD = Text("可改办：{plan}，月费 {fee}，含这条宽带", "Instead: {plan} at {fee} a month, this line with it")
NO_HOURS = Text(
    "没有满一年的上网时长，按时长算的不报一年多少。",
    "No full year of hours: what depends on them is not told.",
)
YEAR_SUM = Text("近 12 个月合计", "12 months together")
HOURS = Text("上网 {n} 小时", "{n} hours in use")
TERM_BEGINS = Text("这个月起付 {days} 天", "{days} days are paid from here")
TERM_PAID = Text("已付的期限内", "within the term that is paid")
NO_USE = Text("没有用，不另付", "no use, nothing to pay")
FEE_ALONE = Text("月费", "the monthly fee")
IN_THE_BUNDLE = Text("随融合套餐", "comes with the bundle")
HOURS_BEYOND = Text("含 {held} 小时，超出 {over} 小时 × {price}", "{held} hours, {over} beyond × {price}")
HOURS_CAPPED = Text(
    "含 {held} 小时，超出 {over} 小时 × {price}，封顶 {cap}",
    "{held} hours, {over} beyond × {price}, {cap} at most",
)

FOR_WHOM = Text("适合：{words}", "For: {words}")
ADVANTAGE = Text("优势：{words}", "Advantage: {words}")
WHY = Text("说明：{words}", "Note: {words}")
PLACES = Text("地区：{words}", "Where: {words}")
EVERYWHERE = Text("全市都卖", "sold everywhere")
EASE = Text("易推荐指数：{n} / 5", "Ease to recommend: {n} of 5")
CHANNELS = Text("渠道：{words}", "Channels: {words}")
ON_SALE = Text("在售：{since} 起", "On sale since {since}")
WAS_ON_SALE = Text("在售：{since} 到 {until}", "On sale from {since} to {until}")
BINDS = Text("要签 {n} 个月协议", "binds for {n} months")
BINDS_WITH_BONUS = Text("要签 {n} 个月协议，每月返 {amount}", "binds for {n} months, {amount} back a month")
SHARED = Text(
    "副卡：可带 {n} 张，每张 {fee}/月，套内流量、通话、短信都共用",
    "Further SIMs: {n}, {fee} a month each; they share all data, minutes and messages",
)
CHANNEL_NAMES = {
    Channel.CALL: Text("外呼", "calls"),
    Channel.STORE: Text("营业厅", "stores"),
    Channel.ONLINE_HALL: Text("网厅", "online hall"),
    Channel.DEALER: Text("代理商", "dealers"),
    Channel.HOME_VISIT: Text("上门", "home visits"),
}
SUITED = {
    Suitability.WELL: Text("{channel}（合适）", "{channel} (well suited)"),
    Suitability.WITH_CARE: Text("{channel}（慎推）", "{channel} (with care)"),
    Suitability.CLOSED: Text("{channel}（未开放）", "{channel} (not open)"),
}

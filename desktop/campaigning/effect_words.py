"""Words of the page that shows what a campaign changed."""

from core.domain.text import Text
from core.wire.campaign_effect import Looked

CAMPAIGNS, EFFECT = Text("活动", "Campaigns"), Text("效果", "Effect")
NONE_YET = Text("还没有开始过的活动", "No campaign has started yet")
NOT_READ = Text("效果没有读到", "The effect was not read")
READING = Text("正在读取…", "Reading…")
OFFLINE = Text("连不上服务器", "The server cannot be reached")
TREATED, CONTROL = Text("应触达", "To be reached"), Text("对照组", "Control group")
DISPATCHED, REACHED, AGREED = Text("已派", "Dispatched"), Text("接通本人", "Reached"), Text("办成", "Agreed")
DAYS = Text("{days} 天", "{days} days")
LOOKED = {
    Looked.ON_NET: Text("在网", "On net"), Looked.AGREED: Text("办成", "Agreed"),
    Looked.ORDERED: Text("订购", "Ordered"),
}  # fmt: skip
LOOKED_AFTER = Text("{what} · {days} 天", "{what} · {days} days")
POINTS = Text(
    "百分点（点为估计，线为 95% 区间，竖线为零）", "Percentage points: dot with its 95% interval; the line is nought"
)
NOTHING_DRAWN = Text("没有可比的数", "Nothing to compare")
TABLE = Text("两组相比", "The two arms")
COLUMNS = (
    Text("看什么", "What"), Text("应触达", "To be reached"), Text("对照组", "Control"), Text("相差", "Difference"),
    Text("未到期", "Not yet due"),
)  # fmt: skip
OF = Text("{share}（{due}）", "{share} ({due})")
DIFFERENCE = Text("{value}（{low} 至 {high}）", "{value} ({low} to {high})")
UNTOLD = Text("说不出", "cannot be told")
FORECAST = Text("预测与实际", "Forecast and achieved")
FORECAST_COLUMNS = (Text("什么", "What"), Text("预测", "Forecast"), Text("实际", "Achieved"), Text("区间", "Interval"))
FORECASTED = {
    "reached": Text("接通或送达 %", "Reached or delivered %"), "agreed": Text("办成 %（通话）", "Agreed % (calls)"),
    "effect": Text("多留住（百分点）", "Kept (points)"),
}  # fmt: skip
NO_FORECAST = Text("没有写预测", "No forecast was stated")
GROUPS_OF = Text("按{group}", "By {group}")
GROUP_NAMES = {
    "stratum": Text("层", "stratum"), "value": Text("价值", "value"), "area": Text("城区", "area"),
    "rule": Text("规则", "rule"), "model": Text("模型", "model"), "offer": Text("优惠", "offer"),
    "agent": Text("座席", "agent"),
}  # fmt: skip
GROUP_COLUMNS = (
    Text("分组", "Group"), Text("已派", "Sent"), Text("接通", "Reached"), Text("办成", "Agreed"),
    Text("在网", "On net"), Text("对照", "Control"), Text("相差", "Effect"),
)  # fmt: skip
BEFORE_AFTER = Text("前后离网率", "Leaving before and after")
BEFORE_COLUMNS = (Text("地方", "Where"), Text("之前", "Before"), Text("之后", "After"), Text("百分点", "Points"))
ELSEWHERE = Text("活动之外的地方", "Elsewhere")
PROBLEMS = Text("遇到的问题", "Problems met")
PROBLEM = Text("{name}：{calls} 通", "{name}: {calls} calls")
EXPORT = Text("导出 Excel", "To Excel")
WRITTEN = Text("已写到 {path}", "Written to {path}")
KNOWN_UNTIL = Text("离网知道到 {day}", "Who left is known until {day}")
GREY = Text("灰色的人太少，别据此判断", "Grey: too few to judge by")

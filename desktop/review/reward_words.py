"""Words of packages, points and contests."""

from core.domain.package import PackageMeasure
from core.domain.text import Text

PACKAGE, PAY, OWNERS = Text("责任包", "Package"), Text("薪酬测算", "What it pays"), Text("按管户人", "By owner")
POINTS, CONTEST = Text("挽留积分", "Points"), Text("竞赛", "Contest")
CHOOSE_PACKAGE, CHOOSE_CONTEST = Text("看哪个责任包", "Which package"), Text("看哪场竞赛", "Which contest")
PASSED = Text(
    "{begins} 至 {ends}，已过 {share} · 拍照 {n} 户 · 数据截至 {as_of}",
    "{begins} to {ends}, {share} gone · snapshot of {n} · known until {as_of}",
)
TOTAL = Text("总分 {now}，到期末预计 {ahead}", "score {now}, forecast {ahead}")
INDICATOR_HEADS = (
    Text("指标", "Indicator"), Text("权重", "Weight"), Text("今天", "Today"), Text("档", "Level"),
    Text("得分", "Score"), Text("期末预计", "Forecast"), Text("预计档", "Level then"), Text("离下一档", "To the next"),
)  # fmt: skip
LACKS_CUSTOMERS = Text("少流失 {n} 户", "keep {n} more")
LACKS_MONEY = Text("每月多 ¥{yuan}", "¥{yuan} more a month")
TOP = Text("已到最高档", "at the top")
PAY_HEADS = (Text("薪酬办法", "Principle"), Text("今天", "Today"), Text("期末预计", "Forecast"), Text("怎么算", "How"))
PAY_TOTAL = Text("合计", "Total")
GUARANTEED = Text("保底，不看完成", "whatever comes of it")
SUBSCRIBED = Text("认购 {level}：到档全额，不到按比例", "{level} subscribed: all of it there, else its part")
PIECE = Text("{n} 件，超过 {beyond} 件每件 ¥{each}", "{n} done; ¥{each} each beyond {beyond}")
INCREMENT = Text("比基数多 ¥{yuan}，提 {share}", "¥{yuan} above the base, {share} of it")
CAPPED = Text("{how}，已封顶", "{how}; at its most")
OWNER_HEADS = (
    Text("管户人", "Owner"), Text("拍照户", "Snapshot"), Text("在网", "On net"), Text("保有率", "Retention"),
    Text("户均", "ARPU"), Text("中高端收入", "Mid and high"), Text("迁转", "Migrations"),
)  # fmt: skip
CALLS_OF = {
    PackageMeasure.RETENTION: Text("{figure}：打给已离网拍照客户的", "{figure}: with snapshot customers who have left"),
    PackageMeasure.REVENUE: Text(
        "{figure}：拍照客户新办业务的", "{figure}: that brought snapshot customers something new"
    ),
}
LOST_OF = Text("{name}的拍照客户，已离网的", "{name}: snapshot customers who have left")
OWN_OF = Text("{name}的拍照客户", "{name}: snapshot customers")
NOBODYS = Text("无管户人", "Nobody's")
ON_NET_UNKNOWN = Text("还没有离网数据，保有率暂时算不出。", "Nobody has said who left: retention cannot be told yet.")
NO_PACKAGE = Text(
    "还没有责任包。策划发布并拍照后会自动送来。", "No package yet. It comes once planning has taken its snapshot."
)
POINT_HEADS = (
    Text("坐席", "Agent"), Text("挽留", "Saves"), Text("未到期", "Not due"), Text("停拆机单", "Orders"),
    Text("虚假/推诿", "Faults"), Text("积分", "Points"), Text("待定分", "Open"),
)  # fmt: skip
POINTS_RULE = Text(
    "挽留 {save} 分（{days} 天后仍在网才计），停拆机单 {order} 分，虚假挽留或推诿 {deduction} 分",
    "save {save} (once {days} days on net), suspension or disconnect {order}, faked or stonewalled {deduction}",
)
NO_POINTS = Text("这段时间没有相关通话。", "No such calls in this period.")
CONTEST_HEADS = (
    Text("参赛", "Side"), Text("名次", "Place"), Text("成绩", "Result"), Text("完成", "Of goal"),
    Text("近 7 天", "Last 7 days"), Text("进度", "Pace"),
)  # fmt: skip
CONTEST_DAY = Text("第 {day} 天，共 {days} 天 · 目标 {goal}", "day {day} of {days} · goal {goal}")
CONTEST_OVER = Text("已结束 · 目标 {goal}", "over · goal {goal}")
ON_PACE, BEHIND_PACE = Text("跟得上", "on pace"), Text("落后", "behind")
REACHED = Text("已达成", "reached")
FEW_CONTACTS = Text("接通太少，不排名", "too few to rank")
PRIZES = Text("奖励：{prizes}", "Prizes: {prizes}")
NO_CONTEST = Text("现在没有竞赛。", "No contest now.")

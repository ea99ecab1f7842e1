"""Words of the review."""

from core.domain.text import Text
from core.review.measures import Measure

PERIODS: tuple[tuple[int, Text], ...] = (
    (7, Text("近 7 天", "Last 7 days")),
    (30, Text("近 30 天", "Last 30 days")),
    (60, Text("近 60 天", "Last 60 days")),
    (90, Text("近 90 天", "Last 90 days")),
)
"""days back from the last day with calls"""
OWN_PERIOD = Text("自选日期", "Own dates")
PERIOD, FROM, UNTIL = Text("时间段", "Period"), Text("从", "From"), Text("到", "To")
ALL: dict[str, Text] = {
    "team": Text("班组：全部", "Team: all"),
    "agent": Text("坐席：全部", "Agent: all"),
    "scenario": Text("场景：全部", "Scenario: all"),
    "campaign": Text("活动：全部", "Campaign: all"),
    "area": Text("片区：全部", "Area: all"),
    "tier": Text("客户级别：全部", "Tier: all"),
    "value": Text("价值：全部", "Value: all"),
    "role": Text("岗位：全部", "Role: all"),
    "dealer": Text("代理商：全部", "Dealer: all"),
}
DIMENSIONS: dict[str, Text] = {
    "team": Text("班组", "Team"),
    "agent": Text("坐席", "Agent"),
    "scenario": Text("场景", "Scenario"),
    "campaign": Text("活动", "Campaign"),
    "area": Text("片区", "Area"),
    "tier": Text("客户级别", "Tier"),
    "value": Text("价值", "Value"),
    "role": Text("岗位", "Role"),
    "dealer": Text("发展代理商", "Dealer"),
}
SAVE_AFTER = Text("挽留看 {n} 天", "Saves after {n} days")
SAVE_CHOICE = Text("挽留成功率看几天", "Days after which saves are judged")
CLEAR = Text("清除筛选", "Clear filters")

AS_OF = Text("本机数据 · 截至 {at} · {n} 次外呼", "On this machine · as of {at} · calls: {n}")
PULLING = Text("正在取复盘数据 {done} / {all} MB", "Fetching review data, {done} of {all} MB")
PREPARING = Text("服务器正在整理通话，还有 {n} 份", "The server is putting calls together, {n} packs to go")
STOP = Text("停下", "Stop")
STOPPED = Text("已停下，取到的都留着；按“取最新”接着取。", "Stopped; what has come is kept. “Fetch” goes on.")
FETCH = Text("取最新", "Fetch")
READING = Text("正在算…", "Reckoning…")
READING_AT = Text("正在读本机数据 {done} / {all} 份", "Reading what is here, {done} of {all} packs")
NOTHING_YET = Text(
    "本机还没有复盘数据。连上服务器后会在后台取来，取完不联网也能看。",
    "No review data here yet. They come in the background once the server is there, and stay for offline.",
)
NO_CALLS = Text(
    "这段时间、这些条件下没有通话。放宽时间或清除筛选再看。",
    "No calls in this period with these filters. Widen the period or clear the filters.",
)
AS_BEFORE = Text("同上期", "as before")

YOUNG = Text("未到期 {n}", "not yet due: {n}")
FROM_FEW = Text("仅 {n} 次", "only {n}")
PP = Text("{x} 个百分点", "{x} pp")

FUNNEL, FUNNEL_NOTE = Text("漏斗", "Funnel"), Text("从派单到在网", "dispatched to on net")
STEPS: tuple[Text, ...] = (
    Text("派单", "Dispatched"),
    Text("已拨", "Dialled"),
    Text("接通本人", "Owner reached"),
    Text("有效沟通", "Real talk"),
    Text("成功", "Success"),
    Text("30 天在网", "On net 30 days"),
)
REASONS, REASONS_NOTE = Text("没谈成的原因", "Why not"), Text("帕累托", "Pareto")
HOURS, HOURS_NOTE = Text("接通率", "Connect rate"), Text("星期 × 时段", "weekday × hour")
TREND = Text("挽留成功率走势", "Save rate over time")
OFFERS, OFFERS_NOTE = Text("优惠", "Offers"), Text("提过 · 接受 · 谢绝", "told · taken · declined")
WEEKDAYS = tuple(
    Text(zh, en) for zh, en in zip("一二三四五六日", ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), strict=True)
)
GROUPS = Text("对比", "Compared")
GROUPS_NOTE = Text("Enter 或点击看通话", "Enter or a click opens the calls")
SHORT: dict[Measure, Text] = {
    Measure.OWNERS: Text("本人", "Owners"),
    Measure.CONNECT_RATE: Text("接通率", "Connect"),
    Measure.SUCCESS_RATE: Text("成功率 95%", "Success 95%"),
    Measure.SUCCESSES: Text("成功", "Won"),
    Measure.SAVE_RATE_7: Text("7 天挽留", "Save 7 d"),
    Measure.SAVE_RATE_14: Text("14 天挽留", "Save 14 d"),
    Measure.SAVE_RATE_30: Text("30 天挽留", "Save 30 d"),
    Measure.CALLBACK_ADHERENCE: Text("回拨准时", "Callbacks"),
    Measure.HANDLE_TIME: Text("处理时长", "Handle"),
    Measure.TALK_TIME: Text("通话", "Talk"),
    Measure.SUCCESS_PER_CALL: Text("成功/外呼", "Won/call"),
    Measure.CHURN_RATE_30: Text("30 天流失", "Churn 30 d"),
    Measure.NEW_SERVICES: Text("新业务", "New"),
    Measure.LATER_ORDERS: Text("后来办理", "Later"),
    Measure.REFERRALS: Text("转介绍", "Referred"),
    Measure.DISPATCH_SHARE: Text("派单占比", "Dispatch"),
    Measure.PROMISES_KEPT: Text("承诺兑现", "Promises"),
    Measure.PROMISES_BROKEN: Text("失约", "Broken"),
    Measure.MEAN_SCORE: Text("质检均分", "Score"),
    Measure.FIRST_CONTACT_IN_TIME: Text("首联及时", "1st in time"),
    Measure.FIRST_CONTACT_TIME: Text("首联用时", "1st contact"),
    Measure.CASES_CLOSED: Text("办结", "Closed"),
    Measure.DAYS_TO_CLOSE: Text("办结天数", "Days"),
    Measure.SATISFACTION: Text("满意率", "Satisfied"),
    Measure.VERIFIED_OWNERS: Text("核实机主", "Verified"),
    Measure.VERIFIED_RATE: Text("核实率", "Verified %"),
    Measure.FALSE_DATA: Text("资料不实", "False"),
}
"""for the heads of narrow columns"""
SAME_MIX = Text("同场景 95%", "Same mix 95%")
SAME_MIX_HINT = Text(
    "按全部通话的场景构成折算：大家都打同样的场景时的成功率。覆盖 {share}。",
    "As if everybody had the same mix of scenarios; covers {share} of it.",
)
NO_REASONS = Text("没有登记原因", "No reason on record")
NO_OFFERS = Text("没有提过优惠", "No offer was made")
NO_TREND = Text("还没有到期的挽留", "No save is due yet")
CELL = Text("周{day} {hour} 点：接通 {part} / {whole}，{rate}", "{day} {hour}:00: {part} of {whole} answered, {rate}")
BAR = Text("{label}：{n}，累计 {share}", "{label}: {n}, {share} with those before")
STEP = Text("{label}：{n}，占上一步 {share}", "{label}: {n}, {share} of the step before")
POINT = Text("{label} {day} 起：{part} / {whole}，{rate}", "{label} from {day}: {part} of {whole}, {rate}")
OFFER_LINE = Text("提过 {made}，接受 {accepted}，谢绝 {refused}", "told {made}, taken {accepted}, declined {refused}")

BACK = Text("返回总览", "Back to the overview")
BEHIND = Text("{what}：{n} 次通话", "{what}, calls: {n}")
FIRST_OF_MANY = Text("最近的 {n} 次", "the newest {n}")
CALL_COLUMNS = (
    Text("时间", "When"),
    Text("坐席", "Agent"),
    Text("客户", "Customer"),
    Text("场景", "Scenario"),
    Text("结果", "Result"),
    Text("原因", "Reason"),
    Text("通话", "Talk"),
)
CALL = Text("这次通话", "This call")
CHOOSE_CALL = Text(
    "选一次通话，看话术怎么走的、说了多久、备注和更正。", "Choose a call: its way through the script, its note."
)
NOT_HERE = Text("这次通话的明细正在更新，稍后再看。", "Details of this call are being replaced; look again soon.")
PATH, NOTE, EARLIER, NEXT = (
    Text("话术走法", "Way through the script"),
    Text("备注", "Note"),
    Text("更正前", "Before the correction"),
    Text("后续", "Follow-ups"),
)
LATER = Text("后来带来的", "What it brought later")
PAID = Text("{yuan} 元", "{yuan} yuan")
DAYS_LATER = Text("{day}，通话后 {n} 天", "{day}, {n} d after the call")
NO_PATH, NO_NOTE = Text("没有走话术", "The script was not walked"), Text("没有备注", "No note")
OBJECTION = Text("异议", "Objection")
ANSWERED_IN = Text("{n}\u00a0秒", "{n}\u00a0s")
CLOCK_WRONG = Text("坐席本机时钟不准，按服务器收到的时间计", "The desk's clock was wrong: the server's time counts")
CORRECTED_BY = Text("由 {who} 更正", "corrected by {who}")
STATED = Text("坐席端计时", "stated by the desk")
MEASURED = Text("话务系统计时", "measured by telephony")
SUCCESS, AWAITED, OFFERED = Text("成功", "Success"), Text("订单办理中", "order under way"), Text("优惠", "Offer")
TALK_WRAP = Text("通话 {talk}（{source}） · 话后 {wrap}", "talk {talk} ({source}) · wrap-up {wrap}")
SIGNED_OUT = Text("没有权限看复盘，本机数据已清除。", "You may not review any more; the data here were removed.")

"""Words of the campaigns' page."""

from core.domain.campaign import Barrier, CampaignState, Route, Trigger
from core.domain.text import Text
from core.wire.campaigns import SegmentKind, Whom

CAMPAIGNS, NEW = Text("活动", "Campaigns"), Text("新活动", "New campaign")
READING = Text("正在读取…", "Reading…")
NONE_YET = Text("还没有活动", "No campaigns yet")
OFFLINE = Text("连不上服务器，活动要联网才能改", "The server cannot be reached: campaigns need it")
STATES = {
    CampaignState.DRAFT: Text("草稿", "draft"),
    CampaignState.RUNNING: Text("进行中", "running"),
    CampaignState.PAUSED: Text("已暂停", "paused"),
    CampaignState.STOPPED: Text("已停止", "stopped"),
    CampaignState.ENDED: Text("已结束", "ended"),
}
NAME, NAME_EN = Text("活动名称", "Name of the campaign"), Text("英文名称（可空）", "English name")
WHOM, ABOUT = Text("找谁", "Whom"), Text("谈什么", "About")
HOW_MANY, WHEN = Text("多少", "How many"), Text("何时", "When")
WAYS, FORECAST = Text("方式", "Ways"), Text("预测", "Forecast")
MORE_RULES, OFFERS = Text("再加一条规则", "One more rule"), Text("优惠", "Offers")
NO_OFFER, MORE_OFFERS = Text("不指定优惠", "No offer named"), Text("再加一种优惠", "One more offer")
OWN_MODEL, WHICH_COUNTS = Text("模型 {model}", "Model {model}"), Text("（已发布）", " (published)")
MORE, BETWEEN = Text("更多", "More"), Text("、", ", ")
SELDOM = {
    "trigger": Text("何时选人", "Chooses"),
    "priority": Text("优先级（0 最高）", "Priority (0 goes first)"),
    "more_list_id": Text("补充名单（规则之外）", "Added list (beyond the rules)"),
    "at_least": Text("模型概率至少 %", "Model's chance at least %"),
    "areas": Text("区域（用逗号隔开）", "Areas (commas between)"),
    "grids": Text("网格（用逗号隔开）", "Grids (commas between)"),
    "values": Text("价值", "Value"),
    "tiers": Text("等级", "Tier"),
    "strata": Text("分层", "Strata"),
}
"""what few campaigns state, by the draft's fields"""
SELDOM_SAID = Text("已设：{named}", "Set: {named}")
EVERYWHERE = Text("空：全部", "Empty: everywhere")
TRIGGERS = {
    Trigger.AT_WILL: Text("开始时选一次", "Once, as it starts"),
    Trigger.DAILY: Text("每天再选", "Every day anew"),
}
TRIGGER_TOLD = Text("每天再选：新满足的客户每天加进来", "Every day anew: whoever has come to match is added each day")
STRATA = {
    "value": Text("价值", "Value"), "tier": Text("等级", "Tier"), "area": Text("区域", "Area"),
    "grid": Text("网格", "Grid"), "branch": Text("支局", "Branch"), "manager": Text("客户经理", "Manager"),
}  # fmt: skip
STRATA_TOLD = Text("在每一层里随机留出对照组", "Within each stratum chance holds some out")
RULE, LIST, MODEL = Text("规则", "Rule"), Text("名单", "List"), Text("模型", "Model")
NO_RULE, NO_LIST, NO_MODEL = Text("不用规则", "No rule"), Text("不用名单", "No list"), Text("不用模型", "No model")
BY_MODEL = Text("模型判为最可能离网的先", "Likeliest to leave first")
SCENARIO = Text("话术", "Script")
USUAL_WAY = Text("都不选就打电话", "None chosen: by phone")
QUOTA, A_DAY = Text("总量（0 不限）", "In all (0: all)"), Text("每天（0 按产能）", "A day (0: as many as fit)")
CONTROL = Text("对照组 %", "Control group %")
CONTROL_TOLD = Text(
    "随机留下不打电话的客户，只有这样才说得出效果", "Held out at random: without them no effect can be told"
)
STARTS, ENDS = Text("开始", "Starts"), Text("结束", "Ends")
TARGET = Text("要办成（0 不定）", "Agreements wanted")
REACHED, AGREED = Text("接通或送达 %", "Reached %"), Text("办成 %", "Agreed %")
REACHED_TOLD = Text("电话接通本人，短信和语音送达", "Spoken to by phone; a text or an automated call delivered")
AGREED_TOLD = Text("只算打电话接通的", "Of those spoken to by phone alone")
POINTS = Text("多留住（百分点）", "Kept (points)")
ROUTES = {
    Route.MANAGER_CALL: Text("电话经理", "Manager's call"),
    Route.REPRESENTATIVE_CALL: Text("外呼", "Call"),
    Route.SMS: Text("短信", "SMS"),
    Route.VOICE: Text("语音", "Voice"),
    Route.VISIT: Text("上门", "Visit"),
}
WAY = Text("{way}：{counts}", "{way}: {counts}")
MISSING = Text("还缺：{named}。写全就算人数。", "Still missing: {named}. Counted once it is there.")
WRONG = Text("看不懂：{named}。", "Cannot be read: {named}.")
FIELDS = {
    "name": Text("名称", "name"), "whom": Text("找谁", "whom"), "scenario": Text("话术", "script"),
    "starts": Text("开始日", "first day"), "ends": Text("结束日", "last day"), "quota": Text("总量", "how many in all"),
    "a_day": Text("每天", "how many a day"), "control": Text("对照组", "control group"),
    "target": Text("要办成", "agreements wanted"), "reached": Text("预测接通", "forecast of reached"),
    "agreed": Text("预测办成", "forecast of agreed"), "points": Text("预测多留住", "forecast of kept"),
    "at_least": Text("模型概率", "model's chance"),
}  # fmt: skip
"""what a draft may lack or hold that cannot be meant, by its fields"""
COUNTING = Text("正在算…", "Counting…")
LOOK = Text("开始前看一眼", "Before it starts")
STANDS = Text("现在", "Now")
CHOSEN, READY, HELD, BLOCKED = (
    Text("选中", "Chosen"), Text("就绪", "Ready"), Text("暂缓", "Held"), Text("不可派", "Blocked"),
)  # fmt: skip
NEVER_SENT, TAKEN_BACK = Text("没有派出", "Never sent"), Text("已收回", "Taken back")
CONTROLS, DISPATCHED = Text("对照组", "Control"), Text("已派", "Dispatched")
DONE_REACHED, DONE_AGREED, OPEN = Text("接通本人", "Reached"), Text("办成", "Agreed"), Text("未完成", "Open")
BARRIER_COLUMNS = (Text("为什么不打", "Why not called"), Text("客户", "Customers"))
BARRIERS = {
    Barrier.CONTROL: Text("对照组", "Control group"),
    Barrier.OPTED_OUT: Text("不愿接外呼", "Wants no calls"),
    Barrier.NO_NUMBER: Text("没有可拨号码", "No number"),
    Barrier.NO_CONSENT: Text("不同意营销联系", "Agrees to nothing that sells"),
    Barrier.CALLED_LATELY: Text("最近打过", "Called lately"),
    Barrier.OTHER_CAMPAIGN: Text("在别的活动里", "In another campaign"),
    Barrier.OPEN_TASK: Text("已有未完成任务", "Has an open task"),
    Barrier.NO_AGENT: Text("没有持证座席", "Nobody certified"),
    Barrier.REST: Text("免扰", "Left in peace"),
    Barrier.NOT_ENABLED: Text("该地未开通", "Not switched on there"),
    Barrier.QUOTA: Text("超出总量", "Beyond the quota"),
    Barrier.SOURCE: Text("数据来源有问题", "A source is late or failed"),
    Barrier.GONE: Text("已离网，或理由已消失", "Left the net, or the reason is gone"),
    Barrier.UNDELIVERED: Text("未送达", "Not delivered"),
}
WORK = Text("要 {days} 个工作日，活动有 {there} 天", "{days} days of work; the campaign has {there}")
NOBODY_CERTIFIED = Text("没有座席能接这些任务", "Nobody may take these tasks")
EXPECTED = Text("预计接通 {reached}，办成 {agreed}", "Expected: {reached} reached, {agreed} agreed")
PROFIT = Text("按模型的成本，这些电话预期收益 {yuan} 元", "By the model's costs these calls bring {yuan} yuan")
PROFIT_COLUMNS = (Text("层", "Stratum"), Text("打电话", "Called"), Text("预期收益（元）", "Profit (yuan)"))
EXPECTED_SENT = Text(
    "短信、语音、上门 {sent} 位，预计送达 {delivered}（不问办不办）",
    "{sent} by text, voice or visit: {delivered} delivered expected (nobody asks them to agree)",
)
KEPT_BY_FORECAST = Text("按活动预测多留住 {kept} 位", "By the campaign's forecast {kept} more stay on net")
KEPT_BY_MODEL = Text("按增益模型多留住 {kept} 位", "By the uplift model {kept} more stay on net")
LOST_BY_MODEL = Text("按增益模型反而多离网 {kept} 位", "By the uplift model calls lose {kept} customers")
RUNS_DRY = Text(
    "名单打完也只能办成 {expected}，目标 {target}", "Those left bring {expected} agreements; {target} are wanted"
)
NEXT_HEAD = Text("接着可以打", "Whom to go on with")
SEGMENTS = {
    SegmentKind.RESERVE: Text("总量之外的", "beyond the quota"),
    SegmentKind.MODEL: Text("模型下一段", "next by the model"),
    SegmentKind.RULE: Text("规则", "rule"),
}
SEGMENT = Text("{name}：{ready} 位可打，预计办成 {agreed}", "{name}: {ready} to call, {agreed} agreed expected")
MAKE_LIST, WHOSE_LIST = Text("做成名单", "Make a list"), Text("名单里是谁", "Who is on the list")
WHOM_LISTED = {
    Whom.AGREED: Text("办成的", "who agreed"), Whom.REACHED: Text("接通本人的", "who were reached"),
    Whom.UNREACHED: Text("没有接通的", "who were not reached"), Whom.ALL: Text("抽中的全部", "all who were drawn"),
    Whom.CONTROL: Text("对照组", "the control group"),
}  # fmt: skip
LISTED = Text("{name}（{customers}）", "{name} ({customers})")
LIST_NAME = Text("{campaign} · {whom}", "{campaign} · {whom}")
LISTED = Text("名单“{name}”有 {customers} 位。", "The list “{name}” has {customers} customers.")
START, PAUSE, RESUME = Text("开始", "Start"), Text("暂停", "Pause"), Text("继续", "Resume")
STOP, STOP_AGAIN = Text("停止并收回", "Stop and recall"), Text("再按一次：停止", "Again: stop it")
SAVE = Text("保存", "Save")
CONFIRM = Text("确认人数，仍然开始", "Start with that many all the same")
STARTED, PAUSED_, STOPPED_, SAVED = (
    Text("活动已开始。", "The campaign has started."),
    Text("活动已暂停，不再派新任务。", "Paused: nothing new is dispatched."),
    Text("活动已停止，未打开的任务已收回。", "Stopped: tasks that nobody opened are gone."),
    Text("已保存。", "Saved."),
)
KEPT = Text("{time} 存好的草稿", "Draft saved at {time}")

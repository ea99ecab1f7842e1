"""Words of the shell."""

from core.domain.text import Text

DESK = Text("工作台", "Desk")
FOLLOW_UPS = Text("跟进", "Follow-ups")
TODAY = Text("今日", "Today")
PRACTICE = Text("练习", "Practice")
TIPS = Text("经验", "Tips")
PLANNING = Text("策划", "Planning")
REQUESTS = Text("审批", "Approvals")
QUALITY = Text("质检", "Quality")
CARE = Text("关怀", "Care")
TEAM = Text("班组", "Team")
REVIEW = Text("复盘", "Review")
CAMPAIGNS = Text("活动", "Campaigns")
PORTFOLIO = Text("我的客户", "Customers")
CASES = Text("修复", "Cases")
NO_CASES = Text("您的角色没有修复案", "Your role has no cases")
SETTINGS = Text("设置", "Settings")
ONLINE = Text("在线 · 已全部上传", "Online · everything uploaded")
ONLINE_WAITING = Text("在线 · {what}", "Online · {what}")
RESULTS = Text("{n} 个结果待上传", "results to upload: {n}")
RECORDS = Text("拨号等记录待上传", "dials and the like to upload")
"""no result is among what waits"""
ONLINE_REFUSED = Text("在线 · {n} 个结果未被接受，见“今日”", "Online · results not accepted: {n}, see Today")
SYNCING = Text("同步中…", "Syncing…")
SYNCING_COUNT = Text("同步中… {done}", "Syncing… {done}")
OFFLINE = Text("离线 {since} · {what}，已存本机", "Offline {since} · {what}, kept here")
OFFLINE_NONE = Text("离线 {since} · 本机数据可继续工作", "Offline {since} · go on with what is here")
SIGNED_OUT = Text("已退出登录 · {what}，重新登录后上传", "Signed out · {what}; sign in again")
SIGNED_OUT_NONE = Text("已退出登录 · 已全部上传", "Signed out · everything uploaded")
ENDED = Text("{why} · 不能拨打 · {what}，都在本机", "{why} · no dialling · {what}, kept here")
ENDED_NONE = Text("{why} · 不能拨打", "{why} · no dialling")
SIGN_IN_AGAIN = Text("重新登录", "Sign in again")
MINUTES = Text("{n} 分钟", "{n} min")
HOURS = Text("{n} 小时", "{n} h")
JUST_NOW = Text("刚刚", "just now")
STUCK = Text(
    "网络正常，但有结果超过 1 分钟未能上传。请告知管理员；记录都在本机。",
    "The network is up, yet results have waited over a minute. Tell your administrator; they are safe here.",
)
UNTRUSTED = Text(
    "服务器的证书不对，先转为离线，什么都没发出去。请打电话告诉管理员；结果都在本机。",
    "The server's certificate is not right: nothing was sent, you go on offline. Call your administrator.",
)
NOT_KEPT = Text(
    "服务器的新内容存不进本机：{why}。请清理磁盘空间或联系管理员，之后会自动接着取。",
    "What is new cannot be kept here: {why}. Free some disk space or ask your administrator; it is fetched then.",
)
ONLINE_NOT_KEPT = Text("在线 · 新内容存不进本机", "Online · what is new cannot be kept")
PAUSED = Text("已转为{name}，不影响同步；再按 {key} 回来。", "On {name} now; the sync goes on. {key} again: back.")
PAUSE_AFTER = Text(
    "这通电话保存后转为{name}。再按 {key} 取消。", "On {name} once this call is saved. {key} again: not."
)
PAUSE_OVER = Text("欢迎回来，已恢复就绪。", "Welcome back: you are ready.")
ON_PAUSE = Text("{name}中", "on {name}")
WHO = Text("工号 {number} · {role}", "Staff {number} · {role}")
KEYS = Text("按键一览", "All keys")
CLOSE = Text("关闭", "Close")
REQUEST_ALERT = Text("有坐席申请权限", "An agent asks for more")
ALERT = Text("回拨到时", "Callback due")
CLOCK_AHEAD = Text(
    "本机时钟比服务器快 {n} 分钟。外呼时段和回拨以服务器时间为准，请校准本机时钟。",
    "This machine's clock is {n} minutes ahead of the server. "
    "Calling hours and callbacks follow the server; set it right.",
)
CLOCK_BEHIND = Text(
    "本机时钟比服务器慢 {n} 分钟。外呼时段和回拨以服务器时间为准，请校准本机时钟。",
    "This machine's clock is {n} minutes behind the server. "
    "Calling hours and callbacks follow the server; set it right.",
)
DUE = Text("{name} {hour}", "{name} {hour}")
DUE_AND_MORE = Text("{name} {hour}，另有 {n} 位", "{name} {hour} and {n} more")
CALLBACK_DUE = Text("回拨到时：{who}", "Callback due: {who}")
OPEN = Text("打开", "Open")
FOUND_LATE = Text(
    "刚才要找的客户已取到。您已接待别人，需要时再搜一次即可打开。",
    "The customer you asked for has come. You went on with someone else meanwhile; search again to open them.",
)

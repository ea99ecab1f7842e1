"""Words of repair cases and promises."""

from collections.abc import Sequence

from core.domain.case import Satisfaction
from core.domain.text import Text
from desktop.keys.following import Work

CASES = Text("修复案与承诺", "Repair cases and promises")
SEARCH = Text("来电号码的任意几位", "Any digits of the caller's number")
NONE = Text("没有在办的修复案，也没有未了的承诺。", "No case is open and no promise is owed.")
NONE_FOUND = Text("这几位数字没有对上的修复案或承诺。", "No case or promise fits these digits.")
NO_CASE = Text("从左边选一件。", "Choose one at the left.")
COUNTS = Text("{cases} 件在办 · {owed} 个承诺未了", "{cases} open · {owed} promises owed")
KEPT_COUNTS = Text("兑现 {kept} · 失约 {broken}", "kept {kept} · broken {broken}")
TEAM_COUNTS = Text("全班兑现 {kept} · 失约 {broken}", "team: kept {kept} · broken {broken}")
ON_DUTY = Text("现在值班：{names}", "On duty: {names}")
CONTACT_IN = Text("首次联系还剩 {left}", "First word due in {left}")
CONTACT_LATE = Text("首次联系已超 {over}", "First word overdue by {over}")
CONTACTED = Text("{when} 已联系", "Contacted {when}")
CONTACTED_LATE = Text("{when} 联系，晚了", "Contacted {when}, too late")
HOURS = Text("{h} 小时 {m} 分", "{h} h {m} min")
MINUTES = Text("{m} 分钟", "{m} min")
DAYS = Text("{d} 天", "{d} d")
CLOSED = Text("已结 · {how}", "Closed · {how}")
PROMISE_DUE = Text("承诺 {when}", "Promised {when}")
PROMISE_LATE = Text("承诺超时 {over}", "Promise overdue {over}")
LOOSE = Text("承诺：{words}", "Promise: {words}")
UNSENT = Text("待上传", "to upload")
HANDING_OVER = Text("转交已记下，联网后生效。", "The handover is noted and takes effect online.")
OWNER = Text("经办 {name}", "Led by {name}")
TEAM = Text("协同 {names}", "With {names}")
EXPECTS = Text("客户期待：{words}", "The customer expects: {words}")

CHECKS = Text("检查", "Checks")
PROMISES = Text("承诺", "Promises")
FACTS = Text("判断", "Findings")
LOG = Text("记录", "Log")
NO_TEMPLATE = Text("没有固定步骤，按 N 记备注。", "No fixed steps: N notes.")
NO_PROMISE = Text("没有承诺，按 P 记一个。", "None: P notes one.")
SUSPECTED = Text("怀疑", "Suspected")
CAUSE = Text("根因", "Root cause")
GRANTED = Text("给予", "Granted")
NOT_YET = Text("还没有", "none yet")
GRANT_LINE = Text("{what} ¥{yuan}（{by} 的权限）", "{what} ¥{yuan} (authority of {by})")
TO_DO = Text("待做：{how}", "To do: {how}")
LEFT_OUT = Text("结案时没有做", "Not done when it was closed")
MOVED_TIMES = Text("改过 {n} 次", "moved {n}×")
LATE = Text("已超时", "Overdue")
NEEDED_NO_MORE = Text("客户已不需要", "not needed any more")
TOLD_AT = Text("{when} 才上传", "uploaded {when}")
TO_WHOM = Text("对 {to}", "to {to}")

ACTS: dict[Work, Text] = {
    Work.NOTE: Text("备注", "Note"),
    Work.SUPPOSE: Text("怀疑", "Suspicion"),
    Work.CAUSE: Text("根因", "Root cause"),
    Work.ALLOW: Text("给予", "Grant"),
    Work.PROMISE: Text("承诺", "Promise"),
    Work.KEEP: Text("已兑现", "Kept"),
    Work.MOVE: Text("改时间", "Move"),
    Work.RELEASE: Text("不再需要", "Not needed"),
    Work.JOIN: Text("加同事", "Add colleague"),
    Work.PART: Text("退出", "Leave"),
    Work.CLOSE: Text("结案", "Close"),
    Work.HAND_OVER: Text("转交", "Hand over"),
}
REOPEN = Text("重开", "Reopen")
ASKS: dict[Work, Text] = {
    Work.NOTE: Text("写一句备注", "A line of note"),
    Work.SUPPOSE: Text("可能是什么原因", "What may be the cause"),
    Work.CAUSE: Text("一句话说清的根因", "The root cause in a sentence"),
    Work.ALLOW: Text("给了什么", "What was granted"),
    Work.PROMISE: Text("答应了什么（不写号码）", "What was promised (no numbers)"),
    Work.KEEP: Text("结果一句话，可不填", "What came of it; may stay empty"),
    Work.MOVE: Text("客户同意的新时间；原因可不填", "The time the customer agreed to; reason may stay empty"),
    Work.RELEASE: Text("客户为什么不再需要，可不填", "Why the customer needs it no more; may stay empty"),
    Work.JOIN: Text("加入这件修复案", "Joins the case"),
    Work.PART: Text("退出这件修复案", "Leaves the case"),
    Work.CLOSE: Text("客户的话，可不填", "The customer's words; may stay empty"),
    Work.HAND_OVER: Text("给接手同事的一句话，可不填", "A line to who takes over; may stay empty"),
}
ASK_CHECK = Text("{name}：发现了什么（Enter 记下）", "{name}: what was found (Enter notes it)")
ASK_REOPEN = Text("为什么重开，可不填", "Why it is opened again; may stay empty")
AGREED = Text("客户同意改到这个时间", "The customer agreed to this time")
AMOUNT = Text("金额（元）", "Amount in yuan")
WHEN = Text("时间", "Time")
WHICH = Text("哪一个", "Which one")
OK = Text("记下", "Note it")
PUT_AWAY = Text("收起", "Put away")
NO_AMOUNT = Text("金额不对，请填大于 0 的元数。", "The amount is not right: give yuan above 0.")
NOT_AGREED = Text("先得到客户同意，再勾选。", "Ask the customer first, then tick.")
NOTHING_OWED = Text("没有未了的承诺。", "No promise is owed here.")
NOT_FOR_PROMISE = Text("这是单独的承诺，没有修复案。", "This is a promise of its own, without a case.")
NOBODY_HELPS = Text("这件修复案没有协同的同事可退出。", "Nobody whom you could take out of the case.")
NOBODY_ELSE = Text("还没有取到同事名单，联网后再试。", "Colleagues have not come from the server yet.")
DONE: dict[Work, Text] = {
    Work.NOTE: Text("已记下。", "Noted."),
    Work.SUPPOSE: Text("已记下。", "Noted."),
    Work.CAUSE: Text("根因已记下。", "The root cause is noted."),
    Work.ALLOW: Text("已记下。", "Noted."),
    Work.PROMISE: Text("承诺已记下，到期前会提醒。", "Promised; you are reminded before it falls due."),
    Work.KEEP: Text("承诺已了。", "The promise is settled."),
    Work.MOVE: Text("承诺已改时间。", "The promise was moved."),
    Work.RELEASE: Text("已记下，不再提醒。", "Noted: nobody is reminded of it any more."),
    Work.JOIN: Text("已加入。", "Added."),
    Work.PART: Text("已退出，记录留在案中。", "Out of the case; what was written stays."),
    Work.CLOSE: Text("已记下。", "Noted."),
    Work.HAND_OVER: Text("转交已记下，联网后生效。", "The handover is noted and takes effect online."),
}
SATISFACTION: dict[Satisfaction, Text] = {
    Satisfaction.SATISFIED: Text("满意", "Satisfied"),
    Satisfaction.GRUDGING: Text("勉强接受（会再回访）", "Accepted grudgingly (called again)"),
    Satisfaction.DISSATISFIED: Text("不满意（会再回访）", "Not satisfied (called again)"),
}

# the log
BEGAN = Text("立案：{title}", "Opened: {title}")
SPOKE = Text("与客户通话", "Spoke with the customer")
MISSED = Text("首次联系超时", "The first word came too late")
CHECKED = Text("{name}：{finding}", "{name}: {finding}")
SUPPOSED = Text("怀疑：{words}", "Suspected: {words}")
FOUND_CAUSE = Text("根因：{words}", "Root cause: {words}")
JOINED = Text("{name} 加入", "{name} joined")
PARTED = Text("{name} 退出", "{name} left")
PASSED = Text("转给 {name}：{summary}", "Handed to {name}: {summary}")
ENDED = Text("结案：{how} · {words}", "Closed: {how} · {words}")
REOPENED = Text("重开 {words}", "Opened again {words}")
BY_SERVER = Text("系统", "system")

# in the call
STRIP_CASE = Text("修复案 {title} · {contact}", "Case: {title} · {contact}")
STRIP_PROMISE = Text("已答应 {when}：{words}", "Promised {when}: {words}")
STRIP_MORE = Text("另有 {n} 个承诺", "{n} more")
OPEN_CASE = Text("立修复案", "Open a repair case")
CASE_KEY = Text("看修复案", "See the case")
OPENED = Text("已立案：{title}，{left}内要联系上。", "Case opened: {title}; a word is owed within {left}.")
OTHER_DAMAGE = Text("其他：自己写（感知受损）", "Other, in your words (perception)")
WHAT_BROKE = Text("要修复什么；客户期待可接着写", "What is to be repaired; then what the customer expects")
KINDS = Text("承诺类别", "Kind of promise")
NO_CUSTOMER = Text("先打开一位客户。", "Open a customer first.")

# alerts
ALERT_TITLE = Text("承诺快到时间", "A promise falls due")
ALERT_PROMISE = Text("{name}：{words}，{when} 到时间", "{name}: {words}, due {when}")
ALERT_PROMISE_LATE = Text(
    "{name}：{words}，{when} 已失约，尽快补办并说明", "{name}: {words}, was due {when}: do it and say so"
)
ALERT_CONTACT = Text("{name}：修复案 {when} 前要联系上", "{name}: a first word is due by {when}")
ALERT_CONTACT_LATE = Text("{name}：修复案过了首次联系时间（{when}）", "{name}: the first word was due {when}")
LOOK = Text("打开", "Open")


def named(names: Sequence[str]) -> Text:
    """People, one behind the other."""
    return Text("、".join(names), ", ".join(names))

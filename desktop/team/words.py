"""Words of the lead's page of the team."""

from core.domain.presence import AgentState
from core.domain.text import Text
from desktop.widgets.values import Tone

BOARD = Text("今日看板", "The team today")
TASKS = Text("名下任务", "On the desk")
INBOX = Text("等我处理", "Waiting for me")
READING = Text("正在取…", "Reading…")
NOBODY = Text("班组里还没有坐席。", "There is nobody in the team yet.")
CHOOSE = Text("选一位坐席，看其名下任务。", "Choose an agent to see what lies on the desk.")
NO_TASKS = Text("名下没有任务。", "Nothing lies on this desk.")
AS_OF = Text("截至 {time}", "as of {time}")
OFFLINE = Text("连不上服务器 · 截至 {time}", "offline · as of {time}")
OFFLINE_NEVER = Text("连不上服务器，联网后显示。", "The server cannot be reached; it shows once it is there.")

COLUMNS = (
    Text("坐席", "Agent"),
    Text("状态", "State"),
    Text("剩余", "Left"),
    Text("超时", "Late"),
    Text("回拨", "Callbacks"),
    Text("通话", "Calls"),
    Text("接通", "Reached"),
    Text("成功", "Successes"),
)
SCENARIO_COLUMNS = (
    Text("{name}今天按场景", "{name} today, by scenario"),
    Text("通话 / 目标", "Calls / target"),
    Text("接通", "Reached"),
    Text("成功 / 目标", "Successes / target"),
    Text("在途", "Under way"),
)
TASK_COLUMNS = (Text("客户", "Customer"), Text("事由", "Why"), Text("时限", "Due"))
TILES = (
    Text("在席", "Here"),
    Text("剩余任务", "Left to do"),
    Text("已超时", "Late"),
    Text("通话 / 目标", "Calls / target"),
    Text("接通率", "Reached"),
    Text("成功 / 目标", "Successes / target"),
    Text("成功率", "Success rate"),
)
RATE_HINT = Text("成功 ÷ 本人接通；÷ 通话为 {per_call}", "successes ÷ owners reached; ÷ calls: {per_call}")
TASKS_OF = Text("{name} · {count} 个", "{name} · {count}")
NOW = Text("刚刚", "just now")
MINUTES = Text("{n} 分", "{n} min")
HOURS = Text("{n} 小时", "{n} h")
UNHEARD = Text("失联 {since}（{state}）", "Silent {since} ({state})")
UNHEARD_HINT = Text(
    "最后一次联系 {time}。可能断网或程序已关。",
    "Last heard at {time}. Their network may be down, or the program closed.",
)
SIGNED_OUT = Text("已退出", "Signed out")
NEVER = Text("今天未登录", "Not signed in yet")
AWAY = Text("请假 · 今天不派单", "Away · gets nothing today")
STATE_TONES: dict[AgentState, Tone] = {
    AgentState.READY: Tone.OK,
    AgentState.IN_CALL: Tone.BRAND,
    AgentState.WRAP_UP: Tone.WARN,
    AgentState.BREAK: Tone.MUTED,
    AgentState.TRAINING: Tone.MUTED,
    AgentState.OFF: Tone.MUTED,
}

TO = Text("调给", "To")
POOL = Text("待派池", "The pool")
MOVE = Text("调走选中", "Move chosen")
ABSENT = Text("缺勤：全部调走", "Absent: move all")
ABSENT_SURE = Text("再按一次：{count} 个全部调走", "Again: move all {count}")
TARGET = Text("定目标", "Set target")
SCENARIO = Text("场景", "Scenario")
CALLS = Text("通话", "Calls")
SUCCESSES = Text("成功", "Successes")
TARGET_CALLS = Text("每天通话目标", "Calls a day")
TARGET_SUCCESSES = Text("每天成功目标", "Successes a day")
TARGET_SET = Text("目标已定，已留记录。", "The target is set, on record.")
CHOOSE_TASKS = Text("先选要调走的任务（Ctrl 或 Shift 多选）。", "Choose the tasks first (Ctrl or Shift for several).")
MOVED = Text("已调走 {count} 个任务，双方下次同步就能看到。", "{count} moved; both desks see it at their next sync.")
HELD = Text("{first}其中 {held} 个暂不能拨：{why}", "{first} Of them {held} may not be called yet: {why}")
LEFT = Text("已调走 {count} 个，{left} 个没有调：{why}。", "{count} moved, {left} not: {why}.")
NEEDS_SERVER = Text("看和调任务要联网。", "Seeing and moving tasks needs the server.")

INBOX_EMPTY = Text("没有事情在等您。", "Nothing waits for you.")
INBOX_UNREAD = Text("部分没有取到，联网后再看。", "Some could not be read; look again once online.")
REQUEST = Text("权限申请", "Request")
TIP = Text("经验", "Tip")
DISPUTE = Text("质检申诉", "Dispute")
LOOK_AGAIN = Text("辅导回看", "Coaching")
FEEDBACK = Text("反馈", "Feedback")
REFUSED = Text("退回记录", "Refused")
REFUSED_OF = Text("{customer}：{why}", "{customer}: {why}")

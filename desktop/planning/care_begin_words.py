"""Words of beginning care."""

from core.domain.text import Text

TITLE = Text("发起关怀", "Begin this care")
RULE = Text("接到通知后在这里发起。先看人数，再发起。", "Once you have been told: count first, then begin.")
RULE_BY_DATA = Text(
    "资料里该做的人，在这里一起办。先看人数，再发起。", "For all for whom it is due: count first, then begin."
)
WHERE = Text("给谁", "For whom")
AREA = Text("{area}（{customers} 户）", "{area} ({customers})")
FROM_LIST = Text("名单文件", "A list")
FILE = Text("名单（CSV）路径：每行先写客户编号或号码", "Path of a CSV: an id or number first in each line")
WAYS = Text("怎么送到", "By which way")
LOOK = Text("先看人数", "Count")
BEGIN = Text("发起", "Begin")
LOOKING = Text("正在看 {done} / {total}…", "Counting {done} of {total}…")
BEGINNING = Text("正在办 {done} / {total}…", "Beginning {done} of {total}…")
WOULD = Text("可以：{what}。", "Would be: {what}.")
DONE = Text("已办：{what}。", "Done: {what}.")
NOBODY = Text("这次没有人可办。", "Nobody can be reached this way.")
LEFT = Text("没有办的 {count} 户：{why}。", "Left out {count}: {why}.")
TEXTED = Text("短信 {n} 户", "by SMS {n}")
WRITTEN = Text("信函 {n} 户", "by letter {n}")
CALLED = Text("电话任务 {n} 个", "by call, as a task, {n}")
REASON = Text("{why}（{n}）", "{why} ({n})")
AWAY = Text(
    "连不上服务器；已经办的都留着，连上后再看一遍即可。",
    "The server cannot be reached. What was begun stands; count again later.",
)
JOINT, LIST_JOINT = Text("，", ", "), Text("；", "; ")

"""Words of the page on which tips are judged."""

from core.domain.text import Text
from desktop.keys.leading import Judge

WAITING = Text("待审经验", "Tips that wait")
NONE = Text("没有经验在等您看。", "No tip is waiting for you.")
OFFLINE = Text("连不上服务器，联网后再看；已处理的都算数。", "The server cannot be reached; what was decided counts.")
READING = Text("正在取…", "Reading…")
STANDING = Text("已公开的经验", "Tips that stand")
NO_STANDING = Text("还没有公开的经验。", "No tip stands yet.")
TIP = Text("经验正文", "The tip")
BY = Text("{name}（工号 {number}）", "{name} (staff {number})")
FROM = Text("来自：{scenario} · {step}", "From: {scenario} · {step}")
FROM_SCENARIO = Text("来自：{scenario}", "From: {scenario}")
NO_CASE = Text("没有关联通话", "From no call")
NEWER = Text("退回后重写的", "Written anew after a return")
SENTENCE = Text(
    "给作者的一句话（退回、不采纳、撤下必写）", "A line to the author (needed to return, refuse, take back)"
)
SAY_WHY = Text("先写一句给作者的话。", "Write a line to the author first.")
ACTS: dict[Judge, Text] = {
    Judge.APPROVE: Text("批准", "Approve"),
    Judge.RETURN: Text("退回修改", "Return"),
    Judge.REFUSE: Text("不采纳", "Refuse"),
    Judge.REWORD: Text("改写", "Reword"),
    Judge.TAKE_BACK: Text("撤下", "Take back"),
}
SAVE_WORDS = Text("保存改写", "Save the wording")
TITLE = Text("标题", "Title")
TEXT = Text("正文", "Text")
SWITCH = {
    False: Text("看已公开的", "Those that stand"),
    True: Text("看待审的", "Those that wait"),
}
"""by whether those that stand are seen now"""
DONE: dict[Judge, Text] = {
    Judge.APPROVE: Text("已批准，大家下次同步就能看到。", "Approved: everyone has it at the next sync."),
    Judge.RETURN: Text("已退回，作者会看到您的话。", "Returned; the author reads your line."),
    Judge.REFUSE: Text("未采纳，作者会看到您的话。", "Refused; the author reads your line."),
    Judge.REWORD: Text("已改写，大家下次同步看到新的。", "Reworded: everyone has it at the next sync."),
    Judge.TAKE_BACK: Text("已撤下，大家下次同步就看不到了。", "Taken back: everyone forgets it at the next sync."),
}
CHECK = Text(
    "看三样：没有客户信息；和口径不冲突；别人照着做得到。",
    "Look for three things: nothing about who it was, nothing against policy, and others can do the same.",
)
CHECK_STANDING = Text(
    "过时了、说错了就撤下；意思对、话不顺就改写，仍算作者的。",
    "Take back what is out of date or wrong; reword what is right and badly put: it stays its author's.",
)

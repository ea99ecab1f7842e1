"""Words of the quality page."""

from core.domain.quality.inspection import Ruling, ScoreState
from core.domain.quality.scoring import Mark
from core.domain.text import Text

QUALITY = Text("质检", "Quality")
QUEUE = Text("待评", "To score")
DISPUTES = Text("申诉", "Disputes")
GIVEN = Text("已评", "Scored")
COACHING = Text("辅导", "Coaching")
OWN = Text("我的评分", "My scores")

NO_QUEUE = Text("没有待评的通话。", "No call waits to be scored.")
NO_DISPUTES = Text("没有申诉等您裁定。", "No dispute waits for you.")
NO_GIVEN = Text("还没有评过的通话。", "Nothing has been scored yet.")
NO_COACHING = Text("没有辅导记录。评过的通话里可以写。", "No coaching notes. They are written from a score.")
NO_OWN = Text("还没有您的评分。", "You have no scores yet.")
READING = Text("正在取…", "Reading…")

CALL = Text("通话", "The call")
PATH = Text("话术走过的路", "The way through the script")
NO_PATH = Text("没有走话术。", "No script was walked.")
CARD = Text("评分表", "Scorecard")
NO_CARD = Text("本机没有这类通话的评分表，请联网同步。", "No scorecard for this call is here; sync first.")
AGENT = Text("坐席", "Agent")
NAMED = Text("{name}（工号 {number}）", "{name} (staff {number})")
CUSTOMER = Text("客户", "Customer")
WHEN = Text("时间", "Time")
TALK = Text("通话时长", "Talk")
TALK_S = Text("{n} 秒", "{n} s")
RESULT = Text("结果", "Result")
REASON = Text("原因", "Reason")
ORDERED = Text("办理", "Ordered")
OFFERED = Text("优惠", "Offers")
NOTE = Text("备注", "Note")
CHECK = Text("挽留回访", "Save asked after")
CORRECTED = Text("更正", "Corrected")
CORRECTED_SINCE = Text(
    "评分之后，通话结果改过；评分仍按当时的记录。", "The record was corrected since; the score is of the earlier one."
)
CLAIMED = Text("领取", "Claimed")
CLAIMED_BY = Text("{name} 已领取，到 {until}", "{name} has it until {until}")
COACHED_ON = Text("辅导约定", "What was agreed")
LOOKING = Text("回看", "Looking again")
MINE = Text("我已领取，到 {until}", "Yours until {until}")
FREE = Text("没有人领取", "Nobody has it")
SCORED_BY = Text("评分人", "Scored by")
STATE = Text("状态", "State")
NO_CALL = Text("没有通话：只看了号码。", "No call: the number was shown, that is all.")
HURRIED = Text("一秒内", "within 1 s")
OBJECTION = Text("异议", "Objection")

STATES: dict[ScoreState, Text] = {
    ScoreState.GIVEN: Text("待坐席签收", "For the agent to sign"),
    ScoreState.SIGNED: Text("已签收", "Signed"),
    ScoreState.DISPUTED: Text("申诉中", "Disputed"),
    ScoreState.DECIDED: Text("申诉已裁定", "Decided"),
}
TO_SIGN = Text("待您签收", "For you to sign")
RULINGS: dict[Ruling, Text] = {
    Ruling.UPHELD: Text("维持原评", "Upheld"),
    Ruling.AMENDED: Text("改判", "Amended"),
    Ruling.VOIDED: Text("作废", "Voided"),
}
POINTS = Text("{n} 分", "{n} points")
PASSED = Text("合格", "passed")
FAILED = Text("不合格", "failed")
FAILED_BY = Text("一票否决", "failed outright")
COUNTS = Text("漏 {missed} · 错 {wrong} · 态度 {attitude}", "missed {missed} · wrong {wrong} · attitude {attitude}")
UNMARKED = Text("还有 {n} 项未评", "{n} items to mark")
INSTANT = Text("一票否决项", "Instant fails")
MARKS: dict[Mark, Text] = {
    Mark.DONE: Text("1 做到", "1 Done"),
    Mark.PARTLY: Text("2 部分", "2 Partly"),
    Mark.MISSED: Text("3 漏了", "3 Missed"),
    Mark.WRONG: Text("4 错了", "4 Wrong"),
    Mark.NOT_ASKED: Text("5 未涉及", "5 Not asked"),
}
AND = Text("、", ", ")
YES = Text("有", "Yes")
ITEM_WORDS = Text("这一项的说明（可不写）", "About this item (optional)")
REMARK = Text("评语：给坐席的一句话（有漏、有错必写）", "Remark to the agent (needed where something went wrong)")
DECISION = Text("裁定说明：给坐席的话（必写）", "The decision in words, to the agent (needed)")
DISPUTE = Text("申诉理由（申诉必写，只能申诉一次）", "Why you dispute it (needed; once only)")
COACH = Text("辅导约定：下次怎么做", "What was agreed: how it is done next time")
LOOK = Text("回看后的一句话（可不写）", "After looking again (optional)")

CLAIM = Text("领取", "Claim")
RELEASE = Text("退回", "Give back")
SEND = Text("提交评分", "Send the score")
UPHOLD = Text("维持", "Uphold")
AMEND = Text("改判", "Amend")
VOID = Text("作废", "Void")
SIGN = Text("签收", "Sign")
ARGUE = Text("申诉", "Dispute")
WRITE_NOTE = Text("写辅导，{days} 天后回看", "Coach, look again in {days} days")
BETTER = Text("已好转", "Better")
AGAIN = Text("{days} 天后再看", "Again in {days} days")

SENT = Text("评分已提交，{name}会看到。", "The score is sent; {name} sees it.")
SIGNED = Text("已签收。", "Signed.")
DISPUTED = Text("申诉已提交，由班长裁定。", "The dispute is sent; a lead decides.")
DECIDED = Text("裁定已提交，{name}会看到。", "The decision is sent; {name} sees it.")
COACHED = Text("辅导已记下，{day} 提醒您回看。", "Noted; you are reminded on {day}.")
LOOKED = Text("已记下。", "Noted.")
UNSENT = Text("未上传", "to upload")
DISPUTE_OF = Text("申诉理由：{reason}", "Disputed: {reason}")
DECISION_OF = Text("{name}裁定“{ruling}”：{words}", "{name} decided “{ruling}”: {words}")
REMARK_OF = Text("评语：{remark}", "Remark: {remark}")
LOOK_AT = Text("{day} 回看", "look again {day}")
DUE = Text("该回看了", "look again now")
SETTLED = Text("已好转", "better")
BY = Text("{name}写于 {day}", "by {name}, {day}")
LOOKED_AT = Text("{day} 回看：{what} {words}", "{day}: {what} {words}")
STILL = Text("还要再看", "once more")
REFUSED = Text("服务器没有收：{why}", "The server would not take it: {why}")
SUMMARY = Text(
    "共 {n} 份 · 平均 {mean} 分 · 漏 {missed} · 错 {wrong}",
    "{n} scores · mean {mean} · missed {missed} · wrong {wrong}",
)

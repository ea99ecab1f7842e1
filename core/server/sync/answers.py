"""Why an item was not simply accepted: stable codes with their words."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.domain.authority import REQUEST_FLAW_WORDS, RequestFlaw
from core.domain.text import Text
from core.wire.push import Answer, Verdict


class Code(StrEnum):
    MALFORMED = "malformed"
    NOT_YOURS = "not_yours"
    NEEDS_TASK = "needs_task"
    UNKNOWN_CUSTOMER = "unknown_customer"
    UNKNOWN_TASK = "unknown_task"
    TASK_OF_ANOTHER_CUSTOMER = "task_of_another_customer"
    UNKNOWN_OUTCOME = "unknown_outcome"
    UNKNOWN_RESULT = "unknown_result"
    UNKNOWN_REASON = "unknown_reason"
    UNKNOWN_SCENARIO = "unknown_scenario"
    TALK_OUT_OF_BOUNDS = "talk_out_of_bounds"
    TALK_TOO_SHORT = "talk_too_short"
    UNKNOWN_PLAN = "unknown_plan"
    UNKNOWN_BRANCH = "unknown_branch"
    BAD_TIME = "bad_time"
    BAD_DURATION = "bad_duration"
    BAD_NUMBER = "bad_number"
    FOLLOW_UP_OF_ANOTHER = "follow_up_of_another"
    OTHER_BYTES = "other_bytes"
    MOVED = "moved"
    CLOSED = "closed"
    UNSTORABLE = "unstorable"
    PERSONAL_DATA = "personal_data"
    NUMBER_IN_REASON = "number_in_reason"
    NUMBER_IN_WORDS = "number_in_words"
    UNKNOWN_CASE = "unknown_case"
    UNKNOWN_COLLEAGUE = "unknown_colleague"
    UNKNOWN_ERRAND = "unknown_errand"
    UNKNOWN_DEPARTMENT = "unknown_department"
    UNKNOWN_COMMITMENT = "unknown_commitment"
    NEEDS_CONSENT = "needs_consent"
    NUMBER_IN_ERRAND = "number_in_errand"
    UNKNOWN_CALL = "unknown_call"
    OWN_CALL = "own_call"
    UNKNOWN_SCORE = "unknown_score"
    UNKNOWN_NOTE = "unknown_note"
    NUMBER_IN_REMARK = "number_in_remark"
    SCORED_BY_ANOTHER = "scored_by_another"
    ALREADY_SAID = "already_said"
    NOT_THE_DECIDER = "not_the_decider"
    DECIDED_BEFORE = "decided_before"
    BEYOND_AUTHORITY = "beyond_authority"
    CARED_BEFORE = "cared_before"
    REFUSED_MEANWHILE = "refused_meanwhile"
    LET_GO = "let_go"


WORDS: dict[Code, Text] = {
    Code.MALFORMED: Text("记录的格式无法识别。", "The record cannot be read."),
    Code.NOT_YOURS: Text("这条记录不属于当前登录的工号。", "The record is not of the person signed in."),
    Code.NEEDS_TASK: Text(
        "当前角色不能登记无任务的通话。", "The role of the person signed in may not record a call without a task."
    ),
    Code.UNKNOWN_CUSTOMER: Text("没有这个客户，或无权为其登记。", "No such customer, or none that you may record for."),
    Code.UNKNOWN_TASK: Text("服务器上没有这个任务。", "The server has no such task."),
    Code.TASK_OF_ANOTHER_CUSTOMER: Text("任务与客户不符。", "The task belongs to another customer."),
    Code.UNKNOWN_OUTCOME: Text("找不到要更正的记录。", "The record to correct is not there."),
    Code.UNKNOWN_RESULT: Text(
        "场景里没有这个通话结果；记录已另存，请在“今日”里更正。",
        "The scenario has no such result; the record is kept aside: correct it under Today.",
    ),
    Code.UNKNOWN_REASON: Text(
        "场景里没有这个原因；记录已另存，请在“今日”里更正。",
        "The scenario has no such reason; the record is kept aside: correct it under Today.",
    ),
    Code.UNKNOWN_SCENARIO: Text(
        "服务器上从没有过这个场景；记录已另存，请告诉班长。",
        "The server never had such a scenario; the record is kept aside: tell your lead.",
    ),
    Code.TALK_TOO_SHORT: Text(
        "通话太短，不算成功；请重新联系客户，或在“今日”里更正。",
        "The talk is too short to count as a success; call the customer again, or correct it under Today.",
    ),
    Code.TALK_OUT_OF_BOUNDS: Text(
        "通话时长与这个结果不符；记录已另存，请在“今日”里更正。",
        "The talk is too short or too long for the result; the record is kept aside: correct it under Today.",
    ),
    Code.UNKNOWN_PLAN: Text("套餐目录里没有这一档。", "The catalogue has no such plan."),
    Code.UNKNOWN_BRANCH: Text("没有客户属于这个支局。", "No customer belongs to such a branch."),
    Code.BAD_TIME: Text(
        "记录的时间与服务器相差太远，请检查电脑的日期和时间。",
        "The record's time is too far from the server's; see this computer's date and time.",
    ),
    Code.BAD_DURATION: Text("通话时长不合理。", "No call lasts as long as the record says."),
    Code.BAD_NUMBER: Text("拨打的号码不是电话号码。", "What was dialled is no phone number."),
    Code.FOLLOW_UP_OF_ANOTHER: Text("后续事项与本次记录不符。", "A follow-up belongs to another record."),
    Code.OTHER_BYTES: Text(
        "同一编号已有内容不同的记录，已另存待核对。",
        "A record of the same id but other content is there; this one was kept aside for repair.",
    ),
    Code.MOVED: Text("任务已转给他人，本次记录已留存。", "The task had gone to someone else; the record is kept."),
    Code.CLOSED: Text("任务此前已结束，本次记录已留存。", "The task was closed before; the record is kept."),
    Code.UNSTORABLE: Text("服务器无法保存这条记录。", "The server could not keep the record."),
    Code.PERSONAL_DATA: Text(
        "经验里有 7 位或更长的数字，可能是客户的号码；请改写后再提交。",
        "The tip holds a number of 7 digits or more, perhaps a customer's; write it anew without.",
    ),
    Code.NUMBER_IN_WORDS: Text(
        "文字里有 7 位或更长的数字，可能是客户的号码；请改写后再提交。",
        "The words hold a number of 7 digits or more, perhaps a customer's; write them anew without.",
    ),
    Code.UNKNOWN_CASE: Text(
        "服务器上没有这个修复案或承诺，或已不归您处理。", "There is no such case or promise, or none that is yours."
    ),
    Code.UNKNOWN_COLLEAGUE: Text("没有这位同事，或已停用。", "There is no such colleague, or not any more."),
    Code.NUMBER_IN_REASON: REQUEST_FLAW_WORDS[RequestFlaw.NUMBER],
    Code.UNKNOWN_ERRAND: Text("没有这张单，或不是您派的。", "No such errand, or none of yours."),
    Code.UNKNOWN_DEPARTMENT: Text("这个部门不办这类事。", "That department takes nothing of this kind."),
    Code.UNKNOWN_COMMITMENT: Text("没有这项长期约定，或不归您管。", "No such standing commitment, or none of yours."),
    Code.NEEDS_CONSENT: Text("上门要先征得客户同意并约好时间。", "A visit needs the customer's consent and a time."),
    Code.NUMBER_IN_ERRAND: Text(
        "内容里有 7 位或更长的数字，可能是客户的号码；号码部门看得到，不用写。",
        "The text holds a number of 7 digits or more, perhaps a customer's; the department has it, so leave it out.",
    ),
    Code.UNKNOWN_CALL: Text("没有这通待检通话，或不归您的班组。", "No such call to be scored, or none of your team."),
    Code.OWN_CALL: Text("自己的通话要由别的班长来评。", "Your own call is scored by another lead."),
    Code.UNKNOWN_SCORE: Text("没有这份评分，或与您无关。", "No such score, or none that concerns you."),
    Code.UNKNOWN_NOTE: Text("没有这条辅导记录，或不归您的班组。", "No such coaching note, or none of your team."),
    Code.NUMBER_IN_REMARK: Text(
        "里面有 7 位或更长的数字，可能是客户的号码；请删掉再提交。",
        "It holds a number of 7 digits or more, perhaps a customer's; take it out and send it again.",
    ),
    Code.SCORED_BY_ANOTHER: Text(
        "这通电话已由别的班长领取或评过；您的评分已留存，不计入。",
        "Another lead has claimed or scored this call; your score is kept and does not count.",
    ),
    Code.ALREADY_SAID: Text("这份评分已经签收或申诉过，不能再申诉。", "The score was signed or disputed before."),
    Code.NOT_THE_DECIDER: Text(
        "申诉要由评分人以外的班长裁定。", "A dispute is decided by another lead than the one who scored."
    ),
    Code.BEYOND_AUTHORITY: Text(
        "超出本人在一个修复案里可给予的金额；请在通话里向班长申请。",
        "It is more than you may grant in one case; ask your lead for it in the call.",
    ),
    Code.CARED_BEFORE: Text(
        "同事已经做过这项关怀，短信没有再发。", "A colleague has given this care already: the text was not sent again."
    ),
    Code.REFUSED_MEANWHILE: Text(
        "客户这期间表示不愿再被打扰，短信没有发。", "The customer has refused contact meanwhile: the text was not sent."
    ),
    Code.LET_GO: Text(
        "客户的资料已按规定删除，不再登记。",
        "The customer's data were deleted as the rules ask: nothing more is recorded.",
    ),
    Code.DECIDED_BEFORE: Text("这项申诉已有人裁定；您的裁定已留存，不计入。", "Somebody else has decided the dispute."),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of an item."""

    verdict: Verdict
    code: Code | None = None
    said: Text | None = None
    """in place of the code's words, where figures say it better"""

    def answer(self, item_id: UUID) -> Answer:
        words = self.said or (WORDS[self.code] if self.code else Text("", ""))
        return Answer(id=item_id, verdict=self.verdict, code=self.code or "", message_zh=words.zh, message_en=words.en)


ACCEPTED = Ruling(Verdict.ACCEPTED)


def rejected(code: Code) -> Ruling:
    return Ruling(Verdict.REJECTED, code)

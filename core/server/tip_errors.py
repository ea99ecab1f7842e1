"""What is said where a tip cannot be judged, taken back or reworded."""

from core.domain.errors import InputError, Refused
from core.domain.knowledge import TipState
from core.domain.text import Text
from core.domain.tip_rules import FLAW_WORDS, TipFlaw, told_competitor
from core.server.db.tips import StoredTip

_DECIDED = {
    TipState.APPROVED: Text("已批准", "approved"),
    TipState.REFUSED: Text("未采纳", "refused"),
    TipState.RETURNED: Text("已退回作者修改", "returned to its author"),
    TipState.WITHDRAWN: Text("已撤下", "taken back"),
}


def forbidden() -> Refused:
    return Refused(
        code="forbidden",
        title=Text("无权操作", "Not permitted"),
        message=Text("只有班长、策划和管理员可以审批经验。", "Team leads, planners and administrators judge tips."),
        next_step=Text("请找您的班长。", "Ask your team lead."),
    )


def own() -> Refused:
    return Refused(
        code="own_tip",
        title=Text("不能审批自己的经验", "Your own tip"),
        message=Text("自己写的经验要由另一个人审批。", "A tip is judged by somebody else than its author."),
        next_step=Text("请另一位班长或策划审批。", "Ask another team lead or a planner."),
    )


def unknown(tip_id: str) -> InputError:
    return InputError(
        title=Text("没有这条经验", "No such tip"),
        message=Text(f"没有编号为 {tip_id} 的经验。", f"There is no tip {tip_id}."),
        next_step=Text("用 stayline-server tips list 查看。", "See them with stayline-server tips list."),
    )


def decided_before(found: StoredTip) -> InputError:
    done = _DECIDED[found.state]
    return InputError(
        title=Text("这条经验已经处理过", "Decided before"),
        message=Text(f"{found.decided_by} {done.zh}。", f"It was {done.en} by {found.decided_by}."),
        next_step=Text("不用再处理。", "Nothing is left to do."),
    )


def no_reason() -> InputError:
    return InputError(
        title=Text("缺少理由", "No reason"),
        message=Text("不采纳或退回都要写明理由。", "A refusal or a return says why."),
        next_step=Text("请写一句给作者的话。", "Write a line to its author."),
    )


def not_standing() -> InputError:
    return InputError(
        title=Text("这条经验没有公开", "The tip does not stand"),
        message=Text("只有已公开的经验才能撤下或改写。", "Only a tip that everyone has can be taken back or reworded."),
        next_step=Text("请刷新后再看。", "Look at the list anew."),
    )


def competitor(word: str) -> Refused:
    return Refused(
        code="speaks_of_competitor",
        title=Text("不能公开", "It cannot go out"),
        message=told_competitor(word),
        next_step=Text("退回作者，请他只写我们自己能做的。", "Return it: its author writes what we can do ourselves."),
    )


def bad_words(flaw: TipFlaw) -> InputError:
    return InputError(
        title=Text("不能这样写", "It cannot be worded so"),
        message=FLAW_WORDS[flaw],
        next_step=Text("改好再提交一次。", "Change it and send it once more."),
    )

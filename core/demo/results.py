"""What past calls came to: the scenarios' own result and reason codes with their words, chances and talk times."""

from msgspec import Struct

from core.demo.people import DISCONNECT, UPGRADE, VIP
from core.domain.outcome import CaseResult, Contact, Intent
from core.domain.text import Text


class Ending(Struct, frozen=True, kw_only=True):
    """One way in which a call ends."""

    code: str
    label: Text
    note: str
    """what the agent left as a remark"""
    talk_s: int = 0
    """median seconds of talk"""
    success: bool = False
    intent: Intent | None = None
    case_result: CaseResult | None = None


Chances = tuple[tuple[Ending, float], ...]

SCENARIO_LABELS: dict[str, Text] = {
    UPGRADE: Text("4G 升级", "4G upgrade"),
    DISCONNECT: Text("宽带拆机挽留", "Broadband disconnect"),
    VIP: Text("VIP 关怀", "VIP care"),
}


def _short(code: str, label: Text, note: str, talk_s: int = 0) -> Ending:
    return Ending(code=code, label=label, note=note, talk_s=talk_s)


def _saved(code: str, label: Text, note: str, talk_s: int, case_result: CaseResult | None = None) -> Ending:
    return Ending(
        code=code,
        label=label,
        note=note,
        talk_s=talk_s,
        success=True,
        intent=Intent.AGREES,
        case_result=case_result,
    )


def _lost(code: str, label: Text, note: str, talk_s: int, case_result: CaseResult | None = None) -> Ending:
    return Ending(code=code, label=label, note=note, talk_s=talk_s, intent=Intent.REFUSES, case_result=case_result)


UNREACHED: dict[Contact, Chances] = {
    Contact.UNANSWERED: (
        (_short("unanswered", Text("无人接听", "No answer"), "无人接听。"), 0.74),
        (_short("busy", Text("占线", "Busy"), "占线。"), 0.14),
        (_short("switched_off", Text("关机", "Switched off"), "关机。"), 0.12),
    ),
    Contact.REJECTED: ((_short("rejected", Text("拒接", "Rejected"), "客户拒接。"), 1.0),),
    Contact.BAD_NUMBER: (
        (_short("empty_number", Text("空号", "Number not in use"), "号码为空号。"), 0.5),
        (_short("suspended_number", Text("停机", "Number suspended"), "号码停机。"), 0.5),
    ),
    Contact.FAMILY: (
        (_short("family", Text("家人接听", "Family answered"), "家人接听，未谈账单，约机主在家时再联系。", 38), 1.0),
    ),
    Contact.THIRD_PARTY: (
        (_short("third_party", Text("他人接听", "Third party answered"), "他人接听，未透露信息。", 24), 1.0),
    ),
    Contact.OTHER_NUMBER: (
        (_short("other_number", Text("请打另一号码", "Asked to call another number"), "客户请打另一个号码。", 27), 1.0),
    ),
    Contact.IDENTITY_DOUBTED: (
        (
            _short(
                "identity_doubted", Text("怀疑身份", "Identity doubted"), "怀疑来电身份，已请其拨官方热线核实。", 46
            ),
            1.0,
        ),
    ),
    Contact.NOT_OWNER: ((_short("not_owner", Text("非机主", "Not the owner"), "接听人不是机主。", 31), 1.0),),
}

ORDER_AGREED = _saved(
    "order_agreed", Text("同意办理", "Agreed"), "按近 6 月用量推荐，客户同意，资费与生效日已复述。", 236
)
SUCCESS: dict[str, Chances] = {
    UPGRADE: ((ORDER_AGREED, 1.0),),
    DISCONNECT: (
        (_saved("retained", Text("挽留成功", "Retained"), "问明原因后客户同意续用。", 275, CaseResult.RETAINED), 0.84),
        (_saved("moved", Text("移机续用", "Line relocated"), "新址可装，已登记移机。", 248, CaseResult.MOVED), 0.16),
    ),
    VIP: (
        (_saved("repaired", Text("修复成功，客户满意", "Repaired, satisfied"), "问题已解决，客户满意。", 262), 0.45),
        (_saved("cared", Text("关怀完成", "Care given"), "关怀回访，客户满意。", 181), 0.55),
    ),
}
HESITANT = Ending(
    code="hesitant",
    label=Text("犹豫，再联系", "Hesitant, call again"),
    note="客户想再考虑，约定再联系。",
    talk_s=168,
    intent=Intent.HESITANT,
    case_result=CaseResult.HESITANT,
)
REFUSED_CONTACT = _lost("refused_contact", Text("拒绝再联系", "No further calls"), "客户要求不再来电。", 41)
DISCONNECTED = _lost(
    "disconnected",
    Text("坚持拆机", "Disconnected"),
    "客户坚持拆机，已说明手续并送回装卡。",
    214,
    CaseResult.DISCONNECTED,
)
DECLINED: dict[str, Chances] = {
    UPGRADE: ((_lost("not_needed", Text("不需要", "Not needed"), "客户觉得现在够用。", 96), 1.0),),
    DISCONNECT: (
        (DISCONNECTED, 0.4),
        (
            _lost("suspended", Text("停机保号", "Suspended"), "客户外出，办理停机保号。", 212, CaseResult.SUSPENDED),
            0.22,
        ),
        (
            _lost("transferred", Text("过户", "Transferred"), "线路过户给家人。", 241, CaseResult.TRANSFERRED),
            0.1,
        ),
        (
            Ending(
                code="repair_first",
                label=Text("先修后谈", "Repair first"),
                note="先派修，修好再联系。",
                talk_s=187,
                case_result=CaseResult.HESITANT,
            ),
            0.28,
        ),
    ),
    VIP: (
        (
            _short("eased", Text("已缓解，等后台处理", "Eased, back office at work"), "已安抚，等后台处理结果。", 228),
            0.7,
        ),
        (_short("dissatisfied", Text("不满意，升级专案", "Dissatisfied, escalated"), "不满意，已升级专案。", 251), 0.3),
    ),
}

SUCCESS_RATES = {UPGRADE: 0.3, DISCONNECT: 0.335, VIP: 0.335}
"""of the calls that reached the owner, how many save, for an agent of average manner"""

REASONS: dict[str, tuple[tuple[str, float], ...]] = {
    UPGRADE: (
        ("price", 0.34),
        ("content_as_is", 0.2),
        ("hassle", 0.16),
        ("not_enough", 0.14),
        ("distrust", 0.1),
        ("contract", 0.06),
    ),
    DISCONNECT: (
        ("price", 0.3),
        ("network", 0.19),
        ("moving", 0.16),
        ("low_use", 0.14),
        ("service", 0.09),
        ("away", 0.07),
        ("need_gone", 0.05),
    ),
    VIP: (("network", 0.28), ("price", 0.25), ("service", 0.22), ("handset", 0.15), ("rival", 0.1)),
}
"""why the owner did not agree, most often first"""

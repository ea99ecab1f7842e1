"""The words of the page of offers, Chinese first."""

from core.domain.offer import Starts
from core.domain.offered import Reply
from core.domain.text import Text
from desktop.keys.call import Offered

OFFERS = Text("能给的优惠", "What may be offered")
OFFERS_NOTE = Text("可给 {open} · 请示 {ask} · 不可 {no}", "{open} open · {ask} to ask · {no} no")
COMPUTING = Text("正在算能给什么…", "Working out what may be offered …")
FAILED = Text("没算出来，原因见下方提示", "Could not be worked out; the reason is told below")

BUDGET = Text("挽留额度", "Retention budget")
BUDGET_NOTE = Text("已用 {spent} / {whole}", "{spent} of {whole} spent")
BUDGET_GRANTED = Text("班长批了 {granted}，客户还没定。", "{granted} granted by the lead, not taken yet.")
BUDGET_LEFT = Text("还剩 {left}，{day} 起重新计。", "{left} left, anew from {day}.")
BUDGET_OVER = Text("已超 {over}，{day} 起重新计。", "{over} over, anew from {day}.")

WORTH = Text("值 {amount}", "worth {amount}")
COSTS = Text("付 {amount}", "pays {amount}")
MARK_ASK = Text("要请示{who}", "Ask the {who}")
MARK_GRANTED = Text("班长已批 {amount}", "{amount} granted by the lead")
MARK_NOBODY = Text("超出所有人的权限", "Beyond what anybody may grant")
SUITS = Text("合适", "suits")
SAID = {
    Reply.MADE: Text("已提过", "Mentioned"),
    Reply.ACCEPTED: Text("客户接受", "Accepted"),
    Reply.REFUSED: Text("客户谢绝", "Declined"),
}

GIVES = Text("怎么说", "Say")
TERMS = Text("要讲明", "Make clear")
PRICE = Text("客户付", "Customer pays")
PAYS_NOTHING = Text("不收费", "nothing")
PAYS_AS_CHOSEN = Text("按所选档位按月计费", "by the month, as chosen")
PAYS_NEXT_BILL = Text("{amount}，记在下个月账单", "{amount}, on next month's bill")
PAYS_MONTHLY = Text("每月 {amount}", "{amount} a month")
BETWEEN = Text("；", "; ")
TERM_UNTIL = Text("到 {day} 为止", "until {day}")
TERM_UNTIL_CHANGED = Text("用到客户再改为止", "until the customer changes it")
TERM_ONCE = Text("一次", "once")
COST = Text("成本 {amount} · 谢绝停 {n} 天", "costs {amount} · rests {n} d")
COST_ALONE = Text("成本 {amount}", "costs {amount}")
AUDIENCE = Text("适合", "Meant for")
AFTER = Text("接受以后", "When accepted")
COUNTS = Text("怎样算数", "It counts")
CONFIRM = Text(
    "念完同意后下订单，客户回短信确认、系统受理才算",
    "read back and agreed to it is ordered, and counts once confirmed by SMS and accepted by the CRM",
)
STARTS = {
    Starts.AT_ONCE: Text("受理后生效", "from its acceptance"),
    Starts.NEXT_MONTH: Text("下月 1 号生效", "from the first of next month"),
}
BINDS = Text("期内不能换更低的套餐", "no cheaper plan while it runs")
PAST = Text("上次", "Last time")
REDEEMED = Text("{day} 已兑付", "redeemed {day}")
CARD = Text("回装卡号", "Card number")
RETIRED = Text("客户问起", "If asked")
READ_BACK = Text("先念给客户听，同意了再按一次", "Read it back; press once more when agreed")
DOES = {
    "work_order": Text("派工单", "work order"),
    "callback": Text("到期前回拨", "call back before it ends"),
    "sms": Text("发短信", "SMS to be sent"),
    "home_visit": Text("约上门", "visit at home"),
    "escalation": Text("升级", "escalation"),
}
IN_DAYS = Text("{what}（{n} 天内）", "{what} within {n} days")
IN_A_DAY = Text("{what}（1 天内）", "{what} within a day")

ACTS: dict[Offered, Text] = {
    Offered.ACCEPT: Text("接受", "Accepts"),
    Offered.MENTION: Text("提过", "Mentioned"),
    Offered.REFUSE: Text("谢绝", "Declines"),
    Offered.TAKE_BACK: Text("撤回", "Take back"),
}

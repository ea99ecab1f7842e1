"""Words of asking the team lead, on both sides."""

from core.domain.authority import RequestState
from core.domain.text import Text
from desktop.keys.following import Settle

# the agent's line
TITLE = Text("问班长", "Ask the lead")
WHAT = Text("申请什么", "What to ask for")
AMOUNT = Text("金额（元）", "Amount (yuan)")
REASON = Text("理由：一句话，班长看得懂就行", "Reason: a line that your lead can decide by")
ASK = Text("申请", "Ask")
WITHDRAW = Text("撤回", "Take back")
PUT_AWAY = Text("收起", "Put away")
NO_AMOUNT = Text("请填要申请的元数，如 120。", "Give the yuan to ask for, such as 120.")
NO_CUSTOMER = Text("先打开一位客户再申请。", "Open a customer first.")

SENDING = Text("正在送给班长：{offer} ¥{asked}", "Sending to your lead: {offer} ¥{asked}")
UNSENT = Text(
    "离线，申请存在本机，联网自动送出。先别答应客户，约个时间回电。",
    "Offline: the request is kept and goes out by itself. Promise nothing yet; agree a time to call back.",
)
WAITING = Text("已问班长：{offer} ¥{asked} · 等了 {waited}", "Asked your lead: {offer} ¥{asked} · waiting {waited}")
LONG = Text("已等较久，可先跟客户约回拨", "It takes a while: agree a time to call back")
SAID: dict[RequestState, Text] = {
    RequestState.GRANTED: Text("{name}同意：{offer} ¥{granted}", "{name} agrees: {offer} ¥{granted}"),
    RequestState.GRANTED_LESS: Text(
        "{name}批了 ¥{granted}（申请 ¥{asked}）：{offer}", "{name} grants ¥{granted} of ¥{asked}: {offer}"
    ),
    RequestState.REFUSED: Text("{name}没同意：{offer} ¥{asked}", "{name} says no: {offer} ¥{asked}"),
    RequestState.WITHDRAWN: Text("已撤回：{offer} ¥{asked}", "Taken back: {offer} ¥{asked}"),
    RequestState.EXPIRED: Text(
        "一直没有答复，已失效：{offer} ¥{asked}；需要请重新申请",
        "Nobody answered, it has expired: {offer} ¥{asked}; ask again if needed",
    ),
}
NOTE_IT = Text("（客户接受，按 {key} 记下）", " (note it with {key} once accepted)")
LEADS_WORDS = Text("{said}。班长说：{words}", "{said}. In their words: {words}")
NOT_TAKEN = Text("服务器没接受这个申请：{why}", "The server did not take the request: {why}")
CAME = Text("{customer} 的申请有答复：{said}", "An answer for {customer}: {said}")

# the lead's page
REQUESTS = Text("待批申请", "Requests")
NONE = Text("没有申请在等您。", "No request is waiting for you.")
READING = Text("正在取…", "Reading…")
OFFLINE = Text("离线，恢复后自动更新", "Offline; it is read again by itself")
REQUEST = Text("申请", "The request")
ROW_OFFER = Text("{offer} ¥{asked}", "{offer} ¥{asked}")
AGENT = Text("坐席", "Agent")
CUSTOMER = Text("客户", "Customer")
SPEND = Text("月均消费", "Average bill")
SPEND_FEN = Text("¥{fen}／月（近 6 个月）", "¥{fen} a month (6 months)")
WANTS = Text("要给", "Wants to give")
BEFORE = Text("本次已给", "Given before")
BUDGET = Text("客户额度还剩", "Budget left")
BEYOND = Text("¥{left}，批了会超 ¥{over}", "¥{left}; granting goes ¥{over} beyond")
UNKNOWN = Text("没有数据", "Not known")
WHY = Text("坐席说：“{reason}”", "The agent says: “{reason}”")
ASKED_AT = Text("申请于", "Asked at")
ASKED_WHEN = Text("{time}，等了 {waited}", "{time}, waiting {waited}")
CALL_AT = Text("客户约的回拨", "Customer is called back")
NAMED = Text("{name}（工号 {number}）", "{name} (staff {number})")
LESS_AMOUNT = Text("只批多少元", "Yuan, to grant less")
SENTENCE = Text("给坐席的一句话（不同意必写）", "A line to the agent (needed to refuse)")
SAY_WHY = Text("不同意要写一句话，坐席好跟客户说。", "Say why: the agent has to tell the customer.")
SAY_HOW_MUCH = Text(
    "填一个大于 0、小于 ¥{asked} 的元数。", "Give yuan above 0 and below ¥{asked}."
)  # fmt: skip
ACTS: dict[Settle, Text] = {
    Settle.GRANT: Text("同意", "Grant"),
    Settle.LESS: Text("批一部分", "Grant less"),
    Settle.REFUSE: Text("不同意", "Refuse"),
}
DONE: dict[Settle, Text] = {
    Settle.GRANT: Text("已同意，{name}马上看到。", "Granted; {name} sees it at once."),
    Settle.LESS: Text("已批一部分，{name}马上看到。", "Granted in part; {name} sees it at once."),
    Settle.REFUSE: Text("已答复不同意，{name}马上看到。", "Refused; {name} sees it at once."),
}
ARRIVED = Text("{agent}申请 {offer} ¥{asked}：{reason}", "{agent} asks for {offer} ¥{asked}: {reason}")
CALL_AT_WHEN = Text("{time}，请在这之前答复", "{time}; answer before then")
WAIT = Text("有 {n} 个申请在等您批。", "{n} requests wait for you.")
LOOK = Text("去看", "Look")

"""Words of the knowledge panel."""

from core.domain.knowledge import TipState
from core.domain.text import Text

KNOWLEDGE = Text("知识库", "Knowledge")
SEARCH = Text("搜标题、标签、正文或拼音首字母", "Search titles, tags, texts")
RESULTS = Text("文章", "Articles")
NOTHING = Text("没有找到。换个词，或写一条经验。", "Nothing found. Try another word, or write a tip.")
EMPTY = Text("还没有从服务器取到知识。", "No knowledge has come from the server yet.")
ARTICLE = Text("正文", "The article")
AT_STEP = Text("本步骤", "this step")
CLOSE = Text("关闭", "Close")
WRITE = Text("写经验", "Write a tip")
BY = Text("工号 {author} 的经验", "a tip of staff {author}")
VERSION = Text("版本 {version}", "version {version}")

# writing a tip
TITLE = Text("标题", "Title")
TEXT = Text("情况、做法、结果；不写客户信息", "What happened, what helped; nothing about who it was")
FOR_WHOM = Text(
    "班长看过后全中心可见。不要写姓名、号码、地址。",
    "Everyone reads it once a team lead has approved it. No names, numbers or addresses.",
)
BELONGS = Text("关联：{scenario}", "Belongs to: {scenario}")
SEND = Text("提交", "Send")
LATER = Text("先放着", "Keep for later")
ASKED = Text("班长说：{reason}", "Your team lead says: {reason}")
REWORK = Text("改好再交", "Write it anew")
SENT = Text("经验已提交，班长批准后大家可见。", "Your tip was sent; everyone has it once a team lead approves.")
NOT_TAKEN = Text("服务器未接收：", "The server did not take it: ")
MINE = Text("我的经验", "My tips")
STATES = {
    TipState.APPROVED: Text("已批准", "approved"),
    TipState.REFUSED: Text("未采纳", "not taken up"),
    TipState.RETURNED: Text("请改后再交", "please write it anew"),
    TipState.WAITING: Text("待审", "waiting"),
    TipState.WITHDRAWN: Text("已撤下", "taken back"),
}
ANSWER = Text("{title}：{state}。{reason}", "{title}: {state}. {reason}")
